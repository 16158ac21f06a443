"""The rows that the clocks of the plan are computed from, read once a computation of a case."""

from activityplans.approvals import KIND as PLAN_APPROVAL
from activityplans.known_activities import told_lines
from activityplans.models import PlanLine, PlanVersion
from jobcentre.casework.deadlines.facts import rows_of
from jobcentre.casework.models import Approval

VERSION_FIELDS = (
    "case_id", "number", "starts_on", "ends_before", "submitted_on", "approved_on", "ended_on",
)  # fmt: skip


@rows_of("case")
def versions_of():
    """All versions of the case, oldest first."""
    return PlanVersion.objects.only(*VERSION_FIELDS).order_by("number")


def lines_of(case) -> list[PlanLine]:
    """The lines of the approved ones, with what came of their activities."""
    return _lines(case) if any(each.approved_on for each in versions_of(case)) else []


@rows_of("version__case")
def _lines():
    return told_lines().filter(version__approved_on__isnull=False)


@rows_of("case")
def answers_of():
    """Every time that a plan of the case was sent, with its answer; oldest first."""
    return Approval.objects.filter(kind=PLAN_APPROVAL).order_by("pk")
