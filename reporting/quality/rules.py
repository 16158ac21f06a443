"""What a provider's results are held against, and whether it takes the easier ones. Pure.

Indirect standardisation: people of the same service who are alike share the chance that they
together had of a result; a provider's expected results are the sum of its people's chances. The
limits of what was seen are Byar's approximation of the Poisson limits (Breslow and Day,
*Statistical Methods in Cancer Research* II, 1987), 95 per cent, two-sided. A difference of two
shares has Newcombe's limits (*Statistics in Medicine* 17, 1998, method 10) from Wilson's.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import sqrt

from jobcentre.workdays import add_months
from referrals.rules import Z95, interval
from reporting.enums import AgeGroup, Enrolled, Schooling, Selection, Verdict
from reporting.figures.scope import OLDER_FROM, YOUNG_BELOW
from reporting.figures.suppression import LEAST

FEWEST_ALIKE = 20  # persons who make a group of their own
NEW_MONTHS, LONG_MONTHS = 6, 18
FOLLOWED_MONTHS = 6  # from the last day at the provider to the exit that is its result
FEWEST = LEAST  # persons behind anything shown
LOW_LEVELS = frozenset({"none", "primary_short", "primary"})

# What people are told apart by, what says most first: track, age, time enrolled, schooling.
Likeness = tuple[str, ...]


def age_group(born: date | None, day: date) -> AgeGroup:
    """The group of age on `day`, as the figures divide it."""
    if born is None:
        return AgeGroup.UNKNOWN
    if born > add_months(day, -12 * YOUNG_BELOW):
        return AgeGroup.YOUNG
    return AgeGroup.OLDER if born <= add_months(day, -12 * OLDER_FROM) else AgeGroup.MIDDLE


def enrolled(started_on: date, day: date) -> Enrolled:
    """How long the person had been enrolled on `day`, in whole calendar months."""
    if day < add_months(started_on, NEW_MONTHS):
        return Enrolled.NEW
    return Enrolled.SOME if day < add_months(started_on, LONG_MONTHS) else Enrolled.LONG


def schooling(levels: Iterable[str]) -> Schooling:
    """The highest schooling of `levels` (codes of EducationLevel)."""
    known = set(levels)
    if not known:
        return Schooling.UNKNOWN
    return Schooling.LOW if known <= LOW_LEVELS else Schooling.UPPER


def whole_months(today: date, months: int) -> tuple[date, date]:
    """(first day, day after the last) of the last so many whole calendar months."""
    ends_before = today.replace(day=1)
    return add_months(ends_before, -months), ends_before


@dataclass(frozen=True)
class Chances:
    """The chance of a result by likeness; `of_all` is that of everybody in the service."""

    groups: dict[Likeness, Fraction]
    rest: Fraction
    of_all: Fraction

    def of(self, likeness: Likeness) -> Fraction:
        """The chance of somebody of that likeness: of the finest group there is."""
        for length in range(len(likeness), 0, -1):
            if likeness[:length] in self.groups:
                return self.groups[likeness[:length]]
        return self.rest


def chances(people: Iterable[tuple[Likeness, bool]]) -> Chances:
    """The chances of a service's people: (likeness, whether there was a result).

    A group has at least FEWEST_ALIKE persons. Those who are too few are put together with others
    left over who are alike in all but the last respect, and so on; the last ones left are one
    group. Everybody is in one group, so the expected results of all are the results of all.
    Raises ValueError without anybody.
    """
    left = list(people)
    if not left:
        raise ValueError("nobody has a chance that could be known")
    of_all = _share(left)
    groups: dict[Likeness, Fraction] = {}
    for length in range(max(len(likeness) for likeness, _hit in left), 0, -1):
        alike = defaultdict(list)
        for person in left:
            alike[person[0][:length]].append(person)
        large = {key for key, found in alike.items() if len(found) >= FEWEST_ALIKE}
        groups.update({key: _share(alike[key]) for key in large})
        left = [person for person in left if person[0][:length] not in large]
    return Chances(groups, _share(left) if left else of_all, of_all)


def _share(people: list[tuple[Likeness, bool]]) -> Fraction:
    return Fraction(sum(hit for _likeness, hit in people), len(people))


def limits(observed: int) -> tuple[float, float]:
    """Between which numbers what brought `observed` results lies with 95 per cent certainty."""
    above = observed + 1
    high = above * (1 - 1 / (9 * above) + Z95 / (3 * sqrt(above))) ** 3
    if not observed:
        return 0.0, high
    low = observed * (1 - 1 / (9 * observed) - Z95 / (3 * sqrt(observed))) ** 3
    return max(0.0, low), high


def verdict(observed: int, expected: Fraction) -> Verdict:
    """Whether the results differ from those expected by more than chance would give."""
    low, high = limits(observed)
    if low > expected:
        return Verdict.ABOVE
    return Verdict.BELOW if high < expected else Verdict.AS_EXPECTED


def difference(near: tuple[int, int], far: tuple[int, int]) -> tuple[float, float, float]:
    """How much larger the first share is, and its limits, in per cent units; (hits, of) each."""
    first, second = (100 * hits / of for hits, of in (near, far))
    (low1, high1), (low2, high2) = interval(*near), interval(*far)
    apart = first - second
    low = apart - sqrt((first - low1) ** 2 + (high2 - second) ** 2)
    high = apart + sqrt((high1 - first) ** 2 + (second - low2) ** 2)
    return apart, low, high


def selection(near: tuple[int, int], far: tuple[int, int]) -> Selection:
    """Whether those with a better chance are accepted more often than chance would give; (accepted,
    offered) of those with a better or even chance, and of those with a worse."""
    _apart, low, high = difference(near, far)
    if low > 0:
        return Selection.EASIER
    return Selection.HARDER if high < 0 else Selection.EVEN
