"""The nightly round: warns before clocks run out and escalates those that have."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy

from jobcentre.accounts.enums import Role
from jobcentre.accounts.models import Membership
from jobcentre.casework.deadlines.clock import Lengths, recompute
from jobcentre.casework.deadlines.rules import Unit
from jobcentre.casework.models import Case, Deadline
from jobcentre.casework.registries import deadline_kinds
from jobcentre.notices.writer import NoticeText, notify_many

WARNING = gettext_lazy("The clock %(clock)s runs out %(due_on)s in case %(case)s.")
LATE = gettext_lazy("The clock %(clock)s ran out %(due_on)s in case %(case)s.")
BATCH = 500


def round_of_clocks(today: date) -> int:
    """Queue what is to be told today; returns the number of new notices. Safe to run again.

    A notice's key holds the deadline, its due date and the step, so that a moved clock warns
    anew and a repeated round writes nothing.
    """
    lengths = Lengths.load()
    _begin_clocks(today, lengths)
    written = 0
    batch: list[NoticeText] = []
    managers = _managers(today)
    rows = (
        Deadline.objects.begun(today)
        .filter(due_on__isnull=False)
        .select_related("case", "case__centre")
        .order_by("pk")
        .iterator(chunk_size=2000)
    )
    for deadline in rows:
        kind = deadline_kinds[deadline.kind]
        left = _left(deadline, today, lengths)
        if left < 0:
            batch += _texts(deadline, kind, "late", LATE, managers.get(deadline.case.centre_id, ()))
        else:
            reached = [n for n in lengths.warnings_of(kind) if left <= n]
            if reached:
                batch += _texts(deadline, kind, f"warn{min(reached)}", WARNING, ())
        if len(batch) >= BATCH:
            written += notify_many(batch)
            batch = []
    return written + notify_many(batch)


def _begin_clocks(today: date, lengths: Lengths) -> None:
    """Compute the clocks that begin without anybody acting, such as monthly reports."""
    for kind in deadline_kinds:
        for case_id in kind.begins_by_itself(today) if kind.begins_by_itself else ():
            with transaction.atomic():
                recompute(Case.objects.select_for_update().get(pk=case_id), lengths)


def _left(deadline: Deadline, today: date, lengths: Lengths) -> int:
    if deadline.due_on < today:
        return -1
    if deadline.length_unit == Unit.WORKDAYS.value:
        return lengths.calendar.workdays_between(today, deadline.due_on)
    return (deadline.due_on - today).days


def _managers(today: date) -> dict[int, tuple[int, ...]]:
    """Ids of the managers by centre."""
    found: dict[int, tuple[int, ...]] = {}
    for user_id, unit_id in (
        Membership.objects.valid_on(today)
        .filter(role=Role.MANAGER)
        .values_list("user_id", "unit_id")
    ):
        found[unit_id] = (*found.get(unit_id, ()), user_id)
    return found


def _texts(deadline, kind, step, sentence, extra_ids):
    receivers = {deadline.owner_id or deadline.case.coach_id, *extra_ids} - {None}
    return [
        NoticeText(
            user_id=user_id,
            key=f"clock:{deadline.pk}:{deadline.due_on}:{step}:{user_id}",
            sentence=sentence,
            payload={
                "clock": kind.label,
                "due_on": deadline.due_on,
                "case": deadline.case.number,
            },
            url_name=kind.url_name if not deadline.url else "",
            url_arg=deadline.case.number,
            url=deadline.url,
            by_mail=step == "late",
        )
        for user_id in sorted(receivers)
    ]
