"""An activity through all versions of the plan, and what came of it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from activityplans.enums import (
    BreakReason,
    FollowUpResult,
    NextMove,
)
from activityplans.models.catalogue import Service
from jobcentre.casework.models import Case, CaseChildQuerySet
from jobcentre.replay import moment_now


class Activity(models.Model):
    """An activity of a person through all versions of the plan: what sessions, orders and the
    follow-up hang on. Its details stand on the lines of the versions.
    """

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="activities")
    service = models.ForeignKey(Service, verbose_name=_("service"), on_delete=models.PROTECT)

    objects = CaseChildQuerySet.as_manager()

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")

    def __str__(self):
        return str(self.service)

    def access_case(self):
        return self.case


class ActivityFollowUp(models.Model):
    """What came of an activity when it ended; meets its follow-up clock. One for each activity."""

    activity = models.OneToOneField(Activity, on_delete=models.PROTECT, related_name="follow_up")
    ended_on = models.DateField(_("the activity ended"))
    followed_up_on = models.DateField(_("followed up"))
    result = models.CharField(_("result"), max_length=15, choices=FollowUpResult.choices)
    comment = models.TextField(_("what came of it"), max_length=4000)
    next_move = models.CharField(_("what happens next"), max_length=10, choices=NextMove.choices)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("follow-up of an activity")
        verbose_name_plural = _("follow-ups of activities")


class ActivityBreak(models.Model):
    """An activity that was broken off before its end, with the reason. One for each activity.

    Written by the coach; never changed. The follow-up then is due from `last_on`.
    """

    activity = models.OneToOneField(Activity, on_delete=models.PROTECT, related_name="broken_off")
    last_on = models.DateField(_("last day"))
    reason = models.CharField(_("reason"), max_length=15, choices=BreakReason.choices)
    note = models.CharField(_("what happened"), max_length=1000, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(default=moment_now)

    class Meta:
        verbose_name = _("activity broken off")
        verbose_name_plural = _("activities broken off")
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=BreakReason.OTHER) | ~Q(note=""),
                name="break_for_another_reason_says_it",
                violation_error_message=_("Say what happened."),
            )
        ]
