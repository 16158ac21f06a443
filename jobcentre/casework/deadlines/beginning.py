"""Clocks that begin because a day has come, with a number of statements that does not grow with the
cases they begin in."""

from datetime import date

from django.db import transaction

from jobcentre.casework.deadlines.clock import Lengths, compute, keep_next_of_many, pauses_of
from jobcentre.casework.models import Case, Deadline
from jobcentre.casework.registries import DeadlineKind, deadline_kinds
from jobcentre.inserting import insert_all

BATCH = 2000  # cases at a time, so that nobody waits long for the lock of one


def begin_by_themselves(today: date, lengths: Lengths) -> int:
    """Begin what begins on `today` or should have before; returns the number of new clocks.

    What stands is not touched: running it again writes nothing.
    """
    begun = 0
    for kind in deadline_kinds:
        if kind.begins_by_itself is None:
            continue
        ids = sorted(set(kind.begins_by_itself.cases(today)))
        for start in range(0, len(ids), BATCH):
            with transaction.atomic():
                begun += _begin(kind, ids[start : start + BATCH], today, lengths)
    return begun


def _begin(kind: DeadlineKind, ids: list[int], today: date, lengths: Lengths) -> int:
    """The same for the cases of one batch, which are locked first."""
    locked = Case.objects.select_for_update().filter(pk__in=ids).order_by("pk")
    if kind.pausable:
        locked = locked.prefetch_related("pauses")
    cases = {case.pk: case for case in locked.only("ended_on", "next_deadline_on")}
    known = set(
        Deadline.objects.filter(kind=kind.key, case__in=ids).values_list("case", "subject_key")
    )
    new = [
        compute(cases[pk], kind, fact, pauses_of(cases[pk]) if kind.pausable else (), lengths)
        for pk, fact in kind.begins_by_itself.facts(ids, today)
        if (pk, fact.subject_key) not in known
    ]
    insert_all(new)
    keep_next_of_many({row.case_id for row in new if _is_first(row, cases[row.case_id])})
    return len(new)


def _is_first(row: Deadline, case: Case) -> bool:
    """Whether the day of a new clock can be the case's next one."""
    next_on = case.next_deadline_on
    return row.due_on is not None and (next_on is None or row.due_on < next_on)
