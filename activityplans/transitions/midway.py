"""An activity followed up halfway."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from activityplans.enums import PlanState
from activityplans.models import Activity, MidwayFollowUp, PlanLine
from activityplans.transitions.life import facts_of
from jobcentre.accounts.models import User
from jobcentre.audit import log
from jobcentre.audit.enums import Access
from jobcentre.casework.access.checks import require
from jobcentre.casework.concurrency import lock
from jobcentre.casework.deadlines import clock
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.saving import save_checked
from jobcentre.casework.timeline import record_event


def planned_midway(activity: Activity) -> date | None:
    """The day of the follow-up that the plan in force names, None when it names none."""
    return (
        PlanLine.objects.filter(activity=activity, version__state=PlanState.APPROVED)
        .values_list("follow_up_on", flat=True)
        .first()
    )


@transaction.atomic
def follow_up_midway(
    activity: Activity,
    *,
    held_on: date,
    result: str,
    comment: str,
    next_steps: str,
    actor: User | None,
    today: date,
) -> MidwayFollowUp:
    """Record how an activity goes halfway; its clock is met.

    Raises Refused when the plan in force names no such follow-up, it is done already, the activity
    has ended, or the day lies ahead or before the activity began.
    """
    case = lock(activity.case)
    require(actor, "activity.follow_up", activity)
    planned_on = planned_midway(activity)
    if planned_on is None:
        raise Refused(_("The plan in force has no follow-up midway of this activity."))
    if MidwayFollowUp.objects.filter(activity=activity, planned_on=planned_on).exists():
        raise Refused(_("The activity has already been followed up midway."))
    facts = facts_of(activity, today)
    if facts.is_followed_up:
        raise Refused(_("The activity has already been followed up."))
    if held_on > today:
        raise Refused(_("A follow-up is written when it has been held, not ahead."))
    if held_on < facts.starts_on:
        raise Refused(_("The activity had not begun that day."))
    row = MidwayFollowUp(
        activity=activity,
        planned_on=planned_on,
        held_on=held_on,
        result=result,
        comment=comment,
        next_steps=next_steps,
        recorded_by=actor or case.coach,
    )
    save_checked(row)
    record_event(
        case,
        "activity.midway",
        actor=actor,
        payload={"service": activity.service.label_sv, "held_on": held_on, "result": result},
    )
    clock.recompute(case)
    log.record(actor, "activity.follow_up", access=Access.CHANGE, subject=case.person.ref, obj=row)
    return row
