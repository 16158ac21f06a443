"""How many places a provider has free, week by week. Pure.

A week is known by its Monday. A place is held from the Monday of the week in which an order begins
to the week in which it ends, both counted, so that nobody is promised half a week.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Week:
    """The places of one service in one week; `taken` may be more than there are."""

    starts_on: date
    places: int
    taken: int

    @property
    def free(self) -> int:
        return max(0, self.places - self.taken)

    @property
    def is_over(self) -> bool:
        return self.taken > self.places


def monday(day: date) -> date:
    """The Monday of the week of `day`."""
    return day - timedelta(days=day.weekday())


def places_in(week: date, changes: Iterable[tuple[date, int]]) -> int | None:
    """The places in the week that begins on `week`: what the latest change up to then says.

    `changes` are (Monday, places). None when nothing is said yet.
    """
    said = [(start, places) for start, places in changes if start <= week]
    return max(said)[1] if said else None


def weeks_ahead(
    first: date,
    count: int,
    changes: Sequence[tuple[date, int]],
    held: Sequence[tuple[date, date | None]],
) -> list[Week]:
    """`count` weeks from the week of `first`. `held` are the orders that hold a place, as
    (first day, day after the last); None for one whose end is not known. Weeks of which nothing
    is said are left out."""
    start, found = monday(first), []
    # An order holds a place from the week it begins in until the week it has ended before.
    begun = sorted(begins for begins, _ends in held)
    over = sorted(ends for _begins, ends in held if ends is not None)
    for number in range(count):
        week = start + number * WEEK
        places = places_in(week, changes)
        if places is None:
            continue
        taken = bisect_left(begun, week + WEEK) - bisect_right(over, week)
        found.append(Week(week, places, taken))
    return found


def full_weeks(
    first: date,
    ends_before: date,
    changes: Sequence[tuple[date, int]],
    held: Sequence[tuple[date, date | None]],
) -> list[Week]:
    """The weeks of a period (half-open) in which no place is free for one more."""
    last = monday(ends_before - timedelta(days=1))
    count = (last - monday(first)).days // 7 + 1
    return [week for week in weeks_ahead(first, count, changes, held) if not week.free]


def first_free(weeks: Iterable[Week]) -> date | None:
    """The Monday of the first week with a free place; None when there is none."""
    return next((week.starts_on for week in weeks if week.free), None)
