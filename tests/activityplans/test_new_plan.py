"""A plan that is over: the clock that asks for the next one."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activityplans.new_plan_deadlines import cases_without_the_clock
from activityplans.plan_ends import EndingPlan, Sent, wanted
from activityplans.transitions import life, plans
from jobcentre.accounts.enums import Role
from jobcentre.casework.deadlines import clock
from jobcentre.casework.deadlines.beginning import begin_by_themselves
from jobcentre.casework.deadlines.clock import Lengths
from jobcentre.casework.deadlines.round import round_of_clocks
from jobcentre.casework.models import Case, Deadline, ExitReason
from jobcentre.casework.transitions.cases import Leaving, close_case
from jobcentre.casework.transitions.clocks import pause_clock
from jobcentre.notices.models import Notice
from tests.conftest import noon_of
from tests.factories import MONDAY
from tests.test_rules_document import DOCUMENT, examples

DAY = timedelta(days=1)
BEGAN = date(2026, 6, 1)  # a Monday
LAST = date(2026, 11, 3)  # a Tuesday: due the Tuesday after
DUE = LAST + 7 * DAY


@pytest.fixture
def case(town) -> Case:
    """A plan from June to November whose only activity ended on LAST, thirteen days ago."""
    case = town.opened(on=BEGAN - 4 * DAY)
    line = replace(town.plan_input(case, BEGAN).lines[0], ends_before=LAST + DAY)
    return town.approved(case, BEGAN, lines=[line], target_reason="Deltid.")


def clocks(case) -> list[tuple]:
    rows = Deadline.objects.filter(case=case, kind="new_plan").order_by("started_on", "pk")
    return list(rows.values_list("started_on", "due_on", "met_on"))


def sent(town, case, on=MONDAY, **changes):
    """The next plan, from the day it is sent on."""
    written = town.plan_input(case, on, change_reason="Ny period.", **changes)
    draft = plans.version_being_written(case)
    draft = plans.save_draft(case, written, actor=None, today=on, edit=draft and draft.edit)
    return plans.submit_plan(draft, actor=None, today=on)


def returned(town, approval, on):
    secretary = town.user("social_secretary")
    town.approve(approval, secretary, on, state="returned", reason="Skriv vilka dagar.")


def read(cell: str) -> date:
    return date.fromisoformat(cell)


def plan_of(number: int, cell: str) -> EndingPlan:
    """`first..last approved day`, or `corrected day` for one that needed no approval."""
    period, how, on = cell.split(" ")
    first, last = period.split("..")
    return EndingPlan(number, read(first), read(on), read(last), was_sent=how == "approved")


def sent_of(n: int, cell: str) -> Sent:
    """`version:day`, with `/day` when it came back that day."""
    number, days = cell.split(":")
    on, _slash, back = days.partition("/")
    return Sent(str(n), int(number), read(on), read(back) if back else None)


EXAMPLES = examples(DOCUMENT.read_text(), "new plans")


@pytest.mark.row("J5")
@pytest.mark.row("J7")
@pytest.mark.parametrize("row", EXAMPLES, ids=" | ".join)
def test_when_a_new_plan_is_wanted(row):
    plans_, sendings, expected = row
    known = [plan_of(n + 1, cell) for n, cell in enumerate(plans_.split(", ")) if cell != "-"]
    ways = [sent_of(n, cell) for n, cell in enumerate(sendings.split(", ")) if cell]
    found = [f"{each.since}:{each.met_on or ''}" for each in wanted(known, ways)]
    assert (", ".join(found) or "-") == expected


@pytest.mark.row("J5")
def test_the_clocks_of_a_case_never_share_a_key():
    for row in EXAMPLES:
        known = [plan_of(n + 1, cell) for n, cell in enumerate(row[0].split(", ")) if cell != "-"]
        ways = [sent_of(n, cell) for n, cell in enumerate(row[1].split(", ")) if cell]
        keys = [each.key for each in wanted(known, ways)]
        assert len(keys) == len(set(keys))


@pytest.mark.row("J5")
@pytest.mark.row("J7")
def test_a_plan_without_activities_left_asks_for_the_next(case):
    assert clocks(case) == [(LAST, DUE, None)]
    row = Deadline.objects.get(case=case, kind="new_plan")
    assert (row.waits_for, row.owner_id) == ("coach", case.coach_id)
    assert MONDAY > DUE


@pytest.mark.row("J5")
def test_the_next_plan_meets_it_late_when_late(town, case):
    approval = sent(town, case)
    assert clocks(case) == [(LAST, DUE, MONDAY)]
    town.approve(approval, town.user("social_secretary"), MONDAY)
    assert clocks(case)[0] == (LAST, DUE, MONDAY)
    assert len(clocks(case)) == 2  # that of the new plan stands ahead
    assert clocks(case)[1][0] > MONDAY


@pytest.mark.row("J7")
def test_an_activity_broken_off_ends_the_plan_earlier(town):
    case = town.opened(on=BEGAN)
    line = replace(town.plan_input(case, BEGAN).lines[0], ends_before=MONDAY + 10 * DAY)
    town.approved(case, BEGAN, lines=[line], target_reason="Deltid.")
    ((before, _due, _met),) = clocks(case)
    assert before > MONDAY
    life.break_off(case.activities.get(), MONDAY, "health", "", actor=None, today=MONDAY)
    assert clocks(case) == [(MONDAY, MONDAY + 7 * DAY, None)]


@pytest.mark.row("J5")
def test_a_new_plan_that_came_back_is_asked_for_anew(town, case):
    back = LAST + 6 * DAY  # a Monday
    returned(town, sent(town, case, LAST + 2 * DAY), back)
    assert clocks(case) == [(LAST, DUE, LAST + 2 * DAY), (back, back + 7 * DAY, None)]
    sent(town, case, MONDAY)
    assert clocks(case)[-1] == (back, back + 7 * DAY, MONDAY)


@pytest.mark.row("J5")
@pytest.mark.parametrize("state", ["returned", "refused"])
def test_a_first_plan_that_came_back_is_asked_for_anew_and_is_the_next_step(town, log_in, state):
    """The clock of the plan was met when it was sent: nothing else would ask for it."""
    case = town.opened(on=MONDAY - 10 * DAY)
    approval = town.submitted(case, MONDAY - 5 * DAY)
    assert clocks(case) == []
    secretary = town.user("social_secretary")
    town.approve(approval, secretary, MONDAY - 3 * DAY, state=state, reason="Skriv vilka dagar.")
    back = MONDAY - 3 * DAY  # a Friday
    assert clocks(case) == [(back, back + 7 * DAY, None)]
    page = log_in(town.acting(case.coach)).get(f"/arenden/{case.number}/")
    assert page.context["next_step"].url == f"/arenden/{case.number}/plan/skriv/"
    Deadline.objects.filter(kind="new_plan").delete()
    assert cases_without_the_clock(MONDAY) == [case.pk]
    with noon_of(MONDAY):
        assert begin_by_themselves(MONDAY, Lengths.load()) == 1
    town.approve(sent(town, case, MONDAY), secretary, MONDAY)
    assert clocks(case)[0] == (back, back + 7 * DAY, MONDAY)


@pytest.mark.row("J9")
def test_an_interruption_moves_it(town, case):
    coach = town.acting(case.coach)
    pause_clock(case, LAST + 2 * DAY, LAST + 9 * DAY, "illness", "", actor=coach)
    assert clocks(case) == [(LAST, DUE + 7 * DAY, None)]


@pytest.mark.row("J5")
def test_the_case_that_ends_in_time_counts_nowhere(town, case):
    case.refresh_from_db()
    leaving = Leaving(ExitReason.objects.get(key="studies"), DUE)
    close_case(case, leaving, actor=town.user(Role.COACH), today=MONDAY, version=case.version)
    row = Deadline.objects.get(case=case, kind="new_plan")
    assert (row.cancelled_on, row.stopped_on) == (DUE, None)


@pytest.mark.row("J5")
def test_the_night_begins_it_for_cases_from_before_and_writes_nothing_more(town, case):
    def begun() -> int:
        with noon_of(MONDAY):
            return begin_by_themselves(MONDAY, Lengths.load())

    others = [town.approved(town.opened(on=BEGAN), BEGAN) for _each in range(2)]
    known = [clocks(each) for each in (case, *others)]
    with CaptureQueriesContext(connection) as one:
        Deadline.objects.filter(kind="new_plan", case=case).delete()
        assert begun() == 1
    with CaptureQueriesContext(connection) as many:
        Deadline.objects.filter(kind="new_plan").delete()
        assert begun() == 3
    assert len(one) == len(many)
    assert [clocks(each) for each in (case, *others)] == known
    assert cases_without_the_clock(MONDAY) == []
    with CaptureQueriesContext(connection) as again:
        assert begun() == 0
    assert not [each for each in again if each["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert clock.recompute(case) == []


@pytest.mark.row("J5")
def test_the_coach_and_the_manager_are_told_when_it_is_late(town, case):
    manager = town.user(Role.MANAGER)
    round_of_clocks(MONDAY)
    told = Notice.objects.filter(key__contains=":late:", text_sv__contains="Ny plan")
    assert {each.user_id for each in told} == {case.coach_id, manager.pk}
    assert all("New plan" in each.text_en for each in told)


@pytest.mark.row("J5")
def test_the_page_says_what_is_to_be_done(town, case, log_in):
    page = log_in(town.acting(case.coach)).get(f"/arenden/{case.number}/").content.decode()
    assert "Ny plan" in page
    assert "nästa plan" in page
