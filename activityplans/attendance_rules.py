"""The arithmetic of attendance: hours, repeated absence, two who write at once. Pure.

Worked examples in docs/rules.md.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256

# What may be held against a person. Nothing that says it is sent while a session of the period
# is unregistered; illness and lateness are told as they are and are no reproach.
ADVERSE = frozenset({"unexcused"})
FIRST_YEAR = 2000  # nothing of ours is older


@dataclass(frozen=True)
class AttendanceSum:
    """Hours of a period by what is known of them. Unregistered hours are not assessed.

    `present` holds also what came late, less `late`, the time that was missed by it.
    """

    planned: Decimal
    present: Decimal
    late: Decimal
    excused: Decimal
    unexcused: Decimal
    sick_certified: Decimal
    sick_uncertified: Decimal
    not_registered: Decimal

    @property
    def sick(self) -> Decimal:
        return self.sick_certified + self.sick_uncertified


_GROUPS = {
    "present": "present",
    "late": "present",
    "elsewhere": "present",
    "excused": "excused",
    "unexcused": "unexcused",
    "sick": "sick_uncertified",
    "sick_certified": "sick_certified",
    "not_registered": "not_registered",
}


def attendance_minutes(sessions: Iterable[tuple]) -> dict[str, int]:
    """Sums (minutes, outcome) or (minutes, outcome, minutes late) to minutes by AttendanceSum's
    names. Other activity according to the plan counts as present."""
    minutes = dict.fromkeys((*_GROUPS.values(), "late"), 0)
    for length, outcome, *rest in sessions:
        late = min(length, (rest[0] if rest else 0) or 0) if outcome == "late" else 0
        minutes[_GROUPS[outcome]] += length - late
        minutes["late"] += late
    return minutes


def attendance_sum(sessions: Iterable[tuple]) -> AttendanceSum:
    """The same in hours."""
    hours = {name: Decimal(value) / 60 for name, value in attendance_minutes(sessions).items()}
    return AttendanceSum(planned=sum(hours.values(), Decimal(0)), **hours)


def repeated_absences(
    days: Iterable[date], times: int, within: int
) -> list[tuple[date, date, int]]:
    """Where absence has been repeated: (first day, last day, how many), the oldest first.

    It is repeated when the last `times` absences lie within `within` days, the first and the last
    included. Each absence counts once: after one such row the count begins anew.
    """
    found, counted = [], []
    for day in sorted(days):
        counted = [each for each in counted if each > day - timedelta(days=within)] + [day]
        if len(counted) >= times:
            found.append((counted[0], day, len(counted)))
            counted = []
    return found


def mark_text(outcome: str, late: int | None, reason: str, note: str) -> str:
    """A registration as one text, for telling whether two say the same. It stands in the page, where
    not everybody may read the note: of that it has a digest."""
    sign = sha256(note.encode()).hexdigest()[:16] if note else ""
    return f"{outcome}|{'' if late is None else late}|{reason}|{sign}"


def what_to_do(mine, began, now) -> str:
    """What happens to a mark that I send when my page began with `began` and `now` stands there.

    "leave": nothing to write, or I changed nothing. "write": mine. "conflict": somebody else has
    written something else meanwhile.
    """
    if mine in (now, began):
        return "leave"
    return "write" if began in (None, now) else "conflict"


def held_adverse(outcomes: Iterable[str]) -> bool:
    """Whether anything of a period may be held against the person."""
    return any(outcome in ADVERSE for outcome in outcomes)


def sign_of(outcome: str) -> str:
    """The colour beside an outcome: ok, soon, late, paused, info, plain or empty."""
    return {
        "present": "ok",
        "elsewhere": "ok",
        "late": "soon",
        "excused": "paused",
        "sick_certified": "paused",
        "sick": "soon",
        "unexcused": "late",
        "not_registered": "info",
    }[outcome]


def may_have_sessions(month: date, today: date) -> bool:
    """Whether the month can be asked for: no year that the calendar of holidays does not reach, and
    none further ahead than a plan does."""
    return FIRST_YEAR <= month.year <= today.year + 1


def months_of(days: Sequence[date]) -> list[date]:
    """The first days of the months of `days`, each once, the oldest first."""
    return sorted({day.replace(day=1) for day in days})
