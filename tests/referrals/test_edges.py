"""What goes wrong at a provider: pressed twice, outside the order, nobody left. Clear, and nothing lost."""

from datetime import time, timedelta

import pytest

from activityplans.models import Session
from activityplans.transitions.attendance import plan_sessions
from jobcentre.accounts.enums import Role
from jobcentre.accounts.models import Membership
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import CaseEvent
from referrals import transitions as orders
from referrals.enums import OrderState, ReportKind
from referrals.models import Order, Provider
from referrals.unmanned import tell_of_unmanned, unmanned
from tests.factories import MONDAY
from tests.referrals.test_claims import agree

DAY = timedelta(days=1)
FINAL = orders.ReportInput(ReportKind.FINAL, "Kassa.", "Tar ansvar.")


@pytest.fixture
def order(town):
    return town.ordered(town.approved(town.consented(town.opened())))


def started(order, staff):
    orders.accept_order(order, first_day_on=MONDAY, contact="Bo", actor=staff, today=MONDAY)
    return orders.start_order(order, started_on=MONDAY, actor=staff, today=MONDAY)


def test_accept_pressed_twice_is_one_answer(order, staff, log_in):
    client, path = log_in(staff), f"/bestallningar/{order.ref}/tacka-ja/"
    typed = {
        "token": "5f0f8f1e-97f5-4c68-9b8d-0d0d3f6f5a09", "version": order.version,
        "first_day_on": MONDAY.isoformat(), "contact": "Bo",
    }  # fmt: skip
    first, second = client.post(path, typed), client.post(path, typed)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    assert CaseEvent.objects.filter(kind="order.accepted").count() == 1
    # Another page that was open says why, and nothing typed is lost.
    late = client.post(path, {**typed, "token": "5f0f8f1e-97f5-4c68-9b8d-0d0d3f6f5a10"})
    assert late.status_code == 422
    assert 'value="Bo"' in late.content.decode()


@pytest.mark.parametrize("days", [[-1], [60, 61]])
def test_a_session_outside_the_order_is_not_planned(order, staff, days):
    Order.objects.update(ends_before=MONDAY + 30 * DAY)
    running = started(Order.objects.get(), staff)
    with pytest.raises(Refused, match=r"does not have|har inte"):
        orders.plan_order_sessions(
            running, [MONDAY + n * DAY for n in days], time(9), 60, "", actor=staff
        )
    assert not Session.objects.exists()
    assert orders.plan_order_sessions(running, [MONDAY], time(9), 60, "", actor=staff) == 1


def test_a_session_after_the_end_of_the_order_is_not_the_provider_s(order, staff, log_in):
    running = started(order, staff)
    plan_sessions(running.activity, [MONDAY + 3 * DAY], time(9), 60, "", actor=staff)
    orders.end_order(running, FINAL, ended_on=MONDAY, result="reached", actor=staff, today=MONDAY)
    session = Session.objects.get()
    path = f"/utforare/narvaro/{session.pk}/"
    client = log_in(staff)
    for answer in (client.get(path), client.post(path, {"outcome": "present"})):
        assert answer.status_code == 404
    session.refresh_from_db()
    assert session.outcome == "not_registered"


@pytest.mark.row("J11")
def test_a_provider_that_loses_its_last_user_is_told_of_and_nothing_is_lost(
    town, order, staff, coach, log_in
):
    agree(town)
    started(order, staff)
    unit = order.provider_id
    assert unmanned([unit], MONDAY) == set()
    assert tell_of_unmanned(MONDAY) == 0
    Membership.objects.filter(user=staff).update(valid_to=MONDAY)
    assert unmanned([unit], MONDAY) == {unit}
    assert tell_of_unmanned(MONDAY) == 1
    assert coach.notices.filter(text_sv__contains="kan logga in").count() == 1
    assert tell_of_unmanned(MONDAY + DAY) == 0  # once
    of_one = f"/utforarregister/{Provider.objects.get(unit=unit).pk}/"
    for path in (f"/bestallningar/{order.ref}/", "/utforarregister/", of_one):
        assert "kan logga in" in log_in(coach).get(path).content.decode(), path
    assert Order.objects.get().state == OrderState.STARTED
    back = Membership.objects.create(
        user=staff, role=Role.PROVIDER_STAFF, unit_id=unit, valid_from=MONDAY + 2 * DAY
    )
    assert unmanned([unit], MONDAY + 2 * DAY) == set()
    assert "kan logga in" in log_in(coach).get("/utforarregister/").content.decode()
    back.user.is_active = False
    back.user.save()
    assert unmanned([unit], MONDAY + 2 * DAY) == {unit}  # who may not log in is nobody there


def test_of_a_protected_person_a_coach_outside_the_circle_is_not_told(town, order, staff, coach):
    town.protected(order.case.person, [town.user(Role.MANAGER)])
    Membership.objects.filter(user=staff).update(valid_to=MONDAY)
    assert tell_of_unmanned(MONDAY) == 0
    assert not coach.notices.filter(text_sv__contains="kan logga in").exists()
