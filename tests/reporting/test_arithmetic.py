from decimal import Decimal

import pytest

from reporting.figures import arithmetic


def _rows(*values):
    return [{"value": value, "n": n} for value, n in values]


@pytest.mark.parametrize(
    ("hits", "misses", "expected"), [(1, 1, "50"), (5, 3, "63"), (1, 7, "13"), (0, 4, "0")]
)
def test_a_share_is_in_whole_per_cent_rounded_half_up(hits, misses, expected):
    rows = _rows((True, hits), (False, misses))
    assert arithmetic.share(rows, lambda row: row["value"]) == Decimal(expected)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([(7, 1), (8, 1), (5, 1)], "7"),
        ([(4, 1), (7, 1)], "5.5"),
        ([(1, 3), (9, 1)], "1"),
        ([(1, 2), (9, 2)], "5"),
        ([(3, 1)], "3"),
    ],
)
def test_the_median_weighs_each_row_by_how_many_it_stands_for(values, expected):
    assert arithmetic.median(_rows(*values), lambda row: row["value"]) == Decimal(expected)


def test_nothing_to_count_has_no_share_median_or_mean():
    assert arithmetic.share([], bool) is None
    assert arithmetic.median([], bool) is None
    assert arithmetic.per_distinct([], "value") is None
    assert arithmetic.number([]) == 0


def test_cases_without_a_coach_burden_nobody():
    rows = _rows(("a", 10), ("b", 5), (None, 30), ("a", 1))
    assert arithmetic.per_distinct(rows, "value") == Decimal("8.0")


def test_persons_are_told_apart_where_the_rows_say_whom():
    rows = [{"n": 4, "person_pk": 1}, {"n": 1, "person_pk": 1}, {"n": 2, "person_pk": 2}]
    assert arithmetic.persons(rows) == 2
    assert arithmetic.counted(rows) == 7
    assert arithmetic.persons(_rows((1, 3))) == 3
