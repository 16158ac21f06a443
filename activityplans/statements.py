"""What a support-month statement says: compiled from values, and shown again from what was kept.

Pure but for the words. Minutes are kept, hours are shown. Examples in docs/rules.md.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils.translation import get_language

from activityplans.attendance_rules import attendance_minutes, held_adverse, sign_of
from activityplans.enums import AbsenceReason, AttendanceOutcome
from jobcentre.ui import formats
from jobcentre.workdays import add_months

SUMS = (
    "present",
    "late",
    "excused",
    "unexcused",
    "sick_certified",
    "sick_uncertified",
    "not_registered",
)


@dataclass(frozen=True)
class SessionFact:
    """One session as a statement tells it; `changes` is how often its registration was changed."""

    on: date
    starts_at: time
    minutes: int
    service_sv: str
    service_en: str
    outcome: str
    late_minutes: int | None = None
    reason: str = ""
    note: str = ""
    registered_by: str = ""
    registered_at: datetime | None = None
    changes: int = 0
    reported: str = ""


def monday_of(day: date) -> date:
    """The first day of the ISO week of `day`."""
    return day - timedelta(days=day.weekday())


def compile_statement(
    month: date, sessions: Iterable[SessionFact], plan: Mapping[date, int], own_search: str
) -> dict:
    """The content of the statement of the month that begins on `month`.

    `plan` holds the minutes that the plan asks of assigned activities by the Monday of each week,
    the days of the month only; `own_search` the hours a week of own job search, which nobody takes
    attendance of. Weeks are ISO weeks cut at the ends of the month.
    """
    sessions = sorted(sessions, key=lambda each: (each.on, each.starts_at))
    mondays, day = [], monday_of(month)
    while day < add_months(month, 1):
        mondays.append(day)
        day += timedelta(days=7)
    weeks = [
        {
            "monday": monday.isoformat(),
            "plan": plan.get(monday, 0),
            **_sums([each for each in sessions if monday_of(each.on) == monday]),
        }
        for monday in mondays
    ]
    return {
        "month": month.isoformat(),
        "weeks": weeks,
        "total": {"plan": sum(plan.values()), **_sums(sessions)},
        "own_search": own_search,
        "sessions": [_kept(each) for each in sessions],
    }


def _sums(sessions: list[SessionFact]) -> dict[str, int]:
    minutes = attendance_minutes((s.minutes, s.outcome, s.late_minutes) for s in sessions)
    return {"planned": sum(minutes.values()), **{name: minutes[name] for name in SUMS}}


def _kept(fact: SessionFact) -> dict:
    return {
        "on": fact.on.isoformat(),
        "starts_at": f"{fact.starts_at:%H:%M}",
        "minutes": fact.minutes,
        "service": {"sv": fact.service_sv, "en": fact.service_en},
        "outcome": fact.outcome,
        "late_minutes": fact.late_minutes,
        "reason": fact.reason,
        "note": fact.note,
        "registered_by": fact.registered_by,
        "registered_at": fact.registered_at.isoformat() if fact.registered_at else "",
        "changes": fact.changes,
        "reported": fact.reported,
    }


def is_adverse(content: Mapping) -> bool:
    """Whether the statement tells of unexcused absence."""
    return held_adverse(each["outcome"] for each in content["sessions"])


def same_attendance(one: Mapping, other: Mapping) -> bool:
    """Whether two contents say the same of the attendance."""
    return one["sessions"] == other["sessions"]


def shown(content: Mapping) -> dict:
    """The content for a page or a paper: hours, days and words in the reader's language."""
    return {
        "weeks": [
            {"monday": date.fromisoformat(week["monday"]), **_hours(week)}
            for week in content["weeks"]
        ],
        "total": _hours(content["total"]),
        "own_search": Decimal(content["own_search"]),
        "sessions": [_row(each) for each in content["sessions"]],
        "unregistered": sum(
            each["outcome"] == AttendanceOutcome.NOT_REGISTERED for each in content["sessions"]
        ),
    }


def _hours(sums: Mapping) -> dict[str, Decimal]:
    return {name: Decimal(sums[name]) / 60 for name in ("plan", "planned", *SUMS)}


def _row(kept: Mapping) -> dict:
    language = "en" if (get_language() or "sv").startswith("en") else "sv"
    words = str(AttendanceOutcome(kept["outcome"]).label)
    if kept["late_minutes"]:
        words = f"{words}, {formats.duration(kept['late_minutes'])}"
    if kept["reason"]:
        words = f"{words}: {AbsenceReason(kept['reason']).label}"
    at = kept["registered_at"]
    return {
        **kept,
        "on": date.fromisoformat(kept["on"]),
        "service": kept["service"][language],
        "words": words,
        "sign": sign_of(kept["outcome"]),
        "registered_at": datetime.fromisoformat(at) if at else None,
    }
