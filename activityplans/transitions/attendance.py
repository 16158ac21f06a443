"""Sessions planned and attendance registered. The only writers of a session's outcome."""

from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from activityplans.enums import AttendanceOutcome
from activityplans.models import Activity, AttendanceChange, Session
from jobcentre.accounts.models import User
from jobcentre.audit import log
from jobcentre.audit.enums import Access
from jobcentre.casework.access.checks import require
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.saving import save_checked
from jobcentre.casework.timeline import record_event
from jobcentre.replay import moment_now

MAX_PLANNED = 200


@transaction.atomic
def plan_sessions(
    activity: Activity,
    days: list[date],
    starts_at: time,
    minutes: int,
    place: str,
    *,
    actor: User | None,
) -> int:
    """Plan a session on each of `days`; days that already have one then are left as they are.

    Returns how many were new. Raises Refused for more than 200 at once.
    """
    require(actor, "attendance.register", activity)
    if len(days) > MAX_PLANNED:
        raise Refused(_("Plan at most %(n)d sessions at a time.") % {"n": MAX_PLANNED})
    taken = set(
        Session.objects.filter(activity=activity, on__in=days, starts_at=starts_at).values_list(
            "on", flat=True
        )
    )
    new = [
        Session(
            case=activity.case,
            activity=activity,
            on=day,
            starts_at=starts_at,
            minutes=minutes,
            place=place,
        )
        for day in sorted(set(days) - taken)
    ]
    for session in new:
        session.full_clean(validate_unique=False, validate_constraints=False)
    Session.objects.bulk_create(new)
    log.record(
        actor,
        "attendance.plan",
        access=Access.CHANGE,
        subject=activity.case.person.ref,
        obj=activity,
    )
    return len(new)


@transaction.atomic
def register_attendance(
    outcomes: Mapping[int, tuple[str, str]], *, actor: User | None, today: date
) -> int:
    """Register (outcome, comment) for sessions by id; returns how many changed.

    Only what has happened is registered. "Not registered" leaves a session as it is. A changed
    outcome keeps the former one. Raises Refused for a session in the future.
    """
    sessions = list(
        Session.objects.select_for_update(of=("self",))
        .filter(pk__in=outcomes)
        .select_related("case__person", "case__coach", "activity__service")
        .order_by("pk")
    )
    changed = 0
    subjects = []
    for session in sessions:
        outcome, note = outcomes[session.pk]
        if outcome == AttendanceOutcome.NOT_REGISTERED or (
            outcome == session.outcome and note == session.note
        ):
            continue
        require(actor, "attendance.register", session)
        if session.on > today:
            raise Refused(_("Attendance is registered when the session has been held."))
        author = actor or session.case.coach
        if session.outcome not in (AttendanceOutcome.NOT_REGISTERED, outcome):
            AttendanceChange.objects.create(
                session=session, old=session.outcome, new=outcome, changed_by=author
            )
        is_new_absence = (
            outcome == AttendanceOutcome.UNEXCUSED
            and session.outcome != AttendanceOutcome.UNEXCUSED
        )
        session.outcome = outcome
        session.note = note
        session.registered_by = author
        session.registered_at = moment_now()
        save_checked(session)
        changed += 1
        subjects.append(session.case.person.ref)
        if is_new_absence:
            record_event(
                session.case,
                "attendance.absent",
                actor=actor,
                payload={
                    "service": session.activity.service.label_sv,
                    "absent_on": session.on,
                    "hours": f"{Decimal(session.minutes) / 60:.1f}",
                },
            )
    if changed:
        log.record(
            actor,
            "attendance.register",
            access=Access.CHANGE,
            subjects=subjects,
            fields=["outcome"],
        )
    return changed


def unregistered(activity: Activity, today: date):
    """Sessions of the activity that were held before `today` and that nobody has registered.

    Nothing adverse may be reported while there is one.
    """
    return Session.objects.filter(
        activity=activity, on__lt=today, outcome=AttendanceOutcome.NOT_REGISTERED
    )
