"""Working days are counted by the years' sums: the same as going through them day by day."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobcentre.workdays import MAX_COUNT, Calendar, Period

DAYS = st.dates(date(2023, 11, 1), date(2027, 2, 28))
CLOSED = Calendar(frozenset({date(2025, 5, 15), date(2026, 1, 2)}))


@st.composite
def pauses(draw):
    starts_on = draw(DAYS)
    days = draw(st.none() | st.integers(1, 90))
    return Period(starts_on, days and starts_on + timedelta(days=days))


def day_by_day(calendar, after, through, paused):
    days = (after + timedelta(days=n) for n in range(1, (through - after).days + 1))
    return sum(
        calendar.is_workday(day) and not any(pause.contains(day) for pause in paused)
        for day in days
    )


@settings(max_examples=150)
@given(DAYS, DAYS, st.lists(pauses(), max_size=3))
def test_the_sums_say_what_going_through_the_days_says(one, other, paused):
    after, through = sorted((one, other))
    expected = day_by_day(CLOSED, after, through, paused)
    assert CLOSED.workdays_between(after, through, paused) == expected
    assert CLOSED.workdays_between(through, after, paused) == -expected


def test_the_municipalitys_own_days_are_no_working_days():
    around = date(2025, 5, 14), date(2025, 5, 16)  # Wednesday to Friday, Thursday closed
    assert Calendar().workdays_between(*around) == 2
    assert CLOSED.workdays_between(*around) == 1


def test_more_days_than_a_person_lives_are_refused():
    with pytest.raises(ValueError, match="more than"):
        CLOSED.workdays_between(date(1990, 1, 1), date(1990, 1, 1) + timedelta(MAX_COUNT + 1))
