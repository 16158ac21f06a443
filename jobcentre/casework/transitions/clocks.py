"""What moves a clock: an interruption, and a decision to stay past the cap."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobcentre.accounts.models import User
from jobcentre.audit import log
from jobcentre.audit.enums import Access
from jobcentre.casework.access.checks import require
from jobcentre.casework.concurrency import lock
from jobcentre.casework.deadlines import clock
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import CapExtension, Case, ClockPause, Document
from jobcentre.casework.registries import interruption_steps
from jobcentre.casework.saving import save_checked
from jobcentre.casework.timeline import record_event
from jobcentre.notices.writer import NoticeText, notify
from jobcentre.workdays import Period, add_months

MAX_EXTENSION_MONTHS = 6


@dataclass(frozen=True)
class PauseInput:
    """An interruption as it is written; `ends_before` None while the day back is not known."""

    starts_on: date
    ends_before: date | None
    reason: str
    note: str = ""
    expected_back_on: date | None = None
    document: Document | None = None


def _recompute_and_tell(pause: ClockPause, actor) -> None:
    """What the interruption moved is kept with it, and told on the timeline clock by clock: also
    of a clock that is met, which may have become in time, or late."""
    case = pause.case
    counted = case.deadlines.filter(cancelled_on=None)
    before = dict(counted.values_list("pk", "due_on"))
    for step in interruption_steps:
        step.run(case)
    clock.recompute(case)
    moved = []
    for deadline in counted.order_by("kind", "subject_key"):
        old, new = before.get(deadline.pk, deadline.due_on), deadline.due_on
        if old == new:
            continue
        moved.append(
            {
                "kind": deadline.kind,
                "about": deadline.subject_label,
                "old": old and old.isoformat(),
                "new": new and new.isoformat(),
                "met": deadline.met_on and deadline.met_on.isoformat(),
            }
        )
        if old is not None and new is not None:
            record_event(
                case,
                "case.clock_moved",
                actor=actor,
                payload={
                    "clock": deadline.kind,
                    "old_on": old,
                    "new_on": new,
                },
            )
    pause.moved = moved
    pause.save(update_fields=["moved"])


def _check_period(case: Case, starts_on: date, ends_before: date | None, but: ClockPause | None):
    if not case.is_open:
        raise Refused(_("The case is closed."))
    if starts_on < case.started_on:
        raise Refused(_("The interruption cannot begin before the case."))
    if ends_before is not None and ends_before <= starts_on:
        raise Refused(_("The day back must be after the first day."))
    new = Period(starts_on, ends_before)
    for other in case.pauses.all():
        if (but is None or other.pk != but.pk) and new.overlaps(
            Period(other.starts_on, other.ends_before)
        ):
            raise Refused(_("The case is already interrupted during part of that time."))


def _log_pause(case: Case, actor) -> None:
    log.record(
        actor,
        "case.pause",
        access=Access.CHANGE,
        subject=case.person.ref,
        obj=case,
        fields=["pauses"],
    )


@transaction.atomic
def pause_clock(
    case: Case,
    starts_on: date,
    ends_before: date | None,
    reason: str,
    note: str,
    *,
    actor: User,
    expected_back_on: date | None = None,
    document: Document | None = None,
) -> ClockPause:
    """Interrupt the case from `starts_on` until `ends_before` (None: not known yet).

    May be entered afterwards. Raises Refused when it lies before the case, after its end, or over
    another interruption. The row returned says what it `moved`.
    """
    case = lock(case)
    require(actor, "case.pause", case)
    _check_period(case, starts_on, ends_before, None)
    pause = ClockPause(
        case=case,
        starts_on=starts_on,
        ends_before=ends_before,
        reason=reason,
        note=note,
        expected_back_on=expected_back_on,
        document=document,
        decided_by=actor,
    )
    save_checked(pause)
    record_event(
        case, "case.interrupted", actor=actor, payload={"from_on": starts_on, "reason": reason}
    )
    if ends_before is not None:
        record_event(case, "case.resumed", actor=actor, payload={"back_on": ends_before})
    _recompute_and_tell(pause, actor)
    _log_pause(case, actor)
    return pause


@transaction.atomic
def change_pause(pause: ClockPause, written: PauseInput, *, actor: User) -> ClockPause:
    """Correct an interruption, also long afterwards; every clock is computed anew.

    Raises Refused as `pause_clock` does. The row returned says what the change `moved`.
    """
    case = lock(pause.case)
    require(actor, "case.pause", case)
    pause = ClockPause.objects.select_for_update().get(pk=pause.pk)
    pause.case = case
    _check_period(case, written.starts_on, written.ends_before, pause)
    was_back_on = pause.ends_before
    for name in ("starts_on", "ends_before", "reason", "note", "expected_back_on", "document"):
        setattr(pause, name, getattr(written, name))
    save_checked(pause)
    record_event(
        case,
        "case.interruption_changed",
        actor=actor,
        payload={"from_on": pause.starts_on, "reason": pause.reason},
    )
    if pause.ends_before is not None and pause.ends_before != was_back_on:
        record_event(case, "case.resumed", actor=actor, payload={"back_on": pause.ends_before})
    _recompute_and_tell(pause, actor)
    _log_pause(case, actor)
    return pause


@transaction.atomic
def end_pause(pause: ClockPause, ends_before: date, *, actor: User) -> ClockPause:
    """The person is back on `ends_before`; the clocks go on that day."""
    case = lock(pause.case)
    require(actor, "case.pause", case)
    pause = ClockPause.objects.select_for_update().get(pk=pause.pk)
    pause.case = case
    if pause.ends_before is not None:
        raise Refused(_("The interruption has already ended."))
    _check_period(case, pause.starts_on, ends_before, pause)
    pause.ends_before = ends_before
    save_checked(pause)
    record_event(case, "case.resumed", actor=actor, payload={"back_on": ends_before})
    _recompute_and_tell(pause, actor)
    _log_pause(case, actor)
    return pause


@transaction.atomic
def extend_cap(
    case: Case, extended_to: date, reason: str, *, actor: User, today: date
) -> CapExtension:
    """Decide that the person stays past the cap until `extended_to`, with the reason.

    Raises Refused when the day does not lie ahead of today and of the day that holds now, or more
    than MAX_EXTENSION_MONTHS ahead.
    """
    case = lock(case)
    require(actor, "case.extend", case)
    if not case.is_open:
        raise Refused(_("The case is closed."))
    due = case.deadlines.filter(kind="cap").values_list("due_on", flat=True).first()
    if extended_to <= today or (due is not None and extended_to <= due):
        raise Refused(_("The new last day must be later than the one that holds now."))
    if extended_to > add_months(max(today, due or today), MAX_EXTENSION_MONTHS):
        raise Refused(_("At most %(n)d months at a time.") % {"n": MAX_EXTENSION_MONTHS})
    decision = CapExtension(
        case=case, extended_to=extended_to, reason=reason, decided_by=actor, decided_on=today
    )
    save_checked(decision)
    record_event(
        case,
        "case.cap_extended",
        actor=actor,
        payload={"last_on": extended_to, "reason": reason[:300]},
    )
    clock.recompute(case)
    log.record(
        actor,
        "case.extend",
        access=Access.CHANGE,
        subject=case.person.ref,
        obj=case,
        fields=["cap"],
    )
    if case.coach_id and case.coach_id != actor.pk:
        notify(
            NoticeText(
                user_id=case.coach_id,
                key=f"extended:{decision.pk}",
                sentence=gettext_lazy("Case %(case)s may stay past the cap, until %(last_on)s."),
                payload={"case": case.number, "last_on": extended_to},
                url_name="casework:case",
                url_arg=case.number,
            )
        )
    return decision
