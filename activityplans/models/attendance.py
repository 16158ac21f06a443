"""Sessions, what is known of the attendance, and what is reported of an absence."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import ExtractHour, ExtractMinute
from django.utils.translation import gettext_lazy as _

from activityplans.attendance_rules import mark_text
from activityplans.enums import AbsenceReason, AttendanceOutcome, ContactBefore
from activityplans.models.activities import Activity
from intake.groups.models import GroupPlace
from jobcentre.casework.models import Case, CaseChildQuerySet, ClockPause
from jobcentre.replay import moment_now


class SessionQuerySet(CaseChildQuerySet):
    def unregistered(self):
        """Nobody has said anything about them."""
        return self.filter(outcome=AttendanceOutcome.NOT_REGISTERED)

    def held_before(self, day):
        """Held before `day`: what should be registered on that day."""
        return self.filter(on__lt=day)

    def held_by(self, moment):
        """Over at `moment` (an aware local time): what may be asked for now."""
        ended = moment.hour * 60 + moment.minute
        minutes = ExtractHour("starts_at") * 60 + ExtractMinute("starts_at") + F("minutes")
        return self.annotate(ends_after=minutes).filter(
            Q(on__lt=moment.date()) | Q(on=moment.date(), ends_after__lte=ended)
        )

    def in_interruption(self):
        """On a day on which the case is interrupted."""
        pauses = ClockPause.objects.filter(
            Q(ends_before__isnull=True) | Q(ends_before__gt=OuterRef("on")),
            case=OuterRef("case"),
            starts_on__lte=OuterRef("on"),
        )
        return self.filter(Exists(pauses))

    def of_month(self, month):
        """Of the month that begins on `month`."""
        return self.filter(on__year=month.year, on__month=month.month)


class Session(models.Model):
    """One occasion of an activity for one person, with what is known of the attendance.

    It follows the weekly schedule of the plan in force (`is_scheduled`), or is planned by the
    provider or the coach, or is a place in a group meeting that is part of the activity
    (`group_place`). Registered by them; a change of what was registered keeps the former in
    AttendanceChange. `late_minutes` is how much of it was missed by coming late.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="sessions")
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="sessions")
    on = models.DateField(_("day"))
    starts_at = models.TimeField(_("starts"))
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    place = models.CharField(_("place"), max_length=200, blank=True)
    is_scheduled = models.BooleanField(_("follows the plan's schedule"), default=False)
    group_place = models.ForeignKey(
        GroupPlace, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    outcome = models.CharField(
        _("attendance"),
        max_length=15,
        choices=AttendanceOutcome.choices,
        default=AttendanceOutcome.NOT_REGISTERED,
    )
    late_minutes = models.PositiveSmallIntegerField(_("minutes late"), null=True, blank=True)
    absence_reason = models.CharField(
        _("reason of the absence"), max_length=12, choices=AbsenceReason.choices, blank=True
    )
    note = models.CharField(_("comment"), max_length=300, blank=True)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    registered_at = models.DateTimeField(null=True, blank=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["on", "starts_at", "id"]
        indexes = [
            models.Index(fields=["activity", "on"], name="session_of_activity"),
            models.Index(fields=["case", "on"], name="session_of_case"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "on", "starts_at"],
                name="session_once_at_a_time",
                violation_error_message=_("There is already a session then."),
            ),
            models.CheckConstraint(
                condition=Q(minutes__gte=15) & Q(minutes__lte=720),
                name="session_length_is_sensible",
                violation_error_message=_("A session is 15 minutes to 12 hours long."),
            ),
            models.CheckConstraint(
                condition=(
                    Q(
                        outcome=AttendanceOutcome.NOT_REGISTERED,
                        registered_at__isnull=True,
                    )
                    | (
                        ~Q(outcome=AttendanceOutcome.NOT_REGISTERED)
                        & Q(registered_at__isnull=False, registered_by__isnull=False)
                    )
                ),
                name="attendance_is_registered_by_somebody",
                violation_error_message=_("Attendance is registered by somebody, at a time."),
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=AttendanceOutcome.values),
                name="attendance_is_a_known_state",
                violation_error_message=_("Choose what is known of the attendance."),
            ),
            models.CheckConstraint(
                condition=(
                    Q(
                        outcome=AttendanceOutcome.LATE,
                        late_minutes__isnull=False,
                        late_minutes__gte=1,
                    )
                    & Q(late_minutes__lt=F("minutes"))
                )
                | (~Q(outcome=AttendanceOutcome.LATE) & Q(late_minutes__isnull=True)),
                name="late_attendance_has_its_minutes",
                violation_error_message=_(
                    "Write how many minutes late, fewer than the session has."
                ),
            ),
            models.CheckConstraint(
                condition=(
                    Q(
                        outcome=AttendanceOutcome.EXCUSED,
                        absence_reason__in=AbsenceReason.values,
                    )
                    | (~Q(outcome=AttendanceOutcome.EXCUSED) & Q(absence_reason=""))
                ),
                name="excused_absence_has_its_reason",
                violation_error_message=_("Choose why the absence is excused."),
            ),
        ]

    def access_case(self):
        return self.case

    @property
    def is_registered(self) -> bool:
        return self.outcome != AttendanceOutcome.NOT_REGISTERED

    @property
    def mark(self) -> str:
        """What stands registered, in one text: for telling whether two say the same."""
        return mark_text(self.outcome, self.late_minutes, self.absence_reason, self.note)


class SetAsideSession(models.Model):
    """A session that the provider or the coach had planned and that an interruption took away.

    It comes back as a session when the interruption ends before its day; what follows the plan's
    schedule needs no such row.
    """

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="set_aside")
    on = models.DateField(_("day"))
    starts_at = models.TimeField(_("starts"))
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    place = models.CharField(_("place"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("session set aside")
        verbose_name_plural = _("sessions set aside")
        ordering = ["on", "starts_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "on", "starts_at"],
                name="session_set_aside_once",
                violation_error_message=_("That session is already set aside."),
            )
        ]


class AttendanceChange(models.Model):
    """A registration that was changed: all that stood before, who had said it, and who changed it.

    Also when only the minutes, the reason or the comment is another; `new` "not registered" took a
    wrong registration back. What it became stands in the next change, or in the session.
    """

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="changes")
    old = models.CharField(max_length=15, choices=AttendanceOutcome.choices)
    new = models.CharField(max_length=15, choices=AttendanceOutcome.choices)
    old_note = models.CharField(max_length=300, blank=True)
    old_late_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    old_reason = models.CharField(
        max_length=12, choices=AbsenceReason.choices, blank=True, default=""
    )
    old_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    old_at = models.DateTimeField(null=True)
    reason = models.CharField(_("why it is changed"), max_length=300, blank=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField(default=moment_now)

    class Meta:
        verbose_name = _("change of attendance")
        verbose_name_plural = _("changes of attendance")
        ordering = ["changed_at", "id"]


class AbsenceReport(models.Model):
    """An unexcused absence reported to the coach or the income-support unit: one for a session.

    Sent by the provider or the coach, who says whether the person was spoken to before. Never
    changed: a correction of the attendance stands in its history.
    """

    session = models.OneToOneField(Session, on_delete=models.PROTECT, related_name="absence_report")
    contact = models.CharField(
        _("was the person contacted before?"), max_length=10, choices=ContactBefore.choices
    )
    text = models.CharField(_("what is known of the absence"), max_length=1000, blank=True)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    reported_at = models.DateTimeField(_("reported"), default=moment_now)

    class Meta:
        verbose_name = _("report of an absence")
        verbose_name_plural = _("reports of absences")
        ordering = ["reported_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(contact__in=ContactBefore.values),
                name="absence_report_says_of_contact",
                violation_error_message=_("Say whether the person was contacted before."),
            )
        ]


class AbsenceRule(models.Model):
    """How much unexcused absence makes somebody talk with the person: `times` within `days`.

    One row, the municipality's own. Two within 14 days is what we begin with: heard of in another
    municipality, no national rule is known.
    """

    key = models.SlugField(max_length=20, unique=True, default="repeated", editable=False)
    times = models.PositiveSmallIntegerField(_("unexcused absences"), default=2)
    days = models.PositiveSmallIntegerField(_("within days"), default=14)

    class Meta:
        verbose_name = _("rule of repeated absence")
        verbose_name_plural = _("rules of repeated absence")
        ordering = ["key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(times__gte=1) & Q(times__lte=20) & Q(days__gte=1) & Q(days__lte=180),
                name="absence_rule_is_sensible",
                violation_error_message=_("1 to 20 absences within 1 to 180 days."),
            )
        ]

    def __str__(self):
        return f"{self.times}/{self.days}"


class RepeatedAbsence(models.Model):
    """The rule of repeated absence was reached: the coach talks with the person.

    Made when an absence is registered, and taken away again when the registration was wrong and
    nobody has acted; ends when the coach has written what came of the talk.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="repeated_absences")
    first_on = models.DateField(_("first absence"))
    reached_on = models.DateField(_("latest absence"))
    times = models.PositiveSmallIntegerField(_("unexcused absences"))
    noticed_on = models.DateField(_("noticed"))
    handled_on = models.DateField(_("talked with the person"), null=True, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    person_view = models.TextField(_("the person's explanation"), max_length=4000, blank=True)
    agreed = models.TextField(_("what was agreed"), max_length=4000, blank=True)

    objects = CaseChildQuerySet.as_manager()

    class Meta:
        verbose_name = _("repeated absence")
        verbose_name_plural = _("repeated absences")
        ordering = ["-reached_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "reached_on"],
                name="repeated_absence_once_a_day",
                violation_error_message=_("That absence is already noticed."),
            ),
            models.CheckConstraint(
                condition=Q(handled_on__isnull=True, handled_by__isnull=True)
                | (Q(handled_on__isnull=False, handled_by__isnull=False) & ~Q(agreed="")),
                name="handled_absence_says_what_was_agreed",
                violation_error_message=_("Write what was agreed."),
            ),
        ]

    def access_case(self):
        return self.case
