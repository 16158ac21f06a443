import uuid

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from intake.youth import rules
from intake.youth.enums import ContactChannel, EndReason, KaaEnd, Origin, OutreachState
from jobcentre.accounts.enums import UnitKind
from jobcentre.accounts.models import Unit
from jobcentre.casework.access import queries
from jobcentre.casework.models import Case, Person
from jobcentre.replay import moment_now


class OutreachEntryQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The entries of the acting youth unit, less those of persons hidden from the user."""
        entries = queries.rows_of_units(self, user, "youth.view", "unit")
        return queries.without_hidden_persons(entries, user, "person")

    def open(self):
        return self.exclude(state=OutreachState.ENDED)

    def late_on(self, today):
        """Those who should have been contacted before `today`."""
        return self.open().filter(next_on__lt=today)

    def in_kaa_on(self, day):
        """In the KAA register on `day`."""
        covering = KaaPeriod.objects.filter(
            entry=OuterRef("pk"), starts_on__lte=day, ends_before__gt=day
        )
        return self.filter(Exists(covering))

    def in_kaa_during(self, starts_on, ends_before):
        """In the KAA register on some day of the half-open period."""
        overlapping = KaaPeriod.objects.filter(
            entry=OuterRef("pk"), starts_on__lt=ends_before, ends_before__gt=starts_on
        )
        return self.filter(Exists(overlapping))

    def from_twenty_on(self, day):
        """Those who have turned 20 on `day`."""
        return self.filter(person__birth_date__lte=rules.birthday(day, -rules.KAA_AGE))

    def under_twenty_on(self, day):
        return self.filter(person__birth_date__gt=rules.birthday(day, -rules.KAA_AGE))


class OutreachEntry(models.Model):
    """A young person in the outreach register of a youth unit: whose occupation is to be known.

    Registered by hand or from a list (`origin`), from the end of school duty to the 25th birthday.
    Ends when the person moves, turns 25 or, after 20, has a lasting occupation; removed a setting's
    time later. `since` is when the present state began; the schedule counts from it. The next
    contact is kept by one writer, `transitions.upkeep.settle`. `case` is the linked case, whose
    coach sees that the entry exists and no more.
    """

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="outreach_entries")
    unit = models.ForeignKey(
        Unit,
        verbose_name=_("youth unit"),
        on_delete=models.PROTECT,
        related_name="outreach_entries",
        limit_choices_to={"kind": UnitKind.YOUTH},
    )
    coordinator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("responsible"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="outreach_entries",
    )
    case = models.ForeignKey(
        Case,
        verbose_name=_("case"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="outreach_entries",
    )
    origin = models.CharField(_("came from"), max_length=20, choices=Origin.choices)
    school = models.CharField(_("latest school"), max_length=200, blank=True)
    school_left_on = models.DateField(_("left the school"), null=True, blank=True)
    completed_on = models.DateField(_("completed upper secondary school"), null=True, blank=True)
    guardian = models.CharField(_("guardian and phone"), max_length=200, blank=True)
    state = models.CharField(
        _("state"),
        max_length=12,
        choices=OutreachState.choices,
        default=OutreachState.TO_CONTACT,
    )
    since = models.DateField(_("in this state since"))
    registered_on = models.DateField(_("registered"))
    ended_on = models.DateField(_("left the register"), null=True, blank=True)
    ended_because = models.CharField(
        _("reason"), max_length=12, choices=EndReason.choices, blank=True
    )
    next_on = models.DateField(_("next contact"), null=True, blank=True, editable=False)
    next_channel = models.CharField(
        max_length=15, choices=ContactChannel.choices, blank=True, editable=False
    )
    next_step = models.PositiveSmallIntegerField(default=0, editable=False)
    next_of = models.PositiveSmallIntegerField(default=0, editable=False)
    occupation_ends = models.BooleanField(default=False, editable=False)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(default=moment_now)

    objects = OutreachEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of the outreach register")
        verbose_name_plural = _("entries of the outreach register")
        ordering = ["next_on", "id"]
        indexes = [
            models.Index(
                fields=["unit", "next_on", "id"],
                name="outreach_next",
                condition=~Q(state=OutreachState.ENDED),
            ),
            models.Index(fields=["unit", "registered_on"], name="outreach_registered"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=~Q(state=OutreachState.ENDED),
                name="outreach_person_once",
                violation_error_message=_("The person is already in the outreach register."),
            ),
            models.CheckConstraint(
                condition=Q(origin__in=Origin.values) & Q(state__in=OutreachState.values),
                name="outreach_codes_are_known",
                violation_error_message=_("Choose where the entry came from."),
            ),
            models.CheckConstraint(
                condition=Q(
                    state=OutreachState.ENDED,
                    ended_on__isnull=False,
                    ended_because__in=EndReason.values,
                    next_on__isnull=True,
                )
                | (
                    ~Q(state=OutreachState.ENDED)
                    & Q(ended_on__isnull=True, ended_because="", next_on__isnull=False)
                ),
                name="outreach_ended_or_to_be_contacted",
                violation_error_message=_(
                    "An open entry has a next contact; one that has ended a day and a reason."
                ),
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("registered_on")),
                name="outreach_ends_after_it_begins",
                violation_error_message=_("An entry cannot end before it was registered."),
            ),
        ]

    def __str__(self):
        return str(self.ref)

    def access_unit(self) -> Unit:
        return self.unit

    @property
    def is_open(self) -> bool:
        return self.state != OutreachState.ENDED


class KaaPeriod(models.Model):
    """A period in the municipality's register under 29 kap. 9 § skollagen, half-open.

    Computed from the entry by `transitions.upkeep.settle` and by nothing else; a period that ends
    on the 20th birthday is written with that end from its first day.
    """

    entry = models.ForeignKey(OutreachEntry, on_delete=models.CASCADE, related_name="kaa_periods")
    starts_on = models.DateField(_("from"))
    ends_before = models.DateField(_("until"))
    why = models.CharField(_("reason"), max_length=10, choices=KaaEnd.choices)

    class Meta:
        verbose_name = _("period in the KAA register")
        verbose_name_plural = _("periods in the KAA register")
        ordering = ["starts_on", "id"]
        indexes = [models.Index(fields=["starts_on", "ends_before"], name="kaa_period_days")]
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "starts_on"],
                name="kaa_period_starts_once",
                violation_error_message=_("The period is already there."),
            ),
            models.CheckConstraint(
                condition=Q(ends_before__gt=F("starts_on")),
                name="kaa_period_ends_after_it_starts",
                violation_error_message=_("The last day must be after the first."),
            ),
        ]
