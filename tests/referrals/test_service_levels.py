"""The clocks of an order are as long as its agreement says, else as the municipality has decided."""

from datetime import date, time, timedelta

import pytest
import time_machine

from activityplans.transitions.attendance import plan_sessions, register_attendance
from jobcentre.accounts.enums import Role
from jobcentre.casework.deadlines import clock
from jobcentre.casework.models import Deadline
from jobcentre.notices.models import Notice
from referrals import transitions as orders
from referrals.deadlines import facts_of_new_month
from referrals.late_attendance import remind_of_attendance
from tests.factories import MONDAY, noon
from tests.referrals.test_claims import agree

pytestmark = pytest.mark.row("J12")
DAY = timedelta(days=1)
SLOW = {
    "answer_workdays": 5,
    "first_meeting_days": 30,
    "final_report_days": 30,
}


def begun(town):
    order = town.ordered(town.approved(town.consented(town.opened())))
    staff = town.user(Role.PROVIDER_STAFF)
    orders.accept_order(order, first_day_on=MONDAY, contact="Bo", actor=staff, today=MONDAY)
    order.refresh_from_db()
    return orders.start_order(order, started_on=MONDAY, actor=staff, today=MONDAY)


def length(kind: str) -> tuple[int, str]:
    row = Deadline.objects.get(kind=kind)
    return row.length, row.length_unit


@pytest.mark.parametrize(
    ("terms", "answer", "meeting", "final"),
    [
        (SLOW, (5, "workdays"), (30, "days"), (30, "days")),
        (None, (1, "workdays"), (7, "days"), (5, "workdays")),
    ],
    ids=["agreed", "no agreement"],
)
def test_the_clocks_are_as_long_as_the_agreement_says(town, terms, answer, meeting, final):
    if terms is not None:
        agree(town, **terms)
    order = begun(town)
    assert length("referral_answer") == answer
    assert length("first_meeting") == meeting
    with time_machine.travel(noon(order.ends_before), tick=False):
        clock.recompute(order.case)
    assert length("final_report") == final


def test_another_wording_moves_no_clock_of_an_order_that_was_sent_before(town):
    """The agreement begins the day after the order: it says nothing of it."""
    agree(town, starts_on=MONDAY + DAY, **SLOW)
    begun(town)
    assert length("referral_answer") == (1, "workdays")


@pytest.mark.parametrize(("monthly", "owed"), [(True, 1), (False, 0)])
def test_monthly_reports_are_owed_where_the_agreement_asks_for_them(town, monthly, owed):
    agree(town, reports_monthly=monthly)
    order, after = begun(town), date(2026, 12, 1)
    assert len(facts_of_new_month([order.case_id], after)) == owed
    with time_machine.travel(noon(after), tick=False):
        clock.recompute(order.case)
    assert Deadline.objects.filter(kind="monthly_report").count() == owed


@pytest.mark.parametrize("weekly", [True, False])
def test_a_week_that_is_not_registered_by_wednesday_is_reminded_once(town, weekly):
    agree(town, attendance_weekly=weekly)
    order, staff = begun(town), town.user(Role.PROVIDER_STAFF)
    town.user(Role.PROVIDER_STAFF, "south")
    days = [MONDAY, MONDAY + 4 * DAY, MONDAY + 7 * DAY]
    plan_sessions(order.activity, days, time(9), 180, "", actor=staff)
    first, second, _next_week = order.activity.sessions.order_by("on")
    register_attendance({first.pk: ("present", "")}, actor=staff, today=MONDAY)
    assert remind_of_attendance(MONDAY + 9 * DAY) == 0  # Wednesday: not late yet
    assert remind_of_attendance(MONDAY + 10 * DAY) == weekly
    assert remind_of_attendance(MONDAY + 11 * DAY) == 0
    told = Notice.objects.filter(key__startswith="attendance:")
    assert [notice.user for notice in told] == [staff] * weekly
    with time_machine.travel(noon(MONDAY + 5 * DAY), tick=False):
        register_attendance({second.pk: ("present", "")}, actor=staff, today=MONDAY + 5 * DAY)
    told.delete()
    assert remind_of_attendance(MONDAY + 12 * DAY) == 0


def test_the_reminder_of_a_protected_person_reaches_those_named_only(town):
    order, staff = begun(town), town.user(Role.PROVIDER_STAFF)
    other = town.user(Role.PROVIDER_STAFF, name="Annan")
    plan_sessions(order.activity, [MONDAY], time(9), 180, "", actor=staff)
    town.protected(order.case.person, [staff, town.user(Role.COACH)])
    assert remind_of_attendance(MONDAY + 10 * DAY) == 1
    assert not other.notices.filter(key__startswith="attendance:").exists()
