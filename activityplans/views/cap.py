"""What can be done when the time at the centre nears its cap: the answer to that clock's button."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from activityplans.transitions import packages
from jobcentre.casework.access.checks import can
from jobcentre.casework.access.fetch import get_visible
from jobcentre.casework.approvals.unit import approvers_of
from jobcentre.casework.deadlines.calendar import municipal_calendar
from jobcentre.casework.deadlines.clock import pauses_of
from jobcentre.casework.deadlines.explain import explain
from jobcentre.casework.transitions.cases import closing_obstacles
from jobcentre.casework.views.case import case_rows, header


@require_GET
def cap(request, number):
    """The three ways on - to AF with a package, out, or longer by decision - and where each stands."""
    case = get_visible(request, case_rows(), number=number)
    today = timezone.localdate()
    running = case.deadlines.begun(today).filter(kind="cap").first()
    return render(
        request,
        "activityplans/cap.html",
        {
            **header(case, request.user, today),
            "clock": running
            and explain(
                running,
                pauses=pauses_of(case),
                calendar=municipal_calendar(),
                today=today,
                case_number=case.number,
            ),
            "handed": packages.latest_handed(case),
            "draft": packages.being_written(case),
            "may_write": case.is_open and can(request.user, "package.write", case),
            "obstacles": closing_obstacles(case) if case.is_open else [],
            "decisions": list(case.cap_extensions.select_related("decided_by")),
            "managers": approvers_of(case.centre, today),
        },
    )
