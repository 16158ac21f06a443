"""Follow-ups and periods as pure rules on values.

Source: Kolada's reading of work (it has lasted one continuous month), and the municipality's own
times for asking people how it went.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from jobcentre.casework.enums import Outcome
from jobcentre.workdays import add_months
from reporting.enums import ContactWay, FollowUpKind

ALLOWED_MONTHS = (1, 2, 3, 6, 8, 12)
JOB_CHECK_MONTHS = 1
# An answer about "after six months" may be taken this many days before the six months are over.
EARLY_DAYS = 14
CONTACTS = frozenset({ContactWay.PHONE, ContactWay.MEETING, ContactWay.MESSAGE})


@dataclass(frozen=True)
class Planned:
    """A follow-up to be made: counted in `months` from `starts_on`, due on `due_on`."""

    kind: FollowUpKind
    months: int
    starts_on: date
    due_on: date


def planned_follow_ups(
    outcome: str, ended_on: date, begins_on: date | None, months: Iterable[int]
) -> list[Planned]:
    """The follow-ups of an exit, in the order they fall due.

    A job is checked one month after it began. Who moved or died is not asked (excluded).
    """
    if outcome == Outcome.EXCLUDED:
        return []
    planned = [
        Planned(FollowUpKind.AFTER_EXIT, n, ended_on, add_months(ended_on, n))
        for n in sorted(set(months))
    ]
    if outcome == Outcome.WORK:
        began = max(begins_on or ended_on, ended_on)
        due = add_months(began, JOB_CHECK_MONTHS)
        planned.append(Planned(FollowUpKind.JOB_CHECK, JOB_CHECK_MONTHS, began, due))
    return sorted(planned, key=lambda each: (each.due_on, each.months))


def earliest_answer(kind: str, due_on: date) -> date:
    """The first day an answer counts. A job is not checked before the month has passed."""
    return due_on if kind == FollowUpKind.JOB_CHECK else due_on - timedelta(days=EARLY_DAYS)


def may_ask(how: str, has_consent: bool) -> bool:
    """Whether the office may have learnt the answer in the way `how`."""
    return has_consent or how not in CONTACTS


class PeriodChoice(StrEnum):
    THIS_YEAR = "year"
    MONTHS_12 = "months12"
    QUARTER = "quarter"
    LAST_YEAR = "last_year"
    OWN = "own"


def period_of(choice: PeriodChoice, today: date) -> tuple[date, date]:
    """(first day, day after the last) of a named period; OWN is the caller's and raises
    ValueError. The quarter is the last whole one.
    """
    tomorrow = today + timedelta(days=1)
    match choice:
        case PeriodChoice.THIS_YEAR:
            return date(today.year, 1, 1), tomorrow
        case PeriodChoice.MONTHS_12:
            return add_months(tomorrow, -12), tomorrow
        case PeriodChoice.LAST_YEAR:
            return date(today.year - 1, 1, 1), date(today.year, 1, 1)
        case PeriodChoice.QUARTER:
            ends_before = date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
            return add_months(ends_before, -3), ends_before
    raise ValueError("a period of one's own has its own days")
