"""Work lists: what needs somebody now, ordered by time left."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, OuterRef, Subquery

from jobcentre.casework.access.checks import may_on_row
from jobcentre.casework.access.pages import action_of
from jobcentre.casework.deadlines.calendar import shown_calendar
from jobcentre.casework.deadlines.clock import pauses_of
from jobcentre.casework.deadlines.explain import Explanation, explain
from jobcentre.casework.enums import Track
from jobcentre.casework.identity import mask
from jobcentre.casework.models import DUE_FIRST, ClockPause, Deadline, IdentityNumber
from jobcentre.casework.models.together import RowsAsJson
from jobcentre.casework.registries import deadline_kinds
from jobcentre.ui import formats
from jobcentre.workdays import Period

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


def first_clocks(cases, today: date, user) -> dict[int, tuple[Explanation, bool]]:
    """The clock with least time left of each of `cases` and whether `user` may meet it, by the
    case's id; one query. The cases are read by `for_list`.
    """
    by_id = {case.pk: case for case in cases}
    wanted = [case.first_deadline_id for case in cases if case.first_deadline_id is not None]
    calendar = shown_calendar()
    found = {}
    for deadline in Deadline.objects.filter(pk__in=wanted) if wanted else ():
        case = by_id[deadline.case_id]
        explanation = explain(
            deadline,
            pauses=periods_of(case),
            calendar=calendar,
            today=today,
            case_number=case.number,
        )
        action = action_of(deadline_kinds[deadline.kind].url_name)
        may_step = action is not None and may_on_row(user, action, case)
        found[case.pk] = (explanation, may_step)
    return found


def periods_of(case) -> tuple[Period, ...]:
    """The interruptions of a case that was read by `for_list`."""
    return tuple(
        Period(
            date.fromisoformat(pause["starts_on"]),
            date.fromisoformat(pause["ends_before"]) if pause["ends_before"] else None,
        )
        for pause in case.pause_rows
    )


def for_list(cases, today: date):
    """Cases as a list shows them, all in one query and without rows of other tables: with
    `first_deadline_id`, `current_number`, `pause_rows`, and the names of person and coach."""
    pauses = ClockPause.objects.filter(case=OuterRef("pk")).order_by("starts_on")
    return with_number(with_first_deadline(cases, today), "person_id").annotate(
        pause_rows=RowsAsJson(pauses, ("starts_on", "ends_before")),
        person_ref=F("person__ref"),
        given_name=F("person__given_name"),
        family_name=F("person__family_name"),
        coach_name=F("coach__name"),
    )


def with_first_deadline(cases, today: date):
    """Each case with `first_deadline_id`: its begun clock with least time left, if any."""
    begun = Deadline.objects.filter(case=OuterRef("pk")).begun(today).order_by(*DUE_FIRST)
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
        .order_by(*DUE_FIRST)[:MAX_ROWS]
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
    action = action_of(deadline_kinds[deadline.kind].url_name)
    return WorkRow(
        case_number=case.number,
        name=case.person.name,
        masked=masked(deadline.current_number),
        track=formats.said(Track(case.track).label),
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
