"""A provider without a free place: nobody orders from it or accepts there without knowing it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from activityplans.models import Service
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import CaseEvent
from referrals import transitions as orders
from referrals.enums import OrderState
from referrals.models import Order
from referrals.places import full_weeks
from referrals.transitions import proposals
from referrals.transitions import providers as register
from tests.factories import MONDAY

pytestmark = pytest.mark.row("J11")
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)


@pytest.fixture
def one_place(town):
    service = Service.objects.get(key="work_training")
    provider = register.add_provider(
        town.units["north_provider"],
        {"form": "municipal", "organisation_number": "", "description": ""},
        [service],
        actor=None,
    )
    values = {"service": service, "from_on": MONDAY, "places": 1}
    register.save_part(provider, "capacities", None, values, actor=None, edit=1)


def _case(town):
    return town.approved(town.consented(town.opened()))


def _accept(order, staff, **more):
    return orders.accept_order(
        order, first_day_on=MONDAY, contact="Bo", actor=staff, today=MONDAY, **more
    )


def test_a_week_is_full_when_all_its_places_are_taken():
    held = [(MONDAY, MONDAY + WEEK), (MONDAY + WEEK, MONDAY + 3 * WEEK)]
    said = [(MONDAY, 1), (MONDAY + 2 * WEEK, 2)]
    found = full_weeks(MONDAY + 2 * DAY, MONDAY + 4 * WEEK, said, held)
    assert [(week.starts_on, week.taken, week.places) for week in found] == [
        (MONDAY, 1, 1),
        (MONDAY + WEEK, 1, 1),
    ]
    assert full_weeks(MONDAY, MONDAY + WEEK, [], held) == []


def test_the_last_place_is_not_taken_twice_in_silence(town, staff, one_place):
    first, second = town.ordered(_case(town)), town.ordered(_case(town))
    _accept(first, staff)
    with pytest.raises(Refused, match="1 av 1") as refused:
        _accept(second, staff)
    assert "väntelista" in str(refused.value)
    assert Order.objects.get(pk=second.pk).state == OrderState.SENT
    assert _accept(second, staff, although_full=True).state == OrderState.ACCEPTED
    assert CaseEvent.objects.filter(case=second.case, kind="order.accepted_full").count() == 1


def test_a_place_that_is_free_on_the_first_day_is_taken_without_asking(town, staff, one_place):
    first, second = town.ordered(_case(town)), town.ordered(_case(town))
    _accept(first, staff)
    Order.objects.filter(pk=first.pk).update(ends_before=MONDAY + WEEK)
    accepted = orders.accept_order(
        second, first_day_on=MONDAY + WEEK, contact="Bo", actor=staff, today=MONDAY
    )
    assert accepted.state == OrderState.ACCEPTED


def test_the_provider_sees_the_numbers_before_it_accepts(town, staff, log_in, one_place):
    first, second = town.ordered(_case(town)), town.ordered(_case(town))
    path = f"/bestallningar/{second.ref}/tacka-ja/"
    assert "Ingen ledig plats" not in log_in(staff).get(path).content.decode()
    _accept(first, staff)
    page = log_in(staff).get(path).content.decode()
    assert all(said in page for said in ("1 av 1", "vantelista", "although_full"))
    sent = {"first_day_on": "2026-11-16", "contact": "Bo", "version": second.version}
    sent["token"] = "6f0d1f5e-7b0c-4f4c-9f43-3a2b6f0a7f11"
    assert log_in(staff).post(path, sent).status_code == 422
    assert Order.objects.get(pk=second.pk).state == OrderState.SENT
    assert log_in(staff).post(path, {**sent, "although_full": "on"}).status_code == 302
    assert Order.objects.get(pk=second.pk).state == OrderState.ACCEPTED


def test_the_coach_sends_to_a_full_provider_on_purpose_only(town, staff, coach, log_in, one_place):
    _accept(town.ordered(_case(town)), staff)
    case = _case(town)
    line = orders.orderable_lines(case)[0]
    page = log_in(coach).get(f"/aktiviteter/{line.activity.ref}/bestall/").content.decode()
    assert all(said in page for said in ("Ingen ledig plats", "although_full"))
    wanted = orders.OrderInput(
        provider=line.provider,
        requirement="Kassa.",
        starts_on=MONDAY,
        ends_before=line.ends_before,
        hours_per_week=line.hours_per_week,
    )
    with pytest.raises(Refused, match="1 av 1"):
        orders.send_order(line.activity, wanted, actor=coach, today=MONDAY)
    on_purpose = replace(wanted, although_full=True)
    assert orders.send_order(line.activity, on_purpose, actor=coach, today=MONDAY).pk


def test_an_order_is_not_extended_over_the_places_in_silence(town, staff, coach, log_in, one_place):
    """Its own last week it has already; the weeks after it are somebody else's."""
    first, second = town.ordered(_case(town)), town.ordered(_case(town))
    _accept(first, staff)
    running = orders.start_order(first, started_on=MONDAY, actor=staff, today=MONDAY)
    Order.objects.filter(pk=first.pk).update(ends_before=MONDAY + 2 * WEEK - 2 * DAY)
    orders.accept_order(
        second, first_day_on=MONDAY + 2 * WEEK, contact="Bo", actor=staff, today=MONDAY
    )
    running.refresh_from_db()
    in_the_week = {"day": MONDAY + 2 * WEEK, "reason": "Klar då.", "actor": staff, "today": MONDAY}
    answer = {"accepts": True, "answer": "", "actor": coach, "today": MONDAY}
    proposal = proposals.propose(running, "extension", **in_the_week)
    proposals.decide_proposal(proposal, **answer)
    longer = proposals.propose(
        Order.objects.get(pk=first.pk), "extension", **{**in_the_week, "day": MONDAY + 3 * WEEK}
    )
    page = log_in(coach).get(f"/bestallningar/{first.ref}/forslag/").content.decode()
    assert all(said in page for said in ("1 av 1", "although_full"))
    assert "vantelista" not in page
    with pytest.raises(Refused, match="1 av 1"):
        proposals.decide_proposal(longer, **answer)
    assert Order.objects.get(pk=first.pk).ends_before == MONDAY + 2 * WEEK
    proposals.decide_proposal(longer, **answer, although_full=True)
    assert Order.objects.get(pk=first.pk).ends_before == MONDAY + 3 * WEEK
