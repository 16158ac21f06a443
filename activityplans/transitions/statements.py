"""The support-month statement written, sent, corrected and read. The only writers of its state."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import Count, Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activityplans import statements as rules
from activityplans.attendance_rules import ADVERSE
from activityplans.enums import ExplanationState, StatementState
from activityplans.hours import is_closed
from activityplans.in_force import days_held
from activityplans.life import last_day
from activityplans.models import (
    PlanLine,
    PlanVersion,
    Session,
    StatementReading,
    SupportStatement,
)
from activityplans.transitions.absences import secretaries_of, why_not_adverse
from jobcentre.accounts.models import User
from jobcentre.audit import log
from jobcentre.audit.enums import Access
from jobcentre.casework.access.checks import require
from jobcentre.casework.access.queries import who_may_know
from jobcentre.casework.approvals.rules import content_hash
from jobcentre.casework.concurrency import lock
from jobcentre.casework.deadlines import clock
from jobcentre.casework.deadlines.calendar import municipal_calendar
from jobcentre.casework.exceptions import Conflict, Refused
from jobcentre.casework.models import Case
from jobcentre.casework.saving import save_checked
from jobcentre.casework.timeline import record_event
from jobcentre.notices.writer import NoticeText, notify_many
from jobcentre.replay import moment_now
from jobcentre.workdays import Period, add_months


@dataclass(frozen=True)
class StatementInput:
    """What the coach adds to the compilation."""

    asked: str = ExplanationState.NOT_ASKED
    explanation: str = ""
    comment: str = ""


# --- what it says --------------------------------------------------------------------------------
def content_of(case: Case, month: date) -> dict:
    """The statement of the month as the rows say it now; a fixed number of queries."""
    sessions = (
        Session.objects.filter(case=case)
        .of_month(month)
        .select_related("activity__service", "registered_by", "absence_report")
        .annotate(times_changed=Count("changes"))
        .order_by("on", "starts_at", "pk")
    )
    plan, own_search = _plan_of(case, month)
    return rules.compile_statement(month, [_fact(each) for each in sessions], plan, own_search)


def _fact(session: Session) -> rules.SessionFact:
    report = getattr(session, "absence_report", None)
    return rules.SessionFact(
        on=session.on,
        starts_at=session.starts_at,
        minutes=session.minutes,
        service_sv=session.activity.service.label_sv,
        service_en=session.activity.service.label_en,
        outcome=session.outcome,
        late_minutes=session.late_minutes,
        reason=session.absence_reason,
        note=session.note,
        registered_by=session.registered_by.name if session.registered_by else "",
        registered_at=session.registered_at,
        changes=session.times_changed,
        reported=report.contact if report and session.outcome in ADVERSE else "",
    )


def _plan_of(case: Case, month: date) -> tuple[dict[date, int], str]:
    """(minutes of assigned activities that the plan asks in each week of the month, hours a week of
    own job search): by the version that holds on each day, without holidays and interruptions, and
    of no activity that was ended before its time."""
    lines = PlanLine.objects.select_related("activity__follow_up", "activity__broken_off")
    versions = list(
        PlanVersion.objects.filter(case=case, approved_on__isnull=False).prefetch_related(
            Prefetch("lines", lines.prefetch_related("times"))
        )
    )
    held = days_held(versions)
    closed = is_closed(municipal_calendar())
    pauses = [Period(each.starts_on, each.ends_before) for each in case.pauses.all()]
    plan: dict[date, Decimal] = {}
    own_search = Decimal(0)
    day = month
    while day < add_months(month, 1):
        version = next(
            (v for v in versions if v.number in held and held[v.number].contains(day)), None
        )
        if version is not None and not closed(day) and not any(p.contains(day) for p in pauses):
            monday = rules.monday_of(day)
            plan[monday] = plan.get(monday, Decimal(0)) + _minutes_on(version, day)
            own_search = max(own_search, version.own_search_hours)
        day += timedelta(days=1)
    return {monday: int(minutes) for monday, minutes in plan.items()}, str(own_search)


def _minutes_on(version: PlanVersion, day: date) -> Decimal:
    """What the version asks on a day: its times, or a fifth of a week's hours on a weekday."""
    minutes = Decimal(0)
    for line in version.lines.all():
        if not line.starts_on <= day <= _last_day(line):
            continue
        times = list(line.times.all())
        if times:
            minutes += sum(each.minutes for each in times if each.weekday == day.isoweekday())
        elif day.weekday() < 5:
            minutes += line.hours_per_week * 60 / 5
    return minutes


def _last_day(line: PlanLine) -> date:
    """The last day on which the line asks anything: an activity that is over asks no more."""
    broken_off = getattr(line.activity, "broken_off", None)
    follow_up = getattr(line.activity, "follow_up", None)
    return last_day(
        line.ends_before - timedelta(days=1),
        broken_off and broken_off.last_on,
        follow_up and follow_up.ended_on,
    )


# --- writing and sending -------------------------------------------------------------------------
def being_written(case: Case, month: date) -> SupportStatement | None:
    return SupportStatement.objects.filter(
        case=case, month=month, state=StatementState.DRAFT
    ).first()


def latest_sent(case: Case, month: date) -> SupportStatement | None:
    return SupportStatement.objects.filter(case=case, month=month).sent().first()


@transaction.atomic
def save_statement(
    case: Case, month: date, written: StatementInput, *, actor: User | None, edit: int | None = None
) -> SupportStatement:
    """Save what the coach adds, in the draft of the month or a new one.

    `edit` is the number of the save that the page showed (0: none). Raises Conflict when somebody
    has saved since, Refused when the month is sent and no correction is begun.
    """
    case = lock(case)
    require(actor, "statement.write", case)
    return _save(case, month, written, actor, edit)


def _save(case, month, written: StatementInput, actor, edit) -> SupportStatement:
    statement = being_written(case, month)
    if statement is None:
        if latest_sent(case, month) is not None:
            raise Refused(_("The month is already sent. Begin a correction."))
        statement = SupportStatement(case=case, month=month, created_by=actor or case.coach)
        if edit:
            raise Conflict(_("Somebody else has changed this since you opened it."))
    elif edit is not None and statement.edit != edit:
        raise Conflict(
            _("Somebody else has changed this since you opened it. What you wrote is still here.")
        )
    else:
        statement.edit += 1
    statement.asked, statement.comment = written.asked, written.comment
    given = written.asked == ExplanationState.GIVEN
    statement.explanation = written.explanation if given else ""
    save_checked(statement)
    log.record(
        actor,
        "statement.write",
        access=Access.CHANGE,
        subject=case.person.ref,
        obj=statement,
        fields=["asked", "explanation", "comment"],
    )
    return statement


@transaction.atomic
def send_statement(
    case: Case,
    month: date,
    written: StatementInput,
    *,
    actor: User | None,
    today: date,
    edit: int | None = None,
) -> SupportStatement:
    """Send the statement of the month to the income-support unit: from now on it stands.

    Raises Refused before the month has ended, without a unit to send to or sessions to tell of,
    and when it tells of unexcused absence while a session of the month is unregistered or nobody
    has asked the person.
    """
    case = lock(case)
    require(actor, "statement.write", case)
    statement = _save(case, month, written, actor, edit)
    content = content_of(case, month)
    if sentence := why_not_send(case, month, content, statement.asked, today):
        raise Refused(sentence)
    statement.content = content
    statement.content_hash = content_hash(_bound(statement))
    statement.state = StatementState.SENT
    statement.sent_by, statement.sent_on = actor or case.coach, today
    statement.sent_at = moment_now()
    save_checked(statement)
    record_event(
        case,
        "statement.sent",
        actor=actor,
        payload={
            "month_on": month,
            "version": str(statement.number),
            "unit": case.income_support_unit.name,
        },
    )
    clock.recompute(case)
    _tell_unit(statement, case, today)
    log.record(
        actor,
        "statement.send",
        access=Access.CHANGE,
        subject=case.person.ref,
        obj=statement,
        fields=["state"],
    )
    return statement


def _bound(statement: SupportStatement) -> dict:
    """What the hash binds: all that the statement says."""
    return {
        "content": statement.content,
        "asked": statement.asked,
        "explanation": statement.explanation,
        "comment": statement.comment,
        "number": statement.number,
        "reason": statement.correction_reason,
    }


def is_as_sent(statement: SupportStatement) -> bool:
    """Whether what is kept is what was sent."""
    return statement.content_hash == content_hash(_bound(statement))


def why_not_send(case: Case, month: date, content: dict, asked: str, today: date) -> str:
    """Why the statement cannot be sent now, as one sentence; empty when it can."""
    if today < add_months(month, 1) and (case.ended_on is None or case.ended_on > today):
        return _("The month has not ended.")
    if case.income_support_unit_id is None:
        return _("The case has no income-support unit to send to.")
    if not content["sessions"]:
        return _("There are no sessions in the month to tell of.")
    if not rules.is_adverse(content):
        return ""
    if sentence := why_not_adverse(Session.objects.filter(case=case).of_month(month), today):
        return sentence
    if asked == ExplanationState.NOT_ASKED:
        return _("Ask the person for an explanation first, and write the answer.")
    return ""


def _tell_unit(statement: SupportStatement, case: Case, today: date) -> None:
    sentence = gettext_lazy("The statement of %(month)s in case %(case)s has come.")
    if statement.number > 1:
        sentence = gettext_lazy("The statement of %(month)s in case %(case)s is corrected.")
    notify_many(
        NoticeText(
            user_id=user.pk,
            key=f"statement:{statement.pk}:{user.pk}",
            sentence=sentence,
            payload={"month": f"{statement.month:%Y-%m}", "case": case.number},
            url_name="activityplans:statement",
            url_arg=str(statement.ref),
        )
        for user in who_may_know(case.person, secretaries_of(case, today))
    )


@transaction.atomic
def begin_correction(
    sent: SupportStatement, reason: str, *, actor: User | None
) -> SupportStatement:
    """Begin the next version of a statement that was sent; it names the one it corrects.

    Raises Refused when it is not the latest, or a correction is already begun.
    """
    case = lock(sent.case)
    require(actor, "statement.write", sent)
    if not sent.is_sent:
        raise Refused(_("Only what is sent is corrected."))
    if being_written(case, sent.month) is not None:
        raise Refused(_("A correction is already being written."))
    latest = latest_sent(case, sent.month)
    if latest.pk != sent.pk:
        raise Refused(_("Version %(n)s is newer: correct that one.") % {"n": latest.number})
    statement = SupportStatement(
        case=case,
        month=sent.month,
        number=sent.number + 1,
        corrects=sent,
        correction_reason=reason,
        asked=sent.asked,
        explanation=sent.explanation,
        comment=sent.comment,
        created_by=actor or case.coach,
    )
    save_checked(statement)
    log.record(
        actor,
        "statement.correct",
        access=Access.CHANGE,
        subject=case.person.ref,
        obj=statement,
        fields=["statement"],
    )
    return statement


@transaction.atomic
def confirm_reading(statement: SupportStatement, *, actor: User) -> StatementReading:
    """The social secretary has read the statement; said again it changes nothing."""
    require(actor, "statement.receive", statement)
    reading, is_new = StatementReading.objects.get_or_create(statement=statement, read_by=actor)
    if is_new:
        log.record(
            actor,
            "statement.receive",
            access=Access.CHANGE,
            subject=statement.case.person.ref,
            obj=statement,
            fields=["read"],
        )
    return reading


def tell_of_change(sessions: list[Session]) -> None:
    """Attendance was changed in a month that is already sent: the coach corrects the statement."""
    if not sessions:
        return
    sent = {
        (each.case_id, each.month): each
        for each in SupportStatement.objects.filter(
            case__in={session.case_id for session in sessions},
            month__in={session.on.replace(day=1) for session in sessions},
        )
        .sent()
        .order_by("number")
    }
    texts = []
    for session in sessions:
        statement = sent.get((session.case_id, session.on.replace(day=1)))
        if statement is None or session.case.coach_id is None:
            continue
        texts += [
            NoticeText(
                user_id=user.pk,
                key=f"statement-changed:{statement.pk}:{session.pk}:{session.mark}",
                sentence=gettext_lazy(
                    "The attendance of %(day)s in case %(case)s was changed after the statement "
                    "was sent."
                ),
                payload={"day": session.on, "case": session.case.number},
                url_name="activityplans:statement",
                url_arg=str(statement.ref),
            )
            for user in who_may_know(session.case.person, [session.case.coach])
        ]
    notify_many(texts)
