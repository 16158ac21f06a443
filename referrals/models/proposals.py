"""What a provider proposes about a running order; the orderer decides."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from referrals.enums import ProposalKind, ProposalState
from referrals.models.orders import Order


class OrderProposal(models.Model):
    """One proposal about one order, and the answer; kept for both sides, never changed once decided.

    `day` is the new first day, or the day after the new last one; `hours` are hours per week. Which
    of them is asked for follows from the kind.
    """

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="proposals")
    kind = models.CharField(_("proposal"), max_length=12, choices=ProposalKind.choices)
    state = models.CharField(
        _("state"), max_length=10, choices=ProposalState.choices, default=ProposalState.PENDING
    )
    day = models.DateField(_("day"), null=True, blank=True)
    hours = models.DecimalField(
        _("hours per week"), max_digits=4, decimal_places=1, null=True, blank=True
    )
    reason = models.TextField(_("why"), max_length=1000)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    proposed_on = models.DateField(_("proposed"))
    answer = models.CharField(_("answer"), max_length=500, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_on = models.DateField(_("decided"), null=True, blank=True)

    class Meta:
        verbose_name = _("proposal about an order")
        verbose_name_plural = _("proposals about orders")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["order"],
                condition=Q(state=ProposalState.PENDING),
                name="order_one_open_proposal",
                violation_error_message=_("A proposal waits for an answer already."),
            ),
            models.CheckConstraint(
                condition=Q(state=ProposalState.PENDING, decided_on__isnull=True)
                | (~Q(state=ProposalState.PENDING) & Q(decided_on__isnull=False)),
                name="order_proposal_decided_on_a_day",
                violation_error_message=_("A decided proposal has a day."),
            ),
            models.CheckConstraint(
                condition=~Q(state=ProposalState.REFUSED) | ~Q(answer=""),
                name="order_proposal_refused_with_reason",
                violation_error_message=_("Say why the proposal is refused."),
            ),
        ]
