"""Every state against every action: of a version of the plan, of an answer, of an activity."""

from datetime import timedelta
from itertools import product

import pytest
from django.core.exceptions import ValidationError

from activityplans.enums import PlanState
from activityplans.life import (
    ACTIONS,
    ActivityFacts,
    ActivityState,
    asks_for_another_kind,
    may,
    state_of,
)
from activityplans.models import PlanReview, PlanVersion
from activityplans.transitions import follow_ups, life, plans
from activityplans.transitions.states import MOVES, move
from jobcentre.casework.enums import ApprovalState
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import Approval, Deadline
from jobcentre.casework.transitions.clocks import pause_clock
from tests.factories import MONDAY

DAY = timedelta(days=1)
# What each action makes of each state, written out; every pair that is not here is refused.
PLAN = {
    ("draft", "submit"): "submitted",
    ("returned", "submit"): "submitted",
    ("draft", "enter"): "approved",
    ("returned", "enter"): "approved",
    ("submitted", "approve"): "approved",
    ("submitted", "return"): "returned",
    ("submitted", "refuse"): "refused",
    ("approved", "supersede"): "superseded",
    ("approved", "end"): "ended",
    ("draft", "end"): "ended",
    ("returned", "end"): "ended",
}
ANSWERS = ("approved", "returned", "refused")


@pytest.mark.row("J6")
@pytest.mark.parametrize(("state", "action"), list(product(PlanState.values, MOVES)))
def test_a_version_in_each_state_and_each_action(state, action):
    version = PlanVersion(number=1, state=state)
    if (state, action) in PLAN:
        move(version, action)
        assert version.state == PLAN[state, action]
        return
    with pytest.raises(Refused):
        move(version, action)
    assert version.state == state


@pytest.mark.row("J6")
@pytest.mark.parametrize(("state", "answer"), list(product(ApprovalState.values, ANSWERS)))
def test_an_approval_in_each_state_and_each_answer(town, state, answer):
    approval, secretary = town.submitted(town.opened()), town.user("social_secretary")
    if state in ANSWERS:
        town.approve(approval, secretary, state=state, reason="Skäl.")
    elif state == ApprovalState.WITHDRAWN:
        Approval.objects.filter(pk=approval.pk).update(state=state)
    if state == ApprovalState.PENDING:
        town.approve(approval, secretary, state=answer, reason="Skäl.")
        assert Approval.objects.get().state == answer
        return
    with pytest.raises(Refused):
        town.approve(approval, secretary, state=answer, reason="Skäl.")
    assert Approval.objects.get().state == state


# --- the life of an activity -----------------------------------------------------------------------
def known(**facts) -> ActivityFacts:
    return ActivityFacts(**{"starts_on": MONDAY, "ends_before": MONDAY + 10 * DAY, **facts})


LIVES = {
    ActivityState.PLANNED: (known(starts_on=MONDAY + DAY), MONDAY),
    ActivityState.STARTED: (known(), MONDAY),
    ActivityState.PAUSED: (known(is_interrupted=True), MONDAY),
    ActivityState.DONE: (known(), MONDAY + 10 * DAY),
    ActivityState.BROKEN_OFF: (known(broken_off_on=MONDAY), MONDAY),
    ActivityState.REPLACED: (known(is_in_force=False), MONDAY),
}
MAY = {
    "break_off": {"planned", "started", "paused"},
    "follow_up": {"started", "paused", "done", "broken_off", "replaced"},
}


@pytest.mark.row("J7")
@pytest.mark.parametrize(("state", "action"), list(product(ActivityState, ACTIONS)))
def test_an_activity_in_each_state_and_each_action(state, action):
    facts, today = LIVES[state]
    assert state_of(facts, today) == state
    assert may(action, state) is (state in MAY[action])


@pytest.mark.row("J7")
@pytest.mark.parametrize(
    ("facts", "day", "state"),
    [
        (known(is_interrupted=True, starts_on=MONDAY + DAY), MONDAY, "planned"),
        (known(is_interrupted=True), MONDAY + 10 * DAY, "done"),
        (known(is_followed_up=True), MONDAY, "done"),
        (known(is_followed_up=True, is_in_force=False), MONDAY, "done"),
        (known(is_followed_up=True, was_replaced=True), MONDAY, "replaced"),
        (known(broken_off_on=MONDAY, was_replaced=True), MONDAY, "replaced"),
        (known(broken_off_on=MONDAY, is_followed_up=True), MONDAY + 90 * DAY, "broken_off"),
    ],
)
def test_which_fact_decides_the_state(facts, day, state):
    assert state_of(facts, day) == state


def broken(town, activity, last_on=MONDAY, reason="health", note="", today=MONDAY):
    return life.break_off(activity, last_on, reason, note, actor=None, today=today)


@pytest.mark.row("J7")
def test_a_broken_off_activity_is_followed_up_from_its_last_day(town):
    case = town.approved(town.opened())
    activity = case.activities.get()
    assert life.state_of(life.facts_of(activity, MONDAY), MONDAY) == "started"
    broken(town, activity)
    clock = Deadline.objects.get(case=case, kind="activity_end")
    assert (clock.started_on, clock.due_on) == (MONDAY, MONDAY + 7 * DAY)
    assert case.events.filter(kind="activity.broken_off").count() == 1
    with pytest.raises(Refused):
        broken(town, activity)


@pytest.mark.row("J7")
@pytest.mark.parametrize("day", [MONDAY + DAY, MONDAY - DAY, MONDAY + 60 * DAY])
def test_an_activity_is_broken_off_on_a_day_of_its_own(town, day):
    activity = town.approved(town.opened()).activities.get()
    with pytest.raises(Refused):
        broken(town, activity, last_on=day)


def test_another_reason_is_told(town):
    activity = town.approved(town.opened()).activities.get()
    with pytest.raises(ValidationError, match="hände"):
        broken(town, activity, reason="other")


def test_what_only_waits_is_taken_out_of_the_plan_instead(town):
    case = town.opened()
    town.submitted(case)
    with pytest.raises(Refused):
        broken(town, case.activities.get())


def test_an_interruption_pauses_what_goes_on(town):
    case = town.approved(town.opened())
    pause_clock(case, MONDAY, None, "illness", "", actor=town.user("coach"))
    activity = case.activities.get()
    assert life.state_of(life.facts_of(activity, MONDAY), MONDAY) == "paused"


# --- no result twice -------------------------------------------------------------------------------
@pytest.mark.row("J7")
@pytest.mark.parametrize(
    ("results", "asks"),
    [
        ([], False),
        (["not_reached"], False),
        (["not_reached", "not_reached"], True),
        (["not_reached", "reached", "not_reached"], False),
        (["reached", "not_reached", "not_reached"], True),
        (["not_reached", "not_reached", "partly"], False),
    ],
)
def test_two_in_a_row_without_a_result_ask_for_another_kind(results, asks):
    assert asks_for_another_kind(results) is asks


def no_result(case, activity, next_move="replace"):
    return follow_ups.follow_up_activity(
        activity,
        ended_on=MONDAY,
        result="not_reached",
        comment="Gick inte.",
        next_move=next_move,
        actor=None,
        today=MONDAY,
    )


@pytest.mark.row("J7")
def test_the_third_of_a_kind_needs_a_reason(town):
    case = town.approved(town.opened())
    no_result(case, case.activities.get(), "continue")
    town.approve(town.submitted(case, change_reason="Igen."), town.user("social_secretary"))
    second = case.plan_versions.in_force().get().lines.get().activity
    with pytest.raises(Refused, match="annan sorts aktivitet"):
        no_result(case, second, "continue")
    no_result(case, second)
    with pytest.raises(Refused, match="två gånger i rad"):
        town.submitted(case, change_reason="En gång till.")
    plan = town.plan_input(case, MONDAY, change_reason="En gång till.")
    plan.lines[0] = plans.LineInput(**{**plan.lines[0].__dict__, "change_reason": "Ny handledare."})
    version = plans.save_draft(case, plan, actor=None, today=MONDAY)
    assert plans.submit_plan(version, actor=None, today=MONDAY).state == "pending"


# --- the review meeting ----------------------------------------------------------------------------
@pytest.mark.row("J8")
def test_the_review_meeting_is_written_down_and_shown(town, log_in):
    case = town.approved(town.opened())
    client, path = log_in(town.user("coach")), f"/arenden/{case.number}/plan/omprova/"
    token = client.get(path).content.decode().split('name="token" value="')[1][:36]
    told = {
        "took_part": "Eva, coachen och AF",
        "what_worked": "Kassan gick bra.",
        "person_view": "Jag vill jobba mer.",
        "next_steps": "Praktik i butik.",
        "conclusion": "Planen skrivs om.",
    }
    assert client.post(path, {"token": token, "conclusion": "Kort."}).status_code == 422
    assert client.post(path, {"token": token, **told}).status_code == 302
    review = PlanReview.objects.get()
    assert {name: getattr(review, name) for name in told} == told
    page = client.get(f"/arenden/{case.number}/del/plan/").content.decode()
    assert all(text in page for text in told.values())
    assert Deadline.objects.get(case=case, kind="review").met_on == MONDAY


def test_the_plan_tab_shows_weeks_states_and_reviews_together(town, log_in):
    case = town.approved(town.opened())
    follow_ups.review_plan(case, "Går bra.", actor=None, today=MONDAY)
    page = log_in(town.user("coach")).get(f"/arenden/{case.number}/del/plan/").content.decode()
    for shown in ("Underskrift", "Går bra.", "Pågår", f"/aktiviteter/{case.activities.get().ref}/"):
        assert shown in page, shown
