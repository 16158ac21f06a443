"""The weekly schedule of an activity: its days, its hours week by week, and what cannot be. Pure.

A schedule is a set of slots. The hours of an activity follow from its slots when it has any; an
activity without slots has its stated hours, spread evenly over Monday to Friday. Worked examples:
docs/rules.md.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from jobcentre.workdays import Period

MIN_MINUTES, MAX_MINUTES = 15, 720
ROUNDING = Decimal("0.2")  # hours are rounded for each activity; less than this is no difference
WORKDAYS = 5  # a full week of stated hours is spread over Monday to Friday
_WEEK = timedelta(days=7)
_DAY = timedelta(days=1)


class Slot(NamedTuple):
    """One time of the week: ISO weekday (1 Monday to 7 Sunday), start, length in minutes."""

    weekday: int
    starts_at: time
    minutes: int

    @property
    def first_minute(self) -> int:
        """Minutes after midnight."""
        return self.starts_at.hour * 60 + self.starts_at.minute

    @property
    def last_minute(self) -> int:
        """Minutes after midnight when it ends; over 1440 when it runs past midnight."""
        return self.first_minute + self.minutes

    @property
    def ends_at(self) -> time:
        """The time of day when it ends."""
        return time(self.last_minute // 60 % 24, self.last_minute % 60)


class Occurrence(NamedTuple):
    """One planned occasion: the day, its start and length in minutes."""

    on: date
    starts_at: time
    minutes: int


def occurrences(
    slots: Iterable[Slot],
    starts_on: date,
    ends_before: date,
    *,
    closed: Callable[[date], bool],
    pauses: Iterable[Period] = (),
) -> list[Occurrence]:
    """The occasions of the slots in [starts_on, ends_before), in order of time.

    None falls on a day that is `closed` (holidays and the municipality's closed days; a Saturday or
    Sunday with a slot is open) or that lies in one of the half-open `pauses`.
    """
    pauses = tuple(pauses)
    by_day: dict[int, list[Slot]] = {}
    for slot in sorted(slots):
        by_day.setdefault(slot.weekday, []).append(slot)
    found = []
    day = starts_on
    while by_day and day < ends_before:
        for slot in by_day.get(day.isoweekday(), ()):
            if not closed(day) and not any(pause.contains(day) for pause in pauses):
                found.append(Occurrence(day, slot.starts_at, slot.minutes))
        day += _DAY
    return found


def hours_of(slots: Iterable[Slot]) -> Decimal:
    """Hours of an ordinary week, to one decimal, half up."""
    minutes = Decimal(sum(slot.minutes for slot in slots))
    return (minutes / 60).quantize(Decimal("0.1"), ROUND_HALF_UP)


class Clash(NamedTuple):
    """Two slots that want the same time: the weekday, the start of the later one, both keys."""

    weekday: int
    starts_at: time
    one: Hashable
    other: Hashable


def clashes(slots_by_line: Mapping[Hashable, Iterable[Slot]]) -> list[Clash]:
    """Every pair of slots that overlap, in order of the week; of one line or of two.

    The lines are taken to run at the same time; see `clashes_in_time` for lines with periods.
    """
    placed = sorted(
        ((slot, key) for key, slots in slots_by_line.items() for slot in slots),
        key=lambda each: each[0],
    )
    found = []
    for index, (slot, key) in enumerate(placed):
        for other, other_key in placed[index + 1 :]:
            if other.weekday != slot.weekday or other.first_minute >= slot.last_minute:
                break
            found.append(Clash(other.weekday, other.starts_at, key, other_key))
    return found


@dataclass(frozen=True)
class Planned:
    """An activity as the week sees it: its period, its slots, and the hours stated when it has
    none. `key` tells the activities apart."""

    key: Hashable
    starts_on: date
    ends_before: date
    hours: Decimal
    slots: tuple[Slot, ...] = ()

    def runs_with(self, other: "Planned") -> bool:
        return self.starts_on < other.ends_before and other.starts_on < self.ends_before

    @property
    def weekly(self) -> Decimal:
        """Hours of an ordinary week."""
        return hours_of(self.slots) if self.slots else self.hours


def clashes_in_time(lines: Sequence[Planned]) -> list[Clash]:
    """The clashes of activities that run in the same weeks."""
    by_key = {line.key: line for line in lines}
    return [
        clash
        for clash in clashes({line.key: line.slots for line in lines})
        if by_key[clash.one].runs_with(by_key[clash.other])
    ]


@dataclass(frozen=True)
class Week:
    """One week of the plan: `asked` by the plan, `planned` of each activity by its key, and the
    person's own job search. All in hours. `closed` are the holidays among Monday to Friday."""

    monday: date
    asked: Decimal
    planned: Mapping[Hashable, Decimal]
    own_search: Decimal
    closed: tuple[date, ...] = ()
    paused: bool = False

    @property
    def assigned(self) -> Decimal:
        return sum(self.planned.values(), Decimal(0))

    @property
    def total(self) -> Decimal:
        return self.assigned + self.own_search

    @property
    def missing(self) -> Decimal:
        """Hours still to fill; zero when the week holds what is asked."""
        return max(Decimal("0.0"), self.asked - self.total)

    @property
    def is_short(self) -> bool:
        """Whether hours are missing that are no matter of rounding."""
        return self.missing > ROUNDING


def weeks(
    lines: Sequence[Planned],
    starts_on: date,
    ends_before: date,
    *,
    target: Decimal,
    own_search: Decimal,
    closed: Callable[[date], bool],
    pauses: Iterable[Period] = (),
) -> list[Week]:
    """The weeks of [starts_on, ends_before), Monday by Monday, with what each holds.

    `target` and `own_search` are hours of a full week. A holiday takes away what would have been
    that day and a fifth of what is asked; a week that the plan or an activity fills in part counts
    in part; days inside `pauses` neither ask nor hold anything.
    """
    pauses = tuple(pauses)

    def is_open(day: date) -> bool:
        return not closed(day) and not any(pause.contains(day) for pause in pauses)

    found = []
    monday = starts_on - timedelta(days=starts_on.weekday())
    while monday < ends_before:
        days = [monday + timedelta(days=n) for n in range(WORKDAYS)]
        inside = [day for day in days if starts_on <= day < ends_before]
        share = Decimal(sum(is_open(day) for day in inside)) / WORKDAYS
        planned = {
            line.key: _hours_in(line, monday, days, is_open)
            for line in lines
            if line.starts_on < monday + _WEEK and monday < line.ends_before
        }
        found.append(
            Week(
                monday,
                _tenths(target * share),
                planned,
                _tenths(own_search * share),
                tuple(day for day in inside if closed(day)),
                any(pause.contains(day) for day in inside for pause in pauses),
            )
        )
        monday += _WEEK
    return found


def _hours_in(line: Planned, monday: date, days, is_open) -> Decimal:
    first, before = max(line.starts_on, monday), min(line.ends_before, monday + _WEEK)
    if line.slots:
        held = occurrences(line.slots, first, before, closed=lambda day: not is_open(day))
        return _tenths(Decimal(sum(each.minutes for each in held)) / 60)
    held = sum(first <= day < before and is_open(day) for day in days)
    return _tenths(line.hours * held / WORKDAYS)


def _tenths(hours: Decimal) -> Decimal:
    return hours.quantize(Decimal("0.1"), ROUND_HALF_UP)
