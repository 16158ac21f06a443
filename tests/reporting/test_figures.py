"""Each figure against a small world counted by hand."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jobcentre.casework.models import TargetGroup
from reporting.enums import FollowUpState, Split
from reporting.figures.measuring import measure, measure_year_before
from reporting.figures.registry import FIGURES
from reporting.figures.scope import Scope
from tests.reporting.world import AFTER, FIRST, TODAY, fill_enough_to_show, fill_exits

ANSWERED = FollowUpState.ANSWERED


def _value(scope, key):
    return measure(scope, [FIGURES[key]])[key].whole.value


def _cells(scope, key, split, *, with_groups=False):
    measured = measure(scope, [FIGURES[key]], with_groups=with_groups)[key]
    return {cell.key: cell for cell in measured.splits[split]}


@pytest.mark.row("F2")
@pytest.mark.row("T8")
def test_results_of_exits(town):
    fill_exits(town)
    scope = town.scope()
    assert _value(scope, "exits") == 15
    assert _value(scope, "to_work_or_studies") == 50  # 7 of 14: one moved, one job did not last
    assert _value(scope, "exits_unknown") == 13  # 2 of 15
    north = town.scope(town.north)
    assert _value(north, "exits") == 12
    assert _value(north, "to_work_or_studies") == 55  # 6 of 11
    by_source = _cells(scope, "to_work_or_studies", Split.SOURCE)
    assert {key: cell.value for key, cell in by_source.items()} == {
        "income_support": Decimal(33),  # 1 of 3, the unknown and the unwritten exit stay
        "af": Decimal(63),  # 5 of 8
        "kaa": None,
        "project": None,
        "own": Decimal(33),
    }
    assert by_source["kaa"].missing == "nobody"
    assert by_source["af"].population == 8


@pytest.mark.row("J17")
def test_results_are_told_by_distance_from_work(town):
    fill_exits(town)
    by_track = _cells(town.scope(), "to_work_or_studies", Split.TRACK)
    assert {key: cell.value for key, cell in by_track.items()} == {
        "direct": Decimal(63),
        "later": Decimal(33),
        "support": Decimal(33),
    }


def test_a_check_that_found_the_job_lasting_leaves_the_result(town):
    case = town.left("work")
    town.follow_up(case, 1, ANSWERED, "work", kind="job_check", due=date(2026, 4, 2))
    assert _value(town.scope(), "to_work_or_studies") == 100


def test_small_groups_are_hidden_in_reports_and_cannot_be_computed(town):
    fill_enough_to_show(town)
    by_source = _cells(town.scope(suppresses=True), "to_work_or_studies", Split.SOURCE)
    hidden = {key for key, cell in by_source.items() if cell.is_hidden}
    assert hidden == {"income_support", "own", "kaa"}  # 1 and 1 reach it, and KAA five
    for key in hidden:
        cell = by_source[key]
        assert (cell.value, cell.population, cell.missing) == (None, None, "few")
    assert by_source["af"].value == 50


def test_sessions_of_few_persons_are_hidden_however_many_sessions(town):
    case = town.case()
    for day in range(1, 11):
        town.session(case, date(2026, 6, day), "present")
    measured = measure(town.scope(suppresses=True), [FIGURES["attendance_present"]])
    assert measured["attendance_present"].whole.is_hidden
    assert _value(town.scope(), "attendance_present") == 100


def test_the_first_day_is_in_the_period_and_the_day_after_is_not(town):
    for ended in (date(2025, 12, 31), FIRST, date(2026, 6, 30), AFTER):
        town.left("work", ended=ended)
    assert _value(town.scope(), "exits") == 2


def test_participants_are_persons_and_counted_once_with_their_latest_case(town):
    person = town.person()
    first = town.case(person=person, started=date(2025, 12, 1), ended=date(2026, 1, 15))
    town.case(
        person=person, started=date(2026, 3, 2), track="support", centre=town.south, previous=first
    )
    town.case(started=date(2025, 1, 7), ended=date(2025, 12, 31))
    town.case(started=FIRST)
    scope = town.scope()
    assert _value(scope, "participants") == 2
    by_centre = _cells(scope, "participants", Split.CENTRE)
    assert by_centre[str(town.north.pk)].value == 1
    assert by_centre[str(town.south.pk)].value == 1
    assert _value(scope, "new_cases") == 2
    assert _value(town.scope(town.north), "participants") == 2


def test_open_cases_and_caseload_on_the_last_day(town):
    for _n in range(3):
        town.case()
    town.case(centre=town.south)
    town.case(coach=None)
    town.case(ended=date(2026, 6, 30))  # its last day is counted, and then it is closed
    town.case(started=AFTER)
    assert _value(town.scope(), "open_cases") == 5
    assert _value(town.scope(), "caseload") == Decimal("2.0")
    earlier = town.scope(ends_before=date(2026, 6, 30))
    assert _value(earlier, "open_cases") == 6


@pytest.mark.row("T10")
def test_returns_within_twelve_calendar_months(town):
    for ended in (date(2025, 3, 10), date(2025, 3, 9)):
        person = town.person()
        earlier = town.case(person=person, started=date(2024, 1, 8), ended=ended)
        town.case(person=person, started=date(2026, 3, 10), previous=earlier)
    for _n in range(2):
        town.case(started=date(2026, 3, 10))
    assert _value(town.scope(), "returns") == 25  # 1 of 4


def _plans(town):
    """Met on the day, met a day late, met early, never met; cancelled and coming ones beside."""
    due = date(2026, 3, 9)  # a Monday
    started = date(2026, 3, 2)
    cases = [town.case(started=started) for _n in range(6)]
    on_time, late, early, never, cancelled, coming = cases
    town.clock(on_time, due, met_on=due)
    town.clock(late, due, met_on=date(2026, 3, 10))
    town.clock(early, due, met_on=date(2026, 3, 7))
    town.clock(never, due, stopped_on=date(2026, 4, 1))
    town.clock(cancelled, due, cancelled_on=date(2026, 3, 5))
    town.clock(coming, date(2026, 7, 6), started=date(2026, 6, 29))
    return on_time, late, early


def test_plans_in_time_late_stays_late_and_cancelled_counts_nowhere(town):
    _plans(town)
    assert _value(town.scope(), "plan_in_time") == 50  # 2 of 4
    assert _value(town.scope(), "days_to_plan") == 7  # 5, 7, 8


def test_a_case_that_ended_before_the_last_day_counts_nowhere_though_its_plan_was_sent(town):
    due = date(2026, 3, 9)
    stays, leaves, leaves_after = (town.case(started=date(2026, 3, 2)) for _n in range(3))
    town.clock(stays, due, met_on=date(2026, 3, 10))
    town.clock(leaves, due, met_on=date(2026, 3, 4))
    town.clock(leaves_after, due, met_on=date(2026, 3, 11))
    for case, day in ((leaves, due), (leaves_after, date(2026, 3, 12))):
        type(case).objects.filter(pk=case.pk).update(status="closed", ended_on=day)
    assert _value(town.scope(), "plan_in_time") == 0  # of 2: the one in time is not counted


def test_approval_counts_to_the_second_working_day_after_the_fifth(town):
    on_time, late, early = _plans(town)
    town.approved(on_time, date(2026, 3, 11))
    town.approved(late, date(2026, 3, 12))
    town.approved(early, date(2026, 3, 11))
    assert _value(town.scope(), "approved_in_time") == 50  # 2 of 4


def test_the_days_for_approval_skip_the_weekend(town):
    case = town.case(started=date(2026, 3, 6))
    town.clock(case, date(2026, 3, 13), met_on=date(2026, 3, 13))  # a Friday
    town.approved(case, date(2026, 3, 17))
    assert _value(town.scope(), "approved_in_time") == 100


def test_late_clocks_of_today(town):
    case = town.case()
    town.clock(case, date(2026, 6, 30))
    town.clock(case, TODAY, kind="review")
    town.clock(case, date(2026, 5, 1), kind="cap", met_on=date(2026, 6, 1))
    assert _value(town.scope(), "late_now") == 1
    assert "late_now" not in measure_year_before(town.scope())


def test_unregistered_attendance_is_not_absence(town):
    case = town.case()
    for day, outcome in ((1, "present"), (2, "elsewhere"), (3, "unexcused"), (4, "not_registered")):
        town.session(case, date(2026, 6, day), outcome)
    town.session(case, TODAY)  # has not been yet
    assert _value(town.scope(), "attendance_registered") == 75
    assert _value(town.scope(), "attendance_present") == 67  # 2 of 3


@pytest.mark.row("F4")
@pytest.mark.row("B5")
def test_follow_ups_and_their_response_rate(town):
    states = [
        (ANSWERED, "work"),
        (ANSWERED, "unemployed"),
        (ANSWERED, "studies"),
        (FollowUpState.NOT_REACHED, ""),
        (FollowUpState.REFUSED, ""),
        (FollowUpState.CANCELLED, ""),
        (FollowUpState.WAITING, ""),
    ]
    for state, occupation in states:
        case = town.left("work", ended=date(2025, 12, 1))
        town.follow_up(case, 6, state, occupation)
        town.follow_up(case, 12, ANSWERED if occupation else state, occupation)
    scope = town.scope()
    assert _value(scope, "follow_up_answers") == 50  # 6 of 12
    assert _value(scope, "occupied_6") == 67  # 2 of 3
    assert _value(scope, "kept_work_12") == 33  # 1 of 3


def test_a_follow_up_that_is_not_due_is_not_missing(town):
    case = town.left("work", ended=date(2026, 1, 5))
    town.follow_up(case, 6, due=date(2026, 7, 5))
    scope = town.scope(ends_before=date(2026, 12, 31))
    cell = measure(scope, [FIGURES["follow_up_answers"]])["follow_up_answers"].whole
    assert (cell.value, cell.missing) == (None, "nobody")


@pytest.mark.row("F1")
@pytest.mark.row("F5")
def test_every_figure_is_divided_by_sex_age_source_track_centre_and_group(town):
    youth, long_term = TargetGroup.objects.order_by("pk")[:2]
    born = {
        "16-24": date(2001, 7, 1),  # turns 25 the day after the period
        "25-54": date(2001, 6, 30),
        "55-": date(1971, 6, 30),
        "unknown": None,
    }
    for day in born.values():
        case = town.case(person=town.person("man", day), started=date(2026, 2, 2))
        case.target_groups.set([youth, long_term])
    scope = town.scope()
    by_age = _cells(scope, "new_cases", Split.AGE)
    assert {key: cell.value for key, cell in by_age.items()} == dict.fromkeys(born, 1)
    by_sex = _cells(scope, "new_cases", Split.SEX)
    assert {key: cell.value for key, cell in by_sex.items()} == {"woman": 0, "man": 4}
    by_group = _cells(scope, "new_cases", Split.GROUP, with_groups=True)
    assert by_group[youth.key].value == 4
    assert by_group[long_term.key].value == 4
    for measured in measure(scope).values():
        assert set(measured.splits) == {"source", "track", "sex", "age", "centre"}


def test_protected_persons_are_counted(town):
    town.case(person=town.person(protection="registration"), started=date(2026, 2, 2))
    assert _value(town.scope(), "new_cases") == 1


def test_the_cells_of_a_count_add_up_to_the_whole(town):
    fill_exits(town)
    for key in ("exits", "participants"):
        measured = measure(town.scope(), [FIGURES[key]])[key]
        for cells in measured.splits.values():
            assert sum(cell.value for cell in cells) == measured.whole.value


def test_the_year_before_is_the_same_period_a_year_earlier(town):
    town.left("work", ended=date(2025, 6, 30))
    town.left("work", ended=date(2025, 7, 1))
    assert measure_year_before(town.scope())["exits"].whole.value == 1


def test_an_empty_period_is_refused():
    with pytest.raises(ValueError, match="period"):
        Scope(AFTER, AFTER, (), TODAY)


@pytest.mark.parametrize("more", [0, 3])
def test_all_figures_of_two_centres_take_at_most_twelve_queries(town, more):
    fill_exits(town)
    for _n in range(more):
        fill_exits(town)
    on_time, *_others = _plans(town)
    town.session(on_time, date(2026, 6, 1), "present")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        measured = measure(town.scope())
    assert len(measured) >= 10
    assert len(queries) <= 12


@pytest.mark.row("T11")
@pytest.mark.parametrize("key", FIGURES)
def test_every_figure_says_in_words_what_it_counts(key):
    figure = FIGURES[key]
    assert len(str(figure.definition)) > 40
    assert str(figure.label)
    assert key == figure.key
