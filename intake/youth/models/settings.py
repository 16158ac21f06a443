from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from intake.youth import rules
from intake.youth.enums import ContactChannel, IntervalKey
from jobcentre.replay import decided


class ContactStep(models.Model):
    """A step of the municipality's contact schedule, kept by the administrator.

    A changed schedule is in force for everybody from the next night's round.
    """

    days = models.PositiveSmallIntegerField(_("days after the start"), unique=True)
    channel = models.CharField(_("channel"), max_length=15, choices=ContactChannel.choices)

    class Meta:
        verbose_name = _("step of the contact schedule")
        verbose_name_plural = _("steps of the contact schedule")
        ordering = ["days"]
        constraints = [
            models.CheckConstraint(
                condition=Q(days__lte=365) & Q(channel__in=ContactChannel.values),
                name="contact_step_is_sensible",
                violation_error_message=_("A step is at most 365 days after the start."),
            )
        ]

    def __str__(self):
        return f"{self.days} {self.get_channel_display()}"


class OutreachInterval(models.Model):
    """A number of days of the outreach that the municipality decides, kept by the administrator."""

    key = models.CharField(_("what"), max_length=20, choices=IntervalKey.choices, unique=True)
    days = models.PositiveSmallIntegerField(_("days"))

    class Meta:
        verbose_name = _("interval of the outreach")
        verbose_name_plural = _("intervals of the outreach")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(days__gte=1) & Q(days__lte=3650) & Q(key__in=IntervalKey.values),
                name="outreach_interval_is_sensible",
                violation_error_message=_("An interval is 1 to 3650 days."),
            )
        ]

    def __str__(self):
        return self.get_key_display()


# In force where the administrator has removed a row.
USUAL_DAYS = {
    IntervalKey.TO_CONTACT: 60,
    IntervalKey.IN_CONTACT: 60,
    IntervalKey.IN_MEASURE: 30,
    IntervalKey.OCCUPIED: 180,
    IntervalKey.DECLINED: 90,
    IntervalKey.CONTRACT: 30,
    IntervalKey.REMOVE_ENTRY: 730,
    IntervalKey.REMOVE_EXTRACT: 730,
}


@decided
def schedule_now() -> rules.Schedule:
    """The schedule and intervals in force; two queries."""
    own = {IntervalKey(row.key): row.days for row in OutreachInterval.objects.all()}
    steps = tuple(
        rules.Step(row.days, ContactChannel(row.channel)) for row in ContactStep.objects.all()
    )
    return rules.Schedule(steps, USUAL_DAYS | own)
