"""The plan reviewed and an activity followed up."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from activityplans.enums import NextMove
from activityplans.life import asks_for_another_kind
from activityplans.models import (
    Activity,
    ActivityFollowUp,
    PlanReview,
)
from activityplans.transitions.life import results_of
from activityplans.transitions.plans import version_in_force
from activityplans.transitions.sessions import end_sessions
from jobcentre.accounts.models import User
from jobcentre.audit import log
from jobcentre.audit.enums import Access
from jobcentre.casework.access.checks import require
from jobcentre.casework.concurrency import lock
from jobcentre.casework.deadlines import clock
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import Case
from jobcentre.casework.saving import save_checked
from jobcentre.casework.timeline import record_event


@transaction.atomic
def review_plan(
    case: Case,
    conclusion: str,
    *,
    actor: User | None,
    today: date,
    took_part: str = "",
    what_worked: str = "",
    person_view: str = "",
    next_steps: str = "",
) -> PlanReview:
    """Record the review (omprövning) of the plan in force; the six-month clock is met.

    Raises Refused when no plan is in force.
    """
    case = lock(case)
    require(actor, "plan.edit", case)
    version = version_in_force(case)
    if version is None:
        raise Refused(_("There is no plan in force to review."))
    review = PlanReview(
        case=case,
        version=version,
        reviewed_on=today,
        took_part=took_part,
        what_worked=what_worked,
        person_view=person_view,
        next_steps=next_steps,
        conclusion=conclusion,
        recorded_by=actor or case.coach,
    )
    save_checked(review)
    record_event(case, "plan.reviewed", actor=actor, payload={"reviewed_on": today})
    clock.recompute(case)
    log.record(actor, "plan.review", access=Access.CHANGE, subject=case.person.ref, obj=review)
    return review


@transaction.atomic
def follow_up_activity(
    activity: Activity,
    *,
    ended_on: date,
    result: str,
    comment: str,
    next_move: str,
    actor: User | None,
    today: date,
) -> ActivityFollowUp:
    """Record what came of an activity that has ended; its clock is met.

    Raises Refused when it was already followed up or has not ended.
    """
    case = lock(activity.case)
    require(actor, "activity.follow_up", activity)
    if ActivityFollowUp.objects.filter(activity=activity).exists():
        raise Refused(_("The activity has already been followed up."))
    if ended_on > today:
        raise Refused(_("An activity is followed up when it has ended."))
    results = [*results_of(case).get(activity.service_id, []), result]
    if next_move == NextMove.CONTINUE and asks_for_another_kind(results):
        raise Refused(
            _(
                "No result twice in a row: choose another kind of activity, or that no more is needed."
            )
        )
    follow_up = ActivityFollowUp(
        activity=activity,
        ended_on=ended_on,
        followed_up_on=today,
        result=result,
        comment=comment,
        next_move=next_move,
        recorded_by=actor or case.coach,
    )
    save_checked(follow_up)
    end_sessions(activity, ended_on)
    record_event(
        case,
        "activity.followed_up",
        actor=actor,
        payload={
            "service": activity.service.label_sv,
            "ended_on": ended_on,
            "result": result,
            "next_move": next_move,
        },
    )
    clock.recompute(case)
    log.record(
        actor,
        "activity.follow_up",
        access=Access.CHANGE,
        subject=case.person.ref,
        obj=follow_up,
    )
    return follow_up
