"""The plan reviewed and an activity followed up."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from activityplans.enums import NextMove
from activityplans.in_force import followed_on
from activityplans.life import ActivityFacts, asks_for_another_kind, may, state_of
from activityplans.models import (
    Activity,
    ActivityFollowUp,
    PlanReview,
)
from activityplans.transitions.life import facts_of, results_of
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
from jobcentre.ui import formats


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
    """Record the review (omprövning) of the plan that the person follows; the six-month clock of
    the oldest period that is not reviewed is met.

    Raises Refused when no plan is in force or it has not begun.
    """
    case = lock(case)
    require(actor, "plan.edit", case)
    version = followed_on(case.plan_versions.all(), today)
    if version is None:
        raise Refused(_("There is no plan in force to review."))
    if today < version.starts_on:
        raise Refused(
            _("The plan begins on %(day)s. It is reviewed when it has begun.")
            % {"day": formats.day_year(version.starts_on)}
        )
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

    Raises Refused when it was already followed up, has not begun, or cannot have ended that day.
    """
    case = lock(activity.case)
    require(actor, "activity.follow_up", activity)
    if ActivityFollowUp.objects.filter(activity=activity).exists():
        raise Refused(_("The activity has already been followed up."))
    if sentence := _why_not_ended(case, facts_of(activity, today), ended_on, today):
        raise Refused(sentence)
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
    end_sessions(activity, ended_on, today)
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


def _why_not_ended(
    case: Case, facts: ActivityFacts | None, ended_on: date, today: date
) -> str | None:
    """Why the activity cannot have ended on `ended_on`, as a sentence; None when it can."""
    if facts is None:
        return _("The activity is not in force yet. It is followed up when it has ended.")
    if not may("follow_up", state_of(facts, today)):
        return _("The activity begins on %(day)s. It is followed up when it has ended.") % {
            "day": formats.day_year(facts.starts_on)
        }
    if ended_on > today:
        return _("An activity is followed up when it has ended.")
    broken_off_on = facts.broken_off_on
    if broken_off_on is not None and ended_on > broken_off_on:
        return _("The activity was broken off on %(day)s. It did not end later than that.") % {
            "day": formats.day_year(broken_off_on)
        }
    if ended_on < min(facts.starts_on, broken_off_on or facts.starts_on):
        return _("The activity began on %(day)s. It did not end before that.") % {
            "day": formats.day_year(facts.starts_on)
        }
    if case.ended_on is not None and ended_on > case.ended_on:
        return _("The case ended on %(day)s. The activity did not end later than that.") % {
            "day": formats.day_year(case.ended_on)
        }
    return None
