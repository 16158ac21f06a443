"""The clock of a plan that is over, or of a first one that came back: a new one is wanted."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from activityplans.approvals import KIND as PLAN_APPROVAL
from activityplans.clock_rows import VERSION_FIELDS, answers_of, lines_of, versions_of
from activityplans.enums import PlanState
from activityplans.known_activities import approved_lines
from activityplans.life import last_day
from activityplans.models import PlanLine, PlanVersion
from activityplans.plan_ends import EndingPlan, Sent, wanted
from jobcentre.accounts.enums import Role
from jobcentre.casework.deadlines.rules import Length, Unit
from jobcentre.casework.enums import ApprovalState, WaitsFor
from jobcentre.casework.models import Approval, Case, Deadline
from jobcentre.casework.registries import Beginning, ClockFact, DeadlineKind, deadline_kinds

KIND = "new_plan"
_DAY = timedelta(days=1)
WITH_A_CLOCK = (PlanState.APPROVED, PlanState.RETURNED, PlanState.REFUSED)


def new_plan_facts(case) -> list[ClockFact]:
    """From the last day of each plan that no newer one replaces in time, and from the day a first
    one came back, met by the next one sent.

    The clock stands there ahead, as that of an activity that goes on does: its start may lie ahead.
    """
    return _facts(case.coach_id, versions_of(case), lines_of(case), answers_of(case))


def _facts(
    coach_id: int | None,
    versions: Sequence[PlanVersion],
    lines: Iterable[PlanLine],
    answers: Sequence[Approval],
) -> list[ClockFact]:
    ends = defaultdict(list)
    for line in lines:
        ends[line.version_id].append(_last_on(line))
    sent = [
        Sent(
            str(each.pk),
            each.subject_version,
            each.requested_on,
            each.decided_on
            if each.state in (ApprovalState.RETURNED, ApprovalState.REFUSED)
            else None,
        )
        for each in answers
        if each.state != ApprovalState.WITHDRAWN
    ]
    answered = {each.subject_version for each in answers if each.state == ApprovalState.APPROVED}
    plans = []
    for version in versions:
        if version.approved_on is None:
            continue
        last_on = version.ends_before - _DAY
        plans.append(
            EndingPlan(
                version.number,
                version.starts_on,
                version.approved_on,
                min(last_on, max(ends[version.pk], default=last_on)),
                was_sent=version.number in answered,
            )
        )
    return [
        ClockFact(
            started_on=want.since, met_on=want.met_on, subject_key=want.key, owner_id=coach_id
        )
        for want in wanted(plans, sent)
    ]


def _last_on(line: PlanLine) -> date:
    follow_up = getattr(line.activity, "follow_up", None)
    broken_off = getattr(line.activity, "broken_off", None)
    return last_day(
        line.ends_before - _DAY,
        broken_off and broken_off.last_on,
        follow_up and follow_up.ended_on,
    )


def cases_without_the_clock(_today: date) -> list[int]:
    """Open cases with a plan in force, or one that came back, from before there was such a clock."""
    has_plan = PlanVersion.objects.filter(case=OuterRef("pk"), state__in=WITH_A_CLOCK)
    has_clock = Deadline.objects.filter(case=OuterRef("pk"), kind=KIND)
    found = Case.objects.filter(Exists(has_plan), ~Exists(has_clock), status="open")
    return list(found.values_list("pk", flat=True))


def facts_of_many(case_ids: list[int], _today: date) -> list[tuple[int, ClockFact]]:
    """What `new_plan_facts` says of each; four queries however many they are."""
    coaches = dict(Case.objects.filter(pk__in=case_ids, status="open").values_list("pk", "coach"))
    versions, answers, lines = defaultdict(list), defaultdict(list), defaultdict(list)
    rows = PlanVersion.objects.filter(case__in=coaches)
    case_of = {}
    for version in rows.only(*VERSION_FIELDS).order_by("number"):
        versions[version.case_id].append(version)
        case_of[version.pk] = version.case_id
    for line in approved_lines([each for found in versions.values() for each in found]):
        lines[case_of[line.version_id]].append(line)
    for answer in Approval.objects.filter(case__in=versions, kind=PLAN_APPROVAL).order_by("pk"):
        answers[answer.case_id].append(answer)
    return [
        (pk, fact)
        for pk, known in versions.items()
        for fact in _facts(coaches[pk], known, lines[pk], answers[pk])
    ]


def register() -> None:
    deadline_kinds.register(
        DeadlineKind(
            key=KIND,
            label=_("New plan"),
            length=Length(5, Unit.WORKDAYS),
            pausable=True,
            warn_before=(1,),
            escalate_to=Role.MANAGER,
            waits_for=WaitsFor.COACH,
            met_by=_("the next plan is sent for approval"),
            step=_("Write the plan"),
            url_name="activityplans:edit",
            facts=new_plan_facts,
            begins_by_itself=Beginning(cases_without_the_clock, facts_of_many),
        )
    )
