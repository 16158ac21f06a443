"""Working days in Sweden over a set of closed days. Pure: no models, no clock.

Weekends, the public holidays (lag 1989:253) and the eves that lag (1930:173) treats as holidays
(Midsummer, Christmas and New Year's eve) are no working days; a municipality adds its own closed
days. Periods are half-open. Worked examples: docs/rules.md.
"""

import calendar as _calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import holidays

FIRST_YEAR, LAST_YEAR = 1900, 2199
MAX_COUNT = 10_000
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """The days from `starts_on` up to but not including `ends_before` (None: no end yet).

    Raises ValueError when it would hold no day.
    """

    starts_on: date
    ends_before: date | None = None

    def __post_init__(self):
        if self.ends_before is not None and self.ends_before <= self.starts_on:
            raise ValueError("a period ends after it starts")

    def contains(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_before is None or day < self.ends_before)

    def overlaps(self, other: "Period") -> bool:
        return (other.ends_before is None or self.starts_on < other.ends_before) and (
            self.ends_before is None or other.starts_on < self.ends_before
        )

    @property
    def days(self) -> int | None:
        """Number of calendar days, None while it has no end."""
        return None if self.ends_before is None else (self.ends_before - self.starts_on).days


@lru_cache(maxsize=512)
def swedish_closed_days(year: int) -> dict[date, str]:
    """The Swedish holidays and eves of `year` with their Swedish names; Sundays only when they
    are a holiday of their own."""
    found = holidays.Sweden(
        years=year, categories=("public", "de_facto"), include_sundays=False, language="sv"
    )
    return dict(sorted(found.items()))


def add_months(day: date, months: int) -> date:
    """The same day `months` calendar months later; the last day where that month is shorter."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"the year {year} is outside {FIRST_YEAR}-{LAST_YEAR}")
    last = _calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


@dataclass(frozen=True)
class Calendar:
    """The working days of a municipality; `closed` holds its own closed days."""

    closed: frozenset[date] = frozenset()

    def closed_reason(self, day: date) -> str | None:
        """Why `day` is no working day: "weekend", a holiday's name or "closed"; else None.

        Raises ValueError for years outside 1900-2199.
        """
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValueError(f"the year {day.year} is outside {FIRST_YEAR}-{LAST_YEAR}")
        if holiday := swedish_closed_days(day.year).get(day):
            return holiday
        if day.weekday() >= 5:
            return "weekend"
        return "closed" if day in self.closed else None

    def is_workday(self, day: date) -> bool:
        return self.closed_reason(day) is None

    def add_workdays(self, start: date, count: int, pauses: Iterable[Period] = ()) -> date | None:
        """The day `count` working days after `start`; day one is the next working day.

        A working day inside a pause does not count. None when an open-ended pause is reached
        first: nobody knows the day. Raises ValueError for a count outside 0-10 000.
        """
        if not 0 <= count <= MAX_COUNT:
            raise ValueError(f"the count {count} is outside 0-{MAX_COUNT}")
        pauses = tuple(pauses)
        day = start
        while count:
            day += _ONE_DAY
            pause = next((pause for pause in pauses if pause.contains(day)), None)
            if pause is not None:
                if pause.ends_before is None:
                    return None
                day = pause.ends_before - _ONE_DAY
                continue
            count -= self.is_workday(day)
        return day

    def workdays_between(self, after: date, through: date, pauses: Iterable[Period] = ()) -> int:
        """Working days after `after` up to and including `through`, less those in pauses.

        Negative, and counted the other way, when `through` lies before `after`.
        """
        if through < after:
            return -self.workdays_between(through, after, pauses)
        if (through - after).days > MAX_COUNT:
            raise ValueError(f"more than {MAX_COUNT} days")
        counted = self._worked(after, through)
        done = after
        for pause in sorted(pauses, key=lambda pause: pause.starts_on):
            first = max(done, pause.starts_on - _ONE_DAY)
            last = through if pause.ends_before is None else pause.ends_before - _ONE_DAY
            last = min(through, last)
            if last > first:
                counted -= self._worked(first, last)
                done = last
        return counted

    def _worked(self, after: date, through: date) -> int:
        """Working days after `after` up to and including `through`, which is not before it."""
        days = 0
        for year in range(after.year, through.year + 1):
            passed = _passed(self, year)
            since = _number(after) if year == after.year else 0
            until = _number(through) if year == through.year else len(passed) - 1
            days += passed[until] - passed[since]
        return days


def _number(day: date) -> int:
    """The number of `day` in its year, from 1."""
    return day.toordinal() - date(day.year, 1, 1).toordinal() + 1


@lru_cache(maxsize=256)
def _passed(calendar: Calendar, year: int) -> tuple[int, ...]:
    """How many working days of `year` have passed with each of its days, by number; 0 before the
    first. Lists count days for every row, so a year is gone through once."""
    passed, day = [0], date(year, 1, 1)
    while day.year == year:
        passed.append(passed[-1] + calendar.is_workday(day))
        day += _ONE_DAY
    return tuple(passed)
