"""The clocks of the plan: written in five days, answered in two, followed up, reviewed."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from activityplans.approvals import KIND as PLAN_APPROVAL
from activityplans.enums import PlanState
from activityplans.models import MidwayFollowUp, PlanLine, PlanReview, PlanVersion
from jobcentre.accounts.enums import Role
from jobcentre.casework.approvals.writer import approving_unit
from jobcentre.casework.deadlines.facts import read_once
from jobcentre.casework.deadlines.rules import Length, Unit
from jobcentre.casework.enums import ApprovalState, WaitsFor
from jobcentre.casework.models import Approval
from jobcentre.casework.registries import ClockFact, DeadlineKind, deadline_kinds


@read_once
def _versions(case) -> list[PlanVersion]:
    return list(
        PlanVersion.objects.filter(case=case)
        .only("number", "starts_on", "submitted_on", "approved_on")
        .order_by("number")
    )


def plan_facts(case):
    """One clock from the first visit, met by the first submission."""
    sent = [version.submitted_on for version in _versions(case) if version.submitted_on]
    first = min(sent, default=None)
    return [ClockFact(started_on=case.started_on, met_on=first, owner_id=case.coach_id)]


def approval_facts(case):
    """One clock for each submission, met by approve, return or refuse."""
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
        for approval in Approval.objects.filter(case=case, kind=PLAN_APPROVAL).order_by("pk")
    ]


def review_facts(case):
    """Six months from the start of the plan in force, met by a recorded review."""
    if not any(version.approved_on for version in _versions(case)):
        return []
    reviews = {
        review.version_id: review.reviewed_on
        for review in PlanReview.objects.filter(case=case).order_by("-reviewed_on", "-pk")
    }
    facts, first_of_period = [], {}
    for version in _versions(case):
        if version.approved_on is None:
            continue
        # A change within the same period does not start the clock again.
        first_of_period.setdefault(version.starts_on, version)
        if version.pk in reviews:
            first = first_of_period[version.starts_on]
            reviews.setdefault(first.pk, reviews[version.pk])
    for starts_on, version in first_of_period.items():
        facts.append(
            ClockFact(
                started_on=starts_on,
                met_on=reviews.get(version.pk),
                subject_key=f"period:{starts_on.isoformat()}",
                owner_id=case.coach_id,
            )
        )
    return facts


@read_once
def _latest_lines(case) -> list[PlanLine]:
    """What the plan in force, or the last one, says of each activity; with what came of it."""
    lines = (
        PlanLine.objects.filter(
            version__case=case,
            version__state__in=[PlanState.APPROVED, PlanState.ENDED],
        )
        .select_related("activity__service", "activity__follow_up", "activity__broken_off")
        .order_by("version__number")
    )
    return list({line.activity_id: line for line in lines}.values())


@read_once
def _midways(case) -> list[MidwayFollowUp]:
    """The follow-ups midway of the case; not asked for when no line names a day."""
    if all(line.follow_up_on is None for line in _latest_lines(case)):
        return []
    return list(MidwayFollowUp.objects.filter(activity__case=case).order_by("pk"))


def activity_end_facts(case):
    """Five working days after an activity of the plan in force has ended or was broken off."""
    if not any(version.approved_on for version in _versions(case)):
        return []
    facts = []
    for line in _latest_lines(case):
        follow_up = getattr(line.activity, "follow_up", None)
        broken_off = getattr(line.activity, "broken_off", None)
        ended_on = line.ends_before - timedelta(days=1)
        if follow_up or broken_off:
            ended_on = follow_up.ended_on if follow_up else broken_off.last_on
        facts.append(
            ClockFact(
                started_on=ended_on,
                met_on=follow_up.followed_up_on if follow_up else None,
                subject_key=f"activity:{line.activity_id}",
                subject_label=str(line.activity.service),
                owner_id=case.coach_id,
                url=reverse("activityplans:follow_up", args=[line.activity.ref]),
            )
        )
    return facts


def midway_facts(case):
    """From the day the plan names, met by the follow-up midway, or by that at the end. None for an
    activity that ended before the day."""
    if not any(version.approved_on for version in _versions(case)):
        return []
    facts = []
    for line in _latest_lines(case):
        planned_on = line.follow_up_on
        end = getattr(line.activity, "follow_up", None)
        broken_off = getattr(line.activity, "broken_off", None)
        ended_on = (end and end.ended_on) or (broken_off and broken_off.last_on)
        if planned_on is None or (ended_on is not None and ended_on < planned_on):
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
                subject_label=str(line.activity.service),
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
        ),
    )
