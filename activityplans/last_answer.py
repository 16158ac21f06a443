"""The answer with which a plan came back, with what was written beside its lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from activityplans.compare import field_name
from activityplans.enums import PlanState
from activityplans.models import Activity, PlanLine, PlanVersion
from activityplans.transitions.plans import APPROVAL
from jobcentre.casework.enums import ApprovalState
from jobcentre.casework.models import Approval, Case


class Comment(NamedTuple):
    """What the approver wrote at one place: its key (`rules.Change`), the place in words, the text."""

    key: str
    title: str
    text: str


@dataclass(frozen=True)
class LastAnswer:
    """A version that was returned, or refused and not written anew since."""

    approval: Approval
    comments: list[Comment]

    @property
    def is_refusal(self) -> bool:
        return self.approval.state == ApprovalState.REFUSED


def answered(versions: Sequence[PlanVersion]) -> PlanVersion | None:
    """The version that came back, of `versions` as in `last_answer`."""
    newest = next((each for each in versions if each.state != PlanState.DRAFT), None)
    came_back = newest is not None and newest.state in (PlanState.RETURNED, PlanState.REFUSED)
    return newest if came_back else None


def last_answer(
    case: Case, versions: Sequence[PlanVersion], lines: Sequence[PlanLine] | None = None
) -> LastAnswer | None:
    """The answer that the coach has to act on; None when there is none.

    `versions` are those of the case, newest first; two are enough. A draft is read with the
    refusal of the version before it. At most two queries, one when `lines`, those of that version
    and of the one in force with their activities and services, are read already.
    """
    newest = answered(versions)
    if newest is None:
        return None
    approval = (
        Approval.objects.filter(
            kind=APPROVAL,
            subject_id=newest.pk,
            state__in=[ApprovalState.RETURNED, ApprovalState.REFUSED],
        )
        .select_related("decided_by")
        .order_by("-pk")
        .first()
    )
    return approval and LastAnswer(approval, _comments(case, approval, lines))


def _key(activity: Activity) -> str:
    return f"line:{activity.ref}"


def _comments(case: Case, approval: Approval, lines: Sequence[PlanLine] | None) -> list[Comment]:
    keys = {key for key in approval.comments if key.startswith("line:")}
    titles = {_key(line.activity): line.activity.service.label for line in lines or ()}
    if not keys <= titles.keys():
        activities = Activity.objects.filter(case=case).select_related("service")
        titles = {_key(activity): activity.service.label for activity in activities}
    return [
        Comment(key, titles.get(key) or field_name(key), text)
        for key, text in approval.comments.items()
    ]
