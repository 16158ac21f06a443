"""The support-month statement (underlag) to the income-support unit."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from activityplans.enums import ExplanationState, StatementState
from jobcentre.accounts.enums import Role
from jobcentre.casework.models import Case, CaseChildQuerySet
from jobcentre.replay import moment_now


class SupportStatementQuerySet(CaseChildQuerySet):
    def visible_to(self, user):
        """Those of visible cases; the income-support unit sees what has been sent to it."""
        rows = super().visible_to(user)
        membership = getattr(user, "acting", None)
        if membership is not None and membership.role == Role.SOCIAL_SECRETARY:
            return rows.sent()
        return rows

    def sent(self):
        return self.filter(state=StatementState.SENT)


class SupportStatement(models.Model):
    """A compilation of the attendance of one month of a case, for the income-support unit.

    Begun by the coach, who asks the person for an explanation; sent when the month is over. What
    is sent stands in `content` with its hash and is never changed (a trigger, on both databases): a
    correction is the next `number`, and names the one that it `corrects`. It is no decision.
    """

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="statements")
    month = models.DateField(_("month"))  # its first day
    number = models.PositiveSmallIntegerField(_("version"), default=1)
    state = models.CharField(
        _("state"), max_length=10, choices=StatementState.choices, default=StatementState.DRAFT
    )
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    correction_reason = models.CharField(_("why it is corrected"), max_length=300, blank=True)
    asked = models.CharField(
        _("the person's explanation"),
        max_length=10,
        choices=ExplanationState.choices,
        default=ExplanationState.NOT_ASKED,
    )
    explanation = models.TextField(_("what the person says"), max_length=4000, blank=True)
    comment = models.TextField(_("the coach's comment"), max_length=4000, blank=True)
    content = models.JSONField(default=dict, editable=False)
    content_hash = models.CharField(max_length=64, blank=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(default=moment_now)
    edit = models.PositiveIntegerField(default=1, editable=False)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    sent_on = models.DateField(_("sent"), null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = SupportStatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("support-month statement")
        verbose_name_plural = _("support-month statements")
        ordering = ["-month", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "month", "number"],
                name="statement_number_once",
                violation_error_message=_("There is already a version with that number."),
            ),
            models.UniqueConstraint(
                fields=["case", "month"],
                condition=Q(state=StatementState.DRAFT),
                name="statement_one_being_written",
                violation_error_message=_("The month is already being written."),
            ),
            models.CheckConstraint(
                condition=Q(state=StatementState.DRAFT, content_hash="", sent_at__isnull=True)
                | (
                    Q(
                        state=StatementState.SENT,
                        sent_on__isnull=False,
                        sent_at__isnull=False,
                        sent_by__isnull=False,
                    )
                    & ~Q(content_hash="")
                ),
                name="statement_sent_with_its_content",
                violation_error_message=_("What is sent has its content, its sender and its time."),
            ),
            models.CheckConstraint(
                condition=Q(number=1, corrects__isnull=True, correction_reason="")
                | (Q(number__gt=1, corrects__isnull=False) & ~Q(correction_reason="")),
                name="statement_correction_names_what_it_corrects",
                violation_error_message=_("A correction names what it corrects, and why."),
            ),
            models.CheckConstraint(
                condition=(Q(asked=ExplanationState.GIVEN) & ~Q(explanation=""))
                | (~Q(asked=ExplanationState.GIVEN) & Q(explanation="")),
                name="statement_explanation_is_given_or_not",
                violation_error_message=_("Write what the person says, or that nothing was said."),
            ),
        ]

    def __str__(self):
        return f"{self.case} {self.month:%Y-%m} v{self.number}"

    def access_case(self):
        return self.case

    @property
    def is_sent(self) -> bool:
        return self.state == StatementState.SENT


class StatementReading(models.Model):
    """A social secretary has read a statement; noted once for each, never changed."""

    statement = models.ForeignKey(
        SupportStatement, on_delete=models.PROTECT, related_name="readings"
    )
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    read_at = models.DateTimeField(_("read"), default=moment_now)

    class Meta:
        verbose_name = _("reading of a statement")
        verbose_name_plural = _("readings of statements")
        ordering = ["read_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["statement", "read_by"],
                name="statement_read_once_by_each",
                violation_error_message=_("You have already noted that you have read it."),
            )
        ]
