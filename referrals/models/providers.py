"""Who carries out what is ordered, and where, with whom and for how many."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from activityplans.models import Service
from jobcentre.accounts.enums import UnitKind
from jobcentre.accounts.models import Unit
from jobcentre.casework.access import queries
from jobcentre.replay import moment_now
from referrals.enums import ProviderForm, ProviderPersonKind


class ProviderQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The register is known to everybody who chooses or keeps providers, at all centres."""
        return queries.rows_of_units(self, user, "provider.view", "unit")


class Provider(models.Model):
    """What a provider unit is and offers. One row for each unit.

    Kept by managers and the administrator through `transitions.providers`, which writes a version
    for every change; ended with the unit. `version` is the number of the latest.
    """

    unit = models.OneToOneField(
        Unit,
        verbose_name=_("unit"),
        on_delete=models.PROTECT,
        related_name="provider",
        limit_choices_to={"kind": UnitKind.PROVIDER},
    )
    form = models.CharField(_("form"), max_length=15, choices=ProviderForm.choices)
    organisation_number = models.CharField(_("organisation number"), max_length=11, blank=True)
    description = models.TextField(_("description"), max_length=2000, blank=True)
    services = models.ManyToManyField(Service, verbose_name=_("services"), blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = ProviderQuerySet.as_manager()

    class Meta:
        verbose_name = _("provider")
        verbose_name_plural = _("providers")
        ordering = ["unit__name", "id"]

    def __str__(self):
        return self.unit.name

    def access_unit(self):
        return self.unit


class ProviderSite(models.Model):
    """A place where a provider carries out its services, and how one gets into it.

    Never removed: one that is left is ended with a day, so that old orders still say where.
    """

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="sites")
    name = models.CharField(_("name"), max_length=120)
    street = models.CharField(_("street"), max_length=200)
    postcode = models.CharField(_("postcode"), max_length=10, blank=True)
    city = models.CharField(_("city"), max_length=80)
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    opening_hours = models.CharField(_("opening hours"), max_length=300)
    directions = models.CharField(_("how to get there"), max_length=300, blank=True)
    step_free = models.BooleanField(_("no steps at the entrance"), default=False)
    has_lift = models.BooleanField(_("lift, or all on one floor"), default=False)
    accessible_toilet = models.BooleanField(_("accessible toilet"), default=False)
    hearing_loop = models.BooleanField(_("hearing loop"), default=False)
    quiet_room = models.BooleanField(_("a quiet room"), default=False)
    access_note = models.CharField(
        _("more about getting in and around"), max_length=300, blank=True
    )
    ends_before = models.DateField(_("used until"), null=True, blank=True)

    class Meta:
        verbose_name = _("place of a provider")
        verbose_name_plural = _("places of providers")
        ordering = ["name", "id"]

    def __str__(self):
        return f"{self.name}, {self.street}, {self.city}"

    def clean(self):
        super().clean()
        if (self.latitude is None) != (self.longitude is None):
            raise ValidationError({"longitude": _("Write both coordinates, or neither.")})

    @property
    def last_on(self):
        """The last day it is used; None while no end is known."""
        return self.ends_before and self.ends_before - timedelta(days=1)

    @property
    def access(self) -> list[tuple[bool, str]]:
        """(whether it has it, what it is called) of each way the premises are accessible."""
        names = ("step_free", "has_lift", "accessible_toilet", "hearing_loop", "quiet_room")
        return [(getattr(self, name), self._meta.get_field(name).verbose_name) for name in names]


class ProviderPerson(models.Model):
    """Somebody at a provider whom the centre reaches: for orders, invoices, or a supervisor.

    Not a login; ended with a day when the person leaves.
    """

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="people")
    kind = models.CharField(_("what for"), max_length=12, choices=ProviderPersonKind.choices)
    name = models.CharField(_("name"), max_length=200)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    site = models.ForeignKey(
        ProviderSite,
        verbose_name=_("place"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    ends_before = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("person at a provider")
        verbose_name_plural = _("persons at providers")
        ordering = ["kind", "name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(phone="") | ~Q(email=""),
                name="provider_person_can_be_reached",
                violation_error_message=_("Write a phone number or an e-mail address."),
            )
        ]

    def __str__(self):
        return self.name

    @property
    def last_on(self):
        """The last day; None while no end is known."""
        return self.ends_before and self.ends_before - timedelta(days=1)


class ServiceCapacity(models.Model):
    """How many places a provider has for a service each week from a Monday on, until a later row.

    No places is 0, never a removed row.
    """

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="capacities")
    service = models.ForeignKey(
        Service, verbose_name=_("service"), on_delete=models.PROTECT, related_name="+"
    )
    from_on = models.DateField(_("from the week of"))
    places = models.PositiveSmallIntegerField(_("places each week"))

    class Meta:
        verbose_name = _("places for a service")
        verbose_name_plural = _("places for services")
        ordering = ["service__position", "service_id", "-from_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "service", "from_on"],
                name="capacity_once_a_week",
                violation_error_message=_(
                    "There is already a number of places for that service from that week. "
                    "Change that one."
                ),
            )
        ]

    def __str__(self):
        return f"{self.service} {self.from_on}"


class SubSupplier(models.Model):
    """Another organisation that carries out a part of what a provider does; ended with a day."""

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="sub_suppliers")
    name = models.CharField(_("name"), max_length=200)
    organisation_number = models.CharField(_("organisation number"), max_length=11, blank=True)
    does = models.CharField(_("what it does"), max_length=300)
    starts_on = models.DateField(_("from"))
    ends_before = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("sub-supplier")
        verbose_name_plural = _("sub-suppliers")
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_before__isnull=True) | Q(ends_before__gt=models.F("starts_on")),
                name="sub_supplier_ends_after_it_starts",
                violation_error_message=_("The last day must not be before the first."),
            )
        ]

    def __str__(self):
        return self.name


class ProviderVersion(models.Model):
    """What the register said of a provider from a moment on; `says` holds plain values by field,
    `changed` the names of the fields that were other than before. Never changed."""

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    says = models.JSONField()
    changed = models.JSONField(default=list, blank=True)
    changed_at = models.DateTimeField(default=moment_now)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("version of a provider")
        verbose_name_plural = _("versions of providers")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "number"],
                name="provider_version_number_once",
                violation_error_message=_("There is already a version with that number."),
            )
        ]
