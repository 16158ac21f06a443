"""The coach's side of orders, and the provider's portal."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from activityplans.attendance_rules import attendance_sum
from activityplans.enums import AttendanceOutcome
from activityplans.models import Activity, Session
from activityplans.transitions.attendance import plan_sessions
from activityplans.views import attendance as pages
from jobcentre.casework.access.checks import can
from jobcentre.casework.access.fetch import get_visible, log_list
from jobcentre.casework.access.queries import cases_for
from jobcentre.casework.deadlines.calendar import municipal_calendar
from jobcentre.casework.enums import WaitsFor
from jobcentre.casework.models import Case, Deadline
from jobcentre.casework.views.base import handle_form
from jobcentre.casework.views.case import case_rows, header
from jobcentre.casework.views.drafts import PageDraft
from jobcentre.casework.worklist import rows_of
from referrals import rules, transitions
from referrals.enums import OrderState, ReportKind
from referrals.forms import (
    AcceptForm,
    DeclineForm,
    EndForm,
    MessageForm,
    OrderForm,
    ReportForm,
    SessionsForm,
    StartForm,
    WithdrawForm,
)
from referrals.models import Order

get_or_post = require_http_methods(["GET", "POST"])
ORDERS = Order.objects.select_related(
    "case__person",
    "case__coach",
    "case__centre",
    "case__income_support_unit",
    "activity__service",
    "provider",
    "sent_by",
)
MAX_ROWS = 100


# --- the coach -----------------------------------------------------------------------------------
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


# --- one order, both sides -----------------------------------------------------------------------
@get_or_post
def order(request, ref):
    """The order: the requirement, what is shared, attendance, reports and messages."""
    found = get_visible(request, ORDERS, ref=ref)
    today = timezone.localdate()
    sessions = list(
        Session.objects.filter(activity=found.activity).order_by("-on", "-starts_at")[:60]
    )
    held = [session for session in sessions if session.on < today]
    return handle_form(
        request,
        MessageForm(request.POST or None),
        lambda data: transitions.write_message(
            found, data["text"], actor=request.user, today=today
        ),
        template="referrals/order.html",
        context={
            "order": found,
            "person": found.case.person,
            "moves": transitions.available_moves(found, request.user),
            "sessions": sessions[:20],
            "sum": attendance_sum((s.minutes, s.outcome, s.late_minutes) for s in held),
            "unregistered": [s for s in held if s.outcome == AttendanceOutcome.NOT_REGISTERED],
            "reports": list(found.reports.select_related("author")),
            "thread": list(found.messages.select_related("author")),
            "clocks": rows_of(
                Deadline.objects.filter(
                    case=found.case, subject_key__startswith=found.subject_key
                ).begun(today),
                today,
                request.user,
            ),
            "is_provider": can(request.user, "portal"),
            "may_open_case": can(request.user, "case.view", found.case),
            "today": today,
        },
        success_url=reverse("referrals:order", args=[found.ref]),
        message=_("The message is sent."),
    )


def _act(request, found, form, act, *, title, button, message, typed=None):
    """A small form on an order, back to the order afterwards."""
    return handle_form(
        request,
        form,
        act,
        template="referrals/act.html",
        context={"order": found, "person": found.case.person, "title": title, "button": button},
        success_url=reverse("referrals:order", args=[found.ref]),
        message=message,
        typed=typed,
    )


@get_or_post
def accept(request, ref):
    found = get_visible(request, ORDERS, ref=ref)
    form = AcceptForm(
        request.POST or None,
        version=found.version,
        initial={"first_day_on": found.starts_on, "contact": request.user.name},
    )
    return _act(
        request,
        found,
        form,
        lambda data: transitions.accept_order(
            found,
            first_day_on=data["first_day_on"],
            contact=data["contact"],
            actor=request.user,
            today=timezone.localdate(),
            version=data["version"],
        ),
        title=_("Accept the order"),
        button=_("Accept"),
        message=_("The order is accepted and the coach is told."),
    )


@get_or_post
def decline(request, ref):
    found = get_visible(request, ORDERS, ref=ref)
    return handle_form(
        request,
        DeclineForm(request.POST or None, version=found.version),
        lambda data: transitions.decline_order(
            found,
            reason=data["reason"],
            note=data["note"],
            actor=request.user,
            today=timezone.localdate(),
            version=data["version"],
        ),
        template="referrals/act.html",
        context={
            "order": found,
            "person": found.case.person,
            "title": _("Decline the order"),
            "button": _("Decline"),
        },
        success_url=reverse("referrals:portal"),
        message=_("The order is declined and the coach is told."),
    )


@get_or_post
def start(request, ref):
    found = get_visible(request, ORDERS, ref=ref)
    return _act(
        request,
        found,
        StartForm(
            request.POST or None,
            version=found.version,
            initial={"started_on": timezone.localdate()},
        ),
        lambda data: transitions.start_order(
            found,
            started_on=data["started_on"],
            actor=request.user,
            today=timezone.localdate(),
            version=data["version"],
        ),
        title=_("The person has started"),
        button=_("Save the start"),
        message=_("The start is saved."),
    )


@get_or_post
def withdraw(request, ref):
    found = get_visible(request, ORDERS, ref=ref)
    return _act(
        request,
        found,
        WithdrawForm(request.POST or None, version=found.version),
        lambda data: transitions.withdraw_order(
            found,
            reason=data["reason"],
            actor=request.user,
            today=timezone.localdate(),
            version=data["version"],
        ),
        title=_("Withdraw the order"),
        button=_("Withdraw"),
        message=_("The order is withdrawn and the provider is told."),
    )


@get_or_post
def report(request, ref):
    found = get_visible(request, ORDERS, ref=ref)
    today = timezone.localdate()
    months = transitions.reportable_months(found, today)
    typed = PageDraft(request, found.case)
    if typed.is_asked:
        return typed.answer()
    form = ReportForm(
        request.POST or None,
        months=months,
        initial=typed.initial()
        or {"kind": ReportKind.MONTHLY, "month": months[0].isoformat() if months else ""},
    )
    return _act(
        request,
        found,
        form,
        lambda data: transitions.send_report(
            found,
            transitions.ReportInput(
                data["kind"],
                data["done"],
                data["development"],
                data["recommendation"],
                data["month"],
            ),
            actor=request.user,
            today=today,
        ),
        title=_("Write a report"),
        button=_("Send the report"),
        message=_("The report is sent."),
        typed=typed,
    )


@get_or_post
def end(request, ref):
    found = get_visible(request, ORDERS, ref=ref)
    today = timezone.localdate()
    typed = PageDraft(request, found.case, version=found.version)
    if typed.is_asked:
        return typed.answer()
    return _act(
        request,
        found,
        EndForm(
            request.POST or None,
            version=typed.version,
            initial=typed.initial() or {"ended_on": today},
        ),
        lambda data: transitions.end_order(
            found,
            transitions.ReportInput(
                ReportKind.FINAL, data["done"], data["development"], data["recommendation"]
            ),
            ended_on=data["ended_on"],
            result=data["result"],
            actor=request.user,
            today=today,
            version=data["version"],
        ),
        title=_("End with a final report"),
        button=_("End and send the report"),
        message=_("The activity is ended and the final report is sent."),
        typed=typed,
    )


@get_or_post
def sessions(request, ref):
    """Plan sessions by a weekly schedule."""
    found = get_visible(request, ORDERS, ref=ref)
    if "plan_sessions" not in transitions.available_moves(found, request.user):
        raise Http404
    form = SessionsForm(
        request.POST or None,
        initial={
            "starts_on": found.started_on or found.first_day_on,
            "ends_before": found.ends_before,
            "at": "09:00",
            "place": found.provider.address or found.provider.name,
        },
    )
    return _act(
        request,
        found,
        form,
        lambda data: plan_sessions(
            found.activity,
            rules.weekly_days(
                data["starts_on"],
                data["ends_before"],
                [int(day) for day in data["weekdays"]],
                municipal_calendar().is_workday,
            ),
            data["at"],
            int(data["hours"] * 60),
            data["place"],
            actor=request.user,
        ),
        title=_("Plan sessions"),
        button=_("Plan the sessions"),
        message=lambda n: _("%(n)d sessions are planned.") % {"n": n},
    )


# --- the portal ----------------------------------------------------------------------------------
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


def _sessions_here(request):
    """The sessions of the orders to the provider that run."""
    mine = Order.objects.visible_to(request.user).filter(
        state__in=[OrderState.ACCEPTED, OrderState.STARTED]
    )
    return Session.objects.filter(activity__in=mine.values("activity_id"))


@get_or_post
def attendance(request):
    """The attendance of a day for everybody at the provider, on one page."""
    return pages.day_page(
        request,
        _sessions_here(request),
        place=request.user.acting.unit.name,
        day_url="referrals:attendance",
        month_url="referrals:attendance_month",
        session_url="referrals:session",
    )


@require_GET
def attendance_month(request):
    """The attendance of a month for everybody at the provider."""
    orders_of = dict(
        Order.objects.visible_to(request.user)
        .filter(state__in=[OrderState.ACCEPTED, OrderState.STARTED])
        .values_list("activity_id", "ref")
    )
    return pages.month_page(
        request,
        Session.objects.filter(activity__in=orders_of),
        place=request.user.acting.unit.name,
        day_url="referrals:attendance",
        session_url="referrals:session",
        person_url=lambda each: reverse("referrals:order", args=[orders_of[each.activity_id]]),
    )


def _session_here(request, pk):
    """(a session of an order to the provider, the order)."""
    mine = Order.objects.visible_to(request.user)
    found = get_visible(
        request, pages.SESSIONS.filter(activity__in=mine.values("activity_id")), pk=pk
    )
    return found, mine.filter(activity=found.activity_id).order_by("-pk").first()


@get_or_post
def session(request, pk):
    """One session at the provider."""
    found, order_of = _session_here(request, pk)
    back = f"{reverse('referrals:attendance')}?day={found.on.isoformat()}"
    return pages.session_page(
        request,
        found,
        report_url=reverse("referrals:report_absence", args=[found.pk]),
        back=(_("Attendance"), back),
        person_url=reverse("referrals:order", args=[order_of.ref]),
    )


@get_or_post
def report_absence(request, pk):
    """The provider reports an absence to the coach."""
    found, _order = _session_here(request, pk)
    return pages.report_page(
        request,
        found,
        action="attendance.provide",
        back_url=reverse("referrals:session", args=[found.pk]),
        receiver=found.case.coach.name if found.case.coach else found.case.centre.name,
    )
