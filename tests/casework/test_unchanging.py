"""What the municipality has decided is asked once while many stories are told, and only then."""

from datetime import date

import pytest

from jobcentre.casework.deadlines.calendar import municipal_calendar
from jobcentre.casework.models import ClosedDay
from jobcentre.replay import decided, unchanging

pytestmark = pytest.mark.row("T2")
DAY = date(2026, 11, 18)  # a Wednesday


def test_inside_it_is_asked_once(db, django_assert_num_queries):
    with unchanging(), django_assert_num_queries(1):
        assert municipal_calendar().is_workday(DAY)
        assert municipal_calendar().is_workday(DAY)


def test_outside_a_new_decision_holds_at_once(db):
    with unchanging():
        assert municipal_calendar().is_workday(DAY)
        ClosedDay.objects.create(on=DAY, name="Planeringsdag")
        assert municipal_calendar().is_workday(DAY)
    assert not municipal_calendar().is_workday(DAY)


def test_other_arguments_are_another_question():
    asked = []

    @decided
    def told(unit: int, *, kind: str = "") -> int:
        asked.append((unit, kind))
        return unit

    with unchanging():
        assert [told(1), told(2), told(1), told(1, kind="a"), told(1, kind="a")] == [1, 2, 1, 1, 1]
    assert asked == [(1, ""), (2, ""), (1, "a")]
