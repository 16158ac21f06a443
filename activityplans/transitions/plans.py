"""A plan written and sent for approval."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activityplans import hours, rules
from activityplans.enums import PlanState
from activityplans.models import PlanVersion
from activityplans.transitions.free_changes import enters_freely
from activityplans.transitions.life import lengthened_sentences, other_kind_sentences
from activityplans.transitions.plan_inputs import (
    PLAIN,
    LineInput,
    PlanInput,
    PromiseInput,
    SteeringInput,
    SubGoalInput,
)
from activityplans.transitions.plan_parts import write_parts
from activityplans.transitions.states import move
from jobcentre.accounts.models import User
from jobcentre.audit import log
from jobcentre.audit.enums import Access
from jobcentre.casework.access.checks import require
from jobcentre.casework.approvals.unit import to_be_told
from jobcentre.casework.approvals.writer import approving_unit, request_approval
from jobcentre.casework.concurrency import lock
from jobcentre.casework.deadlines import clock
from jobcentre.casework.deadlines.calendar import municipal_calendar
from jobcentre.casework.exceptions import Conflict, Refused
from jobcentre.casework.models import Approval, Case
from jobcentre.casework.saving import save_checked
from jobcentre.casework.timeline import record_event
from jobcentre.notices.writer import NoticeText, notify_many

__all__ = [
    "LineInput",
    "NotReady",
    "PlanInput",
    "PromiseInput",
    "SteeringInput",
    "SubGoalInput",
    "save_draft",
    "submit_plan",
]

APPROVAL = "plan"


class NotReady(Refused):
    """The plan cannot be sent; `problems` of its own and `others` found around it, as sentences."""

    def __init__(self, problems: list[rules.Problem], others: list[str]):
        super().__init__(" ".join([*map(problem_sentence, problems), *others]))
        self.problems, self.others = problems, others


def version_being_written(case: Case) -> PlanVersion | None:
    return case.plan_versions.being_written().first()


def version_in_force(case: Case) -> PlanVersion | None:
    return case.plan_versions.in_force().first()


@transaction.atomic
def save_draft(
    case: Case, plan: PlanInput, *, actor: User | None, today: date, edit: int | None = None
) -> PlanVersion:
    """Write the draft of the next version, or begin one.

    `edit` is the number of the save that the page showed (None: a new draft). Raises Conflict when
    somebody has saved since, Refused while a version waits for approval.
    """
    case = lock(case)
    require(actor, "plan.edit", case)
    if not case.is_open:
        raise Refused(_("The case is closed."))
    earlier = list(case.plan_versions.order_by("-number"))
    if any(each.state == PlanState.SUBMITTED for each in earlier):
        raise Refused(_("A version waits for an answer. Wait for it before you change the plan."))
    version = next((each for each in earlier if each.state in PlanState.being_written()), None)
    author = actor or case.coach
    if version is None:
        last = earlier[0].number if earlier else 0
        version = PlanVersion(case=case, number=last + 1, created_by=author)
    elif edit is not None and version.edit != edit:
        raise Conflict(
            _("Somebody else has changed this since you opened it. What you wrote is still here.")
        )
    elif version.pk:
        version.edit += 1
    for name in PLAIN:
        setattr(version, name, getattr(plan, name))
    version.template = version.template or plan.template
    version.last_edited_by = author
    save_checked(version)
    write_parts(version, plan)
    log.record(
        actor,
        "plan.edit",
        access=Access.CHANGE,
        subject=case.person.ref,
        obj=version,
        fields=[*PLAIN, "lines"],
    )
    return version


def is_change(version: PlanVersion) -> bool:
    """Whether a version before this one was ever in force. What is written after a first plan was
    refused is a first plan too: there is nothing yet that it changes."""
    earlier = PlanVersion.objects.filter(case=version.case_id, number__lt=version.number)
    return version.number > 1 and earlier.once_in_force().exists()


def draft_of(version: PlanVersion) -> rules.Draft:
    """The version as the rules see it; at most four queries."""
    return rules.Draft(
        starts_on=version.starts_on,
        ends_before=version.ends_before,
        goal=version.goal,
        target=version.weekly_target,
        target_reason=version.target_reason,
        own_search=version.own_search_hours,
        lines=tuple(hours.planned_of(version.whole_lines())),
        full_time=hours.full_time(),
        is_change=is_change(version),
        change_reason=version.change_reason,
        case_from=version.case.started_on,
    )


def problem_sentence(problem: rules.Problem) -> str:
    """What is missing, in the user's language."""
    return {
        rules.Problem.NO_GOAL: _("Write the goal of the plan."),
        rules.Problem.NO_LINES: _("Add at least one activity."),
        rules.Problem.TOO_LONG: _("A plan covers at most six months."),
        rules.Problem.LINE_OUTSIDE: _("Every activity must lie within the period of the plan."),
        rules.Problem.NO_TARGET_REASON: _(
            "Say why the week has fewer hours than full time or than the plan asks."
        ),
        rules.Problem.NO_CHANGE_REASON: _("Say why the plan is changed."),
        rules.Problem.UNFILLED: _("The week is not filled."),
        rules.Problem.BEFORE_CASE: _("A plan does not begin before the case does."),
        rules.Problem.FAR_AHEAD: _("A plan begins at most three months from today."),
        rules.Problem.OVER: _("The period of the plan is over already."),
    }[problem]


@transaction.atomic
def submit_plan(version: PlanVersion, *, actor: User | None, today: date, edit: int | None = None):
    """Send the version to the income-support unit (or the centre's manager) for approval.

    Returns the approval that waits, or None when all that was changed needs none: then the version
    is in force.
    Raises NotReady with what is missing, Conflict when it was saved since the page was opened.
    """
    case = lock(version.case)
    version = lock(version)
    version.case = case
    version.keep_lines()
    require(actor, "plan.edit", version)
    if edit is not None and version.edit != edit:
        raise Conflict(
            _("Somebody else has changed this since you opened it. What you wrote is still here.")
        )
    missing = rules.problems(draft_of(version), today)
    others = [
        *hours.stops(version, municipal_calendar()),
        *other_kind_sentences(version),
        *lengthened_sentences(version, today),
    ]
    if missing or others:
        raise NotReady(missing, others)
    if enters_freely(version, actor=actor, today=today):
        return None
    move(version, "submit")
    version.submitted_on = today
    save_checked(version)
    approval = request_approval(
        case,
        APPROVAL,
        version,
        version=version.number,
        last_edited_by=version.last_edited_by,
        written_by=version.created_by,
        actor=actor or version.created_by,
        today=today,
    )
    unit = approving_unit(case)
    record_event(
        case,
        "plan.submitted",
        actor=actor,
        payload={"version": version.number, "unit": unit.name},
    )
    clock.recompute(case)
    _tell_unit(approval, case, today)
    log.record(
        actor,
        "plan.submit",
        access=Access.CHANGE,
        subject=case.person.ref,
        obj=version,
        fields=["state"],
    )
    return approval


def _tell_unit(approval: Approval, case: Case, today: date) -> None:
    notify_many(
        NoticeText(
            user_id=user_id,
            key=f"plan:{approval.pk}:{user_id}",
            sentence=gettext_lazy("A plan waits for your position in case %(case)s."),
            payload={"case": case.number},
            url_name="activityplans:decide",
            url_arg=str(approval.pk),
        )
        for user_id in to_be_told(approval, case.person, today)
    )
