"""The coach orders an activity of the plan, and sees what waits."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from activityplans.models import Activity
from jobcentre.casework.access.fetch import get_visible, log_list
from jobcentre.casework.access.queries import cases_for
from jobcentre.casework.models import Case
from jobcentre.casework.views.base import handle_form
from jobcentre.casework.views.case import case_rows, header
from referrals import transitions
from referrals.enums import OrderState
from referrals.forms.orders import OrderForm
from referrals.models import Order

get_or_post = require_http_methods(["GET", "POST"])
MAX_ROWS = 100


@get_or_post
def send(request, ref):
    """Order an activity of the plan: `ref` is the activity's."""
    activity = get_visible(
        request, Activity.objects.select_related("case__person", "service"), ref=ref
    )
    case = case_rows().get(pk=activity.case_id)
    line = next(
        (each for each in transitions.orderable_lines(case) if each.activity_id == activity.pk),
        None,
    )
    if line is None:
        messages.info(request, _("Only an activity of an approved plan can be ordered, and once."))
        return redirect("casework:tab", case.number, "orders")
    form = OrderForm(
        request.POST or None,
        initial={
            "provider": line.provider_id,
            "requirement": f"{line.description}\n{line.expected_result}",
            "starts_on": max(line.starts_on, timezone.localdate()),
            "ends_before": line.ends_before,
            "hours_per_week": line.hours_per_week,
            "shares_phone": not case.person.is_protected,
            "basis": "consent",
        },
    )
    names = (
        "provider",
        "requirement",
        "starts_on",
        "ends_before",
        "hours_per_week",
        "needs_to_know",
        "shares_phone",
        "basis",
        "basis_reason",
    )
    return handle_form(
        request,
        form,
        lambda data: transitions.send_order(
            activity,
            transitions.OrderInput(**{name: data[name] for name in names}),
            actor=request.user,
            today=timezone.localdate(),
        ),
        template="casework/form.html",
        context={
            **header(case, request.user, timezone.localdate()),
            "title": _("Order %(service)s") % {"service": activity.service},
            "button": _("Send the order"),
        },
        success_url=lambda order: reverse("referrals:order", args=[order.ref]),
        message=_("The order is sent. The provider answers within one working day."),
    )


@require_GET
def orders(request):
    """Orders of the coach's own cases: what waits, what goes on."""
    today = timezone.localdate()
    own = cases_for(Case.objects.open(), request.user, "order.send")
    found = list(
        Order.objects.visible_to(request.user)
        .filter(case__in=own.values("pk"))
        .going_on()
        .select_related("case__person", "provider", "activity__service")
        .order_by("state", "sent_on", "pk")[:MAX_ROWS]
    )
    log_list(request, [order.case.person.ref for order in found])
    return render(
        request,
        "referrals/orders.html",
        {
            "orders": found,
            "waiting": sum(order.state == OrderState.SENT for order in found),
            "today": today,
        },
    )
