"""The clock of an answer on a plan, read and explained for the pages of the approver."""

from datetime import date

from django.db.models import CharField, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Concat

from jobcentre.casework.deadlines.calendar import shown_calendar
from jobcentre.casework.deadlines.explain import Explanation, explain
from jobcentre.casework.models import Approval, Deadline

KIND = "approval"
_PREFIX = "approval:"


def with_due(approvals):
    """Each approval with `due_on`, the day its answer is due, and `clock_id`."""
    clocks = Deadline.objects.filter(
        case=OuterRef("case_id"),
        kind=KIND,
        subject_key=Concat(Value(_PREFIX), Cast(OuterRef("pk"), CharField())),
    )
    return approvals.annotate(
        due_on=Subquery(clocks.values("due_on")[:1]), clock_id=Subquery(clocks.values("pk")[:1])
    )


def explained(approvals: list[Approval], today: date) -> dict[int, Explanation]:
    """The clock of each approval (read `with_due`) in words, by the approval's id; one query.

    The clock is never paused, so the interruptions of the case are not asked for.
    """
    rows = Deadline.objects.in_bulk([each.clock_id for each in approvals if each.clock_id])
    calendar = shown_calendar()
    return {
        each.pk: explain(
            rows[each.clock_id],
            pauses=(),
            calendar=calendar,
            today=today,
            case_number=each.case.number,
        )
        for each in approvals
        if each.clock_id in rows
    }


def of(approval: Approval, today: date) -> Explanation | None:
    """The clock of one approval in words, or None when it has none."""
    row = Deadline.objects.filter(
        case=approval.case_id, kind=KIND, subject_key=f"{_PREFIX}{approval.pk}"
    ).first()
    if row is None:
        return None
    return explain(
        row, pauses=(), calendar=shown_calendar(), today=today, case_number=approval.case.number
    )
