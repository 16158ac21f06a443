"""What the methods consist of, and what their log comes to. Pure.

Worked examples: docs/rules.md, "Supported Employment and Mobilisering".
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from jobcentre.workdays import add_months
from referrals.methods.enums import Method, MethodStep

S = MethodStep
# The steps of each method in the order they usually come. One may go back: who loses the job
# begins with job finding again.
STEPS: dict[str, tuple[MethodStep, ...]] = {
    Method.SUPPORTED_EMPLOYMENT: (S.PROFILE, S.JOB_FINDING, S.WORKPLACE, S.SUPPORT, S.TAPERING),
    Method.MOBILISATION: (S.BEGINNING, S.GROUP, S.FUTURE_PLAN, S.ON_THE_WAY),
}
QUIET_DAYS = 30  # so long without a contact while support is planned is shown
MONTHS_SHOWN = 12


@dataclass(frozen=True)
class Month:
    """Support of one calendar month in minutes: as planned, and as logged."""

    first: date
    planned: int
    given: int


def may_go_to(method: str, current: str, step: str) -> bool:
    """Whether `step` is another step of the method than the `current` one."""
    return step in STEPS[method] and step != current


def planned_minutes(intensities: Sequence[tuple[date, int]], first: date, before: date) -> int:
    """Minutes planned in `[first, before)`: a seventh of the minutes for a week each day, rounded
    half up in the end. `intensities` are (from which day, minutes for a week) by day; before the
    first nothing is planned."""
    total = 0
    for index, (since, minutes) in enumerate(intensities):
        until = intensities[index + 1][0] if index + 1 < len(intensities) else before
        days = (min(until, before) - max(since, first)).days
        total += max(0, days) * minutes
    return int((Decimal(total) / 7).quantize(Decimal(1), ROUND_HALF_UP))


def months(
    intensities: Sequence[tuple[date, int]],
    contacts: Iterable[tuple[date, int]],
    started_on: date,
    today: date,
    ended_on: date | None = None,
) -> list[Month]:
    """The support month by month, at most the last twelve; the month of the last day (today while
    it goes on) is planned up to that day."""
    last = min(ended_on or today, today)
    first = max(started_on.replace(day=1), add_months(last.replace(day=1), 1 - MONTHS_SHOWN))
    contacts = list(contacts)
    found = []
    while first <= last:
        after = add_months(first, 1)
        found.append(
            Month(
                first,
                planned_minutes(intensities, first, min(after, last + timedelta(days=1))),
                sum(minutes for on, minutes in contacts if first <= on < after),
            )
        )
        first = after
    return found


def is_quiet(last_contact_on: date | None, minutes_per_week: int, since: date, today: date) -> bool:
    """Whether support is planned and nobody has been in contact for QUIET_DAYS days."""
    return minutes_per_week > 0 and (today - (last_contact_on or since)).days > QUIET_DAYS
