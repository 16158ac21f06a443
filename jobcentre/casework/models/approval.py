from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jobcentre.accounts.models import Unit
from jobcentre.casework.access import queries
from jobcentre.casework.enums import ApprovalState
from jobcentre.casework.models.case import Case
from jobcentre.replay import moment_now


class ApprovalQuerySet(models.QuerySet):
    def visible_to(self, user):
        return queries.visible_children(self, user)

    def pending(self):
        return self.filter(state=ApprovalState.PENDING)


class Approval(models.Model):
    """Somebody else's position on a version of something in a case.

    Requested by the author; decided once, by another person; the decision is final and binds the
    content whose hash stands here. One is pending for a subject at a time. `written_by` began the
    version, `handled_by` is the colleague of the unit it was passed on to (None: anybody's).
    `comments` are the decider's, by the key of what they stand at ("goal", "line:<ref>");
    `delegation`, `decision_text` and `appeal` are the unit's words as they were that day.
    Beside the constraints a trigger refuses the person's coach as decider, and another answer
    than the first (`approvals/four_eyes.py`).
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="approvals")
    kind = models.CharField(_("kind"), max_length=40)
    subject_key = models.CharField(max_length=80)
    subject_id = models.BigIntegerField()
    subject_version = models.PositiveIntegerField()
    content_hash = models.CharField(max_length=64)
    state = models.CharField(
        _("state"), max_length=10, choices=ApprovalState.choices, default=ApprovalState.PENDING
    )
    unit = models.ForeignKey(
        Unit, verbose_name=_("decided by unit"), on_delete=models.PROTECT, related_name="approvals"
    )
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    last_edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("passed on to"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    requested_on = models.DateField()
    requested_at = models.DateTimeField(default=moment_now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_on = models.DateField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True, max_length=4000)
    comments = models.JSONField(_("comments on lines"), default=dict, blank=True)
    delegation = models.CharField(max_length=200, blank=True)
    decision_text = models.TextField(max_length=2000, blank=True)
    appeal = models.TextField(max_length=2000, blank=True)

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        ordering = ["requested_at", "id"]
        indexes = [
            models.Index(
                fields=["unit", "requested_on", "id"],
                name="approval_queue",
                condition=Q(state=ApprovalState.PENDING),
            ),
            models.Index(fields=["case", "kind"], name="approval_case_kind"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_key"],
                condition=Q(state=ApprovalState.PENDING),
                name="approval_one_pending_per_subject",
                violation_error_message=_("This already waits for an answer."),
            ),
            models.CheckConstraint(
                condition=(
                    Q(decided_by__isnull=True)
                    | (~Q(decided_by=F("requested_by")) & ~Q(decided_by=F("last_edited_by")))
                ),
                name="approval_needs_four_eyes",
                violation_error_message=_("Nobody approves what they wrote themselves."),
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True)
                | Q(written_by__isnull=True)
                | ~Q(decided_by=F("written_by")),
                name="approval_is_not_the_authors",
                violation_error_message=_("Nobody approves what they wrote themselves."),
            ),
            models.CheckConstraint(
                condition=(
                    Q(
                        state__in=[ApprovalState.PENDING, ApprovalState.WITHDRAWN],
                        decided_by__isnull=True,
                        decided_on__isnull=True,
                    )
                    | Q(
                        state__in=[
                            ApprovalState.APPROVED,
                            ApprovalState.RETURNED,
                            ApprovalState.REFUSED,
                        ],
                        decided_by__isnull=False,
                        decided_on__isnull=False,
                    )
                ),
                name="approval_is_decided_by_somebody",
                violation_error_message=_("A decision has a decider and a date."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[ApprovalState.RETURNED, ApprovalState.REFUSED])
                | ~Q(reason=""),
                name="approval_returned_with_reason",
                violation_error_message=_("Say why."),
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.subject_key}"

    def access_case(self):
        return self.case
