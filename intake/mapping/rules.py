"""The rules of the mapping and of progression. Pure: values in, values out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum


@dataclass(frozen=True)
class Statement:
    """What is said of one area. `level` is 1 (needs much support) to 5 (a strength), or None."""

    level: int | None = None
    text: str = ""
    resources: str = ""
    obstacles: str = ""
    needs_measure: bool = False
    source: str = "person"

    @property
    def is_answer(self) -> bool:
        """A level or a few words; a source or a tick alone says nothing."""
        words = (self.text, self.resources, self.obstacles)
        return self.level is not None or any(part.strip() for part in words)

    @property
    def says_nothing(self) -> bool:
        """Nothing is filled in but whose words it would be."""
        return not self.is_answer and not self.needs_measure


EMPTY = Statement()


class Outcome(Enum):
    """What becomes of what somebody wrote."""

    LEAVE = "leave"  # nothing of it is new
    WRITE = "write"
    CONFLICT = "conflict"  # two have written differently over the same wording


def merged(mine, base, now) -> Outcome:
    """Three wordings of the same thing: what I send, what my page began with, what stands now.

    What I have not touched is left as another has written it; what only I have touched is
    written; what both have touched differently is a conflict, and nothing is written.
    """
    if mine in (base, now):
        return Outcome.LEAVE
    return Outcome.WRITE if base == now else Outcome.CONFLICT


def unanswered(required: Iterable[str], statements: Mapping[str, Statement]) -> list[str]:
    """The required areas that have no answer; the mapping can be completed when none is left."""
    return [key for key in required if not statements.get(key, EMPTY).is_answer]


@dataclass(frozen=True)
class Interval:
    """The time from one measure of progression (or the first visit) to the next; `met_on` None
    while the next has not been made."""

    started_on: date
    met_on: date | None


def intervals(first_visit: date, measured: Iterable[date]) -> list[Interval]:
    """The intervals that the clock of progression runs over, the running one last.

    Two raters on the same day are one occasion. A measure of the first day or before it begins
    the count.
    """
    days = sorted(set(measured))
    starts = [first_visit]
    found = []
    for day in days:
        if day > starts[-1]:
            found.append(Interval(starts[-1], day))
            starts.append(day)
    return [*found, Interval(starts[-1], None)]


def changed(new: Mapping[int, int], old: Mapping[int, int]) -> tuple[int, int, int]:
    """(gone up, unchanged, gone down) among the indicators rated both times."""
    both = [new[key] - old[key] for key in new if key in old]
    return (
        sum(1 for step in both if step > 0),
        sum(1 for step in both if step == 0),
        sum(1 for step in both if step < 0),
    )
