"""An interruption that is entered afterwards: what becomes of the attendance, and what is told."""

from datetime import date, time, timedelta

import pytest

from activityplans.models import RepeatedAbsence, Session
from activityplans.transitions import absences
from activityplans.transitions.attendance import Mark, plan_sessions, register_attendance
from jobcentre.casework.models import Deadline
from jobcentre.casework.transitions.clocks import PauseInput, change_pause, pause_clock
from tests.factories import MONDAY

pytestmark = pytest.mark.row("J9")
DAY = timedelta(days=1)
FRIDAY = MONDAY + 4 * DAY


@pytest.fixture
def coach(town):
    return town.user("coach")


@pytest.fixture
def case(town, coach):
    """A plan in force for a week, with a session on each of its days."""
    case = town.approved(town.opened(on=MONDAY - 14 * DAY), MONDAY - 7 * DAY)
    days = [MONDAY - n * DAY for n in range(3, 8)]
    plan_sessions(case.activities.get(), days, time(9), 180, "Sal 2", actor=coach)
    return case


def interrupted(case, coach):
    return pause_clock(case, MONDAY - 7 * DAY, MONDAY - 4 * DAY, "illness", "", actor=coach)


def test_what_nobody_registered_was_not_held_and_comes_back_with_a_mistake(case, coach):
    pause = interrupted(case, coach)
    assert [each.on for each in Session.objects.all()] == [MONDAY - 4 * DAY, MONDAY - 3 * DAY]
    change_pause(pause, PauseInput(MONDAY - 6 * DAY, MONDAY - 5 * DAY, "illness"), actor=coach)
    found = Session.objects.order_by("on")
    assert [(MONDAY - each.on).days for each in found] == [7, 5, 4, 3]
    assert {each.place for each in found} == {"Sal 2"}


def test_absence_inside_is_told_and_stands_in_the_way_until_it_is_corrected(
    town, case, coach, log_in
):
    sessions = list(Session.objects.order_by("on"))
    marks = {each.pk: Mark("unexcused") for each in sessions[:2]}
    marks |= {each.pk: Mark("present") for each in sessions[2:]}
    register_attendance(marks, actor=coach, today=MONDAY)
    talk = Deadline.objects.get(case=case, kind="absence_talk")
    assert RepeatedAbsence.objects.count() == 1
    assert talk.cancelled_on is None
    interrupted(case, coach)
    assert Session.objects.count() == 5  # what somebody has said stays
    assert not RepeatedAbsence.objects.exists()
    assert not Deadline.objects.running().filter(case=case, kind="absence_talk").exists()
    told = coach.notices.filter(text_sv__contains="inom avbrottet")
    assert told.count() == 2
    own = Session.objects.filter(case=case)
    assert absences.why_not_adverse(own, MONDAY)
    tab = log_in(coach).get(f"/arenden/{case.number}/del/attendance/").content.decode()
    assert "2 ogiltiga frånvaror ligger inom ett avbrott" in tab
    page = log_in(coach).get(f"/narvaro/tillfalle/{sessions[0].pk}/").content.decode()
    assert "Ärendet är avbrutet den dagen" in page
    assert "Rapportera frånvaron" not in page
    register_attendance(
        {each.pk: Mark("sick", why="Var sjuk.") for each in sessions[:2]},
        actor=coach,
        today=MONDAY,
    )
    assert absences.why_not_adverse(own, MONDAY) == ""


def test_a_clock_that_turned_from_late_to_in_time_is_told(town, coach, log_in):
    case = town.opened(on=MONDAY - 14 * DAY)
    town.submitted(case, MONDAY - 3 * DAY)
    clock = Deadline.objects.get(case=case, kind="plan")
    assert clock.met_on > clock.due_on
    client, path = log_in(coach), f"/arenden/{case.number}/avbrott/"
    token = client.get(path).content.decode().split('name="token" value="')[1][:36]
    first, back = (date.isoformat(MONDAY - n * DAY) for n in (13, 3))
    data = {"token": token, "starts_on": first, "ends_before": back, "reason": "illness"}
    answer = client.post(path, {**data, "note": ""}, follow=True)
    text = answer.content.decode()
    clock.refresh_from_db()
    assert clock.met_on <= clock.due_on
    assert "var för sent, är nu i tid" in text
    assert case.events.filter(kind="case.clock_moved").exists()
