"""The weekly schedule: its days and hours, what clashes, and that it is bound and compared."""

from datetime import date, time
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from activityplans import compare, rules, schedule
from activityplans.content import content
from activityplans.models import LineTime
from activityplans.schedule import Planned, Slot
from activityplans.transitions import plans
from jobcentre.casework.exceptions import Refused
from jobcentre.workdays import swedish_closed_days
from tests.factories import MONDAY
from tests.test_rules_document import DOCUMENT, examples, pauses_in


def closed(day: date) -> bool:
    return day in swedish_closed_days(day.year)


def slots_in(cell: str) -> tuple[Slot, ...]:
    """ "1 09:00-12:00, 3 09:00-12:00" as slots."""
    found = []
    for each in cell.split(", "):
        day, hours = each.split()
        first, last = (time.fromisoformat(hour) for hour in hours.split("-"))
        minutes = (last.hour - first.hour) * 60 + last.minute - first.minute
        found.append(Slot(int(day), first, minutes))
    return tuple(found)


def planned(key, cell: str, first="2026-11-16", before="2026-12-14") -> Planned:
    stated = cell.isdigit()
    return Planned(
        key,
        date.fromisoformat(first),
        date.fromisoformat(before),
        Decimal(cell) if stated else Decimal(0),
        () if stated else slots_in(cell),
    )


@pytest.mark.row("B11")
@pytest.mark.parametrize("row", examples(DOCUMENT.read_text(), "occurrences"), ids=" ".join)
def test_the_occasions_of_a_schedule(row):
    cell, first, before, pauses, wanted = row
    found = schedule.occurrences(
        slots_in(cell),
        date.fromisoformat(first),
        date.fromisoformat(before),
        closed=closed,
        pauses=pauses_in(pauses),
    )
    assert ", ".join(each.on.isoformat() for each in found) == wanted


@pytest.mark.row("B11")
@pytest.mark.parametrize("row", examples(DOCUMENT.read_text(), "weeks"), ids=" ".join)
def test_the_hours_of_a_week(row):
    cell, monday, asked, held, own, missing = row
    line = planned("a", cell, "2026-12-14", "2027-01-16")
    found = schedule.weeks(
        [line],
        line.starts_on,
        line.ends_before,
        target=Decimal(40),
        own_search=Decimal(10),
        closed=closed,
    )
    week = next(each for each in found if each.monday.isoformat() == monday)
    said = [str(each) for each in (week.asked, week.assigned, week.own_search, week.missing)]
    assert said == [asked, held, own, missing]


@pytest.mark.parametrize("row", examples(DOCUMENT.read_text(), "clashes"), ids=" ".join)
def test_what_clashes(row):
    one, other, wanted = row
    found = schedule.clashes({"a": slots_in(one), "b": slots_in(other)})
    said = ", ".join(f"{each.weekday} {each.starts_at:%H:%M}" for each in found)
    assert (said or "-") == wanted


def test_activities_after_each_other_do_not_clash():
    first = planned("a", "1 09:00-12:00", "2026-11-16", "2026-11-30")
    then = planned("b", "1 09:00-12:00", "2026-11-30", "2026-12-14")
    meanwhile = planned("c", "1 09:00-12:00", "2026-11-23", "2026-12-07")
    assert schedule.clashes_in_time([first, then]) == []
    assert len(schedule.clashes_in_time([first, then, meanwhile])) == 2


def test_a_pause_neither_asks_nor_holds_anything():
    line = planned("a", "30")
    week = schedule.weeks(
        [line],
        line.starts_on,
        line.ends_before,
        target=Decimal(40),
        own_search=Decimal(10),
        closed=closed,
        pauses=pauses_in("2026-11-16:2026-11-23"),
    )[0]
    assert (week.asked, week.assigned, week.paused) == (0, 0, True)


def with_times(town, case, times, **changes):
    written = town.plan_input(case, MONDAY, **changes)
    line = plans.LineInput(**{**written.lines[0].__dict__, "times": times})
    written.lines[0] = line
    return written


THREE = slots_in("1 09:00-12:00, 2 09:00-12:00, 3 09:00-12:00")


@pytest.mark.row("B11")
def test_the_hours_of_a_line_follow_from_its_schedule(town):
    case = town.opened()
    version = plans.save_draft(case, with_times(town, case, THREE), actor=None, today=MONDAY)
    assert version.lines.get().hours_per_week == 9
    assert [each.slot for each in version.lines.get().times.all()] == list(THREE)


def test_a_changed_time_is_a_change_that_the_approver_reads(town):
    case = town.opened()
    written = with_times(town, case, THREE)
    first = content(plans.save_draft(case, written, actor=None, today=MONDAY))
    activity = case.activities.get()
    later = slots_in("1 09:00-12:00, 2 09:00-12:00, 4 13:00-16:00")
    changed = with_times(town, case, later)
    changed.lines[0] = plans.LineInput(**{**changed.lines[0].__dict__, "activity": activity})
    second = content(plans.save_draft(case, changed, actor=None, today=MONDAY))
    (change,) = rules.differences(first, second)
    assert set(change.fields) == {"times"}
    (said,) = compare.described([change], first, second)
    assert "09:00" in said.fields[0].old
    assert "13:00" in said.fields[0].new


def test_a_schedule_taken_away_is_a_change(town):
    case = town.opened()
    nine = with_times(town, case, THREE)
    first = content(plans.save_draft(case, nine, actor=None, today=MONDAY))
    (ref, line) = next(iter(first["lines"].items()))
    bare = {ref: {name: value for name, value in line.items() if name != "times"}}
    (change,) = rules.differences(first, {**first, "lines": bare})
    assert change.fields["times"][1] is None


def test_a_plan_without_schedules_is_hashed_as_before(town):
    case = town.opened()
    version = plans.save_draft(case, town.plan_input(case, MONDAY), actor=None, today=MONDAY)
    assert "times" not in next(iter(content(version)["lines"].values()))


def test_two_times_at_once_are_refused_and_nothing_is_left(town):
    case = town.opened()
    with pytest.raises(Refused):
        plans.save_draft(
            case,
            with_times(town, case, slots_in("1 09:00-12:00, 1 10:00-11:00")),
            actor=None,
            today=MONDAY,
        )
    assert LineTime.objects.count() == 0


@pytest.mark.parametrize(
    "slot", [Slot(8, time(9), 60), Slot(1, time(9), 10), Slot(1, time(9), 721)]
)
def test_impossible_times_are_refused(town, slot):
    case = town.opened()
    with pytest.raises(ValidationError):
        plans.save_draft(case, with_times(town, case, (slot,)), actor=None, today=MONDAY)


def test_a_time_says_when_it_ends():
    assert Slot(1, time(9, 30), 105).ends_at == time(11, 15)
    assert schedule.hours_of([Slot(1, time(9), 75)] * 3) == Decimal("3.8")
