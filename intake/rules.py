"""Who is proposed as coach, and when the first meeting can be. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Caseload:
    """A coach with the number of open cases, first of them in the track asked for."""

    coach_id: int
    name: str
    open_cases: int
    in_track: int = 0


def proposal_order(caseloads: Iterable[Caseload]) -> list[Caseload]:
    """The coaches, the one to propose first: fewest open cases, then fewest in the track, then
    by name so that the order is steady."""
    return sorted(caseloads, key=lambda load: (load.open_cases, load.in_track, load.name))


def first_free(
    now: datetime, busy: Iterable[tuple[datetime, int]], *, minutes: int = 60, closes_hour: int = 17
) -> datetime | None:
    """The first start on the quarter from `now` on, the same day, that clashes with no booked
    meeting (start, minutes) and ends before the centre closes; None when the day is full."""
    start = now.replace(second=0, microsecond=0)
    if start.minute % 15 or now > start:
        start += timedelta(minutes=15 - start.minute % 15)
    end_of_day = now.replace(hour=closes_hour, minute=0, second=0, microsecond=0)
    taken = [(at, at + timedelta(minutes=length)) for at, length in busy]
    length = timedelta(minutes=minutes)
    while start + length <= end_of_day:
        if all(start >= last or start + length <= first for first, last in taken):
            return start
        start += timedelta(minutes=15)
    return None
