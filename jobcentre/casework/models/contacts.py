"""Contacts outside the organisation, and how the person wants to be reached."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jobcentre.casework.enums import ContactChannel, ContactKind
from jobcentre.casework.models.case import Case
from jobcentre.casework.models.relations import CaseChildQuerySet
from jobcentre.replay import moment_now


class OutsideContactQuerySet(CaseChildQuerySet):
    def current_on(self, day):
        """Those who work with the person on `day`, or are to begin."""
        return self.filter(Q(ends_before__isnull=True) | Q(ends_before__gt=day))


class OutsideContact(models.Model):
    """Somebody at another authority or organisation who works with the person.

    Noted by the coach, changed over the version that was seen, ended with a day and never removed:
    who was whose contact is part of the case's history. `contacted_on` is the latest contact
    between the coach and them, `next_step` what was agreed then.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="outside_contacts")
    kind = models.CharField(_("where"), max_length=20, choices=ContactKind.choices)
    name = models.CharField(_("name"), max_length=200)
    organisation = models.CharField(_("organisation or office"), max_length=200, blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    starts_on = models.DateField(_("from"))
    ends_before = models.DateField(_("until"), null=True, blank=True)
    contacted_on = models.DateField(_("latest contact"), null=True, blank=True)
    next_step = models.CharField(_("next step"), max_length=200, blank=True)
    next_on = models.DateField(_("when"), null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(default=moment_now)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = OutsideContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact outside the job centre")
        verbose_name_plural = _("contacts outside the job centre")
        ordering = ["kind", "name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(phone="") | ~Q(email=""),
                name="contact_can_be_reached",
                violation_error_message=_("Write a phone number or an e-mail address."),
            ),
            models.CheckConstraint(
                condition=Q(ends_before__isnull=True) | Q(ends_before__gte=F("starts_on")),
                name="contact_ends_after_start",
                violation_error_message=_("The last day must not be before the first."),
            ),
            models.CheckConstraint(
                condition=Q(next_on__isnull=True) | ~Q(next_step=""),
                name="contact_next_day_has_a_step",
                violation_error_message=_("Say what the next step is."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=ContactKind.values),
                name="contact_kind_is_known",
                violation_error_message=_("Choose where the contact is."),
            ),
        ]

    def __str__(self):
        return self.name

    def access_case(self):
        return self.case


class ContactWish(models.Model):
    """How and when the person wants to be reached; the newest row of the case holds.

    `only` forbids the other ways: nothing is sent by them, reminders included.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="contact_wishes")
    channel = models.CharField(_("reached by"), max_length=10, choices=ContactChannel.choices)
    only = models.BooleanField(_("in no other way"), default=False)
    times = models.CharField(_("when it suits"), max_length=200, blank=True)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    noted_at = models.DateTimeField(default=moment_now)

    objects = CaseChildQuerySet.as_manager()

    class Meta:
        verbose_name = _("wish about contact")
        verbose_name_plural = _("wishes about contact")
        ordering = ["-id"]
        indexes = [models.Index(fields=["case", "-id"], name="contact_wish_of_case")]
        constraints = [
            models.CheckConstraint(
                condition=Q(channel__in=ContactChannel.values),
                name="contact_wish_channel_is_known",
                violation_error_message=_("Choose how the person wants to be reached."),
            )
        ]

    def access_case(self):
        return self.case
