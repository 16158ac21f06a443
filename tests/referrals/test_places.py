"""Free places week by week: the rule, and the worked examples of docs/rules.md."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.places import first_free, monday, weeks_ahead
from tests.factories import MONDAY
from tests.test_rules_document import examples

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "rules.md"
WEEK = timedelta(days=7)


def _period(cell: str) -> tuple[date, date | None]:
    first, _colon, back = cell.partition(":")
    return date.fromisoformat(first), date.fromisoformat(back) if back else None


@pytest.mark.row("J11")
@pytest.mark.parametrize("row", examples(DOCUMENT.read_text(), "free places"), ids=" ".join)
def test_examples_of_free_places(row):
    said, held, wanted, first = row
    changes = [
        (date.fromisoformat(day), int(places))
        for day, _from, places in (each.partition(" ") for each in said.split(", ") if each)
    ]
    weeks = weeks_ahead(
        date(2026, 11, 18), 4, changes, [_period(each) for each in held.split(", ") if each]
    )
    assert (" ".join(str(week.free) for week in weeks) or "-") == wanted
    found = first_free(weeks)
    assert (found.isoformat() if found else "-") == first


def test_more_taken_than_there_are_is_told():
    week = weeks_ahead(MONDAY, 1, [(MONDAY, 1)], [(MONDAY, None), (MONDAY, None)])[0]
    assert (week.free, week.is_over) == (0, True)
    assert monday(MONDAY + timedelta(days=6)) == MONDAY


@st.composite
def orders(draw):
    begins = MONDAY + timedelta(days=draw(st.integers(-60, 60)))
    days = draw(st.none() | st.integers(1, 90))
    return begins, days and begins + timedelta(days=days)


@given(st.lists(orders(), max_size=12))
def test_a_place_is_held_in_each_week_that_the_order_touches(held):
    for week in weeks_ahead(MONDAY, 6, [(MONDAY, 5)], held):
        touching = [
            begins
            for begins, ends in held
            if begins < week.starts_on + WEEK and (ends is None or ends > week.starts_on)
        ]
        assert week.taken == len(touching)
