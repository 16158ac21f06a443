"""What a version of the plan holds beside its activities: sub-goals, what others promise, decisions
of a steering group, and how the person signed."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from activityplans.models.activities import Activity
from activityplans.models.plans import PlanVersion
from activityplans.plan_enums import Party, SignatureForm
from jobcentre.replay import moment_now


class SubGoal(models.Model):
    """A step on the way to the goal, with the day by which it should be reached."""

    version = models.ForeignKey(PlanVersion, on_delete=models.CASCADE, related_name="sub_goals")
    position = models.PositiveSmallIntegerField(default=1)
    text = models.CharField(_("sub-goal"), max_length=300)
    due_on = models.DateField(_("reached by"), null=True, blank=True)

    class Meta:
        verbose_name = _("sub-goal")
        verbose_name_plural = _("sub-goals")
        ordering = ["position", "id"]


class Promise(models.Model):
    """What another party of the shared plan has promised, and by when (mission row M2)."""

    version = models.ForeignKey(PlanVersion, on_delete=models.CASCADE, related_name="promises")
    position = models.PositiveSmallIntegerField(default=1)
    party = models.CharField(_("who"), max_length=10, choices=Party.choices)
    contact = models.CharField(_("contact"), max_length=200, blank=True)
    text = models.CharField(_("promises"), max_length=500)
    due_on = models.DateField(_("by"), null=True, blank=True)

    class Meta:
        verbose_name = _("promise of another party")
        verbose_name_plural = _("promises of other parties")
        ordering = ["position", "id"]


class SteeringMeeting(models.Model):
    """A meeting of the parties that decided something of the plan; `activity` when it was about
    one of the activities."""

    version = models.ForeignKey(PlanVersion, on_delete=models.CASCADE, related_name="steering")
    position = models.PositiveSmallIntegerField(default=1)
    held_on = models.DateField(_("held on"))
    participants = models.CharField(_("who took part"), max_length=500)
    text = models.CharField(_("decided"), max_length=1000)
    activity = models.ForeignKey(
        Activity,
        verbose_name=_("about the activity"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        verbose_name = _("steering meeting")
        verbose_name_plural = _("steering meetings")
        ordering = ["position", "id"]


class PlanSignature(models.Model):
    """That the person signed what a version said, as the coach saw it.

    It holds for `content_hash` only: a version that is changed afterwards is not signed, and the
    row tells what was. Never changed; the latest counts.
    """

    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="signatures")
    form = models.CharField(_("how"), max_length=10, choices=SignatureForm.choices)
    name = models.CharField(_("name as written"), max_length=200, blank=True)
    signed_on = models.DateField(_("signed on"))
    content_hash = models.CharField(max_length=64)
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(default=moment_now)

    class Meta:
        verbose_name = _("signature of a plan")
        verbose_name_plural = _("signatures of plans")
        ordering = ["-recorded_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(form=SignatureForm.TYPED) | ~Q(name=""),
                name="plan_signature_typed_has_a_name",
                violation_error_message=_("The person writes the name to sign here."),
            )
        ]
