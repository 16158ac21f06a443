"""The arithmetic of clocks. Pure and without words; worked examples in docs/rules.md.

Source: the settled semantics of the municipality's routine (plan in five working days, review at
six months, eighteen months in all, lawful pauses).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from jobcentre.workdays import Calendar, Period, add_months


class Unit(str, Enum):
    """What a length is counted in."""

    WORKDAYS = "workdays"
    MONTHS = "months"
    DAYS = "days"


@dataclass(frozen=True)
class Length:
    """How long a clock runs: `n` working days, calendar months or calendar days."""

    n: int
    unit: Unit


class State(str, Enum):
    RUNNING = "running"
    SOON = "soon"
    LATE = "late"
    PAUSED = "paused"
    MET = "met"
    MET_LATE = "met_late"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Standing:
    """Where a clock stands on a day.

    `day_number` of `of` counts the current day of the clock in its unit (months for month
    clocks); `left` is working days or calendar days to the due date, negative when late, None
    while nobody knows; `paused_days` calendar days of pause so far counted in.
    """

    state: State
    day_number: int
    of: int
    left: int | None
    paused_days: int
    is_late: bool


def due_on(
    length: Length, started_on: date, pauses: Iterable[Period], calendar: Calendar
) -> date | None:
    """The day at whose end the clock runs out; None while an open-ended pause holds it.

    Working days: the n-th working day after the start that lies in no pause. Months and days: the
    same day n months (or n days) later, moved by the calendar days of pause between the start and
    the due date; a pause that begins before the moved date counts too, each paused day once.
    """
    pauses = tuple(sorted(pauses, key=lambda pause: pause.starts_on))
    if length.unit is Unit.WORKDAYS:
        return calendar.add_workdays(started_on, length.n, pauses)
    if length.unit is Unit.MONTHS:
        due = add_months(started_on, length.n)
    else:
        due = started_on + timedelta(days=length.n)
    for pause in pauses:
        first = max(pause.starts_on, started_on)
        if pause.ends_before is not None and pause.ends_before <= started_on:
            continue
        if first > due:
            break
        if pause.ends_before is None:
            return None
        due += pause.ends_before - first
    return due


def add_earlier_days(due: date, days: int) -> date:
    """The due date when `days` calendar days were already used in earlier cases."""
    return due - timedelta(days=days)


def _paused_days(pauses: Iterable[Period], started_on: date, until: date) -> int:
    total = 0
    for pause in pauses:
        first = max(pause.starts_on, started_on)
        end = min(pause.ends_before or until, until)
        total += max(0, (end - first).days)
    return total


def _months_passed(started_on: date, day: date) -> int:
    months = (day.year - started_on.year) * 12 + day.month - started_on.month
    return months - (add_months(started_on, months) > day)


def standing(
    length: Length,
    started_on: date,
    due: date | None,
    met_on: date | None,
    cancelled_on: date | None,
    pauses: Iterable[Period],
    calendar: Calendar,
    today: date,
    *,
    warn_before: int,
) -> Standing:
    """Where the clock stands on `today`. Late is late even when met afterwards.

    `warn_before` is how many working or calendar days before the due date the clock is "soon".
    """
    pauses = tuple(pauses)
    until = min(met_on or today, today)
    if length.unit is Unit.WORKDAYS:
        day_number = max(0, calendar.workdays_between(started_on, max(until, started_on), pauses))
        left = None if due is None else calendar.workdays_between(today, due, pauses)
    else:
        shifted = until - timedelta(days=_paused_days(pauses, started_on, until))
        day_number = (
            _months_passed(started_on, max(shifted, started_on)) + 1
            if length.unit is Unit.MONTHS
            else max(0, (shifted - started_on).days)
        )
        left = None if due is None else (due - today).days
    if due is not None and today > due:
        # A late clock counts every working day since, paused or not.
        left = (
            calendar.workdays_between(today, due)
            if length.unit is Unit.WORKDAYS
            else (due - today).days
        )
        left = min(left, -1)
    late_when_met = met_on is not None and due is not None and met_on > due
    paused_now = any(pause.contains(today) for pause in pauses)
    if cancelled_on is not None:
        state = State.CANCELLED
    elif met_on is not None:
        state = State.MET_LATE if late_when_met else State.MET
    elif due is None:
        state = State.PAUSED
    elif today > due:
        state = State.LATE
    elif paused_now:
        state = State.PAUSED
    elif left <= warn_before:
        state = State.SOON
    else:
        state = State.RUNNING
    return Standing(
        state=state,
        day_number=min(day_number, length.n),
        of=length.n,
        left=left,
        paused_days=_paused_days(pauses, started_on, until),
        is_late=late_when_met or state is State.LATE,
    )
