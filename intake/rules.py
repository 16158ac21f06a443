"""When the first meeting can be. Pure."""

from collections.abc import Iterable
from datetime import datetime, timedelta


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
