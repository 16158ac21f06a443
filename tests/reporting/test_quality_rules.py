"""What results are held against, and who is taken: the worked examples and the edges."""

from datetime import date
from fractions import Fraction

import pytest

from reporting.enums import AgeGroup, Enrolled, Schooling
from reporting.quality import rules
from tests.test_rules_document import DOCUMENT, examples

pytestmark = pytest.mark.row("J17")
LIKE = ("25-54", "new", "unknown")
NOW, IN_TIME, SUPPORT = (("direct", *LIKE), ("later", *LIKE), ("support", *LIKE))


def people(likeness, n, hits):
    return [(likeness, index < hits) for index in range(n)]


EVERYBODY = [*people(NOW, 40, 20), *people(SUPPORT, 20, 2), *people(IN_TIME, 12, 3)]


@pytest.mark.parametrize("row", examples(DOCUMENT.read_text(), "expected results"), ids=" ".join)
def test_expected_results(row):
    known = rules.chances(EVERYBODY)
    counts = [int(each) for each in row[0].split(", ")]
    expected = sum(
        n * known.of(likeness) for n, likeness in zip(counts, (NOW, IN_TIME, SUPPORT), strict=True)
    )
    assert expected == Fraction(row[1])


@pytest.mark.parametrize(
    "row", examples(DOCUMENT.read_text(), "results against expected"), ids=" ".join
)
def test_results_against_expected(row):
    low, high = rules.limits(int(row[0]))
    assert f"{low:.1f}–{high:.1f}" == row[2]
    assert (
        rules.verdict(int(row[0]), Fraction(row[1])).name.lower().replace("_", " ")
        == {
            "more than expected": "above",
            "fewer than expected": "below",
            "no certain difference": "as expected",
        }[row[3]]
    )


@pytest.mark.parametrize("row", examples(DOCUMENT.read_text(), "who is taken"), ids=" ".join)
def test_who_is_taken(row):
    near, far = (tuple(int(each) for each in cell.split(" of ")) for cell in row[:2])
    apart, low, high = rules.difference(near, far)
    assert f"{apart:.0f} ({low:.0f}–{high:.0f})" == row[2]
    assert (
        rules.selection(near, far).value
        == {
            "takes the easier ones": "easier",
            "takes the harder ones": "harder",
            "no certain difference": "even",
        }[row[3]]
    )


def test_small_groups_are_put_together_with_their_like():
    """19 who are new and 15 who are not, alike otherwise: together 34 with 17 results."""
    older = ("direct", "25-54", "long", "unknown")
    known = rules.chances([*people(NOW, 19, 12), *people(older, 15, 5), *people(SUPPORT, 20, 2)])
    assert known.of(NOW) == known.of(older) == Fraction(17, 34)
    assert known.of(SUPPORT) == Fraction(1, 10)
    assert known.of_all == Fraction(19, 54)
    # Nobody like this was followed: the chance of the nearest group, and of all when none is left.
    assert known.of(("direct", "55-", "new", "low")) == Fraction(19, 54)
    assert known.of(("direct", "25-54", "some", "low")) == Fraction(17, 34)


def test_who_has_a_group_of_their_own_is_not_counted_twice():
    """20 of one schooling stand alone; the 19 of another fall back on what is left, not on them."""
    low = ("direct", "25-54", "new", "low")
    found = [*people(NOW, 20, 20), *people(low, 19, 0), *people(SUPPORT, 20, 10)]
    known = rules.chances(found)
    assert (known.of(NOW), known.of(low)) == (1, 0)
    assert sum(known.of(likeness) for likeness, _hit in found) == sum(hit for _like, hit in found)


def test_nobody_has_no_chance():
    with pytest.raises(ValueError, match="nobody"):
        rules.chances([])


@pytest.mark.parametrize(
    ("born", "group"),
    [
        (None, AgeGroup.UNKNOWN),
        (date(2001, 11, 17), AgeGroup.YOUNG),
        (date(2001, 11, 16), AgeGroup.MIDDLE),
        (date(1971, 11, 17), AgeGroup.MIDDLE),
        (date(1971, 11, 16), AgeGroup.OLDER),
    ],
)
def test_age_on_the_day_of_the_order(born, group):
    assert rules.age_group(born, date(2026, 11, 16)) == group


@pytest.mark.parametrize(
    ("since", "group"),
    [
        (date(2026, 5, 17), Enrolled.NEW),
        (date(2026, 5, 16), Enrolled.SOME),
        (date(2025, 5, 17), Enrolled.SOME),
        (date(2025, 5, 16), Enrolled.LONG),
    ],
)
def test_months_enrolled(since, group):
    assert rules.enrolled(since, date(2026, 11, 16)) == group


def test_the_highest_schooling_counts():
    assert rules.schooling([]) == Schooling.UNKNOWN
    assert rules.schooling(["none", "primary"]) == Schooling.LOW
    assert rules.schooling(["primary", "upper"]) == Schooling.UPPER


def test_the_months_that_are_over():
    assert rules.whole_months(date(2026, 11, 21), 12) == (date(2025, 11, 1), date(2026, 11, 1))
    assert rules.whole_months(date(2026, 12, 1), 12) == (date(2025, 12, 1), date(2026, 12, 1))
