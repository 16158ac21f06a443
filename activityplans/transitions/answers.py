"""What an answer does to the version, called by `decide`, and the end of the plan with its case."""

from datetime import date

from django.utils.translation import gettext_lazy

from activityplans.enums import PlanState
from activityplans.models import (
    PlanVersion,
)
from activityplans.transitions.sessions import follow_schedule
from activityplans.transitions.states import move
from jobcentre.accounts.models import User
from jobcentre.casework.models import Approval, Case
from jobcentre.casework.saving import save_checked
from jobcentre.casework.timeline import record_event
from jobcentre.notices.writer import NoticeText, notify


def tell_coach(version: PlanVersion, approval: Approval, sentence) -> None:
    case = version.case
    if case.coach_id:
        notify(
            NoticeText(
                user_id=case.coach_id,
                key=f"plan-answer:{approval.pk}",
                sentence=sentence,
                payload={"number": version.number, "case": case.number},
                url_name="activityplans:plan",
                url_arg=case.number,
            )
        )


def put_in_force(version: PlanVersion, approval: Approval, *, actor: User, today: date) -> None:
    """The version is approved: it replaces the one in force. Called by `decide`."""
    version.case = approval.case
    for old in PlanVersion.objects.filter(case=version.case, state=PlanState.APPROVED):
        move(old, "supersede")
        old.save()
    move(version, "approve")
    version.approved_on = today
    save_checked(version)
    follow_schedule(version.case, today)
    record_event(version.case, "plan.approved", actor=actor, payload={"version": version.number})
    tell_coach(version, approval, gettext_lazy("Version %(number)s in case %(case)s is approved."))


def take_back(version: PlanVersion, approval: Approval, *, actor: User, today: date) -> None:
    """The version goes back to the coach with the reason. Called by `decide`."""
    move(version, "return")
    version.save()
    record_event(
        version.case,
        "plan.returned",
        actor=actor,
        payload={"version": version.number, "reason": approval.reason},
    )
    tell_coach(version, approval, gettext_lazy("Version %(number)s in case %(case)s was returned."))


def refuse(version: PlanVersion, approval: Approval, *, actor: User, today: date) -> None:
    """The version is refused for good; a new one may be written. Called by `decide`."""
    move(version, "refuse")
    version.save()
    record_event(
        version.case,
        "plan.refused",
        actor=actor,
        payload={"version": version.number, "reason": approval.reason},
    )
    tell_coach(version, approval, gettext_lazy("Version %(number)s in case %(case)s was refused."))


def end_plan(case: Case, ended_on: date) -> None:
    """The case closes: the plan in force and a draft end with it."""
    for version in case.plan_versions.filter(
        state__in=[PlanState.APPROVED, PlanState.DRAFT, PlanState.RETURNED]
    ):
        move(version, "end")
        version.ended_on = ended_on
        version.save()
    follow_schedule(case, ended_on)
