"""Days of the person's earlier cases count towards the cap, linked or not, as far back as is decided."""

from datetime import date, timedelta

import pytest

from jobcentre.casework.deadline_kinds import earlier_days
from jobcentre.casework.deadlines import clock
from jobcentre.casework.models import Case, Deadline, DeadlineRule, ExitReason
from jobcentre.casework.transitions.cases import Leaving, close_case
from tests.factories import MONDAY

DAY = timedelta(days=1)


def was_here(town, person, first: date, last: date) -> Case:
    """A case of the person from `first` to `last`."""
    case = town.opened(person=person, on=first)
    case.refresh_from_db()
    leaving = Leaving(ExitReason.objects.get(key="studies"), last)
    close_case(case, leaving, actor=town.acting(case.coach), today=last, version=case.version)
    return case


@pytest.mark.row("J8")
def test_days_count_without_a_link_to_the_earlier_case(town):
    earlier = was_here(town, town.person(), MONDAY - 100 * DAY, MONDAY - 60 * DAY)
    case = town.opened(person=earlier.person)
    Case.objects.filter(pk=case.pk).update(previous=None)  # as when two persons were made one
    clock.recompute(case)
    due = Deadline.objects.get(case=case, kind="cap").due_on
    assert due == date(2028, 5, 16) - 40 * DAY


@pytest.mark.row("J8")
@pytest.mark.parametrize(
    ("months", "last", "days"),
    [
        (None, date(2025, 11, 16), 30),  # twelve calendar months before MONDAY to the day
        (None, date(2025, 11, 15), 0),
        (6, date(2026, 5, 16), 30),
        (6, date(2026, 5, 15), 0),
        (0, date(2026, 11, 1), 0),
    ],
)
def test_how_far_back_is_a_setting(town, months, last, days):
    earlier = was_here(town, town.person(), last - 30 * DAY, last)
    if months is not None:
        DeadlineRule.objects.create(kind="cap", length=18, unit="months", earlier_months=months)
    assert earlier_days(town.opened(person=earlier.person)) == days


def test_a_day_in_two_cases_is_one_day(town):
    person, other = town.person(), town.person()
    was_here(town, person, MONDAY - 100 * DAY, MONDAY - 60 * DAY)
    second = was_here(town, other, MONDAY - 80 * DAY, MONDAY - 50 * DAY)
    Case.objects.filter(pk=second.pk).update(person=person)
    assert earlier_days(town.opened(person=person)) == 50


@pytest.mark.row("J8")
def test_cases_computed_together_have_the_days_of_all_earlier_ones(town):
    """The rows of a person's other cases are read for each of the cases, none of them twice."""
    first = was_here(town, town.person(), MONDAY - 200 * DAY, MONDAY - 170 * DAY)
    second = was_here(town, first.person, MONDAY - 100 * DAY, MONDAY - 60 * DAY)
    case = town.opened(person=first.person)
    alone = Deadline.objects.get(case=case, kind="cap").due_on
    Deadline.objects.all().delete()
    with clock.deferred(clock.Lengths.load()):
        for each in (first, second, case):
            clock.recompute(each)
    assert Deadline.objects.get(case=case, kind="cap").due_on == alone
    assert alone == date(2028, 5, 16) - 70 * DAY
