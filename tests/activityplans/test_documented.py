"""The worked examples of docs/rules.md on hours, earlier cases, interruptions and attendance are true."""

import re
from datetime import date, time, timedelta
from decimal import Decimal

import pytest

from activityplans import rules
from activityplans.models import Session
from activityplans.schedule import Planned
from activityplans.transitions.attendance import Mark, plan_sessions, register_attendance
from jobcentre.casework.deadline_kinds import earlier_days
from jobcentre.casework.exceptions import Conflict
from jobcentre.casework.models import DeadlineRule
from jobcentre.casework.transitions.clocks import PauseInput, change_pause, pause_clock
from tests.casework.test_cap_over_cases import was_here
from tests.factories import MONDAY
from tests.test_rules_document import DOCUMENT, examples

DAY = timedelta(days=1)
TEXT = DOCUMENT.read_text()
PLAN = (date(2026, 11, 16), date(2027, 5, 10))
TUESDAY = date(2026, 11, 10)


def days_in(cell: str) -> list[date]:
    return [date.fromisoformat(day) for day in re.findall(r"\d{4}-\d\d-\d\d", cell)]


# --- hours ----------------------------------------------------------------------------------------
def planned(cell: str) -> list[Planned]:
    """Activities as the table writes them: "30", "30 until 2027-01-10", "30 from 2027-01-11"."""
    found = []
    for n, each in enumerate(cell.split(", ")):
        first, before = PLAN
        if "until" in each:
            before = days_in(each)[0] + DAY
        if "from" in each:
            first = days_in(each)[0]
        found.append(Planned(n, first, before, Decimal(each.split()[0])))
    return found


@pytest.mark.row("B11")
@pytest.mark.parametrize("row", examples(TEXT, "fewer hours"), ids=" ".join)
def test_when_a_reason_for_fewer_hours_is_asked(row):
    full_time, asked, activities, own_search, reason = row
    found = rules.balance(
        planned(activities),
        *PLAN,
        target=Decimal(asked),
        own_search=Decimal(own_search),
        full_time=Decimal(full_time),
    )
    assert found.needs_reason == (reason == "yes")


# --- earlier cases --------------------------------------------------------------------------------
@pytest.mark.row("J8")
@pytest.mark.parametrize("row", examples(TEXT, "earlier cases"), ids=" ".join)
def test_days_of_earlier_cases(town, row):
    months, earlier, first_visit, days = row
    person = town.person()
    for each in earlier.split(", "):
        was_here(town, person, *days_in(each))
    if months != "12":
        DeadlineRule.objects.create(
            kind="cap", length=18, unit="months", earlier_months=int(months)
        )
    assert days_in(first_visit) == [MONDAY]
    assert earlier_days(town.opened(person=person)) == int(days)


# --- sessions and interruptions -------------------------------------------------------------------
def period_in(cell: str) -> tuple[date, date | None]:
    found = days_in(cell)
    return found[0], found[1] if len(found) > 1 else None


@pytest.mark.row("J9")
@pytest.mark.parametrize("row", examples(TEXT, "sessions and interruptions"), ids=" ".join)
def test_what_becomes_of_a_session(town, row):
    registered, interruption, changed, outcome = row
    coach = town.user("coach")
    case = town.approved(town.opened(on=MONDAY - 28 * DAY), MONDAY - 21 * DAY)
    plan_sessions(case.activities.get(), [TUESDAY], time(9), 180, "", actor=coach)
    if registered:
        marks = {Session.objects.get().pk: Mark(registered)}
        register_attendance(marks, actor=coach, today=MONDAY)
    pause = pause_clock(case, *period_in(interruption), "illness", "", actor=coach)
    if changed:
        change_pause(pause, PauseInput(*period_in(changed), "illness"), actor=coach)
    session = Session.objects.filter(on=TUESDAY).first()
    if session is None:
        assert outcome == "set aside"
    else:
        inside = Session.objects.filter(outcome="unexcused").in_interruption().exists()
        assert outcome == ("to be corrected" if inside else "stands")


# --- attendance corrected -------------------------------------------------------------------------
@pytest.mark.row("J13")
@pytest.mark.parametrize("row", examples(TEXT, "corrected attendance"), ids=" ".join)
def test_what_happens_to_a_mark_over_another(town, row):
    began, stands, chosen, outcome = row
    coach = town.user("coach")
    case = town.approved(town.opened(on=MONDAY - 28 * DAY), MONDAY - 21 * DAY)
    plan_sessions(case.activities.get(), [TUESDAY], time(9), 180, "", actor=coach)
    pk = Session.objects.get().pk

    def says(outcome, **more):
        return register_attendance({pk: Mark(outcome, **more)}, actor=coach, today=MONDAY)

    mark = None
    if began != "none":
        if began != "not_registered":
            says(began)
        mark = Session.objects.get().mark
    if stands not in (began, "not_registered"):
        says(stands)
    if outcome == "conflict":
        with pytest.raises(Conflict):
            says(chosen, began=mark)
        return
    assert says(chosen, began=mark) == (outcome == "write")
    assert Session.objects.get().outcome == (chosen if outcome == "write" else stands)
