"""Sessions planned and attendance registered. The only writers of a session's outcome."""

from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from activityplans.attendance_rules import ADVERSE, mark_text, what_to_do
from activityplans.enums import AttendanceOutcome, PlanState
from activityplans.models import Activity, AttendanceChange, PlanLine, Session
from activityplans.transitions.absences import settle_repeated, tell_of_correction
from activityplans.transitions.statements import tell_of_change
from jobcentre.accounts.models import User
from jobcentre.audit import log
from jobcentre.audit.enums import Access
from jobcentre.casework.access.checks import require
from jobcentre.casework.exceptions import Conflict, Refused
from jobcentre.casework.models import Case
from jobcentre.casework.saving import save_checked
from jobcentre.casework.timeline import record_event
from jobcentre.replay import moment_now
from jobcentre.ui import formats

MAX_PLANNED = 200
IN_PLAN = (PlanState.APPROVED, PlanState.SUPERSEDED, PlanState.ENDED)


class Mark(NamedTuple):
    """What is said of a session. `began` is the session's mark that the page showed; None when
    no page was looked at. `why` says why something registered is changed."""

    outcome: str
    note: str = ""
    late_minutes: int | None = None
    reason: str = ""
    began: str | None = None
    why: str = ""

    @property
    def text(self) -> str:
        """As `Session.mark`."""
        return mark_text(self.outcome, self.late_minutes, self.reason, self.note)


def _periods_of(activities) -> dict[int, list[tuple[date, date]]]:
    """The periods of each activity in the versions of the plan that were approved; one query."""
    periods: dict[int, list[tuple[date, date]]] = {}
    for activity_id, first, last in PlanLine.objects.filter(
        activity__in=activities, version__state__in=IN_PLAN, version__approved_on__isnull=False
    ).values_list("activity_id", "starts_on", "ends_before"):
        periods.setdefault(activity_id, []).append((first, last))
    return periods


def _outside(day: date, periods: list[tuple[date, date]] | None) -> bool:
    return not any(first <= day < last for first, last in periods or ())


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

    Returns how many were new. Raises Refused for more than 200 at once, and for a day on which
    the plan does not have the activity.
    """
    require(actor, "attendance.register", activity)
    if len(days) > MAX_PLANNED:
        raise Refused(_("Plan at most %(n)d sessions at a time.") % {"n": MAX_PLANNED})
    periods = _periods_of([activity]).get(activity.pk)
    beyond = sorted(day for day in days if _outside(day, periods))
    if beyond:
        raise Refused(
            _("The plan does not have the activity on %(day)s.")
            % {"day": formats.day_year(beyond[0])}
        )
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
        session.clean_fields(exclude=["case", "activity"])  # rows that we hold
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
    marks: Mapping[int, Mark | tuple], *, actor: User | None, today: date
) -> int:
    """Register the marks of sessions by id; returns how many changed.

    Only what has happened, and what the plan has, is registered. A mark that the page showed
    already leaves a session as it is, and so does "not registered" when no page was looked at; over
    a registration that was seen it takes that back. What stood before is kept. Raises Refused for
    a session in the future or outside the plan, and for an unexcused absence from one that has not
    begun; Conflict when somebody else has registered something else since the page was opened:
    nothing is saved then.
    """
    return _written(marks, actor, today, asks=True)


def write_marks(marks: Mapping[int, Mark], *, actor: User | None, today: date) -> int:
    """The same inside a transition that has asked for its own right (a group meeting whose leader
    registers it), and that tells the timeline of an absence itself."""
    return _written(marks, actor, today, asks=False)


def _written(
    marks: Mapping[int, Mark | tuple], actor: User | None, today: date, *, asks: bool
) -> int:
    # The cases first, in the order of their ids: what repeated absence writes hangs on them.
    cases = (
        Case.objects.filter(sessions__in=list(marks)).order_by("pk").values_list("pk", flat=True)
    )
    list(Case.objects.select_for_update().filter(pk__in=list(cases)).order_by("pk"))
    sessions = list(
        Session.objects.select_for_update(of=("self",))
        .filter(pk__in=marks)
        .select_related("case__person", "case__coach", "activity__service", "registered_by")
        .order_by("pk")
    )
    wanted = {session.pk: Mark(*marks[session.pk]) for session in sessions}
    changing = [each for each in sessions if _is_to_write(each, wanted[each.pk])]
    periods = _periods_of({session.activity_id for session in changing}) if changing else {}
    absent: dict[int, Case] = {}
    for session in changing:
        if asks:
            require(actor, "attendance.register", session)
        if session.on > today:
            raise Refused(_("Attendance is registered when the session has been held."))
        if _outside(session.on, periods.get(session.activity_id)):
            raise Refused(
                _("The plan does not have the activity on %(day)s.")
                % {"day": formats.day_year(session.on)}
            )
        if wanted[session.pk].outcome in ADVERSE and not _has_begun(session, today):
            raise Refused(_("An unexcused absence is registered when the session has begun."))
        former = session.outcome
        _write(session, wanted[session.pk], actor)
        if AttendanceOutcome.UNEXCUSED in (former, session.outcome):
            absent[session.case_id] = session.case
        if asks and session.outcome == AttendanceOutcome.UNEXCUSED != former:
            _tell_timeline(session, actor)
        if former in ADVERSE and session.outcome not in ADVERSE:
            tell_of_correction(session, actor=actor, today=today)
    for case in absent.values():
        settle_repeated(case, today)
    tell_of_change(changing)
    if changing:
        log.record(
            actor,
            "attendance.register",
            access=Access.CHANGE,
            subjects=[session.case.person.ref for session in changing],
            fields=["outcome"],
        )
    return len(changing)


def _is_to_write(session: Session, mark: Mark) -> bool:
    if mark.outcome == AttendanceOutcome.NOT_REGISTERED and mark.began is None:
        return False
    doing = what_to_do(mark.text, mark.began, session.mark)
    if doing == "conflict":
        raise Conflict(
            _(
                "%(name)s registered %(person)s as %(state)s while you had the page open. Nothing "
                "is saved. What you chose is still here: look at it and save again."
            )
            % {
                "name": session.registered_by.name if session.registered_by else "–",
                "person": session.case.person.name,
                "state": session.get_outcome_display(),
            }
        )
    return doing == "write"


def _write(session: Session, mark: Mark, actor: User | None) -> None:
    author = actor or session.case.coach
    if session.is_registered:
        AttendanceChange.objects.create(
            session=session,
            old=session.outcome,
            new=mark.outcome,
            old_note=session.note,
            old_late_minutes=session.late_minutes,
            old_reason=session.absence_reason,
            old_by=session.registered_by,
            old_at=session.registered_at,
            reason=mark.why,
            changed_by=author,
        )
    session.outcome = mark.outcome
    session.note = mark.note
    session.late_minutes = mark.late_minutes if mark.outcome == AttendanceOutcome.LATE else None
    session.absence_reason = mark.reason if mark.outcome == AttendanceOutcome.EXCUSED else ""
    is_known = mark.outcome != AttendanceOutcome.NOT_REGISTERED
    session.registered_by = author if is_known else None
    session.registered_at = moment_now() if is_known else None
    save_checked(session)


def _has_begun(session: Session, today: date) -> bool:
    """Whether a session of today or earlier has begun; nobody has stayed away from one that has
    not."""
    now = timezone.localtime(moment_now())
    return session.on < today or now.date() != today or session.starts_at <= now.time()


def _tell_timeline(session: Session, actor: User | None) -> None:
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
