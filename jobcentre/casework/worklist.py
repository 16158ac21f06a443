"""Work lists: what needs somebody now, ordered by time left."""

from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Subquery

from jobcentre.casework.access.checks import may_on_row
from jobcentre.casework.access.pages import action_of
from jobcentre.casework.deadlines.calendar import shown_calendar
from jobcentre.casework.deadlines.clock import pauses_of
from jobcentre.casework.deadlines.explain import Explanation, explain
from jobcentre.casework.enums import Track
from jobcentre.casework.identity import mask
from jobcentre.casework.models import Deadline, IdentityNumber
from jobcentre.casework.registries import deadline_kinds
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
    """The row with least time left of each of `cases` (read `with_first_deadline` and
    `with_number`, with persons and pauses), by the case's id; one query.
    """
    by_id = {case.pk: case for case in cases}
    wanted = [case.first_deadline_id for case in cases if case.first_deadline_id is not None]
    calendar = shown_calendar()
    rows = {}
    for deadline in Deadline.objects.filter(pk__in=wanted) if wanted else ():
        deadline.case = by_id[deadline.case_id]
        rows[deadline.case_id] = _row(deadline, calendar, today, user)
    return rows


def with_first_deadline(cases, today: date):
    """Each case with `first_deadline_id`: its begun clock with least time left, if any."""
    begun = Deadline.objects.filter(case=OuterRef("pk")).begun(today).order_by("due_on", "pk")
    return cases.annotate(first_deadline_id=Subquery(begun.values("pk")[:1]))


def with_number(rows, person: str):
    """Each row with `current_number`: that of the person found by the path `person`."""
    current = IdentityNumber.objects.filter(person=OuterRef(person), is_current=True)
    return rows.annotate(current_number=Subquery(current.values("number")[:1]))


def masked(current_number: str | None) -> str:
    """The number of `with_number` with the last four hidden; empty when there is none."""
    return mask(current_number) if current_number else ""


def rows_of(deadlines, today: date, user, *, calendar=None) -> list[WorkRow]:
    """WorkRows of a queryset of visible deadlines, least time first; a fixed number of queries.

    `may_step` says whether `user` can do what meets the clock.
    """
    calendar = calendar or shown_calendar()
    found = (
        with_number(deadlines, "case__person_id")
        .select_related("case", "case__person")
        .prefetch_related("case__pauses")
        .order_by("due_on", "pk")[:MAX_ROWS]
    )
    return [_row(deadline, calendar, today, user) for deadline in found]


def _row(deadline: Deadline, calendar, today: date, user) -> WorkRow:
    case = deadline.case
    read_on = deadline if hasattr(deadline, "current_number") else case
    explanation = explain(
        deadline,
        pauses=pauses_of(case),
        calendar=calendar,
        today=today,
        case_number=case.number,
    )
    action = action_of(deadline_kinds[deadline.kind].url_name)
    return WorkRow(
        case_number=case.number,
        name=case.person.name,
        masked=masked(read_on.current_number),
        track=str(Track(case.track).label),
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
