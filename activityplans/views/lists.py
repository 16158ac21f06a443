"""The coach's plans."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from activityplans.enums import PlanState
from activityplans.models import PlanVersion
from jobcentre.casework.access.fetch import log_list
from jobcentre.casework.access.queries import cases_for
from jobcentre.casework.models import Case


@require_GET
def plan_list(request):
    """The coach's plans: drafts, returned, waiting, and those that end within a month."""
    today = timezone.localdate()
    versions = list(
        PlanVersion.objects.filter(
            case__in=cases_for(Case.objects.open(), request.user, "plan.edit").values("pk"),
            state__in=[
                PlanState.DRAFT,
                PlanState.RETURNED,
                PlanState.SUBMITTED,
                PlanState.APPROVED,
            ],
        )
        .select_related("case__person")
        .order_by("ends_before", "pk")[:200]
    )
    groups = [
        (state, [version for version in versions if version.state == state])
        for state in (
            PlanState.RETURNED,
            PlanState.DRAFT,
            PlanState.SUBMITTED,
            PlanState.APPROVED,
        )
    ]
    log_list(request, [version.case.person.ref for version in versions])
    return render(
        request,
        "activityplans/plans.html",
        {"groups": [(s.label, m) for s, m in groups if m], "count": len(versions), "today": today},
    )
