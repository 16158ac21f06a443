"""The rows that the figures count: one set-based query each, shared by the figures that need it.

A row is a dict with the columns of `scope.columns`, `n`, and what its figures ask for. Where a
person can have several rows, `person_pk` tells persons apart and `case_pk` leads to the case.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from activityplans.models import Session
from jobcentre.casework.deadlines.clock import Lengths
from jobcentre.casework.enums import ApprovalState, Outcome
from jobcentre.casework.models import Approval, Case, Deadline
from jobcentre.casework.registries import deadline_kinds
from reporting.enums import FollowUpKind, FollowUpState, Occupation
from reporting.figures.scope import Scope, columns
from reporting.models import FollowUp

PLAN = "plan"
APPROVAL = "approval"
LONGEST_ANSWER = timedelta(days=60)  # a municipality may give the answer more days than two


@dataclass(frozen=True)
class Facts:
    """A set of rows: `rows(scope, by_group)` reads them, `cases(scope)` are the cases they are of."""

    key: str
    rows: Callable[[Scope, bool], list[dict[str, Any]]]
    cases: Callable[[Scope], QuerySet[Case]]


def _in_period(name: str, scope: Scope) -> Q:
    return Q(**{f"{name}__gte": scope.starts_on, f"{name}__lt": scope.ends_before})


def _cases(scope: Scope) -> QuerySet[Case]:
    return Case.objects.filter(centre__in=scope.centre_ids).order_by()


# --- participants: a person once, with the latest of their cases ---------------------------------
def _during(scope: Scope) -> QuerySet[Case]:
    return _cases(scope).filter(
        Q(ended_on__isnull=True) | Q(ended_on__gte=scope.starts_on),
        started_on__lte=scope.last_day,
    )


def _participants(scope: Scope) -> QuerySet[Case]:
    later = _during(scope).filter(
        Q(started_on__gt=OuterRef("started_on"))
        | Q(started_on=OuterRef("started_on"), pk__gt=OuterRef("pk")),
        person=OuterRef("person"),
    )
    return _during(scope).filter(~Exists(later))


def _participant_rows(scope, by_group):
    found = _participants(scope).values(**columns(scope, "", by_group))
    return list(found.annotate(n=Count("pk")))


# --- new cases ------------------------------------------------------------------------------------
def _new(scope: Scope) -> QuerySet[Case]:
    return _cases(scope).filter(_in_period("started_on", scope))


def _new_rows(scope, by_group):
    return list(
        _new(scope).values(
            "started_on",
            **columns(scope, "", by_group),
            person_pk=F("person_id"),
            case_pk=F("pk"),
            earlier_ended_on=F("previous__ended_on"),
            n=Value(1),
        )
    )


# --- exits ----------------------------------------------------------------------------------------
def _exits(scope: Scope) -> QuerySet[Case]:
    return _cases(scope).filter(_in_period("ended_on", scope))


def outcome_columns(path: str) -> dict[str, Any]:
    """What an exit led to and whether its job was lost, for rows that lead to the case by `path`."""
    # Work counts when it has lasted a month: a check that found neither work nor studies undoes it.
    lost = FollowUp.objects.filter(
        case=OuterRef(f"{path}pk"),
        kind=FollowUpKind.JOB_CHECK,
        state=FollowUpState.ANSWERED,
        occupation__in=[Occupation.UNEMPLOYED, Occupation.OTHER],
    )
    return {
        "outcome": Coalesce(F(f"{path}exit__outcome"), Value(Outcome.UNKNOWN.value)),
        "is_lost": Exists(lost),
    }


def _exit_rows(scope, by_group):
    return list(
        _exits(scope).values(
            **columns(scope, "", by_group),
            **outcome_columns(""),
            person_pk=F("person_id"),
            case_pk=F("pk"),
            n=Value(1),
        )
    )


# --- the first plan and its approval --------------------------------------------------------------
def _plan_clocks(scope: Scope) -> QuerySet[Deadline]:
    """Those that were due or met in the period, and those that run on its last day, also while
    only the answer is waited for."""
    runs = Q(started_on__lte=scope.last_day, stopped_on__isnull=True) & (
        Q(due_on__isnull=True) | Q(due_on__gte=scope.last_day - LONGEST_ANSWER)
    )
    return (
        Deadline.objects.filter(
            _in_period("due_on", scope) | _in_period("met_on", scope) | runs,
            kind=PLAN,
            case__centre__in=scope.centre_ids,
            cancelled_on__isnull=True,
        )
        .exclude(_ended_before_the_last_day())
        .order_by()
    )


def _ended_before_the_last_day() -> Q:
    """Such a case counts nowhere, with a plan that was sent or without: else those who leave early
    would count only when the plan was in time."""
    last = Q(due_on__isnull=True) | Q(case__ended_on__lte=F("due_on"))
    return Q(case__ended_on__isnull=False) & last


def _plan_rows(scope, by_group):
    """Each plan clock with the day of the first approval and the last day for it (day 5 + 2)."""
    first_approved = (
        Approval.objects.filter(case=OuterRef("case"), kind=PLAN, state=ApprovalState.APPROVED)
        .order_by("decided_on")
        .values("decided_on")[:1]
    )
    rows = list(
        _plan_clocks(scope).values(
            "started_on",
            "due_on",
            "met_on",
            "stopped_on",
            **columns(scope, "case__", by_group),
            person_pk=F("case__person_id"),
            case_pk=F("case_id"),
            approved_on=Subquery(first_approved),
            n=Value(1),
        )
    )
    lengths = Lengths.load()
    days = lengths.length_of(deadline_kinds[APPROVAL]).n
    last_days: dict = {None: None}
    for row in rows:
        due = row["due_on"]
        if due not in last_days:
            # The office's own time: pauses of the person do not move it.
            last_days[due] = lengths.calendar.add_workdays(due, days)
        row["approve_by"] = last_days[due]
        row.update(_running(row, scope))
        row["is_due"] = due is not None and scope.starts_on <= due < scope.ends_before
        row["is_met_now"] = (
            row["met_on"] is not None and scope.starts_on <= row["met_on"] < scope.ends_before
        )
    return rows


def _running(row: dict[str, Any], scope: Scope) -> dict[str, bool]:
    """Whether the two clocks run at the end of the last day that is counted: begun, neither met nor
    ended with the case, and not run out. Today's last day is still to come."""
    edge = min(scope.ends_before, scope.as_of)

    def runs(until, done) -> bool:
        is_done = done is not None and done <= scope.last_day
        return not is_done and (until is None or until >= edge)

    begun = row["started_on"] <= scope.last_day and row["stopped_on"] is None
    return {
        "plan_runs": begun and runs(row["due_on"], row["met_on"]),
        "approval_runs": begun and runs(row["approve_by"], row["approved_on"]),
    }


# --- follow-ups of activities that are due --------------------------------------------------------
def _activity_clocks(scope: Scope) -> QuerySet[Deadline]:
    return Deadline.objects.filter(
        _in_period("due_on", scope),
        Q(due_on__lt=scope.as_of) | Q(met_on__isnull=False),
        kind__in=["activity_midway", "activity_end"],
        case__centre__in=scope.centre_ids,
        cancelled_on__isnull=True,
    ).order_by()


def _activity_rows(scope, by_group):
    return list(
        _activity_clocks(scope).values(
            "kind",
            "due_on",
            "met_on",
            **columns(scope, "case__", by_group),
            person_pk=F("case__person_id"),
            case_pk=F("case_id"),
            n=Value(1),
        )
    )


# --- open cases on the last day -------------------------------------------------------------------
def _open(scope: Scope) -> QuerySet[Case]:
    return _cases(scope).filter(
        Q(ended_on__isnull=True) | Q(ended_on__gt=scope.last_day), started_on__lte=scope.last_day
    )


def _open_rows(scope, by_group):
    found = _open(scope).values(**columns(scope, "", by_group), coach_pk=F("coach_id"))
    return list(found.annotate(n=Count("pk")))


# --- late clocks, today ---------------------------------------------------------------------------
def _late(scope: Scope) -> QuerySet[Deadline]:
    return (
        Deadline.objects.late_on(scope.as_of).filter(case__centre__in=scope.centre_ids).order_by()
    )


def _late_rows(scope, by_group):
    return list(
        _late(scope).values(
            "kind",
            **columns(scope, "case__", by_group),
            person_pk=F("case__person_id"),
            case_pk=F("case_id"),
            n=Value(1),
        )
    )


# --- sessions that have been ----------------------------------------------------------------------
def _sessions(scope: Scope) -> QuerySet[Session]:
    return Session.objects.filter(
        _in_period("on", scope), on__lt=scope.as_of, case__centre__in=scope.centre_ids
    ).order_by()


def _session_rows(scope, by_group):
    found = _sessions(scope).values(
        "outcome",
        **columns(scope, "case__", by_group),
        person_pk=F("case__person_id"),
        case_pk=F("case_id"),
    )
    return list(found.annotate(n=Count("pk")))


# --- follow-ups that are due ----------------------------------------------------------------------
def _follow_ups(scope: Scope) -> QuerySet[FollowUp]:
    return (
        FollowUp.objects.filter(
            _in_period("due_on", scope),
            Q(due_on__lt=scope.as_of) | ~Q(state=FollowUpState.WAITING),
            case__centre__in=scope.centre_ids,
        )
        .exclude(state=FollowUpState.CANCELLED)
        .order_by()
    )


def _follow_up_rows(scope, by_group):
    return list(
        _follow_ups(scope).values(
            "kind",
            "months",
            "state",
            "occupation",
            **columns(scope, "case__", by_group),
            person_pk=F("case__person_id"),
            case_pk=F("case_id"),
            outcome=F("exit__outcome"),
            n=Value(1),
        )
    )


def _of(children) -> Callable[[Scope], QuerySet[Case]]:
    return lambda scope: Case.objects.filter(pk__in=children(scope).values("case_id"))


PARTICIPANTS = Facts("participants", _participant_rows, _participants)
NEW_CASES = Facts("new_cases", _new_rows, _new)
EXITS = Facts("exits", _exit_rows, _exits)
PLANS = Facts("plans", _plan_rows, _of(_plan_clocks))
OPEN_CASES = Facts("open_cases", _open_rows, _open)
ACTIVITY_CLOCKS = Facts("activity_clocks", _activity_rows, _of(_activity_clocks))
LATE_CLOCKS = Facts("late_clocks", _late_rows, _of(_late))
SESSIONS = Facts("sessions", _session_rows, _of(_sessions))
FOLLOW_UPS = Facts("follow_ups", _follow_up_rows, _of(_follow_ups))
