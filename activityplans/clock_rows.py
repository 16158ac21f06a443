"""The rows that the clocks of the plan are computed from, read once a computation of a case."""

from activityplans.approvals import KIND as PLAN_APPROVAL
from activityplans.known_activities import approved_lines
from activityplans.models import PlanLine, PlanVersion
from jobcentre.casework.deadlines.facts import read_once
from jobcentre.casework.models import Approval

VERSION_FIELDS = (
    "case_id", "number", "starts_on", "ends_before", "submitted_on", "approved_on", "ended_on",
)  # fmt: skip


@read_once
def versions_of(case) -> list[PlanVersion]:
    """All versions of the case, oldest first."""
    return list(PlanVersion.objects.filter(case=case).only(*VERSION_FIELDS).order_by("number"))


@read_once
def lines_of(case) -> list[PlanLine]:
    """The lines of the approved ones, with what came of their activities."""
    return approved_lines(versions_of(case))


@read_once
def answers_of(case) -> list[Approval]:
    """Every time that a plan of the case was sent, with its answer; oldest first."""
    return list(Approval.objects.filter(case=case, kind=PLAN_APPROVAL).order_by("pk"))
