"""Work lists: what needs somebody now, ordered by time left."""

from dataclasses import dataclass
from datetime import date

from django.urls import resolve

from jobcentre.casework.access.checks import may_on_row
from jobcentre.casework.access.pages import action_of
from jobcentre.casework.deadlines.calendar import municipal_calendar
from jobcentre.casework.deadlines.clock import pauses_of
from jobcentre.casework.deadlines.explain import Explanation, explain
from jobcentre.casework.models import Deadline
from jobcentre.ui import formats

SOON_DAYS = 7
MAX_ROWS = 200


@dataclass(frozen=True)
class WorkRow:
    """One row of a work list: whose, which clock in words, and the button."""

    case_number: str
    name: str
    masked: str
    track: str
    explanation: Explanation
    due_on: date | None
    waits_for: str
    may_step: bool


def first_rows(cases, today: date, user) -> dict[int, WorkRow]:
    """The row with least time left of each of `cases` (persons, numbers and pauses prefetched), by
    the case's id; two queries, and only one clock of a case is put in words.
    """
    by_id = {case.pk: case for case in cases}
    first: dict[int, Deadline] = {}
    for deadline in (
        Deadline.objects.filter(case__in=by_id).begun(today).order_by("due_on", "pk")
        if by_id
        else ()
    ):
        first.setdefault(deadline.case_id, deadline)
    calendar = municipal_calendar() if first else None
    rows = {}
    for case_id, deadline in first.items():
        deadline.case = by_id[case_id]
        rows[case_id] = _row(deadline, calendar, today, user)
    return rows


def rows_of(deadlines, today: date, user, *, calendar=None) -> list[WorkRow]:
    """WorkRows of a queryset of visible deadlines, least time first; a fixed number of queries.

    `may_step` says whether `user` can do what meets the clock.
    """
    calendar = calendar or municipal_calendar()
    found = (
        deadlines.select_related("case", "case__person")
        .prefetch_related("case__pauses", "case__person__numbers")
        .order_by("due_on", "pk")[:MAX_ROWS]
    )
    return [_row(deadline, calendar, today, user) for deadline in found]


def _row(deadline: Deadline, calendar, today: date, user) -> WorkRow:
    case = deadline.case
    explanation = explain(
        deadline,
        pauses=pauses_of(case),
        calendar=calendar,
        today=today,
        case_number=case.number,
    )
    action = action_of(resolve(explanation.url).view_name)
    return WorkRow(
        case_number=case.number,
        name=case.person.name,
        masked=masked_number(case.person),
        track=case.get_track_display(),
        explanation=explanation,
        due_on=deadline.due_on,
        waits_for=deadline.waits_for,
        may_step=action is not None and may_on_row(user, action, case),
    )


def masked_number(person) -> str:
    """The current number of `person` (numbers prefetched), last four hidden; empty when none."""
    for number in person.numbers.all():
        if number.is_current:
            return number.masked
    return ""


def grouped(rows: list[WorkRow], today: date) -> list[dict]:
    """Rows under late / today / this week / later / paused, empty groups left out."""
    groups: dict[str, list[WorkRow]] = {
        "late": [],
        "today": [],
        "week": [],
        "later": [],
        "paused": [],
    }
    for row in rows:
        if row.due_on is None or row.explanation.sign == "paused":
            groups["paused"].append(row)
        elif row.due_on < today:
            groups["late"].append(row)
        elif row.due_on == today:
            groups["today"].append(row)
        elif (row.due_on - today).days <= SOON_DAYS:
            groups["week"].append(row)
        else:
            groups["later"].append(row)
    return [
        {"key": key, "rows": members, "day": formats.day(today)}
        for key, members in groups.items()
        if members
    ]
