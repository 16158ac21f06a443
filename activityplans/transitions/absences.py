"""What is done about absence: reported once, noticed when it is repeated, talked about.

`why_not_adverse` is the one place that says when something may be held against a person.
"""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activityplans.attendance_rules import ADVERSE, repeated_absences
from activityplans.enums import AttendanceOutcome
from activityplans.models import AbsenceReport, AbsenceRule, RepeatedAbsence, Session
from jobcentre.accounts.enums import Role
from jobcentre.accounts.models import Membership, User
from jobcentre.audit import log
from jobcentre.audit.enums import Access
from jobcentre.casework.access.checks import require
from jobcentre.casework.access.queries import who_may_know
from jobcentre.casework.concurrency import lock
from jobcentre.casework.deadlines import clock
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import Case
from jobcentre.casework.saving import save_checked
from jobcentre.casework.timeline import record_event
from jobcentre.notices.models import Notice
from jobcentre.notices.writer import NoticeText, notify_many
from jobcentre.replay import moment_now
from jobcentre.ui import formats

NAMED = 5  # days that a sentence names
PROVIDE = "attendance.provide"  # the provider's right, who tells the coach


def why_not_adverse(sessions, today: date) -> str:
    """Why nothing may be held against the person from `sessions` (a queryset), or an empty text.

    While a session that is over is unregistered nobody knows what happened, and a report, a
    deviation or a statement that tells of unexcused absence has to wait (row B2). So it has while
    an absence stands on a day on which the case is interrupted: there it was no absence.
    """
    now = timezone.localtime(moment_now())
    held = sessions.held_by(now) if now.date() == today else sessions.held_before(today)
    missing = held.unregistered().order_by("on", "starts_at", "pk").values_list("on", flat=True)
    if days := _named(missing):
        return _("Register the attendance first: %(days)s.") % {"days": days}
    wrong = sessions.filter(outcome__in=ADVERSE).in_interruption().order_by("on")
    if days := _named(wrong.values_list("on", flat=True)):
        return _("Correct the unexcused absence during the interruption first: %(days)s.") % {
            "days": days
        }
    return ""


def _named(days) -> str:
    """The first of the days in words, each once; empty when there are none."""
    return ", ".join(formats.day(day) for day in sorted(set(days))[:NAMED])


def period_of_report(session: Session, action: str, known=None):
    """The sessions that have to be known before the absence is reported: all of the case up to it;
    for a provider, who sees no others, those of the activity among `known` (a queryset)."""
    own = {"activity": session.activity_id} if action == PROVIDE else {"case": session.case_id}
    found = Session.objects.all() if known is None else known
    return found.filter(on__lte=session.on, **own)


# --- the report of one absence -------------------------------------------------------------------
@transaction.atomic
def report_absence(
    session: Session,
    contact: str,
    text: str,
    *,
    actor: User,
    today: date,
    action: str,
    known=None,
) -> AbsenceReport:
    """Report an unexcused absence: to the coach, or by the coach to the income-support unit.

    `action` is the right it is done by. Raises Refused when the session is no unexcused absence,
    when it is reported already (one event is one report), and while a session up to then is
    unregistered (`period_of_report`).
    """
    case = lock(session.case)
    session = lock(session)
    require(actor, action, session)
    if session.outcome not in ADVERSE:
        raise Refused(_("Only an unexcused absence is reported."))
    if AbsenceReport.objects.filter(session=session).exists():
        raise Refused(_("The absence is already reported."))
    if sentence := why_not_adverse(period_of_report(session, action, known), today):
        raise Refused(sentence)
    report = AbsenceReport(session=session, contact=contact, text=text, reported_by=actor)
    save_checked(report)
    record_event(
        case,
        "attendance.reported",
        actor=actor,
        payload={
            "service": session.activity.service.label_sv,
            "absent_on": session.on,
            "contact": contact,
        },
    )
    _tell_of_report(case, session, actor, today)
    log.record(
        actor,
        "attendance.report",
        access=Access.CHANGE,
        subject=case.person.ref,
        obj=report,
        fields=["report"],
    )
    return report


def _tell_of_report(case: Case, session: Session, actor: User, today: date) -> None:
    """The coach is told by others; the income-support unit by the coach."""
    if case.coach_id != actor.pk:
        users = [case.coach] if case.coach_id else []
    else:
        users = secretaries_of(case, today)
    notify_many(
        NoticeText(
            user_id=user.pk,
            key=f"absence:{session.pk}:{user.pk}",
            sentence=gettext_lazy("An unexcused absence %(day)s is reported in case %(case)s."),
            payload={"day": session.on, "case": case.number},
            url_name="activityplans:session",
            url_arg=str(session.pk),
        )
        for user in who_may_know(case.person, users)
    )


def tell_of_correction(session: Session, *, actor: User | None, today: date) -> None:
    """A reported absence was none after all: the report stands, with its correction on the timeline,
    and everybody who was told of the absence is told of that. Does nothing when it was not reported.
    """
    report = AbsenceReport.objects.filter(session=session).first()
    if report is None:
        return
    case = session.case
    record_event(
        case,
        "attendance.corrected",
        actor=actor,
        payload={
            "service": session.activity.service.label_sv,
            "absent_on": session.on,
            "outcome": session.outcome,
        },
    )
    told = Notice.objects.filter(key__startswith=f"absence:{session.pk}:")
    users = set(told.values_list("user_id", flat=True))
    if report.reported_by_id == case.coach_id:
        users |= {user.pk for user in secretaries_of(case, today)}
    elif case.coach_id:
        users.add(case.coach_id)
    users -= {actor.pk if actor else None}
    # Once for each change of mind: a second correction is a second notice.
    times = session.changes.count()
    notify_many(
        NoticeText(
            user_id=user.pk,
            key=f"absence-corrected:{session.pk}:{times}:{user.pk}",
            sentence=gettext_lazy(
                "The absence %(day)s that was reported in case %(case)s is corrected: %(state)s."
            ),
            payload={
                "day": session.on,
                "case": case.number,
                "state": AttendanceOutcome(session.outcome).label,
            },
            url_name="activityplans:session",
            url_arg=str(session.pk),
        )
        for user in who_may_know(case.person, User.objects.filter(pk__in=users))
    )


def tell_of_interruption(case: Case) -> None:
    """Unexcused absence that an interruption now covers: the coach is told to correct it, once for
    each session. The row itself stays, it is what somebody has said."""
    if case.coach_id is None:
        return
    sessions = Session.objects.filter(case=case, outcome__in=ADVERSE).in_interruption()
    receivers = who_may_know(case.person, [case.coach])
    notify_many(
        NoticeText(
            user_id=user.pk,
            key=f"absence-in-interruption:{session.pk}:{user.pk}",
            sentence=gettext_lazy(
                "The unexcused absence %(day)s in case %(case)s lies within the interruption. "
                "Correct the attendance."
            ),
            payload={"day": session.on, "case": case.number},
            url_name="activityplans:session",
            url_arg=str(session.pk),
        )
        for session in sessions.order_by("on", "pk")
        for user in receivers
    )


def secretaries_of(case: Case, today: date) -> list[User]:
    """The social secretaries of the case's income-support unit today; nobody without a unit."""
    held = Membership.objects.valid_on(today).filter(
        unit=case.income_support_unit_id, role=Role.SOCIAL_SECRETARY
    )
    return list(User.objects.filter(pk__in=held.values("user_id")).order_by("pk"))


# --- repeated absence ----------------------------------------------------------------------------
def the_rule() -> AbsenceRule:
    """The municipality's rule, or the one we begin with."""
    return AbsenceRule.objects.first() or AbsenceRule()


def settle_repeated(case: Case, today: date) -> list[RepeatedAbsence]:
    """Bring the rows of repeated absence in line with what is registered; returns the new ones.

    The caller holds the lock of the case. Running it again writes nothing. A row that somebody has
    acted on stays whatever is registered later.
    """
    rule = the_rule()
    absent = Session.objects.filter(case=case, outcome=AttendanceOutcome.UNEXCUSED)
    # On a day of an interruption there was nothing to come to.
    covered = absent.in_interruption().values("pk")
    days = absent.exclude(pk__in=covered).values_list("on", flat=True)
    found = {
        last: (first, count)
        for first, last, count in repeated_absences(set(days), rule.times, rule.days)
    }
    standing = {row.reached_on: row for row in RepeatedAbsence.objects.filter(case=case)}
    gone = [row.pk for day, row in standing.items() if day not in found and row.handled_on is None]
    RepeatedAbsence.objects.filter(pk__in=gone).delete()
    new = []
    for day, (first, count) in found.items():
        if day in standing:
            continue
        row = RepeatedAbsence(
            case=case, first_on=first, reached_on=day, times=count, noticed_on=today
        )
        save_checked(row)
        new.append(row)
    if new or gone:
        clock.recompute(case)
    _tell_coach(case, new, rule.days)
    return new


def _tell_coach(case: Case, rows: list[RepeatedAbsence], within: int) -> None:
    notify_many(
        NoticeText(
            user_id=user.pk,
            key=f"repeated-absence:{row.pk}",
            sentence=gettext_lazy(
                "%(times)s unexcused absences within %(days)s days in case %(case)s. Talk with "
                "the person."
            ),
            payload={"times": row.times, "days": within, "case": case.number},
            url_name="activityplans:repeated_absence",
            url_arg=str(row.pk),
        )
        for user in (who_may_know(case.person, [case.coach]) if rows and case.coach_id else ())
        for row in rows
    )


@transaction.atomic
def handle_repeated(
    row: RepeatedAbsence,
    *,
    talked_on: date,
    person_view: str,
    agreed: str,
    actor: User | None,
    today: date,
) -> RepeatedAbsence:
    """The coach has talked with the person: what they say, and what was agreed; the clock is met."""
    case = lock(row.case)
    row = lock(row)
    require(actor, "attendance.handle", row)
    if row.handled_on is not None:
        raise Refused(_("Somebody has already written what came of the talk."))
    if talked_on > today:
        raise Refused(_("A talk is noted when it has been held."))
    if talked_on < row.reached_on:
        raise Refused(_("The talk cannot lie before the absence."))
    row.handled_on, row.handled_by = talked_on, actor or case.coach
    row.person_view, row.agreed = person_view, agreed
    save_checked(row)
    record_event(
        case,
        "attendance.talked",
        actor=actor,
        payload={"times": str(row.times), "talked_on": talked_on},
    )
    clock.recompute(case)
    log.record(
        actor,
        "attendance.handle",
        access=Access.CHANGE,
        subject=case.person.ref,
        obj=row,
        fields=["handled_on", "person_view", "agreed"],
    )
    return row
