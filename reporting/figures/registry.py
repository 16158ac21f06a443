"""The figures: each defined once, in words and in code. Every page, chart, file and report takes
them from here.

The words are what a reader is told; the code beside them is what is counted. A test proves each
against a small world counted by hand.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from activityplans.enums import AttendanceOutcome
from jobcentre.casework.enums import Outcome
from jobcentre.workdays import add_months
from reporting.enums import FollowUpKind, FollowUpState, Occupation, UnitOf
from reporting.figures import arithmetic, facts
from reporting.figures.arithmetic import Measure, Row
from reporting.figures.facts import Facts
from reporting.figures.scope import Scope

RETURN_MONTHS = 12
RESULT = "to_work_or_studies"
OCCUPIED = frozenset({Occupation.WORK, Occupation.STUDIES})
REACHED = frozenset({Outcome.WORK, Outcome.STUDIES})
ATTENDED = frozenset(
    {AttendanceOutcome.PRESENT, AttendanceOutcome.LATE, AttendanceOutcome.ELSEWHERE}
)


def everything(row: Row, scope: Scope) -> bool:
    return True


@dataclass(frozen=True)
class Figure:
    """A key figure.

    `population(row, scope)` says which rows of `facts` are counted, `measure` makes the number.
    `hit` marks the rows of a share that reach it (None when it is no share). `is_now` figures
    are of today, whatever the period, and have no year before. `counts` names what is counted.
    `part_of` is the share of which a number counts one of the two parts: they are hidden together.
    """

    key: str
    label: Promise
    definition: Promise
    counts: Promise
    unit: UnitOf
    facts: Facts
    measure: Measure
    population: Callable[[Row, Scope], bool] = everything
    hit: Callable[[Row], bool] | None = None
    is_now: bool = False
    more_is_better: bool | None = None
    part_of: str = ""


def _share(hit: Callable[[Row], bool], **more) -> Figure:
    return Figure(unit=UnitOf.PERCENT, measure=partial(arithmetic.share, hit=hit), hit=hit, **more)


def _went_on(row: Row) -> bool:
    return row["outcome"] in REACHED and not (row["outcome"] == Outcome.WORK and row["is_lost"])


def _plan_counts(row: Row, scope: Scope) -> bool:
    return row["is_due"] and (
        row["met_on"] is not None or row["stopped_on"] is not None or row["due_on"] < scope.as_of
    )


def _approval_counts(row: Row, scope: Scope) -> bool:
    return row["is_due"] and (row["approved_on"] is not None or row["approve_by"] < scope.as_of)


def _plan_hit(row: Row) -> bool:
    return row["met_on"] is not None and row["met_on"] <= row["due_on"]


def _approval_hit(row: Row) -> bool:
    return row["approved_on"] is not None and row["approved_on"] <= row["approve_by"]


def _number(population: Callable[[Row, Scope], bool], **more) -> Figure:
    """How many of the first plans are so."""
    return Figure(
        unit=UnitOf.NUMBER,
        measure=arithmetic.number,
        counts=_("plans"),
        facts=facts.PLANS,
        population=population,
        **more,
    )


def _came_back(row: Row) -> bool:
    ended = row["earlier_ended_on"]
    return ended is not None and row["started_on"] <= add_months(ended, RETURN_MONTHS)


def _answered_after(months: int) -> Callable[[Row, Scope], bool]:
    return lambda row, _scope: (
        row["kind"] == FollowUpKind.AFTER_EXIT
        and row["months"] == months
        and row["state"] == FollowUpState.ANSWERED
    )


_after_12 = _answered_after(12)

FIGURES: dict[str, Figure] = {
    figure.key: figure
    for figure in (
        _share(
            _went_on,
            key=RESULT,
            label=_("Went on to work or studies"),
            definition=_(
                "Share of those whose case ended in the period who began to work or study. Work is "
                "employment on the regular labour market, with or without subsidy, or an own "
                "business; it is taken back when the check after one month shows that it did not "
                "last. Municipal labour-market employment is not work. Studies give right to study "
                "aid. Those who moved, died or were taken over by another unit by the "
                "municipality's decision are left out. An exit without a known reason stays in the "
                "whole and counts as neither."
            ),
            counts=_("exits"),
            facts=facts.EXITS,
            population=lambda row, _scope: row["outcome"] != Outcome.EXCLUDED,
            more_is_better=True,
        ),
        _share(
            lambda row: row["outcome"] == Outcome.UNKNOWN,
            key="exits_unknown",
            label=_("Exits without a known reason"),
            definition=_(
                "Share of the cases that ended in the period for which nobody knows what the "
                "person went on to."
            ),
            counts=_("exits"),
            facts=facts.EXITS,
            more_is_better=False,
        ),
        Figure(
            key="exits",
            label=_("Exits"),
            definition=_("Cases whose last day lies in the period, whatever the reason."),
            counts=_("cases"),
            unit=UnitOf.NUMBER,
            facts=facts.EXITS,
            measure=arithmetic.number,
        ),
        Figure(
            key="participants",
            label=_("Participants"),
            definition=_(
                "Persons who had an open case on at least one day of the period. A person with "
                "several cases counts once, with what is said in the latest of them."
            ),
            counts=_("persons"),
            unit=UnitOf.NUMBER,
            facts=facts.PARTICIPANTS,
            measure=arithmetic.number,
        ),
        Figure(
            key="new_cases",
            label=_("New cases"),
            definition=_("Cases whose first visit lies in the period."),
            counts=_("cases"),
            unit=UnitOf.NUMBER,
            facts=facts.NEW_CASES,
            measure=arithmetic.number,
        ),
        Figure(
            key="open_cases",
            label=_("Open cases"),
            definition=_("Cases open at the end of the last day of the period, or today."),
            counts=_("cases"),
            unit=UnitOf.NUMBER,
            facts=facts.OPEN_CASES,
            measure=arithmetic.number,
        ),
        Figure(
            key="caseload",
            label=_("Open cases for each coach"),
            definition=_(
                "Open cases with a coach on the last day of the period, or today, divided by the "
                "number of coaches who have any."
            ),
            counts=_("cases"),
            unit=UnitOf.PER_COACH,
            facts=facts.OPEN_CASES,
            measure=partial(arithmetic.per_distinct, column="coach_pk"),
            population=lambda row, _scope: row["coach_pk"] is not None,
        ),
        _share(
            _plan_hit,
            key="plan_in_time",
            label=_("Plan within five working days"),
            definition=_(
                "Share of the plan clocks that fell due in the period whose first plan was sent "
                "for approval by the end of the fifth working day after the first visit. Lawful "
                "interruptions stop the clock. A plan sent later stays late. A case that ended "
                "before the fifth day counts nowhere."
            ),
            counts=_("plans"),
            facts=facts.PLANS,
            population=_plan_counts,
            more_is_better=True,
        ),
        _share(
            _approval_hit,
            key="approved_in_time",
            label=_("Plan approved in time"),
            definition=_(
                "Share of the plan clocks that fell due in the period whose first approval came "
                "within two working days after the fifth day of the plan clock."
            ),
            counts=_("plans"),
            facts=facts.PLANS,
            population=_approval_counts,
            more_is_better=True,
        ),
        _number(
            lambda row, scope: _plan_counts(row, scope) and _plan_hit(row),
            key="plans_in_time",
            part_of="plan_in_time",
            label=_("Plans sent in time"),
            definition=_(
                "Plan clocks that fell due in the period whose first plan was sent by the end of "
                "the fifth working day."
            ),
        ),
        _number(
            lambda row, scope: _plan_counts(row, scope) and not _plan_hit(row),
            key="plans_late",
            part_of="plan_in_time",
            label=_("Plans late"),
            definition=_(
                "Plan clocks that fell due in the period whose first plan was sent later, or not "
                "at all."
            ),
            more_is_better=False,
        ),
        _number(
            lambda row, _scope: row["plan_runs"],
            key="plans_running",
            label=_("Plan clocks still running"),
            definition=_(
                "Plan clocks that have begun and neither are met nor have run out at the end of "
                "the last day of the period, or today."
            ),
        ),
        _number(
            lambda row, scope: _approval_counts(row, scope) and _approval_hit(row),
            key="approvals_in_time",
            part_of="approved_in_time",
            label=_("Plans approved in time, number"),
            definition=_(
                "Plan clocks that fell due in the period whose first approval came within two "
                "working days after the fifth day."
            ),
        ),
        _number(
            lambda row, scope: _approval_counts(row, scope) and not _approval_hit(row),
            key="approvals_late",
            part_of="approved_in_time",
            label=_("Plans approved late"),
            definition=_(
                "Plan clocks that fell due in the period whose first approval came later, or has "
                "not come though the days have passed."
            ),
            more_is_better=False,
        ),
        _number(
            lambda row, _scope: row["approval_runs"],
            key="approvals_running",
            label=_("Plans waiting for approval in time"),
            definition=_(
                "Persons whose first plan is not approved at the end of the last day of the "
                "period, or today, and whose last day for it has not passed."
            ),
        ),
        _share(
            lambda row: row["met_on"] is not None and row["met_on"] <= row["due_on"],
            key="activities_followed_up",
            label=_("Activities followed up in time"),
            definition=_(
                "Share of the follow-ups of activities, midway and at the end, that fell due in "
                "the period and were written by the end of the fifth working day. What is written "
                "later stays late."
            ),
            counts=_("follow-ups"),
            facts=facts.ACTIVITY_CLOCKS,
            more_is_better=True,
        ),
        Figure(
            key="days_to_plan",
            label=_("Days from first visit to plan"),
            definition=_(
                "Calendar days from the first visit to the day the first plan was sent for "
                "approval; the middle value of the plans first sent in the period."
            ),
            counts=_("plans"),
            unit=UnitOf.DAYS,
            facts=facts.PLANS,
            measure=partial(
                arithmetic.median, of=lambda row: (row["met_on"] - row["started_on"]).days
            ),
            population=lambda row, _scope: row["is_met_now"],
            more_is_better=False,
        ),
        _share(
            _came_back,
            key="returns",
            label=_("Returned within twelve months"),
            definition=_(
                "Share of the new cases in the period whose person had an earlier case that ended "
                "at most twelve months before."
            ),
            counts=_("new cases"),
            facts=facts.NEW_CASES,
            more_is_better=False,
        ),
        _share(
            lambda row: row["outcome"] != AttendanceOutcome.NOT_REGISTERED,
            key="attendance_registered",
            label=_("Attendance registered"),
            definition=_(
                "Share of the planned sessions of the period, up to yesterday, for which presence "
                "or absence has been registered. A session that nobody has registered is not "
                "absence."
            ),
            counts=_("sessions"),
            facts=facts.SESSIONS,
            more_is_better=True,
        ),
        _share(
            lambda row: row["outcome"] in ATTENDED,
            key="attendance_present",
            label=_("Presence"),
            definition=_(
                "Share of the registered sessions of the period where the person was present, also "
                "late, or in another activity according to the plan."
            ),
            counts=_("registered sessions"),
            facts=facts.SESSIONS,
            population=lambda row, _scope: row["outcome"] != AttendanceOutcome.NOT_REGISTERED,
            more_is_better=True,
        ),
        _share(
            lambda row: row["state"] == FollowUpState.ANSWERED,
            key="follow_up_answers",
            label=_("Follow-ups answered"),
            definition=_(
                "Share of the follow-ups after the exit that fell due in the period that have an "
                "answer. Those called off are left out; not reached and not wanting to answer "
                "count as no answer."
            ),
            counts=_("follow-ups"),
            facts=facts.FOLLOW_UPS,
            population=lambda row, _scope: row["kind"] == FollowUpKind.AFTER_EXIT,
            more_is_better=True,
        ),
        _share(
            lambda row: row["occupation"] in OCCUPIED,
            key="occupied_6",
            label=_("In work or studies after six months"),
            definition=_(
                "Share of those who answered the follow-up six months after the exit, due in the "
                "period, who then worked or studied. Read it beside the share of follow-ups "
                "answered."
            ),
            counts=_("answers"),
            facts=facts.FOLLOW_UPS,
            population=_answered_after(6),
            more_is_better=True,
        ),
        _share(
            lambda row: row["occupation"] == Occupation.WORK,
            key="kept_work_12",
            label=_("Still in work after twelve months"),
            definition=_(
                "Share of those who left for work and answered the follow-up twelve months after "
                "the exit, due in the period, who then worked."
            ),
            counts=_("answers"),
            facts=facts.FOLLOW_UPS,
            population=lambda row, scope: _after_12(row, scope) and row["outcome"] == Outcome.WORK,
            more_is_better=True,
        ),
        Figure(
            key="late_now",
            label=_("Late clocks now"),
            definition=_(
                "Clocks of every kind whose last day has passed and that nobody has met, on the "
                "day the figure is read."
            ),
            counts=_("clocks"),
            unit=UnitOf.NUMBER,
            facts=facts.LATE_CLOCKS,
            measure=arithmetic.number,
            is_now=True,
            more_is_better=False,
        ),
    )
}
