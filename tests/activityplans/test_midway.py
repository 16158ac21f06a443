"""The follow-up midway: a clock from the day the plan names, met by what is written."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from activityplans.models import MidwayFollowUp
from activityplans.transitions.follow_ups import follow_up_activity
from activityplans.transitions.life import break_off
from activityplans.transitions.midway import follow_up_midway
from jobcentre.accounts.enums import Role
from jobcentre.casework.deadlines.round import round_of_clocks
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import Deadline
from tests.conftest import noon_of
from tests.factories import MONDAY

pytestmark = pytest.mark.row("J7")
MIDWAY = MONDAY + timedelta(days=28)  # 14 December, a Monday
TOLD = {"result": "as_planned", "comment": "Kommer varje dag.", "next_steps": ""}


@pytest.fixture
def coach(town):
    return town.user(Role.COACH)


@pytest.fixture
def activity(town):
    """An activity of 60 days whose plan names a follow-up after four weeks."""
    case = town.opened()
    line = town.plan_input(case, MONDAY).lines[0]
    town.approved(case, lines=[type(line)(**{**line.__dict__, "follow_up_on": MIDWAY})])
    return case.activities.get()


def clock_of(activity) -> Deadline:
    return Deadline.objects.get(case=activity.case, kind="activity_midway")


def held(activity, actor, on=MIDWAY, **more) -> MidwayFollowUp:
    return follow_up_midway(activity, **{**TOLD, "held_on": on, "today": on, **more}, actor=actor)


def test_it_is_due_five_working_days_after_the_day_of_the_plan(activity, coach):
    row = clock_of(activity)
    assert (row.started_on, row.due_on, row.met_on, row.owner) == (
        MIDWAY,
        date(2026, 12, 21),
        None,
        coach,
    )
    held(activity, coach)
    assert clock_of(activity).met_on == MIDWAY
    assert activity.case.events.filter(kind="activity.midway").count() == 1


def test_late_is_late_and_early_is_met(activity, coach, town):
    held(activity, coach, on=date(2026, 12, 22))
    row = clock_of(activity)
    assert row.met_on > row.due_on
    early = town.opened(given_name="Ali")
    line = town.plan_input(early, MONDAY).lines[0]
    town.approved(early, lines=[type(line)(**{**line.__dict__, "follow_up_on": MIDWAY})])
    held(early.activities.get(), coach, on=MONDAY + timedelta(days=21))
    assert clock_of(early.activities.get()).met_on == MIDWAY


def test_the_coach_is_told_and_then_the_manager(activity, coach, town):
    manager = town.user(Role.MANAGER)
    round_of_clocks(MIDWAY - timedelta(days=1))
    assert not coach.notices.filter(text_sv__contains="halvvägs").exists()
    round_of_clocks(date(2026, 12, 18))
    assert coach.notices.filter(text_sv__contains="halvvägs").count() == 1
    round_of_clocks(date(2026, 12, 22))
    assert manager.notices.filter(text_sv__contains="halvvägs").count() == 1


def test_an_activity_that_ended_before_needs_none(activity, coach):
    last = MONDAY + timedelta(days=7)
    break_off(activity, last, "health", "", actor=coach, today=last)
    assert not Deadline.objects.filter(kind="activity_midway").exists()


def test_the_follow_up_at_the_end_meets_it_too(activity, coach):
    ended = date(2027, 1, 14)
    follow_up_activity(
        activity, ended_on=ended, result="reached", comment="Klar.", next_move="done",
        actor=coach, today=ended,
    )  # fmt: skip
    assert clock_of(activity).met_on == ended
    with pytest.raises(Refused):
        held(activity, coach, on=ended)


def test_what_cannot_be_is_refused(activity, coach, town):
    with pytest.raises(Refused, match=r"ahead|i förväg"):
        held(activity, coach, held_on=MIDWAY + timedelta(days=1))
    with pytest.raises(Refused, match=r"begun|börjat"):
        held(activity, coach, held_on=MONDAY - timedelta(days=1))
    with pytest.raises(ValidationError):
        held(activity, coach, result="adjust")
    with pytest.raises(PermissionDenied):
        held(activity, town.user(Role.MANAGER))
    held(activity, coach)
    with pytest.raises(Refused, match=r"already|redan"):
        held(activity, coach)
    without = town.approved(town.opened(given_name="Ali")).activities.get()
    with pytest.raises(Refused, match=r"no follow-up|ingen uppföljning"):
        held(without, coach)
    assert MidwayFollowUp.objects.count() == 1


def test_the_page_asks_for_what_comes_next_and_leads_to_the_plan(activity, coach, log_in):
    path = f"/aktiviteter/{activity.ref}/halvvags/"
    with noon_of(MIDWAY):
        client = log_in(coach)
        page = client.get(f"/arenden/{activity.case.number}/del/plan/").content.decode()
        assert path in page
        page = client.get(path).content.decode()
        assert "mån 14\u00a0dec 2026" in page
        token = page.split('name="token" value="')[1][:36]
        data = {
            "token": token,
            "held_on": "2026-12-14",
            "result": "adjust",
            "comment": "För tungt.",
        }
        answer = client.post(path, data)
        assert answer.status_code == 422
        assert "Skriv vad som händer härnäst" in answer.content.decode()
        answer = client.post(path, {**data, "next_steps": "Färre timmar."})
        assert answer.url.endswith("/plan/skriv/")
        page = client.get(f"/arenden/{activity.case.number}/del/plan/").content.decode()
    assert "Färre timmar." in page
    assert path not in page
