"""An order keeps to the plan and to its own days; what comes too late is refused with a sentence."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, transaction

from activityplans.models import Activity
from activityplans.transitions.life import break_off
from jobcentre.casework.exceptions import Refused
from referrals import transitions as orders
from referrals.enums import OrderState, ProposalState
from referrals.models import Order, OrderProposal
from referrals.transitions.proposals import decide_proposal, propose
from tests.factories import MONDAY

pytestmark = pytest.mark.row("T4")
DAY = timedelta(days=1)


def at(day):
    return time_machine.travel(f"{day}T11:00:00+00:00", tick=False)


@pytest.fixture
def order(town):
    return town.ordered(town.approved(town.consented(town.opened())))


def accepted(order, staff, first=MONDAY, today=MONDAY):
    return orders.accept_order(
        Order.objects.get(pk=order.pk), first_day_on=first, contact="Bo", actor=staff, today=today
    )


def started(order, staff):
    accepted(order, staff)
    return orders.start_order(
        Order.objects.get(pk=order.pk), started_on=MONDAY, actor=staff, today=MONDAY
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"starts_on": MONDAY - DAY}, {"ends_before": date(2032, 1, 1)},
        {"ends_before": MONDAY + 61 * DAY}, {"hours_per_week": Decimal("30.5")},
    ],
)  # fmt: skip
def test_an_order_lies_within_the_line_of_the_plan(town, coach, changes):
    case = town.approved(town.consented(town.opened()))
    line = orders.orderable_lines(case)[0]
    whole = orders.OrderInput(
        provider=line.provider,
        requirement="Kassa.",
        starts_on=MONDAY,
        ends_before=MONDAY + 60 * DAY,
        hours_per_week=Decimal(30),
    )
    with pytest.raises(Refused, match=r"16.nov.*14.jan.*30") as refused:
        orders.send_order(line.activity, replace(whole, **changes), actor=coach, today=MONDAY)
    assert "plan" in str(refused.value)
    assert not Order.objects.exists()
    assert orders.send_order(line.activity, whole, actor=coach, today=MONDAY).pk


def test_an_activity_that_is_broken_off_is_not_ordered_again(town, coach):
    case = town.approved(town.consented(town.opened()))
    line = orders.orderable_lines(case)[0]
    wanted = orders.OrderInput(
        provider=line.provider, requirement="Kassa.", starts_on=MONDAY + 8 * DAY,
        ends_before=MONDAY + 40 * DAY, hours_per_week=Decimal(5),
    )  # fmt: skip
    with at(MONDAY + 8 * DAY):
        break_off(
            line.activity, MONDAY + 7 * DAY, "other", "Slutat.",
            actor=coach, today=MONDAY + 8 * DAY,
        )  # fmt: skip
        assert orders.orderable_lines(case) == []
        activity = Activity.objects.get(pk=line.activity_id)
        with pytest.raises(Refused, match="slutat"):
            orders.send_order(activity, wanted, actor=coach, today=MONDAY + 8 * DAY)


@pytest.mark.parametrize("has_started", [True, False])
def test_the_order_follows_when_its_activity_is_broken_off(order, staff, coach, has_started):
    if has_started:
        started(order, staff)
    with at(MONDAY + 8 * DAY):
        break_off(
            order.activity, MONDAY + 7 * DAY, "other", "Slutat.",
            actor=coach, today=MONDAY + 8 * DAY,
        )  # fmt: skip
    order.refresh_from_db()
    told = [notice.text_sv for notice in staff.notices.order_by("pk")][-1]
    if has_started:
        assert order.state == OrderState.STARTED
        assert "slutrapporten" in told
    else:
        assert order.state == OrderState.WITHDRAWN
        assert "återta" in told


@pytest.mark.parametrize("first", [date(2099, 1, 1), MONDAY + 60 * DAY])
def test_the_first_day_lies_within_the_order(order, staff, first):
    with pytest.raises(Refused, match=r"14.jan"):
        accepted(order, staff, first)
    assert accepted(order, staff, MONDAY + 59 * DAY).state == OrderState.ACCEPTED


def test_an_order_whose_last_day_has_passed_is_not_accepted(order, staff):
    late = order.ends_before
    with at(late), pytest.raises(Refused, match=r"14.jan"):
        accepted(order, staff, MONDAY + DAY, late)
    with at(late - DAY):
        assert accepted(order, staff, late - DAY, late - DAY).state == OrderState.ACCEPTED


def test_nor_started(order, staff):
    accepted(order, staff)
    late = order.ends_before
    with at(late):
        found = Order.objects.get(pk=order.pk)
        with pytest.raises(Refused, match=r"14.jan"):
            orders.start_order(found, started_on=late, actor=staff, today=late)
        found = Order.objects.get(pk=order.pk)
        assert orders.start_order(found, started_on=late - DAY, actor=staff, today=late)


@pytest.mark.parametrize(
    ("kind", "days", "last"), [("start", 5, 5), ("ending", 6, 5), ("extension", 60, 59)]
)
def test_a_proposal_whose_day_has_passed_is_refused(order, staff, coach, kind, days, last):
    """`last` is the last day on which it can be accepted, counted from Monday."""
    running = accepted(order, staff) if kind == "start" else started(order, staff)
    if kind == "extension":
        Order.objects.filter(pk=order.pk).update(ends_before=MONDAY + 40 * DAY)
    day = MONDAY + days * DAY
    proposal = propose(running, kind, reason="X.", day=day, actor=staff, today=MONDAY)
    late = MONDAY + (last + 1) * DAY
    with at(late):
        with pytest.raises(Refused, match=r"har passerat|has passed"):
            decide_proposal(proposal, accepts=True, answer="", actor=coach, today=late)
        assert OrderProposal.objects.get().state == ProposalState.PENDING
    with at(MONDAY + last * DAY):
        decide_proposal(
            OrderProposal.objects.get(), accepts=True, answer="", actor=coach,
            today=MONDAY + last * DAY,
        )  # fmt: skip
    assert OrderProposal.objects.get().state == ProposalState.ACCEPTED


def test_the_coach_answers_no_to_what_came_too_late(order, staff, coach):
    proposal = propose(
        started(order, staff),
        "ending",
        reason="X.",
        day=MONDAY + 6 * DAY,
        actor=staff,
        today=MONDAY,
    )
    late = MONDAY + 30 * DAY
    with at(late):
        decide_proposal(proposal, accepts=False, answer="För sent.", actor=coach, today=late)
    assert OrderProposal.objects.get().state == ProposalState.REFUSED


def test_more_hours_than_the_plan_wait_for_the_plan(order, staff, coach):
    proposal = propose(
        started(order, staff), "hours", reason="X.", hours=Decimal(40), actor=staff, today=MONDAY
    )
    with pytest.raises(Refused, match=r"[Pp]lan"):
        decide_proposal(proposal, accepts=True, answer="", actor=coach, today=MONDAY)
    assert Order.objects.get().hours_per_week == 30
    Order.objects.update(hours_per_week=20)
    OrderProposal.objects.update(hours=30)
    decide_proposal(OrderProposal.objects.get(), accepts=True, answer="", actor=coach, today=MONDAY)
    assert Order.objects.get().hours_per_week == 30


def test_an_activity_is_ordered_from_one_provider_at_a_time(town, coach, staff, order, log_in):
    again = orders.OrderInput(
        provider=town.units["south_provider"], requirement="Kassa.", starts_on=MONDAY,
        ends_before=MONDAY + 60 * DAY, hours_per_week=Decimal(5),
    )  # fmt: skip

    def send():
        return orders.send_order(order.activity, again, actor=coach, today=MONDAY)

    with pytest.raises(Refused, match=f"{order.provider.name}.*väntar på svar"):
        send()
    page = log_in(coach).get(f"/aktiviteter/{order.activity.ref}/bestall/", follow=True)
    assert f"{order.provider.name} har redan" in page.content.decode()
    started(order, staff)
    with pytest.raises(Refused, match=rf"{order.provider.name}.*startad"):
        send()
    copy = Order.objects.get(pk=order.pk)
    copy.pk, copy.ref, copy.provider = None, uuid4(), again.provider
    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save(force_insert=True)
    orders.withdraw_order(
        Order.objects.get(pk=order.pk), reason="Byter.", actor=coach, today=MONDAY
    )
    assert send().provider == again.provider
