"""Interruptions: the clocks stand still and go on."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from jobcentre.accounts.models import User
from jobcentre.audit import log
from jobcentre.audit.enums import Access
from jobcentre.casework.access.checks import require
from jobcentre.casework.concurrency import lock
from jobcentre.casework.deadlines import clock
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import Case, ClockPause
from jobcentre.casework.registries import deadline_kinds
from jobcentre.casework.saving import save_checked
from jobcentre.casework.timeline import record_event
from jobcentre.workdays import Period


def _tell_moved_clocks(case: Case, before: dict[int, date | None], actor) -> None:
    """What an interruption moved is told on the timeline, clock by clock."""
    for deadline in case.deadlines.running():
        old = before.get(deadline.pk)
        if old is not None and deadline.due_on is not None and old != deadline.due_on:
            record_event(
                case,
                "case.clock_moved",
                actor=actor,
                payload={
                    "clock": str(deadline_kinds[deadline.kind].label),
                    "old_on": old,
                    "new_on": deadline.due_on,
                },
            )


def _recompute_and_tell(case: Case, actor) -> None:
    before = dict(case.deadlines.running().values_list("pk", "due_on"))
    clock.recompute(case)
    _tell_moved_clocks(case, before, actor)


@transaction.atomic
def pause_clock(
    case: Case,
    starts_on: date,
    ends_before: date | None,
    reason: str,
    note: str,
    *,
    actor: User,
) -> ClockPause:
    """Interrupt the case from `starts_on` until `ends_before` (None: not known yet).

    May be entered afterwards. Raises Refused when it lies before the case, after its end, or over
    another interruption.
    """
    case = lock(case)
    require(actor, "case.pause", case)
    if not case.is_open:
        raise Refused(_("The case is closed."))
    if starts_on < case.started_on:
        raise Refused(_("The interruption cannot begin before the case."))
    if ends_before is not None and ends_before <= starts_on:
        raise Refused(_("The day back must be after the first day."))
    new = Period(starts_on, ends_before)
    if any(new.overlaps(Period(pause.starts_on, pause.ends_before)) for pause in case.pauses.all()):
        raise Refused(_("The case is already interrupted during part of that time."))
    pause = ClockPause(
        case=case,
        starts_on=starts_on,
        ends_before=ends_before,
        reason=reason,
        note=note,
        decided_by=actor,
    )
    save_checked(pause)
    record_event(
        case, "case.interrupted", actor=actor, payload={"from_on": starts_on, "reason": reason}
    )
    if ends_before is not None:
        record_event(case, "case.resumed", actor=actor, payload={"back_on": ends_before})
    _recompute_and_tell(case, actor)
    log.record(
        actor,
        "case.pause",
        access=Access.CHANGE,
        subject=case.person.ref,
        obj=case,
        fields=["pauses"],
    )
    return pause


@transaction.atomic
def end_pause(pause: ClockPause, ends_before: date, *, actor: User) -> ClockPause:
    """The person is back on `ends_before`; the clocks go on that day."""
    case = lock(pause.case)
    require(actor, "case.pause", case)
    pause = ClockPause.objects.select_for_update().get(pk=pause.pk)
    if pause.ends_before is not None:
        raise Refused(_("The interruption has already ended."))
    if ends_before <= pause.starts_on:
        raise Refused(_("The day back must be after the first day."))
    new = Period(pause.starts_on, ends_before)
    others = case.pauses.exclude(pk=pause.pk)
    if any(new.overlaps(Period(other.starts_on, other.ends_before)) for other in others):
        raise Refused(_("The case is already interrupted during part of that time."))
    pause.ends_before = ends_before
    save_checked(pause)
    record_event(case, "case.resumed", actor=actor, payload={"back_on": ends_before})
    _recompute_and_tell(case, actor)
    log.record(
        actor,
        "case.pause",
        access=Access.CHANGE,
        subject=case.person.ref,
        obj=case,
        fields=["pauses"],
    )
    return pause
