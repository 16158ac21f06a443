"""The coach orders an activity of the plan, and sees what waits."""

from django.contrib import messages
from django.db.models import Prefetch
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from activityplans.models import Activity, PlanLine
from jobcentre.accounts.enums import UnitKind
from jobcentre.accounts.models import Unit
from jobcentre.casework.access.fetch import get_visible, log_list
from jobcentre.casework.access.queries import cases_for
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import Case
from jobcentre.casework.views.base import handle_form
from jobcentre.casework.views.case import case_rows, header
from jobcentre.casework.views.drafts import SAVE, PageDraft
from referrals import order_limits, transitions
from referrals.comparison import Alternative, alternatives, origin_of
from referrals.enums import OrderState, SharedField
from referrals.forms.orders import ElsewhereForm, OrderForm
from referrals.models import Order
from referrals.order_drafts import order_drafts

get_or_post = require_http_methods(["GET", "POST"])
MAX_ROWS = 100


NAMES = (
    *("provider", "requirement", "goals", "starts_on", "ends_before", "hours_per_week"),
    *("adaptation", "interpreter", "needs_to_know", "shares", "basis", "basis_reason"),
)


def _wanted(data: dict) -> transitions.OrderInput:
    values = {name: data[name] for name in NAMES}
    return transitions.OrderInput(
        **{**values, "shares": tuple(values["shares"])},
        although_full=data.get("although_full", False),
    )


def _compared(case: Case, activity: Activity) -> list[Alternative]:
    """The providers that carry out the service, for the case."""
    return alternatives(activity.service, case.track, timezone.localdate(), origin_of(case))


def _full(request, compared, activity, provider: int | None, line: PlanLine) -> str:
    """That the provider which is chosen has no free place in some week that can be ordered."""
    posted = request.POST.get("provider", "")
    asked = int(posted) if posted.isdecimal() and len(posted) < 10 else provider
    for each in compared:
        if each.provider.unit_id == asked:
            weeks = each.full_weeks(line.starts_on, line.ends_before)
            return order_limits.words_full(each.provider.unit, activity.service, weeks)
    # One that does not have the service in the register may have had it when its places were said.
    unit = Unit.objects.filter(pk=asked, kind=UnitKind.PROVIDER).first() if asked else None
    if unit is None:
        return ""
    wanted = Order(activity=activity, provider=unit, ends_before=line.ends_before)
    return order_limits.said_full(wanted, line.starts_on, timezone.localdate())


def _page(request, case, activity, form, act, *, compared, full, title, button, message, typed):
    """The form beside the providers that carry out the service."""
    today = timezone.localdate()
    known = form.initial.get("provider")
    return handle_form(
        request,
        form,
        act,
        template="referrals/send.html",
        context={
            **header(case, request.user, today),
            "title": title,
            "button": button,
            "full": full,
            "service": activity.service,
            "alternatives": compared,
            "origin": origin_of(case),
            "chosen": getattr(known, "pk", known),
            "track": case.get_track_display(),
        },
        success_url=lambda order: reverse("referrals:order", args=[order.ref]),
        message=message,
        typed=typed,
    )


def _saved(request, typed: PageDraft):
    """The order is kept as a draft, to be found again among the orders."""
    try:
        typed.save()
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(request.path)
    messages.success(request, _("The draft is saved. Nothing is sent."))
    return redirect("referrals:orders")


def _chosen_provider(request, default):
    """The provider picked in the comparison, else the plan's own."""
    picked = request.GET.get("utforare", "")
    return int(picked) if picked.isdecimal() and len(picked) < 10 else default


@get_or_post
def send(request, ref):
    """Order an activity of the plan: `ref` is the activity's."""
    of_case = Prefetch("case", case_rows())
    activity = get_visible(
        request, Activity.objects.select_related("service").prefetch_related(of_case), ref=ref
    )
    case = activity.case
    line = transitions.orderable_line(activity)
    if line is None:
        said = order_limits.said_ordered(activity)
        messages.info(request, said or _("Only an activity of an approved plan can be ordered."))
        return redirect("casework:tab", case.number, "orders")
    typed = PageDraft(request, case)
    if typed.is_asked:
        return typed.answer()
    if SAVE in request.POST:
        return _saved(request, typed)
    provider = _chosen_provider(request, line.provider_id)
    initial = {
        "requirement": line.description,
        "goals": line.expected_result,
        "starts_on": max(line.starts_on, timezone.localdate()),
        "ends_before": line.ends_before,
        "hours_per_week": line.hours_per_week,
        "shares": [
            *([] if case.person.is_protected else [SharedField.PHONE]),
            *([SharedField.INTERPRETER] if case.person.interpreter_language else []),
        ],
        "basis": "consent",
        **typed.initial(),
        "provider": provider,
    }
    compared = _compared(case, activity)
    full = _full(request, compared, activity, provider, line)
    return _page(
        request,
        case,
        activity,
        OrderForm(request.POST or None, initial=initial, is_full=bool(full)),
        lambda data: transitions.send_order(
            activity, _wanted(data), actor=request.user, today=timezone.localdate()
        ),
        compared=compared,
        full=full,
        title=_("Order %(service)s") % {"service": activity.service},
        button=_("Send the order"),
        message=_("The order is sent. The provider answers within one working day."),
        typed=typed,
    )


@get_or_post
def elsewhere(request, ref):
    """Offer an order that nobody has accepted to another provider."""
    of_case = Prefetch("case", case_rows())
    found = get_visible(
        request,
        Order.objects.select_related("activity__service").prefetch_related(of_case),
        ref=ref,
    )
    case = found.case
    if found.state not in OrderState.unanswered():
        messages.info(request, _("The order is answered."))
        return redirect("referrals:order", found.ref)
    typed = PageDraft(request, case)
    if typed.is_asked:
        return typed.answer()
    if SAVE in request.POST:
        return _saved(request, typed)
    initial = {
        **{name: getattr(found, name) for name in NAMES if name != "provider"},
        "starts_on": max(found.starts_on, timezone.localdate()),
        "reason": _("No answer in time."),
        **typed.initial(),
        "provider": _chosen_provider(request, None),
    }
    line = order_limits.line_in_force(found.activity)
    compared = _compared(case, found.activity)
    full = _full(request, compared, found.activity, initial["provider"], line) if line else ""
    return _page(
        request,
        case,
        found.activity,
        ElsewhereForm(request.POST or None, initial=initial, is_full=bool(full)),
        lambda data: transitions.offer_elsewhere(
            found,
            _wanted(data),
            reason=data["reason"],
            actor=request.user,
            today=timezone.localdate(),
        ),
        compared=compared,
        full=full,
        title=_("Offer %(service)s elsewhere") % {"service": found.activity.service},
        button=_("Take back and send"),
        message=_("The order is taken back and sent to the other provider."),
        typed=typed,
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
    drafts = order_drafts(request.user)
    log_list(request, sorted({each.case.person.ref for each in (*found, *drafts)}))
    return render(
        request,
        "referrals/orders.html",
        {
            "orders": found,
            "drafts": drafts,
            "waiting": sum(order.state == OrderState.SENT for order in found),
            "today": today,
        },
    )
