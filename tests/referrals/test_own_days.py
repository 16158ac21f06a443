"""An activity ordered from one provider after the other: each has the sessions of its own days."""

import re
import uuid
from datetime import time, timedelta
from decimal import Decimal

import pytest
import time_machine

from activityplans.models import Session
from activityplans.transitions.attendance import plan_sessions, register_attendance
from jobcentre.accounts.enums import Role
from referrals import transitions as orders
from referrals.enums import ReportKind
from referrals.models import Order
from referrals.own_days import sessions_of_order, with_sessions
from referrals.provider_day import day_of
from tests.factories import MONDAY
from tests.referrals.test_claims import begun

pytestmark = [pytest.mark.row("B7"), pytest.mark.row("J11")]
DAY = timedelta(days=1)
TAKEN_OVER = MONDAY + 2 * DAY
FINAL = orders.ReportInput(ReportKind.FINAL, "Kassa.", "Tar ansvar.")


def at(day):
    return time_machine.travel(f"{day}T15:00:00+00:00", tick=False)


@pytest.fixture
def first(town):
    return town.user(Role.PROVIDER_STAFF)


@pytest.fixture
def second(town):
    return town.user(Role.PROVIDER_STAFF, "south")


@pytest.fixture
def former(town, first):
    """Sessions from Monday to Friday at the first provider; two are registered, one is not."""
    order = begun(town, first)
    plan_sessions(
        order.activity, [MONDAY + n * DAY for n in range(5)], time(9), 180, "HEMLIG PLATS",
        actor=first,
    )  # fmt: skip
    with at(TAKEN_OVER):
        held = list(order.activity.sessions.order_by("on"))
        marks = {held[0].pk: ("unexcused", "HEMLIG NOT"), held[2].pk: ("present", "HEMLIG DAG")}
        register_attendance(marks, actor=first, today=TAKEN_OVER)
    return order


@pytest.fixture
def later(town, former):
    """On Wednesday the order is taken back and sent to another."""
    coach = town.user(Role.COACH)
    with at(TAKEN_OVER):
        orders.withdraw_order(
            Order.objects.get(pk=former.pk), reason="Byter.", actor=coach, today=TAKEN_OVER
        )
        return orders.send_order(
            former.activity,
            orders.OrderInput(
                provider=town.units["south_provider"],
                requirement="Samma.",
                starts_on=TAKEN_OVER,
                ends_before=MONDAY + 50 * DAY,
                hours_per_week=Decimal(10),
            ),
            actor=coach,
            today=TAKEN_OVER,
        )


def started(order, staff, on=TAKEN_OVER):
    orders.accept_order(order, first_day_on=on, contact="K", actor=staff, today=TAKEN_OVER)
    return orders.start_order(Order.objects.get(pk=order.pk), started_on=on, actor=staff, today=on)


def days(order) -> list[int]:
    """The days that its pages show, which are those that its amounts are counted from."""
    shown = list(sessions_of_order(order).order_by("on").values_list("on", flat=True))
    paid = with_sessions([order.pk]).values_list("activity__sessions__on", flat=True)
    assert sorted(paid) == shown
    return [(day - MONDAY).days for day in shown]


def test_each_has_the_days_of_its_own_order(former, later, second):
    assert (days(former), days(later)) == ([0, 1, 2], [])
    with at(TAKEN_OVER):
        started(later, second)
    # The day on which the first ended stays the first's.
    assert (days(former), days(later)) == ([0, 1, 2], [3, 4])
    Order.objects.filter(pk=later.pk).update(ends_before=MONDAY + 4 * DAY)
    assert days(later) == [3]


def test_of_two_that_have_the_same_days_the_later_has_them(former, later, second):
    with at(TAKEN_OVER):
        started(later, second)
    Order.objects.filter(pk=former.pk).update(ended_on=MONDAY + 4 * DAY)
    assert (days(former), days(later)) == ([0, 1], [2, 3, 4])


def test_the_later_reads_and_changes_nothing_of_the_former(former, later, second, log_in):
    held = list(former.activity.sessions.order_by("on"))
    with at(TAKEN_OVER):
        client = log_in(second)
        paths = ["/utforare/", "/utforare/narvaro/", f"/utforare/narvaro/?day={MONDAY}"]
        paths += ["/utforare/narvaro/manad/", f"/bestallningar/{later.ref}/"]
        for state in ("sent", "started"):
            if state == "started":
                started(later, second)
            for path in paths:
                page = client.get(path)
                assert page.status_code == 200
                assert "HEMLIG" not in page.content.decode(), (state, path)
                for session in held[:3]:
                    assert f"/narvaro/{session.pk}/" not in page.content.decode(), (state, path)
            for session in held[:3]:
                path = f"/utforare/narvaro/{session.pk}/"
                typed = {"outcome": "present", "why": "Fel", "token": str(uuid.uuid4())}
                assert client.get(path).status_code == 404
                assert client.post(path, typed).status_code == 404
                assert client.get(f"{path}rapportera/").status_code == 404
    assert Session.objects.get(pk=held[0].pk).note == "HEMLIG NOT"


def test_the_former_reads_nothing_of_the_later(former, later, first, second, log_in):
    with at(MONDAY + 3 * DAY):
        with at(TAKEN_OVER):
            started(later, second)
        session = former.activity.sessions.get(on=MONDAY + 3 * DAY)
        register_attendance(
            {session.pk: ("present", "SEDAN")}, actor=second, today=MONDAY + 3 * DAY
        )
        client = log_in(first)
        page = client.get(f"/bestallningar/{former.ref}/")
        assert page.status_code == 200  # until 14 days after the end
        assert "SEDAN" not in page.content.decode()
        assert "HEMLIG NOT" in page.content.decode()
        assert client.get(f"/utforare/narvaro/{session.pk}/").status_code == 404


def test_what_the_former_left_unregistered_does_not_hold_the_later(former, later, second):
    friday = MONDAY + 4 * DAY
    with at(TAKEN_OVER):
        running = started(later, second)
    with at(friday):
        mine = former.activity.sessions.filter(on__gt=TAKEN_OVER)
        marks = {each.pk: ("present", "") for each in mine}
        register_attendance(marks, actor=second, today=friday)
        ended = orders.end_order(
            running, FINAL, ended_on=friday, result="reached", actor=second, today=friday
        )
    assert ended.ended_on == friday


def test_a_day_after_the_last_one_ordered_is_not_registered_there(town, first, log_in):
    order = begun(town, first)
    Order.objects.filter(pk=order.pk).update(ends_before=MONDAY + 3 * DAY)
    after = MONDAY + 8 * DAY
    plan_sessions(order.activity, [after], time(9), 60, "", actor=town.user(Role.COACH))
    session = order.activity.sessions.get()
    with at(after):
        client = log_in(first)
        path = f"/utforare/narvaro/?day={after}"
        page = client.get(path).content.decode()
        assert not re.findall(rf'name="[^"]*{session.pk}[^"]*"', page)
        client.post(path, {"token": str(uuid.uuid4()), "all_present": "1", f"m{session.pk}": ""})
        assert client.get(f"/utforare/narvaro/{session.pk}/").status_code == 404
        day = day_of(first, after)
        assert (day.sessions, day.unregistered) == ([], [])
    session.refresh_from_db()
    assert not session.is_registered
