"""The answer with which a plan came back, with what was written beside its lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from activityplans.compare import field_name
from activityplans.enums import PlanState
from activityplans.models import Activity, PlanVersion
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


def last_answer(case: Case, versions: Sequence[PlanVersion]) -> LastAnswer | None:
    """The answer that the coach has to act on; None when there is none.

    `versions` are those of the case, newest first; two are enough. A draft is read with the
    refusal of the version before it. At most two queries.
    """
    newest = next((each for each in versions if each.state != PlanState.DRAFT), None)
    if newest is None or newest.state not in (PlanState.RETURNED, PlanState.REFUSED):
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
    return approval and LastAnswer(approval, _comments(case, approval))


def _comments(case: Case, approval: Approval) -> list[Comment]:
    keys = [key for key in approval.comments if key.startswith("line:")]
    titles = {}
    if keys:
        titles = {
            f"line:{activity.ref}": activity.service.label
            for activity in Activity.objects.filter(case=case).select_related("service")
        }
    return [
        Comment(key, titles.get(key) or field_name(key), text)
        for key, text in approval.comments.items()
    ]
