"""Who gets a place and who waits, on which days a series is held, two who register at once. Pure;
worked examples in docs/rules.md."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

EARLIEST_ATTENDANCE = timedelta(minutes=30)
MOST_DATES = 30  # of one series


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


def series_days(
    first: date, weeks: int, dates: int, is_closed: Callable[[date], bool]
) -> list[date]:
    """The days of a series: `dates` of them, every `weeks` weeks from `first`.

    A day on which the centre is closed is left out, and the series is one step longer; the first
    day is the planner's own choice and stands. `weeks` is at least 1.
    """
    found, day = [first], first
    while len(found) < dates:
        day += timedelta(weeks=weeks)
        if not is_closed(day):
            found.append(day)
    return found


def what_to_do(mine: str, began: str, now: str) -> str:
    """What happens to an attendance that I send when my page began with `began` and `now` stands.

    "leave": nothing to write, or I changed nothing. "write": mine. "conflict": somebody else has
    registered something else meanwhile.
    """
    if mine in (now, began):
        return "leave"
    return "write" if began == now else "conflict"
