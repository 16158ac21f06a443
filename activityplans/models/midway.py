"""What was said of an activity halfway through it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from activityplans.models.activities import Activity
from activityplans.plan_enums import MidwayResult
from jobcentre.replay import moment_now


class MidwayFollowUp(models.Model):
    """A follow-up halfway through an activity; meets its clock. Never changed.

    `planned_on` is the day that the plan in force said. A plan that names another day afterwards
    asks for another follow-up.
    """

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="midways")
    planned_on = models.DateField(_("planned"))
    held_on = models.DateField(_("followed up"))
    result = models.CharField(_("how it goes"), max_length=10, choices=MidwayResult.choices)
    comment = models.TextField(_("what the person and the place say"), max_length=4000)
    next_steps = models.TextField(_("what comes next"), max_length=4000, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(default=moment_now)

    class Meta:
        verbose_name = _("follow-up midway")
        verbose_name_plural = _("follow-ups midway")
        ordering = ["-held_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "planned_on"],
                name="midway_follow_up_once",
                violation_error_message=_("The activity has already been followed up midway."),
            ),
            models.CheckConstraint(
                condition=Q(result=MidwayResult.AS_PLANNED) | ~Q(next_steps=""),
                name="midway_result_leads_on",
                violation_error_message=_("Say what comes next."),
            ),
        ]

    def access_case(self):
        return self.activity.case
