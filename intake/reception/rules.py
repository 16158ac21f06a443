"""Tickets, waiting times and who the tablet at the door takes for whom. Pure."""

import statistics
from collections.abc import Iterable
from datetime import datetime, timedelta

from intake.enums import VisitPurpose

# The letter says the queue, never the person: the screen in the waiting room shows it to all.
TICKET_LETTERS = {
    VisitPurpose.ENROL: "A",
    VisitPurpose.BOOKED: "B",
    VisitPurpose.DROP_IN: "C",
    VisitPurpose.QUESTION: "C",
    VisitPurpose.PAPERS: "C",
    VisitPurpose.COMPANY: "D",
    VisitPurpose.EVENT: "E",
}
LETTERS = sorted(set(TICKET_LETTERS.values()))
SOON_MINUTES, LONG_MINUTES = 10, 15
CHECK_INS, CHECK_IN_MINUTES = 20, 10  # at most so many from one tablet in so long


def ticket_text(letter: str, number: int | None) -> str:
    """`B 14`, with a space that does not break; empty without a ticket."""
    return f"{letter}\u00a0{number}" if letter else ""


def waited_minutes(arrived_at: datetime, until: datetime) -> int:
    """Whole minutes from the registration until the call (or now); a minute begun is not
    counted, and a clock that went back counts as nothing."""
    return max(0, int((until - arrived_at).total_seconds() // 60))


def median_wait(minutes: Iterable[int]) -> float | None:
    """The middle waiting time in minutes, between the two middle ones when they are even in
    number; None when nobody was called."""
    waits = list(minutes)
    return float(statistics.median(waits)) if waits else None


def wait_sign(minutes: int) -> str:
    """ok, soon (10 minutes) or late (15 minutes)."""
    if minutes >= LONG_MINUTES:
        return "late"
    return "soon" if minutes >= SOON_MINUTES else "ok"


def soon_since(now: datetime) -> datetime:
    """Who waits since then or longer is marked soon, at least."""
    return now - timedelta(minutes=SOON_MINUTES)


def late_since(now: datetime) -> datetime:
    """Who waits since then or longer is marked late."""
    return now - timedelta(minutes=LONG_MINUTES)


def nearest_start(now: datetime, starts: Iterable[datetime]) -> datetime | None:
    """The appointment of the day that somebody who comes at `now` has come for: the one that
    starts nearest in time, the earlier of two as near; None without any."""
    return min(starts, key=lambda start: (abs(start - now), start), default=None)


def is_same_first_name(typed: str, given_name: str) -> bool:
    """Whether a typed first name is the person's: all of the given name or one of its words.
    Both come folded (`jobcentre.text.search_text`), so that case and accents do not matter."""
    return bool(typed) and (typed == given_name or typed in given_name.split())


def is_too_many(recent: int) -> bool:
    """Whether a tablet with so many check-ins in the last minutes takes no more for now."""
    return recent >= CHECK_INS


def check_ins_since(now: datetime) -> datetime:
    return now - timedelta(minutes=CHECK_IN_MINUTES)
