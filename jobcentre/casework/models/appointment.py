"""Meetings: when staff are there, when they are away, and what is booked."""

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from jobcentre.accounts.enums import UnitKind
from jobcentre.accounts.models import Unit
from jobcentre.casework.access import queries
from jobcentre.casework.enums import AppointmentState, MissedReason
from jobcentre.casework.models.case import Case
from jobcentre.casework.models.person import Person
from jobcentre.replay import moment_now

# What the application books by itself. Kept as these words and shown in the reader's language.
FIRST_MEETING = gettext_noop("First meeting")
HAND_OVER_MEETING = gettext_noop("Hand-over")
_OWN_PURPOSES = frozenset({FIRST_MEETING, HAND_OVER_MEETING})


def purpose_in_words(purpose: str) -> str:
    """What a meeting is about: as somebody has written it, or our own words, translated."""
    return gettext(purpose) if purpose in _OWN_PURPOSES else purpose


class AppointmentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of visible cases, and of visible persons who have no case yet."""
        of_cases = queries.visible_cases(Case.objects.all(), user).values("pk")
        of_persons = queries.visible_persons(Person.objects.all(), user).values("pk")
        return self.filter(Q(case__in=of_cases) | Q(case__isnull=True, person__in=of_persons))

    def at(self, centre: Unit):
        """Those held at the centre, in a case or before one."""
        return self.filter(Q(centre=centre) | Q(centre__isnull=True, case__centre=centre))

    def held_within(self, unit: Unit):
        """Those held at the unit or below it: a lent person's meetings are at two centres."""
        return self.filter(
            Q(centre__path__startswith=unit.path)
            | Q(centre__isnull=True, case__centre__path__startswith=unit.path)
        )

    def of_staff(self, *users):
        """Those that any of the users takes part in, also as the second one."""
        return self.filter(Q(with_user__in=users) | Q(also_with__in=users))

    def taking_time(self):
        """Booked or going on: the time is nobody else's."""
        return self.filter(state__in=[AppointmentState.BOOKED, AppointmentState.ARRIVED])


class Appointment(models.Model):
    """A booked meeting with a person: when, where, with whom; a hand-over with two of the staff.

    In a case, or before one (a referral in with a first meeting; then `centre` says where). Moved
    to another time it is a new row that points at the former. `ref` is the stable identity in
    calendars.
    """

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, null=True, blank=True, related_name="appointments"
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="appointments")
    centre = models.ForeignKey(
        Unit,
        verbose_name=_("job centre"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="appointments",
        limit_choices_to={"kind": UnitKind.JOB_CENTRE},
    )
    with_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("with"),
        on_delete=models.PROTECT,
        related_name="appointments",
    )
    also_with = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("and with"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="also_appointments",
    )
    starts_at = models.DateTimeField(_("starts"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=60)
    place = models.CharField(_("place"), max_length=120, blank=True)
    purpose = models.CharField(_("about"), max_length=200)
    interpreter_language = models.CharField(_("interpreter in"), max_length=60, blank=True)
    interpreter_booked = models.BooleanField(_("interpreter is booked"), default=False)
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=AppointmentState.choices,
        default=AppointmentState.BOOKED,
    )
    missed_reason = models.CharField(
        _("why the person did not come"), max_length=20, choices=MissedReason.choices, blank=True
    )
    moved_from = models.OneToOneField(
        "self",
        verbose_name=_("moved from"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="moved_to",
    )
    booked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        ordering = ["starts_at", "id"]
        indexes = [
            models.Index(fields=["with_user", "starts_at"], name="appointment_of_user"),
            models.Index(fields=["case", "starts_at"], name="appointment_of_case"),
            models.Index(fields=["person", "starts_at"], name="appointment_of_person"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gte=5) & Q(minutes__lte=600),
                name="appointment_length_is_sensible",
                violation_error_message=_("An appointment is 5 to 600 minutes long."),
            ),
            models.UniqueConstraint(
                fields=["with_user", "starts_at"],
                condition=Q(state__in=[AppointmentState.BOOKED, AppointmentState.ARRIVED]),
                name="appointment_one_at_a_time",
                violation_error_message=_("The coach already has an appointment then."),
            ),
            models.UniqueConstraint(
                fields=["also_with", "starts_at"],
                condition=Q(state__in=[AppointmentState.BOOKED, AppointmentState.ARRIVED]),
                name="appointment_one_at_a_time_also",
                violation_error_message=_("The coach already has an appointment then."),
            ),
            models.CheckConstraint(
                condition=Q(also_with__isnull=True) | ~Q(also_with=F("with_user")),
                name="appointment_with_two_different",
                violation_error_message=_("Choose two different colleagues."),
            ),
            models.CheckConstraint(
                condition=Q(case__isnull=False) | Q(centre__isnull=False),
                name="appointment_has_a_case_or_a_centre",
                violation_error_message=_("Say at which centre the meeting is."),
            ),
            models.CheckConstraint(
                condition=Q(missed_reason="") | Q(state=AppointmentState.MISSED),
                name="appointment_reason_is_of_the_missed",
                violation_error_message=_("Only a missed meeting has a reason for it."),
            ),
        ]

    def __str__(self):
        return f"{self.starts_at:%Y-%m-%d %H:%M}"

    def access_case(self):
        return self.case

    def access_unit(self) -> Unit:
        return self.at_centre

    @property
    def is_off(self) -> bool:
        """Nobody comes: a calendar shows it as cancelled."""
        return self.state in (AppointmentState.CANCELLED, AppointmentState.MISSED)

    @property
    def about(self) -> str:
        """What the meeting is about: as somebody has written it, or our own words, translated."""
        return purpose_in_words(self.purpose)

    @property
    def staff_names(self) -> str:
        """Whom the person meets, one or two names."""
        names = [self.with_user.name] + ([self.also_with.name] if self.also_with else [])
        return ", ".join(names)

    @property
    def at_centre(self) -> Unit:
        """Where it is held: the centre it is booked at (before any case, and while the person is
        lent there), else the home centre of the case."""
        return self.centre or self.case.centre


class WorkHours(models.Model):
    """When a coach can be booked on a weekday, local time, during a period.

    A coach without any has the municipality's usual hours (settings.USUAL_HOURS).
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="work_hours"
    )
    weekday = models.PositiveSmallIntegerField(_("weekday"))  # 0 is Monday
    starts_at = models.TimeField(_("from"))
    ends_at = models.TimeField(_("until"))

    class Meta:
        verbose_name = _("bookable hours")
        verbose_name_plural = _("bookable hours")
        ordering = ["weekday", "starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="work_hours_end_after_they_start",
                violation_error_message=_("The hours must end after they start."),
            ),
            models.CheckConstraint(
                condition=Q(weekday__lte=6),
                name="work_hours_on_a_weekday",
                violation_error_message=_("Choose a weekday."),
            ),
            models.UniqueConstraint(
                fields=["user", "weekday", "starts_at"],
                name="work_hours_once",
                violation_error_message=_("There are hours that begin then already."),
            ),
        ]


class StaffAbsence(models.Model):
    """Days on which a coach cannot be booked, half-open; why is nobody's business here."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="absences"
    )
    starts_on = models.DateField(_("first day"))
    ends_before = models.DateField(_("back on"))
    noted_at = models.DateTimeField(default=moment_now)

    class Meta:
        verbose_name = _("absence of staff")
        verbose_name_plural = _("absences of staff")
        ordering = ["starts_on", "id"]
        indexes = [models.Index(fields=["user", "ends_before"], name="absence_of_user")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_before__gt=F("starts_on")),
                name="absence_ends_after_it_starts",
                violation_error_message=_("The day back must be after the first day."),
            )
        ]

    def holds(self, moment: datetime) -> bool:
        """Whether the moment lies on one of the days away."""
        return self.starts_on <= timezone.localdate(moment) < self.ends_before
