"""Who answers for a unit, and with which words: its texts, stand-ins and what was passed on."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jobcentre.accounts.models import Unit
from jobcentre.casework.models.approval import Approval
from jobcentre.replay import moment_now


class AnswerTexts(models.Model):
    """What a unit writes on each of its answers; the row without a unit holds for all others.

    Kept by the administrator. The words that held are copied to each answer when it is given, so
    that an old answer shows what was said then.
    """

    unit = models.OneToOneField(
        Unit,
        verbose_name=_("unit"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="answer_texts",
        help_text=_("Empty: for every unit that has no texts of its own."),
    )
    delegation = models.CharField(
        _("paragraph of the delegation order"), max_length=200, blank=True
    )
    decision_text = models.TextField(
        _("what the position means"), max_length=2000, help_text=_("Stands on every answer.")
    )
    appeal = models.TextField(
        _("how to have a refusal tried"), max_length=2000, help_text=_("Stands on every refusal.")
    )

    class Meta:
        verbose_name = _("text of answers")
        verbose_name_plural = _("texts of answers")
        ordering = ["unit_id", "id"]
        constraints = [
            models.UniqueConstraint(
                models.Value(1),
                condition=Q(unit__isnull=True),
                name="answer_texts_one_for_all",
                violation_error_message=_("There are already texts for all units."),
            ),
            models.CheckConstraint(
                condition=~Q(decision_text="") & ~Q(appeal=""),
                name="answer_texts_are_written",
                violation_error_message=_("Write both texts."),
            ),
        ]

    def __str__(self):
        return self.unit.name if self.unit else "–"


class ApprovalForward(models.Model):
    """An answer that was passed on within the unit, by whom to whom and why. Never changed."""

    approval = models.ForeignKey(Approval, on_delete=models.PROTECT, related_name="forwards")
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    sent_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(_("reason"), max_length=300)
    sent_at = models.DateTimeField(default=moment_now)

    class Meta:
        verbose_name = _("answer passed on")
        verbose_name_plural = _("answers passed on")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(sent_by=F("sent_to")),
                name="forward_is_to_somebody_else",
                violation_error_message=_("Choose somebody else than yourself."),
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="forward_has_a_reason",
                violation_error_message=_("Say why you pass it on."),
            ),
        ]


class ApproverCover(models.Model):
    """Somebody who answers is away, half-open, and a colleague of the unit stands in.

    Noted by the one who goes away; why is nobody's business here. What was passed on to the one
    who is away is the stand-in's meanwhile, who also gets the notices.
    """

    away = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="approver_absences"
    )
    cover = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("stand-in"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField(_("first day"))
    ends_before = models.DateField(_("back on"))
    noted_at = models.DateTimeField(default=moment_now)

    class Meta:
        verbose_name = _("stand-in of an approver")
        verbose_name_plural = _("stand-ins of approvers")
        ordering = ["starts_on", "id"]
        indexes = [models.Index(fields=["unit", "ends_before"], name="approver_cover_of_unit")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_before__gt=F("starts_on")),
                name="approver_cover_ends_after_start",
                violation_error_message=_("The day back must be after the first day."),
            ),
            models.CheckConstraint(
                condition=~Q(away=F("cover")),
                name="approver_cover_is_another",
                violation_error_message=_("Choose somebody else than yourself."),
            ),
        ]
