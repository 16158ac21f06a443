"""Clocks are computed from the facts, again and again the same."""

from datetime import date, timedelta

import pytest

from jobcentre.casework.deadlines import clock
from jobcentre.casework.enums import PauseReason
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import ClosedDay, Deadline, ExitReason
from jobcentre.casework.transitions.cases import Leaving, close_case
from jobcentre.casework.transitions.clocks import pause_clock
from tests.factories import MONDAY

pytestmark = [pytest.mark.row("J5"), pytest.mark.row("J9")]


def plan_clock(case) -> Deadline:
    return Deadline.objects.get(case=case, kind="plan")


def leave(case, on: date, reason: str = "moved"):
    return close_case(
        case,
        Leaving(ExitReason.objects.get(key=reason), on),
        actor=None,
        today=on,
        version=None,
    )


def test_the_plan_clock_starts_at_the_first_visit(town):
    case = town.opened()
    assert plan_clock(case).due_on == date(2026, 11, 23)
    case.refresh_from_db()
    assert case.next_deadline_on == date(2026, 11, 23)


def test_the_first_plan_sent_meets_it_and_late_stays_late(town):
    case = town.opened(on=MONDAY - timedelta(days=14))
    town.submitted(case)
    met = plan_clock(case)
    assert met.met_on == MONDAY
    assert met.met_on > met.due_on


def test_a_case_that_ends_in_time_cancels_the_clock(town):
    case = town.opened(on=MONDAY - timedelta(days=3))
    leave(case, MONDAY)
    assert (plan_clock(case).cancelled_on, plan_clock(case).stopped_on) == (MONDAY, None)


def test_a_case_that_ends_late_leaves_the_clock_late(town):
    case = town.opened(on=MONDAY - timedelta(days=30))
    leave(case, MONDAY)
    assert (plan_clock(case).cancelled_on, plan_clock(case).stopped_on) == (None, MONDAY)


def test_a_pause_entered_afterwards_moves_the_clock_and_is_told(town):
    case = town.opened(on=MONDAY - timedelta(days=4))
    before = plan_clock(case).due_on
    coach = town.user("coach")
    pause_clock(case, MONDAY - timedelta(days=3), MONDAY, PauseReason.ILLNESS, "", actor=coach)
    after = plan_clock(case).due_on
    assert (before, after) == (date(2026, 11, 19), date(2026, 11, 20))
    assert case.events.filter(kind="case.clock_moved").exists()


def test_an_open_pause_makes_the_day_unknown(town):
    case = town.opened()
    pause_clock(case, MONDAY, None, PauseReason.ILLNESS, "", actor=town.user("coach"))
    assert plan_clock(case).due_on is None


def test_two_pauses_never_overlap(town):
    case, coach = town.opened(), town.user("coach")
    pause_clock(case, MONDAY, MONDAY + timedelta(days=5), PauseReason.ILLNESS, "", actor=coach)
    with pytest.raises(Refused):
        pause_clock(case, MONDAY + timedelta(days=4), None, PauseReason.ILLNESS, "", actor=coach)


def test_the_municipalitys_closed_day_does_not_count(town):
    ClosedDay.objects.create(on=date(2026, 11, 18), name="Planeringsdag")
    assert plan_clock(town.opened()).due_on == date(2026, 11, 24)


def test_computing_again_changes_nothing(town):
    case = town.approved(town.opened())
    rows = list(Deadline.objects.filter(case=case).values().order_by("pk"))
    assert clock.recompute(case) == []
    assert list(Deadline.objects.filter(case=case).values().order_by("pk")) == rows


def test_days_of_a_case_that_ended_within_the_year_count_towards_the_cap(town):
    person = town.person()
    first = town.opened(person=person, on=MONDAY - timedelta(days=200))
    leave(first, MONDAY - timedelta(days=100))
    second = town.opened(person=person)
    assert second.previous == first
    fresh = town.opened()
    shorter = Deadline.objects.get(case=second, kind="cap").due_on
    assert Deadline.objects.get(case=fresh, kind="cap").due_on - shorter == timedelta(days=100)
