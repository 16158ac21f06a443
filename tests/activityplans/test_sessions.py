"""Sessions follow the weekly schedule of the plan in force."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activityplans.enums import FollowUpResult, NextMove
from activityplans.models import Session, SetAsideSession
from activityplans.schedule import Slot
from activityplans.tasks import follow_all_schedules
from activityplans.transitions import follow_ups, sessions
from activityplans.transitions.attendance import Mark, plan_sessions, register_attendance
from jobcentre.accounts.enums import Role
from jobcentre.casework.models import ClosedDay, ExitReason
from jobcentre.casework.transitions.cases import Leaving, close_case
from jobcentre.casework.transitions.clocks import end_pause, pause_clock
from tests.factories import MONDAY

NINE, ONE = time(9), time(13)
TUESDAYS = (Slot(2, NINE, 180),)


def approved(town, case, times, *, on=MONDAY, until=MONDAY + timedelta(days=60)):
    """A plan with that schedule comes into force; a later one carries the same activity on."""
    line = town.plan_input(case, on).lines[0]
    known = case.activities.first()
    line = replace(line, times=tuple(times), ends_before=until, activity=known)
    changes = {"lines": [line], "target_reason": "Få timmar till en början."}
    if known is not None:
        changes["change_reason"] = "Nya tider."
    return town.approved(case, on, **changes)


def days(case):
    return [session.on for session in Session.objects.filter(case=case).order_by("on", "starts_at")]


@pytest.fixture
def case(town):
    return town.opened()


@pytest.mark.row("J13")
def test_the_schedule_gives_the_sessions_but_not_on_holidays(town, case):
    ClosedDay.objects.create(on=date(2026, 12, 1), name="Planeringsdag")
    approved(town, case, [Slot(2, NINE, 180), Slot(4, ONE, 120)])
    found = days(case)
    assert found[:3] == [date(2026, 11, 17), date(2026, 11, 19), date(2026, 11, 24)]
    assert date(2026, 12, 1) not in found  # closed
    assert date(2026, 12, 24) not in found  # Christmas Eve is a Thursday
    assert found[-1] == date(2027, 1, 14)  # the last Thursday of the activity
    first = Session.objects.filter(case=case).first()
    assert (first.starts_at, first.minutes, first.is_scheduled) == (NINE, 180, True)


def test_the_day_it_comes_into_force_is_over(town, case):
    approved(town, case, [Slot(1, NINE, 180)])
    assert days(case)[0] == MONDAY + timedelta(days=7)


@pytest.mark.row("J13")
def test_a_new_schedule_moves_what_lies_ahead_and_nobody_has_registered(town, case):
    approved(town, case, TUESDAYS)
    coach = town.user(Role.COACH)
    first = Session.objects.filter(case=case).first()
    register_attendance({first.pk: Mark("present")}, actor=coach, today=first.on)
    approved(town, case, [Slot(5, ONE, 60)])
    found = Session.objects.filter(case=case).order_by("on")
    assert found[0].pk == first.pk
    assert {each.on.isoweekday() for each in found[1:]} == {5}


def test_only_another_length_keeps_the_sessions(town, case):
    approved(town, case, TUESDAYS)
    before = set(Session.objects.values_list("pk", flat=True))
    approved(town, case, [Slot(2, NINE, 240)])
    assert set(Session.objects.values_list("pk", flat=True)) == before
    assert set(Session.objects.values_list("minutes", flat=True)) == {240}


@pytest.mark.row("J9")
def test_an_interruption_takes_them_away_and_the_return_brings_them_back(town, case):
    approved(town, case, TUESDAYS)
    coach = town.user(Role.COACH)
    all_days = days(case)
    pause = pause_clock(case, MONDAY + timedelta(days=7), None, "illness", "", actor=coach)
    assert days(case) == all_days[:1]
    end_pause(pause, MONDAY + timedelta(days=14), actor=coach)
    assert days(case) == [all_days[0], *all_days[2:]]


@pytest.mark.row("J9")
def test_what_was_planned_by_hand_is_set_aside_and_comes_back(town, case):
    town.approved(case)
    coach = town.user(Role.COACH)
    wanted = [MONDAY + timedelta(days=n) for n in (2, 9, 16)]
    plan_sessions(case.activities.get(), wanted, NINE, 120, "Sal 2", actor=coach)
    pause = pause_clock(case, MONDAY + timedelta(days=7), None, "illness", "", actor=coach)
    assert days(case) == wanted[:1]
    assert SetAsideSession.objects.count() == 2
    end_pause(pause, MONDAY + timedelta(days=14), actor=coach)
    assert days(case) == [wanted[0], wanted[2]]
    assert Session.objects.get(on=wanted[2]).place == "Sal 2"
    assert [row.on for row in SetAsideSession.objects.all()] == [wanted[1]]


def test_what_ends_takes_its_sessions_along(town, case):
    approved(town, case, TUESDAYS)
    activity = case.activities.get()
    follow_ups.follow_up_activity(
        activity,
        ended_on=MONDAY,
        result=FollowUpResult.values[0],
        comment="Klar.",
        next_move=NextMove.values[0],
        actor=None,
        today=MONDAY,
    )
    assert days(case) == []
    assert sessions.follow_all(MONDAY) == 0


def test_a_closed_case_has_no_sessions_ahead(town, case):
    approved(town, case, TUESDAYS)
    leaving = Leaving(ExitReason.objects.get(key="studies"), MONDAY)
    case.refresh_from_db()
    close_case(case, leaving, actor=town.user(Role.COACH), today=MONDAY, version=case.version)
    assert days(case) == []


def test_a_new_closed_day_is_followed_at_night_and_the_second_night_writes_nothing(town, case):
    approved(town, case, TUESDAYS)
    ClosedDay.objects.create(on=MONDAY + timedelta(days=1), name="Planeringsdag")
    assert follow_all_schedules() == 1
    assert MONDAY + timedelta(days=1) not in days(case)
    with CaptureQueriesContext(connection) as asked:
        assert sessions.follow_all(MONDAY) == 0
    assert not [
        q for q in asked.captured_queries if q["sql"].startswith(("INSERT", "UPDATE", "DEL"))
    ]


def test_many_cases_cost_the_statements_of_one(town):
    counts = []
    for size in (1, 6):
        while Session.objects.values("case").distinct().count() < size:
            approved(town, town.opened(), TUESDAYS)
        ClosedDay.objects.create(on=MONDAY + timedelta(days=1 + 7 * size), name="Stängt")
        with CaptureQueriesContext(connection) as asked:
            assert sessions.follow_all(MONDAY) == size
        counts.append(len(asked))
    assert counts[0] == counts[1]
