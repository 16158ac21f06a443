"""What the provider proposes and the orderer decides; what is accepted is done in the same moment."""

from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobcentre.accounts.models import User
from jobcentre.casework.access.checks import require
from jobcentre.casework.concurrency import lock
from jobcentre.casework.deadlines import clock
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.saving import save_checked
from jobcentre.casework.timeline import record_event
from referrals.aliases import refuse_names
from referrals.enums import OrderState, ProposalKind, ProposalState
from referrals.models import Order, OrderProposal, Provider
from referrals.order_limits import line_in_force, refuse_first_day, said_full_after
from referrals.transitions.moves import log_change, tell_coach, tell_provider
from referrals.transitions.orders import withdraw_order

# The states of an order in which each kind can be proposed.
WHEN = {
    ProposalKind.START: (OrderState.ACCEPTED,),
    ProposalKind.EXTENSION: (OrderState.STARTED, OrderState.PAUSED),
    ProposalKind.HOURS: (OrderState.ACCEPTED, OrderState.STARTED, OrderState.PAUSED),
    ProposalKind.ENDING: (OrderState.STARTED, OrderState.PAUSED),
    ProposalKind.UNSUITABLE: (OrderState.ACCEPTED, OrderState.STARTED, OrderState.PAUSED),
}


def proposable(order: Order) -> list[str]:
    """The kinds that can be proposed in the state the order has."""
    return [kind for kind, states in WHEN.items() if order.state in states]


@transaction.atomic
def propose(
    order: Order,
    kind: str,
    *,
    reason: str,
    day: date | None = None,
    hours: Decimal | None = None,
    actor: User,
    today: date,
    version: int | None = None,
) -> OrderProposal:
    """The provider proposes; nothing of the order is changed until the orderer has accepted.

    `day` is the new first day, or the day after the new last one. Raises Refused when the kind
    does not fit the state of the order or the day is not what the kind says; ValidationError when
    a proposal waits already.
    """
    lock(order.case)
    order = lock(order, version)
    require(actor, "order.answer", order)
    if kind not in proposable(order):
        raise Refused(
            _("That cannot be proposed for an order that is %(state)s.")
            % {"state": order.get_state_display()}
        )
    if kind == ProposalKind.START and (day is None or day < today or day >= order.ends_before):
        raise Refused(_("The new first day must lie ahead, within the order."))
    if kind == ProposalKind.EXTENSION and (day is None or day <= order.ends_before):
        raise Refused(_("An extension ends later than the order does now."))
    if kind == ProposalKind.ENDING and (day is None or not today < day < order.ends_before):
        raise Refused(_("An earlier end lies ahead, and before the end of the order now."))
    if kind == ProposalKind.HOURS and (hours is None or hours == order.hours_per_week):
        raise Refused(_("Write other hours than those that are ordered."))
    dated = kind in (ProposalKind.START, ProposalKind.EXTENSION, ProposalKind.ENDING)
    proposal = OrderProposal(
        order=order,
        kind=kind,
        day=day if dated else None,
        hours=hours if kind == ProposalKind.HOURS else None,
        reason=reason,
        proposed_by=actor,
        proposed_on=today,
    )
    save_checked(proposal)
    _record(order, "order.proposed", actor, kind=kind)
    tell_coach(
        order,
        f"proposal:{proposal.pk}",
        gettext_lazy("%(provider)s proposes a change of the order in case %(case)s."),
    )
    log_change(actor, "order.answer", order, ["proposal"])
    return proposal


@transaction.atomic
def decide_proposal(
    proposal: OrderProposal,
    *,
    accepts: bool,
    answer: str,
    actor: User,
    today: date,
    although_full: bool = False,
) -> OrderProposal:
    """The orderer accepts, and what was proposed is done; or refuses, with a reason.

    Raises Refused when it is decided already, when the order no longer is in a state for it, or
    when its day has passed or lies outside the order, when the plan in force does not have the
    days or the hours, or when no place is free in the weeks of an extension that is not accepted
    `although_full`.
    """
    lock(proposal.order.case)
    order = lock(proposal.order)
    require(actor, "order.send", order)
    proposal = lock(proposal)
    proposal.order = order  # as it is under the lock
    refuse_names(order, answer)
    if proposal.state != ProposalState.PENDING:
        raise Refused(
            _("The proposal is already %(state)s.") % {"state": proposal.get_state_display()}
        )
    proposal.state = ProposalState.ACCEPTED if accepts else ProposalState.REFUSED
    proposal.decided_by, proposal.decided_on, proposal.answer = actor, today, answer
    save_checked(proposal)
    if accepts:
        # Two who take the last place wait for each other.
        Provider.objects.select_for_update().filter(unit=order.provider_id).first()
        full = said_full_by(proposal, today)
        if full and not although_full:
            how = _("Answer no, or extend although no place is free.")
            raise Refused(f"{full} {how}")
        _carry_out(order, proposal, actor, today)
    kind = "order.proposal_accepted" if accepts else "order.proposal_refused"
    _record(order, kind, actor, kind=proposal.kind)
    if accepts:
        sentence = gettext_lazy("%(centre)s accepts your proposal about an order.")
    else:
        sentence = gettext_lazy("%(centre)s refuses your proposal about an order.")
    tell_provider(order, f"proposal:{proposal.pk}", sentence, today)
    log_change(actor, "order.send", order, ["proposal"])
    return proposal


def said_full_by(proposal: OrderProposal, today: date) -> str:
    """That no place is free in the weeks that the proposal adds to its order; "" otherwise."""
    if proposal.kind != ProposalKind.EXTENSION or proposal.day is None:
        return ""
    return said_full_after(proposal.order, proposal.day, today)


def _carry_out(order: Order, proposal: OrderProposal, actor: User, today: date) -> None:
    kind = proposal.kind
    if kind not in proposable(order):
        raise Refused(_("The order is already %(state)s.") % {"state": order.get_state_display()})
    if kind == ProposalKind.UNSUITABLE:
        withdraw_order(order, reason=proposal.reason[:300], actor=actor, today=today)
        return
    _refuse_passed(proposal, today)
    if kind == ProposalKind.START:
        refuse_first_day(order, proposal.day)
        order.first_day_on = proposal.day
    elif kind == ProposalKind.HOURS:
        order.hours_per_week = proposal.hours
    else:
        order.ends_before = proposal.day
    if kind == ProposalKind.EXTENSION and not _plan_reaches(order):
        raise Refused(
            _("The plan in force ends the activity earlier. Change the plan before you extend.")
        )
    if kind == ProposalKind.HOURS and not _plan_has_hours(order):
        raise Refused(
            _("The plan in force has fewer hours a week. Change the plan before you accept.")
        )
    order.version += 1
    save_checked(order)


def _refuse_passed(proposal: OrderProposal, today: date) -> None:
    """A last day is the one before `day` (periods are half-open)."""
    earliest = today if proposal.kind == ProposalKind.START else today + timedelta(days=1)
    if proposal.day is not None and proposal.day < earliest:
        raise Refused(
            _("The day that is proposed has passed. Answer no; the provider can propose another.")
        )


def _plan_has_hours(order: Order) -> bool:
    line = line_in_force(order.activity)
    return line is not None and order.hours_per_week <= line.hours_per_week


def _plan_reaches(order: Order) -> bool:
    line = line_in_force(order.activity)
    return line is not None and order.ends_before <= line.ends_before


def _record(order: Order, event: str, actor: User, *, kind: str) -> None:
    payload = {"provider": order.provider.name, "kind": kind}
    record_event(order.case, event, actor=actor, payload=payload)
    clock.recompute(order.case)
