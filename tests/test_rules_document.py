"""The worked examples of docs/rules.md are true."""

import re
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from activityplans.attendance_rules import repeated_absences
from activityplans.in_force import days_held
from activityplans.review_periods import review_periods
from intake import first_day
from intake.mapping.rules import intervals, merged
from jobcentre.casework.deadlines.rules import Length, Unit, due_on
from jobcentre.workdays import Calendar, Period

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "rules.md"


def examples(text: str, name: str) -> list[list[str]]:
    """The rows of the table after the marker `<!-- examples: name -->`, as cells."""
    after = text.split(f"<!-- examples: {name} -->", 1)[1]
    rows = []
    for line in after.splitlines()[1:]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows[2:]


def pauses_in(cell: str) -> list[Period]:
    found = []
    for first, back in re.findall(r"(\d{4}-\d\d-\d\d):(\d{4}-\d\d-\d\d)?", cell):
        found.append(Period(date.fromisoformat(first), date.fromisoformat(back) if back else None))
    return found


def computed(row: list[str], unit: Unit) -> str:
    start, count, pauses, _day = row
    due = due_on(Length(int(count), unit), date.fromisoformat(start), pauses_in(pauses), Calendar())
    return due.isoformat() if due else "-"


@pytest.mark.row("J5")
@pytest.mark.row("B1")
@pytest.mark.parametrize("row", examples(DOCUMENT.read_text(), "workdays"), ids=" ".join)
def test_working_days(row):
    assert computed(row, Unit.WORKDAYS) == row[3]


@pytest.mark.row("J8")
@pytest.mark.parametrize("row", examples(DOCUMENT.read_text(), "months"), ids=" ".join)
def test_months(row):
    assert computed(row, Unit.MONTHS) == row[3]


def test_a_wrong_example_is_found():
    planted = "<!-- examples: workdays -->\n| a | b | c | d |\n|---|---|---|---|\n"
    planted += "| 2026-12-21 | 5 | | 2026-12-29 |\n"
    row = examples(planted, "workdays")[0]
    assert computed(row, Unit.WORKDAYS) != row[3]


@pytest.mark.row("J4")
def test_examples_of_the_mapping():
    rows = examples(DOCUMENT.read_text(), "wordings")
    assert len(rows) == 5
    for row in rows:
        assert merged(*row[:3]).value == row[3], row


@pytest.mark.row("J4")
def test_examples_of_progression():
    rows = examples(DOCUMENT.read_text(), "progression")
    assert len(rows) == 3
    for first, rated, wanted in rows:
        days = [date.fromisoformat(day) for day in rated.split(", ") if day]
        found = [
            f"{each.started_on}:{each.met_on or ''}"
            for each in intervals(date.fromisoformat(first), days)
        ]
        assert ", ".join(found) == wanted


@pytest.mark.row("J3")
def test_examples_of_the_first_day():
    today = date(2026, 11, 16)
    rows = examples(DOCUMENT.read_text(), "first day")
    for af, consents, unit, expected in rows:
        status, _word, booked = af.partition(" booked ")
        answers = [each.partition(" until ") for each in consents.split(", ")]
        known = first_day.Known(
            rights=True,
            af=None
            if af == "-"
            else (status, date(2026, 11, 2), date.fromisoformat(booked) if booked else None),
            answers=tuple(
                first_day.Answer(purpose, date.fromisoformat(until) if until else None)
                for purpose, _word, until in answers
            ),
            has_support_unit=unit == "yes",
            contact=True,
            language=True,
            emergency=True,
        )
        found = ", ".join(first_day.missing(known, today)) or "-"
        assert found == expected, (af, consents, unit)
    assert len(rows) == 10


@pytest.mark.row("J13")
def test_examples_of_repeated_absence():
    rows = examples(DOCUMENT.read_text(), "repeated absence")
    for rule, absent, wanted in rows:
        times, _within, days = rule.split()
        found = repeated_absences(
            [date.fromisoformat(day) for day in absent.split(", ")], int(times), int(days)
        )
        assert (", ".join(f"{first}:{last}" for first, last, _n in found) or "-") == wanted, absent
    assert len(rows) == 4


def versions_in(cell: str) -> list[SimpleNamespace]:
    """`first..last approved day`, several with commas between; numbered from 1."""
    found = []
    for n, each in enumerate(cell.split(", ")):
        first, last, approved = map(date.fromisoformat, re.findall(r"\d{4}-\d\d-\d\d", each))
        ends_before = last + timedelta(days=1)
        found.append(
            SimpleNamespace(
                number=n + 1, starts_on=first, ends_before=ends_before, approved_on=approved,
                ended_on=None,
            )
        )  # fmt: skip
    return found


@pytest.mark.row("J6")
def test_examples_of_versions_in_force():
    rows = examples(DOCUMENT.read_text(), "in force")
    for versions, wanted in rows:
        held = sorted(days_held(versions_in(versions)).items())
        told = [f"{n}: {at.starts_on}..{at.ends_before - timedelta(days=1)}" for n, at in held]
        assert ", ".join(told) == wanted, versions
    assert len(rows) == 4


@pytest.mark.row("J8")
def test_examples_of_reviewed_periods():
    rows = examples(DOCUMENT.read_text(), "review periods")
    for versions, reviewed, wanted in rows:
        days = [date.fromisoformat(day) for day in reviewed.split(", ") if day]
        found = review_periods(versions_in(versions), days)
        told = ", ".join(f"{each.starts_on}:{each.met_on or ''}" for each in found)
        assert told == wanted, versions
    assert len(rows) == 4
