from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from activityplans.content import content
from activityplans.models import PlanVersion
from activityplans.transitions import answers, plans
from jobcentre.casework.registries import ApprovalKind, approval_kinds

KIND = plans.APPROVAL


def register() -> None:
    approval_kinds.register(
        ApprovalKind(
            key=KIND,
            label=_("Activity plan"),
            action="plan.decide",
            subject=lambda approval: PlanVersion.objects.get(pk=approval.subject_id),
            content=content,
            on_approve=answers.put_in_force,
            on_return=answers.take_back,
            on_refuse=answers.refuse,
            url=lambda approval: reverse("activityplans:decide", args=[approval.pk]),
        )
    )
