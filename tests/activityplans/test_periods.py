"""One period of the plan after another: which version holds, what is reviewed, what goes on."""

from dataclasses import replace
from datetime import date, time, timedelta
from types import SimpleNamespace

import pytest

from activityplans.in_force import days_held, followed_on
from activityplans.models import PlanVersion, Session
from activityplans.review_periods import review_periods
from activityplans.rules import latest_end
from activityplans.schedule import Slot
from activityplans.transitions import follow_ups, life, plans, sessions
from activityplans.transitions.attendance import plan_sessions
from activityplans.transitions.statements import content_of
from jobcentre.accounts.enums import Role
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import Case, Deadline, ExitReason
from jobcentre.casework.transitions.cases import Leaving, close_case
from jobcentre.workdays import Period
from tests.factories import MONDAY

DAY = timedelta(days=1)
BEGAN = date(2026, 6, 1)  # a Monday
NEXT = date(2026, 12, 1)  # a Tuesday: the first day of the second period
TIMES = (Slot(1, time(9), 180), Slot(2, time(9), 180))


def version(number, starts_on, ends_before, approved_on, ended_on=None):
    return SimpleNamespace(
        number=number,
        starts_on=starts_on,
        ends_before=ends_before,
        approved_on=approved_on,
        ended_on=ended_on,
    )


FIRST = version(1, BEGAN, NEXT, BEGAN)
SECOND = version(2, NEXT, date(2027, 6, 1), date(2026, 11, 9))


# --- which version holds --------------------------------------------------------------------------
@pytest.mark.row("J6")
@pytest.mark.parametrize(
    ("versions", "held"),
    [
        ([FIRST], {1: Period(BEGAN + DAY, NEXT)}),
        (
            [FIRST, SECOND],
            {1: Period(BEGAN + DAY, NEXT), 2: Period(NEXT, SECOND.ends_before)},
        ),
        (  # a change within the period
            [FIRST, version(2, BEGAN, NEXT, date(2026, 9, 7))],
            {1: Period(BEGAN + DAY, date(2026, 9, 8)), 2: Period(date(2026, 9, 8), NEXT)},
        ),
        (  # the older does not come back when a newer has run out
            [FIRST, version(2, BEGAN, date(2026, 10, 1), date(2026, 9, 7))],
            {
                1: Period(BEGAN + DAY, date(2026, 9, 8)),
                2: Period(date(2026, 9, 8), date(2026, 10, 1)),
            },
        ),
        (  # the case ended before the second began
            [FIRST, version(2, NEXT, SECOND.ends_before, SECOND.approved_on, date(2026, 11, 20))],
            {1: Period(BEGAN + DAY, date(2026, 11, 21))},
        ),
        ([FIRST, version(2, NEXT, SECOND.ends_before, None)], {1: Period(BEGAN + DAY, NEXT)}),
    ],
)
def test_which_version_holds_when(versions, held):
    assert days_held(versions) == held


@pytest.mark.row("J6")
def test_which_version_is_followed():
    both = [FIRST, SECOND]
    assert followed_on(both, date(2026, 11, 10)) is FIRST
    assert followed_on(both, NEXT) is SECOND
    assert followed_on([SECOND], date(2026, 11, 10)) is SECOND
    assert followed_on([], NEXT) is None
    ended = version(2, NEXT, SECOND.ends_before, SECOND.approved_on, date(2026, 11, 20))
    assert followed_on([FIRST, ended], NEXT) is None


# --- reviews --------------------------------------------------------------------------------------
@pytest.mark.row("J8")
@pytest.mark.parametrize(
    ("versions", "reviewed", "periods"),
    [
        ([FIRST], [], [(BEGAN, None)]),
        # held when the next plan is approved already, before and after that begins
        ([FIRST, SECOND], [date(2026, 11, 25)], [(BEGAN, date(2026, 11, 25)), (NEXT, None)]),
        ([FIRST, SECOND], [date(2026, 12, 9)], [(BEGAN, date(2026, 12, 9)), (NEXT, None)]),
        (
            [FIRST, SECOND],
            [date(2026, 12, 9), date(2027, 5, 20)],
            [(BEGAN, date(2026, 12, 9)), (NEXT, date(2027, 5, 20))],
        ),
        # a change that moves "from" does not put the review off
        (
            [FIRST, version(2, date(2026, 9, 14), date(2027, 3, 14), date(2026, 9, 10))],
            [date(2026, 11, 28)],
            [(BEGAN, date(2026, 11, 28))],
        ),
        # after a review in mid-course the next plan is a new period
        (
            [FIRST, version(2, date(2026, 9, 14), date(2027, 3, 14), date(2026, 9, 10))],
            [date(2026, 9, 9)],
            [(BEGAN, date(2026, 9, 9)), (date(2026, 9, 14), None)],
        ),
        # a second review in the same period meets nothing that has not begun
        (
            [FIRST, SECOND],
            [date(2026, 9, 9), date(2026, 11, 25)],
            [(BEGAN, date(2026, 9, 9)), (NEXT, None)],
        ),
    ],
)
def test_each_review_meets_the_oldest_period_that_waits(versions, reviewed, periods):
    assert review_periods(versions, reviewed) == periods


# --- in use ---------------------------------------------------------------------------------------
@pytest.fixture
def case(town) -> Case:
    """The plan of the first period, with an activity on Mondays and Tuesdays until its end."""
    case = town.opened(on=BEGAN - 4 * DAY)
    line = replace(town.plan_input(case, BEGAN).lines[0], ends_before=NEXT, times=TIMES)
    return town.approved(case, BEGAN, lines=[line], target_reason="Deltid.")


def next_approved(town, case, on=MONDAY, starts_on=NEXT, **changes) -> PlanVersion:
    written = town.plan_input(case, starts_on, change_reason="Ny period.", **changes)
    draft = plans.save_draft(case, written, actor=None, today=on)
    town.approve(plans.submit_plan(draft, actor=None, today=on), town.user("social_secretary"), on)
    return draft


def planned(case, first, before) -> list[date]:
    found = Session.objects.filter(case=case, on__gte=first, on__lt=before)
    return list(found.order_by("on").values_list("on", flat=True))


@pytest.mark.row("J6")
def test_a_plan_approved_early_leaves_the_running_one_until_its_first_day(town, case):
    running = planned(case, MONDAY, NEXT)
    assert running == [MONDAY + n * DAY for n in (0, 1, 7, 8, 14)]
    by_hand = MONDAY + 9 * DAY
    plan_sessions(case.activities.get(), [by_hand], time(9), 60, "", actor=town.acting(case.coach))
    next_approved(town, case)
    sessions.follow_all(MONDAY)
    assert planned(case, MONDAY, NEXT) == sorted([*running, by_hand])
    content = content_of(case, date(2026, 11, 1))
    assert content["total"]["plan"] == 2 * 180 * 4 + 2 * 180 // 2  # the 30th is a Monday


@pytest.mark.row("J6")
def test_the_tab_tells_which_version_goes_on(town, case, log_in):
    next_approved(town, case)
    client = log_in(town.acting(case.coach))
    page = client.get(f"/arenden/{case.number}/plan/", follow=True).content.decode()
    assert "Version 2 är godkänd och gäller från tis 1\N{NO-BREAK SPACE}dec 2026" in page
    assert "Godkänd, börjar senare" in page
    assert "Till dess gäller version 1." in page


@pytest.mark.row("J6")
def test_a_case_that_closes_before_the_next_period_has_no_sessions_left(town, case):
    next_approved(town, case)
    case.refresh_from_db()
    leaving = Leaving(ExitReason.objects.get(key="studies"), MONDAY)
    close_case(case, leaving, actor=town.user(Role.COACH), today=MONDAY, version=case.version)
    assert planned(case, MONDAY + DAY, date(2028, 1, 1)) == []


@pytest.mark.row("J8")
def test_a_review_after_the_next_plan_is_approved_meets_the_old_clock(town, case):
    next_approved(town, case)
    follow_ups.review_plan(case, "Bra.", actor=None, today=MONDAY + 7 * DAY)
    clocks = Deadline.objects.filter(case=case, kind="review").order_by("started_on")
    assert [(row.started_on, row.met_on) for row in clocks] == [
        (BEGAN, MONDAY + 7 * DAY),
        (NEXT, None),
    ]
    assert case.plan_reviews.get().version.number == 1


@pytest.mark.row("J8")
def test_a_plan_that_has_not_begun_is_not_reviewed(town):
    case = town.opened()
    town.approved(case, starts_on=MONDAY + 7 * DAY, lines=[coming(town, case)])
    with pytest.raises(Refused, match="omprövas när den har börjat"):
        follow_ups.review_plan(case, "Bra.", actor=None, today=MONDAY)


def coming(town, case):
    return replace(town.plan_input(case, MONDAY).lines[0], starts_on=MONDAY + 7 * DAY)


def reviewed(client, case):
    page = f"/arenden/{case.number}/plan/omprova/"
    token = client.get(page).context["form"]["token"].value()
    told = {"token": token, "conclusion": "Bra.", "what_worked": "a", "person_view": "b"}
    answer = client.post(page, {**told, "next_steps": "c", "took_part": "d"})
    assert answer.status_code == 302, answer.context["form"].errors
    return answer["Location"]


@pytest.mark.row("J8")
def test_after_the_review_nothing_is_proposed_when_the_next_is_approved(town, case, log_in):
    next_approved(town, case)
    client = log_in(town.acting(case.coach))
    assert reviewed(client, case) == f"/arenden/{case.number}/del/plan/"
    form = client.get(f"/arenden/{case.number}/plan/skriv/?period=nasta").context["form"]
    assert form.initial["starts_on"] == NEXT


@pytest.mark.row("J8")
def test_after_the_review_the_next_period_is_proposed(town, case, log_in):
    client = log_in(town.acting(case.coach))
    form = client.get(reviewed(client, case)).context
    assert form["form"].initial["starts_on"] == NEXT
    assert form["form"].initial["ends_before"] == latest_end(NEXT)
    line = form["lines"].initial[0]
    assert (line["activity"], line["starts_on"]) == (case.activities.get().ref, NEXT)
    unasked = client.get(f"/arenden/{case.number}/plan/skriv/").context["form"]
    assert unasked.initial["starts_on"] == BEGAN


# --- over is over ---------------------------------------------------------------------------------
def followed_up(activity, ended_on, next_move):
    follow_ups.follow_up_activity(
        activity,
        ended_on=ended_on,
        result="partly",
        comment="En bit på väg.",
        next_move=next_move,
        actor=None,
        today=MONDAY,
    )


@pytest.mark.row("J7")
def test_what_goes_on_after_its_follow_up_is_a_new_activity(town, case, log_in):
    old = case.activities.get()
    followed_up(old, MONDAY - DAY, "continue")
    client = log_in(town.acting(case.coach))
    page = client.get(f"/arenden/{case.number}/plan/skriv/?period=nasta")
    (line,) = page.context["lines"].initial
    assert (line["activity"], line["starts_on"]) == (None, NEXT)
    longer = replace(
        town.plan_input(case, NEXT).lines[0],
        ends_before=NEXT + 60 * DAY,
        activity=old,
        times=TIMES,
    )
    with pytest.raises(Refused, match="kan inte förlängas"):
        next_approved(town, case, lines=[longer], target_reason="Deltid.")


@pytest.mark.row("B2")
def test_the_statement_asks_nothing_of_what_is_over_or_of_the_day_of_approval(town, case):
    whole = content_of(case, date(2026, 11, 1))["total"]["plan"]
    assert whole == 9 * 180  # five Mondays and four Tuesdays
    life.break_off(case.activities.get(), MONDAY, "health", "", actor=None, today=MONDAY)
    assert content_of(case, date(2026, 11, 1))["total"]["plan"] == 5 * 180
    june = content_of(case, date(2026, 6, 1))["total"]["plan"]
    assert june == 9 * 180  # without the Monday of the approval


# --- the period -----------------------------------------------------------------------------------
@pytest.mark.row("J5")
@pytest.mark.parametrize(
    ("starts_on", "sentence"),
    [
        (date(1990, 1, 1), "börjar inte före ärendet"),
        (BEGAN - 5 * DAY, "börjar inte före ärendet"),
        (date(2090, 1, 1), "högst tre månader"),
        (date(2026, 9, 2), "högst tre månader"),
    ],
)
def test_a_first_plan_begins_with_its_case_and_soon(town, starts_on, sentence):
    case = town.opened(on=BEGAN - 4 * DAY)
    written = town.plan_input(case, starts_on)
    draft = plans.save_draft(case, written, actor=None, today=BEGAN)
    with pytest.raises(Refused, match=sentence):
        plans.submit_plan(draft, actor=None, today=BEGAN)
    assert Deadline.objects.get(case=case, kind="plan").met_on is None


@pytest.mark.row("J5")
def test_a_period_that_is_over_is_not_sent(town):
    case = town.opened(on=date(2026, 1, 5))
    draft = plans.save_draft(
        case, town.plan_input(case, date(2026, 1, 5)), actor=None, today=MONDAY
    )
    with pytest.raises(Refused, match="redan slut"):
        plans.submit_plan(draft, actor=None, today=MONDAY)


@pytest.mark.row("J7")
def test_nothing_is_broken_off_in_a_closed_case(town, case):
    case.refresh_from_db()
    leaving = Leaving(ExitReason.objects.get(key="studies"), MONDAY)
    close_case(case, leaving, actor=town.user(Role.COACH), today=MONDAY, version=case.version)
    with pytest.raises(Refused, match="avslutat"):
        life.break_off(case.activities.get(), MONDAY, "health", "", actor=None, today=MONDAY)
