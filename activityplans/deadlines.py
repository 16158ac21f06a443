"""The clocks of the plan: written in five days, answered in two, followed up, reviewed."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from activityplans.clock_rows import answers_of, lines_of, versions_of
from activityplans.known_activities import KnownActivity, known_activities
from activityplans.models import MidwayFollowUp, PlanReview
from activityplans.review_periods import review_periods
from jobcentre.accounts.enums import Role
from jobcentre.casework.approvals.writer import approving_unit
from jobcentre.casework.deadlines import subjects
from jobcentre.casework.deadlines.facts import read_once, rows_of
from jobcentre.casework.deadlines.rules import Length, Unit
from jobcentre.casework.enums import ApprovalState, WaitsFor
from jobcentre.casework.registries import ClockFact, DeadlineKind, deadline_kinds


def plan_facts(case):
    """One clock from the first visit, met by the first submission."""
    sent = [version.submitted_on for version in versions_of(case) if version.submitted_on]
    first = min(sent, default=None)
    return [ClockFact(started_on=case.started_on, met_on=first, owner_id=case.coach_id)]


def approval_facts(case):
    """One clock for each submission, met by approve, return or refuse."""
    answers = answers_of(case)
    if not answers:
        return []
    unit = approving_unit(case)
    return [
        ClockFact(
            started_on=approval.requested_on,
            met_on=approval.decided_on,
            cancelled_on=approval.requested_on
            if approval.state == ApprovalState.WITHDRAWN
            else None,
            subject_key=f"approval:{approval.pk}",
            subject_label=f"v{approval.subject_version}",
            unit_id=unit.pk,
            url=reverse("activityplans:decide", args=[approval.pk]),
        )
        for approval in answers
    ]


@rows_of("case")
def _reviews():
    return PlanReview.objects.order_by("reviewed_on", "pk")


def review_facts(case):
    """Six months from the first day of each period of the plan, met by a recorded review."""
    if not any(version.approved_on for version in versions_of(case)):
        return []
    reviewed = [review.reviewed_on for review in _reviews(case)]
    return [
        ClockFact(
            started_on=period.starts_on,
            met_on=period.met_on,
            subject_key=f"period:{period.starts_on.isoformat()}",
            owner_id=case.coach_id,
        )
        for period in review_periods(versions_of(case), reviewed)
    ]


@read_once
def _activities(case) -> list[KnownActivity]:
    known = known_activities(versions_of(case), lines_of(case))
    return [each for each in known if each.took_place]


@rows_of("activity__case")
def _midways():
    return MidwayFollowUp.objects.order_by("pk")


def activity_end_facts(case):
    """Five working days after an activity has ended, was broken off or was left out of the plan."""
    return [
        ClockFact(
            started_on=each.last_on,
            met_on=each.follow_up and each.follow_up.followed_up_on,
            subject_key=f"activity:{each.line.activity_id}",
            subject_label=subjects.both(each.line.activity.service),
            owner_id=case.coach_id,
            url=reverse("activityplans:follow_up", args=[each.line.activity.ref]),
        )
        for each in _activities(case)
    ]


def midway_facts(case):
    """From the day the plan names, met by the follow-up midway, or by that at the end. None for an
    activity that ended before the day."""
    facts = []
    for known in _activities(case):
        line, end = known.line, known.follow_up
        planned_on = line.follow_up_on
        if planned_on is None or known.last_on < planned_on:
            continue
        held = [
            each.held_on
            for each in _midways(case)
            if (each.activity_id, each.planned_on) == (line.activity_id, planned_on)
        ]
        met_on = held[0] if held else end and end.followed_up_on
        facts.append(
            ClockFact(
                started_on=planned_on,
                met_on=met_on and max(met_on, planned_on),
                subject_key=f"midway:{line.activity_id}",
                subject_label=subjects.both(line.activity.service),
                owner_id=case.coach_id,
                url=reverse("activityplans:midway", args=[line.activity.ref]),
            )
        )
    return facts


def register() -> None:
    deadline_kinds.register(
        DeadlineKind(
            key="plan",
            label=_("Plan"),
            length=Length(5, Unit.WORKDAYS),
            pausable=True,
            warn_before=(1,),
            escalate_to=Role.MANAGER,
            waits_for=WaitsFor.COACH,
            met_by=_("the first plan is sent for approval"),
            step=_("Write the plan"),
            url_name="activityplans:edit",
            facts=plan_facts,
            tells_manager_before=True,
        ),
        DeadlineKind(
            key="approval",
            label=_("Answer on the plan"),
            length=Length(2, Unit.WORKDAYS),
            pausable=False,
            warn_before=(1,),
            escalate_to=Role.MANAGER,
            waits_for=WaitsFor.INCOME_SUPPORT,
            met_by=_("the plan is approved, returned or refused"),
            step=_("Take a position"),
            url_name="activityplans:decide",
            facts=approval_facts,
            tells_manager_before=True,
        ),
        DeadlineKind(
            key="review",
            label=_("Review of the plan"),
            length=Length(6, Unit.MONTHS),
            pausable=True,
            warn_before=(30, 7),
            escalate_to=Role.MANAGER,
            waits_for=WaitsFor.COACH,
            met_by=_("a review is recorded"),
            step=_("Review the plan"),
            url_name="activityplans:review",
            facts=review_facts,
        ),
        DeadlineKind(
            key="activity_end",
            label=_("Follow-up of activity"),
            length=Length(5, Unit.WORKDAYS),
            pausable=True,
            warn_before=(2,),
            escalate_to=Role.MANAGER,
            waits_for=WaitsFor.COACH,
            met_by=_("the follow-up is saved"),
            step=_("Follow up the activity"),
            url_name="activityplans:follow_up",
            facts=activity_end_facts,
            tell_subject=subjects.one_of_both,
        ),
        DeadlineKind(
            key="activity_midway",
            label=_("Follow-up midway"),
            length=Length(5, Unit.WORKDAYS),
            pausable=True,
            warn_before=(2,),
            escalate_to=Role.MANAGER,
            waits_for=WaitsFor.COACH,
            met_by=_("the follow-up midway is saved"),
            step=_("Follow up midway"),
            url_name="activityplans:midway",
            facts=midway_facts,
            tell_subject=subjects.one_of_both,
        ),
    )
