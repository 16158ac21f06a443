"""The periods that are reviewed, each once: six months from the first day of each. Pure."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from activityplans.in_force import Version


class ReviewPeriod(NamedTuple):
    """A period by its first day; `met_on` is the day of the review that meets its clock."""

    starts_on: date
    met_on: date | None


def review_periods(versions: Iterable[Version], reviewed: Sequence[date]) -> list[ReviewPeriod]:
    """The periods of the approved versions in order, each with its review.

    A version that begins before the period before it is over is a change within it, wherever its
    own first day lies, unless a review has been held in between: else a change would put the review
    off. A review meets the oldest period that has begun and is not reviewed, also when the plan for
    the next one is approved already.
    """
    reviewed = sorted(reviewed)
    approved = sorted(
        (each for each in versions if each.approved_on is not None), key=lambda each: each.number
    )
    periods: list[list[date]] = []  # [first day, end]
    for version in approved:
        if periods:
            first, ends_before = periods[-1]
            begins_later = version.starts_on > first
            is_reviewed = any(first <= day <= version.approved_on for day in reviewed)
            if not (begins_later and (version.starts_on >= ends_before or is_reviewed)):
                periods[-1][1] = max(ends_before, version.ends_before)
                continue
        periods.append([version.starts_on, version.ends_before])
    met: dict[date, date] = {}
    for day in reviewed:
        open_ones = (first for first, _end in periods if first <= day and first not in met)
        oldest = min(open_ones, default=None)
        if oldest is not None:
            met[oldest] = day
    return [ReviewPeriod(first, met.get(first)) for first, _end in periods]
