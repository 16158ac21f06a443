"""Clocks are computed from the facts, again and again the same."""

from datetime import date, timedelta

import pytest

from jobcentre.casework.approvals import passing_on
from jobcentre.casework.deadlines import clock
from jobcentre.casework.deadlines.round import round_of_clocks
from jobcentre.casework.enums import PauseReason
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import Case, ClosedDay, Deadline, ExitReason
from jobcentre.casework.transitions.cases import Leaving, close_case
from jobcentre.casework.transitions.clocks import (
    PauseInput,
    change_pause,
    end_pause,
    pause_clock,
)
from jobcentre.notices.models import Notice
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


# --- the round tells the manager before it is late -------------------------------------------------
def told(kind: str, case) -> dict[str, int]:
    """How many notices of a kind of clock of the case each user has."""
    rows = Deadline.objects.filter(case=case, kind=kind).values_list("pk", flat=True)
    counts: dict[str, int] = {}
    for pk in rows:
        for notice in Notice.objects.filter(key__startswith=f"clock:{pk}:"):
            counts[notice.user.name] = counts.get(notice.user.name, 0) + 1
    return counts


@pytest.mark.row("B1")
def test_the_manager_hears_of_the_plan_clock_on_its_last_but_one_day_and_once(town):
    case, manager, coach = town.opened(), town.user("manager"), town.user("coach")
    due = plan_clock(case).due_on
    assert due == date(2026, 11, 23)  # day 5 of Monday the 16th
    round_of_clocks(due - timedelta(days=4))
    assert told("plan", case) == {}
    friday = due - timedelta(days=3)  # one working day left
    assert round_of_clocks(friday) > 0
    assert told("plan", case) == {manager.name: 1, coach.name: 1}
    assert round_of_clocks(friday) == 0
    round_of_clocks(due + timedelta(days=1))
    assert told("plan", case) == {manager.name: 2, coach.name: 2}


@pytest.mark.row("B1")
def test_the_clock_of_an_answer_tells_the_approvers_and_not_the_coach(town):
    sara, sten = (town.user("social_secretary", name=name) for name in ("Sara", "Sten"))
    manager, case = town.user("manager"), town.opened()
    approval = town.submitted(case)
    round_of_clocks(MONDAY + timedelta(days=1))
    assert told("approval", case) == {sara.name: 1, sten.name: 1, manager.name: 1}
    passing_on.forward(approval, sten, "Semester.", actor=sara, today=MONDAY)
    round_of_clocks(MONDAY + timedelta(days=3))  # late
    assert told("approval", case) == {sara.name: 1, sten.name: 2, manager.name: 2}


def test_the_clocks_of_a_protected_person_are_told_to_the_circle_only(town):
    case, coach = town.opened(), town.user("coach")
    town.user("manager")
    town.protected(case.person, [coach])
    round_of_clocks(plan_clock(case).due_on + timedelta(days=1))
    assert told("plan", case) == {coach.name: 1}


# --- an interruption changed afterwards --------------------------------------------------------------
def test_a_changed_interruption_says_what_moved_and_from_when_to_when(town):
    case, coach = town.opened(on=MONDAY - timedelta(days=4)), town.user("coach")
    pause = pause_clock(
        case, MONDAY - timedelta(days=3), MONDAY, PauseReason.ILLNESS, "", actor=coach
    )
    first = {each["kind"]: (each["old"], each["new"]) for each in pause.moved}
    assert first["plan"] == ("2026-11-19", "2026-11-20")
    pause = change_pause(
        pause, PauseInput(MONDAY - timedelta(days=3), None, PauseReason.PARENTAL), actor=coach
    )
    then = {each["kind"]: (each["old"], each["new"]) for each in pause.moved}
    assert then["plan"] == ("2026-11-20", None)
    assert plan_clock(case).due_on is None
    assert case.events.filter(kind="case.interruption_changed").count() == 1
    pause = end_pause(pause, MONDAY, actor=coach)
    assert {each["kind"]: each["new"] for each in pause.moved}["plan"] == "2026-11-20"


def test_an_interruption_is_not_changed_into_another(town):
    case, coach = town.opened(on=MONDAY - timedelta(days=9)), town.user("coach")
    early, late = (
        pause_clock(case, MONDAY - n, MONDAY - n + timedelta(days=1), "illness", "", actor=coach)
        for n in (timedelta(days=5), timedelta(days=2))
    )
    for first, back in (
        (MONDAY - timedelta(days=3), MONDAY),  # over the other
        (MONDAY - timedelta(days=3), MONDAY - timedelta(days=3)),  # ends when it begins
        (MONDAY - timedelta(days=30), None),  # before the case
    ):
        with pytest.raises(Refused):
            change_pause(early, PauseInput(first, back, "illness"), actor=coach)
    late.refresh_from_db()
    assert late.starts_on == MONDAY - timedelta(days=2)


def test_the_page_tells_before_and_after_of_each_clock(town, log_in):
    case = town.opened(on=MONDAY - timedelta(days=4))
    client, path = log_in(town.user("coach")), f"/arenden/{case.number}/avbrott/"
    token = client.get(path).content.decode().split('name="token" value="')[1][:36]
    data = {"token": token, "starts_on": "2026-11-13", "reason": "illness", "note": ""}
    assert client.post(path, {**data, "ends_before": "2026-11-12"}).status_code == 422
    answer = client.post(path, {**data, "ends_before": "2026-11-16"}, follow=True)
    page = answer.content.decode()
    assert "Vad det flyttade" in page
    assert "Flyttat:" in page
    assert "Plan från" in page


def test_the_next_day_of_many_is_kept_whether_there_was_or_is_one(town):
    """Written only where it is another: later, earlier, none where there was one, and the reverse."""
    later, earlier, gone, new, same = (town.opened(on=MONDAY) for _n in range(5))
    first = {each.pk: each.deadlines.running().order_by("due_on").first().due_on
             for each in (later, earlier, new, same)}  # fmt: skip
    Case.objects.filter(pk=later.pk).update(next_deadline_on=MONDAY)
    Case.objects.filter(pk=earlier.pk).update(next_deadline_on=MONDAY + timedelta(days=900))
    Case.objects.filter(pk=new.pk).update(next_deadline_on=None)
    gone.deadlines.all().delete()
    clock.keep_next_of_many([each.pk for each in (later, earlier, gone, new, same)])
    found = dict(Case.objects.values_list("pk", "next_deadline_on"))
    assert found == {**first, gone.pk: None}
