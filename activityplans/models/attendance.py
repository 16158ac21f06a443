"""Sessions and what is known of the attendance."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from activityplans.enums import (
    AttendanceOutcome,
)
from activityplans.models.activities import Activity
from jobcentre.casework.models import Case, CaseChildQuerySet
from jobcentre.replay import moment_now


class Session(models.Model):
    """One occasion of an activity for one person, with what is known of the attendance.

    Planned by the provider or the coach; registered by them; a change of a registered outcome
    keeps the former one in AttendanceChange.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="sessions")
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="sessions")
    on = models.DateField(_("day"))
    starts_at = models.TimeField(_("starts"))
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    place = models.CharField(_("place"), max_length=200, blank=True)
    outcome = models.CharField(
        _("attendance"),
        max_length=15,
        choices=AttendanceOutcome.choices,
        default=AttendanceOutcome.NOT_REGISTERED,
    )
    note = models.CharField(_("comment"), max_length=300, blank=True)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    registered_at = models.DateTimeField(null=True, blank=True)

    objects = CaseChildQuerySet.as_manager()

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
        ]

    def access_case(self):
        return self.case


class AttendanceChange(models.Model):
    """A registered outcome that was changed: the former one, by whom and why."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="changes")
    old = models.CharField(max_length=15, choices=AttendanceOutcome.choices)
    new = models.CharField(max_length=15, choices=AttendanceOutcome.choices)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField(default=moment_now)

    class Meta:
        verbose_name = _("change of attendance")
        verbose_name_plural = _("changes of attendance")
        ordering = ["changed_at", "id"]
