from datetime import timedelta

from django.db.models import OuterRef, Subquery, prefetch_related_objects
from django.utils.translation import gettext_lazy as _

from activityplans import hours
from activityplans.attendance_rules import ADVERSE, attendance_sum, sign_of
from activityplans.enums import AttendanceOutcome, NextMove, PlanState
from activityplans.in_force import followed_on
from activityplans.known_activities import known_activities
from activityplans.last_answer import answered, last_answer
from activityplans.life import ActivityFacts, ActivityState, may, state_of
from activityplans.models import (
    PlanLine,
    PlanReview,
    PlanVersion,
    RepeatedAbsence,
    Session,
    SupportStatement,
)
from activityplans.paper.languages import LANGUAGES
from activityplans.plan_enums import PackageState
from activityplans.signing import signed
from activityplans.timeline import plan_timeline
from activityplans.transitions.plans import draft_of
from activityplans.transitions.states import available_moves
from intake.mapping import ssyk
from jobcentre.casework.access.checks import can
from jobcentre.casework.enums import Area
from jobcentre.casework.models import Deadline
from jobcentre.casework.registries import CasePanel, case_panels
from jobcentre.workdays import add_months

LATEST = 12  # sessions that the panel names one by one


def _versions(case):
    """All versions, newest first, each with its latest review and the day the case's next is due:
    one query."""
    reviews = PlanReview.objects.filter(version=OuterRef("pk")).order_by("-reviewed_on")
    due = Deadline.objects.filter(
        case=OuterRef("case"), kind="review", met_on=None, cancelled_on=None
    ).order_by("due_on")
    return list(
        PlanVersion.objects.filter(case=case)
        .select_related("last_edited_by", "template")
        .annotate(
            reviewed_on=Subquery(reviews.values("reviewed_on")[:1]),
            review_due_on=Subquery(due.values("due_on")[:1]),
        )
    )


def _lines(versions):
    """The lines of versions (in force, waiting, come back), with activity and provider."""
    if not versions:
        return []
    return list(
        PlanLine.objects.filter(version__in=versions)
        .select_related(
            "activity__service",
            "activity__follow_up",
            "activity__broken_off",
            "provider",
            "offered",
        )
        .order_by("starts_on", "position")
    )


def _plan(case, user, today):
    versions = _versions(case)
    in_force = followed_on(versions, today)
    newest = next((v for v in versions if v.state == PlanState.APPROVED), None)
    coming = newest if newest is not None and newest != in_force else None
    waiting = next((v for v in versions if v.state == PlanState.SUBMITTED), None)
    draft = next((v for v in versions if v.state in PlanState.being_written()), None)
    back = answered(versions)
    lines = _lines([v for v in (in_force, waiting, back) if v is not None])
    held = [line for line in lines if in_force and line.version_id == in_force.pk]
    for line in held:
        line.life = _state(line, case, today)
        line.may_break_off = may("break_off", line.life)
    sent = [line for line in lines if waiting and line.version_id == waiting.pk]
    return {
        "timeline": plan_timeline(case, versions, held, sent, today),
        "versions": versions,
        "in_force": in_force,
        "coming": coming,
        "waiting": waiting,
        "draft": draft,
        "answer": last_answer(case, versions, lines),
        "refused": versions[0] if versions and versions[0].state == PlanState.REFUSED else None,
        "lines": held,
        "proposed": sent,
        "moves": available_moves(case, user, versions),
        "today": today,
    }


def _plan_tab(case, user, today):
    """The whole of the version in force, or of the one that waits when there is none, and what the
    reviews said."""
    context = _plan(case, user, today)
    version = context["in_force"] or context["waiting"]
    if version is not None:
        prefetch_related_objects([version], "sub_goals", "promises", "steering__activity__service")
        lines = context["lines"] or context["proposed"]
        prefetch_related_objects(lines, "times", "activity__midways__recorded_by")
        for line in context["lines"]:
            _tell_midway(line, today)
        context |= {
            "shown": version,
            "weeks": hours.for_case(version, lines, case),
            "languages": LANGUAGES.values(),
            "has_times": any(line.times.all() for line in context["lines"]),
            "occupation": ssyk.label_of(version.goal_occupation),
        }
    context["to_follow_up"] = _to_follow_up(context, today)
    to_sign = context["draft"] or context["waiting"] or context["coming"] or context["in_force"]
    if to_sign is not None:
        context |= {"to_sign": to_sign, "signed": signed(to_sign)}
    context["packages"] = (
        list(case.af_packages.filter(state=PackageState.HANDED).select_related("handed_by"))
        if can(user, "package.view", case)
        else []
    )
    context["may_package"] = case.is_open and can(user, "package.write", case)
    context["reviews"] = list(
        PlanReview.objects.filter(case=case).select_related("recorded_by", "version")[:20]
    )
    return context


def _to_follow_up(context, today) -> list:
    """The activities that have ended, are not followed up and are no row of the plan shown: those
    of an earlier period, and those that a newer version left out."""
    shown = {line.activity_id for line in context["lines"]}
    return [
        each
        for each in known_activities(context["versions"])
        if each.line.activity_id not in shown
        and each.took_place
        and each.follow_up is None
        and each.last_on <= today
    ]


def _tell_midway(line, today) -> None:
    """The follow-up midway of a line in force: when it is, whether it is to be written now."""
    held = [each for each in line.activity.midways.all() if each.planned_on == line.follow_up_on]
    line.midway = held[0] if held else None
    line.midway_is_due = (
        line.follow_up_on is not None
        and line.midway is None
        and line.follow_up_on <= today
        and getattr(line.activity, "follow_up", None) is None
    )


def _state(line, case, today) -> ActivityState:
    """Where the activity of a line in force stands; the rows are there already."""
    follow_up = getattr(line.activity, "follow_up", None)
    broken_off = getattr(line.activity, "broken_off", None)
    return state_of(
        ActivityFacts(
            line.starts_on,
            line.ends_before,
            is_interrupted=any(pause.goes_on(today) for pause in case.pauses.all()),
            broken_off_on=broken_off and broken_off.last_on,
            is_followed_up=follow_up is not None,
            was_replaced=follow_up is not None and follow_up.next_move == NextMove.REPLACE,
        ),
        today,
    )


def _plan_overview(case, user, today):
    context = _plan(case, user, today)
    context["is_short"] = True
    return context


def week_sums(sessions):
    """ISO weeks of the sessions with their hours by outcome, newest first."""
    weeks: dict[tuple[int, int], list] = {}
    for session in sessions:
        year, week, _day = session.on.isocalendar()
        weeks.setdefault((year, week), []).append(session)
    return [
        {
            "monday": min(members, key=lambda s: s.on).on
            - timedelta(days=min(members, key=lambda s: s.on).on.weekday()),
            "sum": attendance_sum((s.minutes, s.outcome, s.late_minutes) for s in members),
            "sessions": members,
        }
        for _key, members in sorted(weeks.items(), reverse=True)
    ]


def _statements(case, user, today):
    """The latest statements of the case, and the month that has ended for one who may write it."""
    if not can(user, "statement.view", case):
        return {"statements": [], "month_to_write": None}
    rows = SupportStatement.objects.visible_to(user).filter(case=case, corrected_by__isnull=True)
    ended = add_months(today.replace(day=1), -1)
    return {
        "statements": list(rows[:6]),
        "month_to_write": ended
        if case.income_support_unit_id and can(user, "statement.write", case)
        else None,
    }


def _attendance(case, user, today):
    since = today - timedelta(weeks=12)
    sessions = list(
        Session.objects.filter(case=case, on__gte=since, on__lte=today + timedelta(weeks=2))
        .select_related("activity__service")
        .order_by("on", "starts_at")
    )
    held = [session for session in sessions if session.on < today]
    in_force = PlanVersion.objects.filter(case=case, state=PlanState.APPROVED).first()
    balance = None
    if in_force is not None:
        balance = draft_of(in_force).balance
    return {
        "weeks": week_sums(held),
        "coming": [session for session in sessions if session.on >= today],
        "to_correct": list(
            Session.objects.filter(case=case, outcome__in=ADVERSE)
            .in_interruption()
            .order_by("on", "starts_at")[:LATEST]
        ),
        "unregistered": [s for s in held if s.outcome == AttendanceOutcome.NOT_REGISTERED],
        "latest": [(session, sign_of(session.outcome)) for session in reversed(held[-LATEST:])],
        "repeated": list(RepeatedAbsence.objects.filter(case=case)[:5]),
        "may_handle": can(user, "attendance.handle", case),
        **_statements(case, user, today),
        "balance": balance,
        "may_register": can(user, "attendance.register", case),
        "since": since,
    }


def register() -> None:
    case_panels.register(
        CasePanel(
            "plan_overview",
            _("Plan"),
            Area.PLAN,
            "activityplans/panels/plan.html",
            _plan_overview,
            place="overview",
            position=20,
        ),
        CasePanel(
            "plan",
            _("Plan"),
            Area.PLAN,
            "activityplans/panels/plan.html",
            _plan_tab,
            place="tab",
            position=20,
        ),
        CasePanel(
            "attendance",
            _("Activities and attendance"),
            Area.ATTENDANCE,
            "activityplans/panels/attendance.html",
            _attendance,
            place="tab",
            position=30,
        ),
    )
