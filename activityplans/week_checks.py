"""What cannot be, and what looks odd, in the weeks of a plan. Pure; the sentences are in
`activityplans.hours`.

What blocks the sending cannot be lived: two activities at once, more than twelve hours in a day,
more than sixty hours in a week, an activity that never takes place. What warns may be right: a
time that only ever falls on holidays, a week with more than the plan asks or than full time, weeks
with fewer hours than the plan asks. docs/rules.md.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from activityplans.rules import FULL_TIME
from activityplans.schedule import (
    ROUNDING,
    Clash,
    Planned,
    Slot,
    Week,
    clashes_in_time,
    occurrences,
)

MAX_DAY_MINUTES = 12 * 60
MAX_WEEK_HOURS = Decimal(60)


class Kind(StrEnum):
    """What was found; the first four block the sending."""

    CLASH = "clash"
    LONG_DAY = "long_day"
    TOO_FULL = "too_full"
    NEVER_HELD = "never_held"
    TIME_NEVER_HELD = "time_never_held"
    OVER_FULL_TIME = "over_full_time"
    OVER_TARGET = "over_target"
    SHORT_WEEKS = "short_weeks"


BLOCKING = frozenset({Kind.CLASH, Kind.LONG_DAY, Kind.TOO_FULL, Kind.NEVER_HELD})


@dataclass(frozen=True)
class Finding:
    """One thing found. `keys` are the activities it is about, `slot` the time, `monday` the first
    week, `hours` how many, `weeks` how many weeks."""

    kind: Kind
    keys: tuple = ()
    slot: Slot | None = None
    monday: date | None = None
    hours: Decimal = Decimal(0)
    weeks: int = 0

    @property
    def blocks(self) -> bool:
        return self.kind in BLOCKING


def findings(
    lines: Sequence[Planned],
    weeks: Sequence[Week],
    closed: Callable[[date], bool],
    *,
    full_time: Decimal = FULL_TIME,
) -> list[Finding]:
    """Everything found, what blocks first. `closed` says whether a day is a holiday, `full_time`
    how many hours a full week has in the municipality."""
    found = [_clash(clash) for clash in clashes_in_time(lines)]
    found += _long_days(lines)
    found += _full_weeks(weeks, full_time)
    for line in lines:
        found += _never_held(line, closed)
    return sorted(found, key=lambda each: not each.blocks)


def _clash(clash: Clash) -> Finding:
    keys = (clash.one,) if clash.one == clash.other else (clash.one, clash.other)
    return Finding(Kind.CLASH, keys, Slot(clash.weekday, clash.starts_at, 0))


def _long_days(lines: Sequence[Planned]) -> list[Finding]:
    """The weekdays with more than twelve hours, looked at on the days when activities begin: a day
    can only grow there."""
    found = {}
    for start in sorted({line.starts_on for line in lines}):
        for weekday in range(1, 8):
            held = [
                (line.key, slot)
                for line in lines
                if line.starts_on <= start < line.ends_before
                for slot in line.slots
                if slot.weekday == weekday
            ]
            minutes = sum(slot.minutes for _key, slot in held)
            if minutes > MAX_DAY_MINUTES and weekday not in found:
                keys = tuple(dict.fromkeys(key for key, _slot in held))
                hours = Decimal(minutes) / 60
                found[weekday] = Finding(Kind.LONG_DAY, keys, held[0][1], hours=hours)
    return list(found.values())


def _full_weeks(weeks: Sequence[Week], full_time: Decimal) -> list[Finding]:
    found = []
    for kind, is_so in (
        (Kind.TOO_FULL, lambda week: week.total > MAX_WEEK_HOURS),
        (Kind.OVER_FULL_TIME, lambda week: full_time < week.total <= MAX_WEEK_HOURS),
        (Kind.OVER_TARGET, lambda week: week.asked + ROUNDING < week.total <= full_time),
        (Kind.SHORT_WEEKS, lambda week: week.is_short),
    ):
        hit = [week for week in weeks if is_so(week)]
        if hit:
            worst = max(hit, key=lambda week: week.missing or week.total)
            hours = worst.missing if kind == Kind.SHORT_WEEKS else worst.total
            found.append(Finding(kind, monday=hit[0].monday, hours=hours, weeks=len(hit)))
    return found


def _never_held(line: Planned, closed: Callable[[date], bool]) -> list[Finding]:
    if not line.slots:
        days = (line.ends_before - line.starts_on).days
        period = (line.starts_on + timedelta(days=n) for n in range(min(days, 370)))
        is_held = any(day.isoweekday() <= 5 and not closed(day) for day in period)
        return [] if is_held else [Finding(Kind.NEVER_HELD, (line.key,))]
    held = occurrences(line.slots, line.starts_on, line.ends_before, closed=closed)
    if not held:
        return [Finding(Kind.NEVER_HELD, (line.key,))]
    days = {each.on.isoweekday() for each in held}
    return [
        Finding(Kind.TIME_NEVER_HELD, (line.key,), slot)
        for slot in sorted(line.slots)
        if slot.weekday not in days
    ]
