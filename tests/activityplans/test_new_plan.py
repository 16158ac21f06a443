"""A plan that is over: the clock that asks for the next one."""

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activityplans.new_plan_deadlines import (
    _facts,
    cases_without_the_clock,
    facts_of_many,
    new_plan_facts,
)
from activityplans.plan_ends import EndingPlan, Sent, wanted
from activityplans.transitions import life, plans
from jobcentre.accounts.enums import Role
from jobcentre.casework.deadlines import clock
from jobcentre.casework.deadlines.beginning import begin_by_themselves
from jobcentre.casework.deadlines.clock import Lengths
from jobcentre.casework.deadlines.round import round_of_clocks
from jobcentre.casework.deadlines.rules import Length, Unit
from jobcentre.casework.models import Case, Deadline, ExitReason
from jobcentre.casework.registries import deadline_kinds
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


# --- what the rows say ------------------------------------------------------------------------------
def version(number=1, approved_on=BEGAN, ends_before=date(2026, 11, 11)):
    return SimpleNamespace(
        pk=10 + number,
        number=number,
        starts_on=BEGAN,
        ends_before=ends_before,
        approved_on=approved_on,
    )


def line(ends_before, **activity):
    return SimpleNamespace(
        version_id=11, ends_before=ends_before, activity=SimpleNamespace(**activity)
    )


def answer(pk, state, sent_on, decided_on=None, number=1):
    return SimpleNamespace(
        pk=pk,
        state=state,
        subject_version=number,
        requested_on=sent_on,
        decided_on=decided_on,
    )


def told(versions, lines=(), answers=()):
    return [(each.started_on, each.met_on) for each in _facts(7, versions, lines, answers)]


@pytest.mark.row("J7")
@pytest.mark.parametrize(
    ("lines", "last"),
    [
        ([], date(2026, 11, 10)),  # at the latest with the period
        ([line(date(2026, 11, 11))], date(2026, 11, 10)),
        ([line(date(2026, 12, 1))], date(2026, 11, 10)),
        ([line(date(2026, 9, 1)), line(date(2026, 11, 4))], date(2026, 11, 3)),  # the last of them
        (
            [line(date(2026, 11, 4), follow_up=SimpleNamespace(ended_on=date(2026, 10, 20)))],
            date(2026, 10, 20),
        ),
        (
            [line(date(2026, 11, 4), broken_off=SimpleNamespace(last_on=date(2026, 10, 6)))],
            date(2026, 10, 6),
        ),
    ],
)
def test_the_last_day_of_a_plan(lines, last):
    assert told([version()], lines) == [(last, None)]
    (fact,) = _facts(7, [version()], lines, [])
    assert (fact.subject_key, fact.owner_id) == ("after:1", 7)


@pytest.mark.row("J5")
def test_what_counts_as_sent():
    late = date(2026, 11, 16)
    sent_first = answer(1, "approved", BEGAN, BEGAN)
    over = date(2026, 11, 10)
    for state, met_on in (("pending", late), ("approved", late), ("withdrawn", None)):
        rows = [sent_first, answer(2, state, late, late, number=2)]
        assert told([version()], [], rows) == [(over, met_on)], state
    for state in ("returned", "refused"):
        rows = [sent_first, answer(2, state, late, date(2026, 11, 18), number=2)]
        assert told([version()], [], rows) == [(over, late), (date(2026, 11, 18), None)], state
    # Never approved: nobody has followed it.
    assert told([version(approved_on=None)]) == []


@pytest.mark.row("J5")
def test_a_correction_of_a_plan_that_is_over_asks_for_nothing_more():
    late = date(2026, 11, 16)
    both = [version(), version(2, approved_on=late)]
    sent_first = answer(1, "approved", BEGAN, BEGAN)
    assert told(both, [], [sent_first]) == [(date(2026, 11, 10), None)]
    # Sent and approved too late it is a plan, which is over the day it is approved.
    again = answer(2, "approved", date(2026, 11, 12), late, number=2)
    wanted_twice = [(date(2026, 11, 10), date(2026, 11, 12)), (late, None)]
    assert told(both, [], [sent_first, again]) == wanted_twice


@pytest.mark.row("J5")
def test_the_kind_of_the_clock():
    kind = deadline_kinds["new_plan"]
    assert (kind.length, kind.pausable, kind.warn_before) == (Length(5, Unit.WORKDAYS), True, (1,))
    assert (kind.escalate_to, kind.waits_for) == (Role.MANAGER, "coach")
    assert kind.url_name == "activityplans:edit"


@pytest.mark.row("J5")
def test_only_open_cases_are_begun_at_night(town, case):
    closed = town.approved(town.opened(on=BEGAN), BEGAN)
    closed.refresh_from_db()
    leaving = Leaving(ExitReason.objects.get(key="studies"), MONDAY)
    close_case(closed, leaving, actor=town.user(Role.COACH), today=MONDAY, version=closed.version)
    drafted = town.opened(on=BEGAN)
    sent(town, drafted)
    Deadline.objects.filter(kind="new_plan").delete()
    assert cases_without_the_clock(MONDAY) == [case.pk]
    assert facts_of_many([closed.pk], MONDAY) == []
    assert {pk for pk, _fact in facts_of_many([case.pk, closed.pk], MONDAY)} == {case.pk}
    alone = [fact for _pk, fact in facts_of_many([case.pk], MONDAY)]
    assert alone == new_plan_facts(case)


@pytest.mark.row("J5")
def test_the_night_reads_the_answers_in_their_order_and_no_closed_case(town, case):
    returned(town, sent(town, case, LAST + 2 * DAY), LAST + 6 * DAY)
    sent(town, case, MONDAY)
    assert [fact for _pk, fact in facts_of_many([case.pk], MONDAY)] == new_plan_facts(case)
    gone = town.opened(on=BEGAN)
    refused = town.submitted(gone, MONDAY - 5 * DAY)
    secretary = town.user("social_secretary")
    town.approve(refused, secretary, MONDAY - 3 * DAY, state="refused", reason="För vagt.")
    gone.refresh_from_db()
    leaving = Leaving(ExitReason.objects.get(key="studies"), MONDAY)
    close_case(gone, leaving, actor=town.user(Role.COACH), today=MONDAY, version=gone.version)
    Deadline.objects.filter(kind="new_plan").delete()
    assert cases_without_the_clock(MONDAY) == [case.pk]


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
