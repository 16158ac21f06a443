"""The provider's portal: what needs the provider now."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from activityplans.enums import AttendanceOutcome
from activityplans.models import Session
from jobcentre.casework.access.fetch import log_list
from jobcentre.casework.enums import WaitsFor
from jobcentre.casework.models import Deadline
from jobcentre.casework.worklist import rows_of
from referrals.enums import OrderState
from referrals.models import Order

MAX_ROWS = 100


@require_GET
def portal(request):
    """What needs the provider now: orders to answer, attendance to register, reports due."""
    today = timezone.localdate()
    mine = Order.objects.visible_to(request.user)
    open_orders = list(
        mine.going_on()
        .select_related("case__person", "activity__service")
        .order_by("state", "sent_on", "pk")[:MAX_ROWS]
    )
    waiting = rows_of(
        Deadline.objects.visible_to(request.user)
        .begun(today)
        .filter(unit=request.user.acting.unit, waits_for=WaitsFor.PROVIDER),
        today,
        request.user,
    )
    unregistered = list(
        Session.objects.filter(
            activity__in=mine.going_on().values("activity_id"),
            on__lt=today,
            outcome=AttendanceOutcome.NOT_REGISTERED,
        )
        .order_by("-on")
        .values_list("on", flat=True)
        .distinct()[:20]
    )
    log_list(request, [each.case.person.ref for each in open_orders])
    return render(
        request,
        "referrals/portal.html",
        {
            "waiting": waiting,
            "orders": open_orders,
            "to_answer": [each for each in open_orders if each.state == OrderState.SENT],
            "unregistered": unregistered,
            "today": today,
        },
    )
