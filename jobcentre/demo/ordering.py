"""Orders in every state between sending and ending, and proposals, for whoever looks for them."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from referrals import transitions as orders
from referrals.enums import OrderState, ProposalKind
from referrals.models import Order
from referrals.transitions.proposals import proposable, propose

if TYPE_CHECKING:
    from jobcentre.demo.stories import Teller

EACH = 3  # of every state
FEWER = Decimal(4)  # hours a week; more than the plan has waits for the plan


def tell_between(teller: Teller) -> None:
    """Some orders have a question, wait on a list or stand still; some have a proposal."""
    day = teller.near(teller.today - timedelta(days=1))
    if day > teller.today:
        day = teller.today
    for user in teller.actors:
        user.remembered_relations = {}
    known = (
        Order.objects.filter(case__person__protection="none", case__status="open", sent_on__lt=day)
        .select_related("case__person", "case__centre", "provider", "activity")
        .order_by("-sent_on", "-pk")
    )
    unanswered = list(known.filter(state=OrderState.SENT)[: 2 * EACH])
    running = list(known.filter(state=OrderState.STARTED, started_on__lt=day)[: 3 * EACH])
    for number, order in enumerate(unanswered):
        staff = teller.world.provider_staff[order.provider_id]
        with teller.on(day, 10):
            if number % 2:
                orders.put_on_waiting_list(
                    order,
                    reason="Gruppen är full till månadsskiftet.",
                    expected_on=day + timedelta(days=14),
                    actor=staff,
                    today=day,
                )
            else:
                orders.ask_about_order(
                    order, "Kan personen stå och gå hela dagen?", actor=staff, today=day
                )
    at_provider = Counter(order.provider_id for order in known.filter(state=OrderState.STARTED))
    for number, order in enumerate(running):
        staff = teller.world.provider_staff[order.provider_id]
        with teller.on(day, 11):
            # The last who is at a provider goes on: its attendance is what its staff look for.
            if number % 3 == 0 and at_provider[order.provider_id] > 1:
                at_provider[order.provider_id] -= 1
                orders.pause_order(
                    order,
                    starts_on=day,
                    reason="Läkarbesök och vila, enligt överenskommelse.",
                    actor=teller.coach_of(order.case),
                    today=day,
                )
            elif ProposalKind.HOURS in proposable(order) and order.hours_per_week > FEWER:
                propose(
                    order,
                    ProposalKind.HOURS,
                    hours=order.hours_per_week - FEWER,
                    reason="Orkar inte alla dagar ännu och behöver en kortare vecka.",
                    actor=staff,
                    today=day,
                )
