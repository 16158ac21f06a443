"""Who gets a place and who waits. Pure; worked examples in docs/rules.md."""

from collections.abc import Sequence
from datetime import datetime, timedelta

EARLIEST_ATTENDANCE = timedelta(minutes=30)


def free_places(places: int, taken: int) -> int:
    """Places that nobody has."""
    return max(places - taken, 0)


def moved_up(places: int, taken: int, waiting: Sequence[int]) -> list[int]:
    """Those of `waiting` (in the order they signed up) who get a place."""
    return list(waiting[: free_places(places, taken)])


def has_ended(starts_at: datetime, minutes: int, now: datetime) -> bool:
    """Whether nobody can sign up any longer; until then also who comes late can."""
    return starts_at + timedelta(minutes=minutes) <= now


def may_register(starts_at: datetime, now: datetime) -> bool:
    """Whether attendance can be taken: from half an hour before the meeting begins."""
    return now >= starts_at - EARLIEST_ATTENDANCE
