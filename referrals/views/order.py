"""One order, as both sides see it, and what each does with it."""

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from activityplans.attendance_rules import attendance_sum
from activityplans.enums import AttendanceOutcome
from jobcentre.casework.access.checks import can
from jobcentre.casework.access.fetch import get_visible
from jobcentre.casework.deadlines.calendar import municipal_calendar
from jobcentre.casework.models import Deadline
from jobcentre.casework.views.base import handle_form
from jobcentre.casework.worklist import rows_of
from referrals import aliases, order_limits, rules, transitions
from referrals.enums import DisclosureBasis, OrderState, SharedField
from referrals.forms.orders import (
    AcceptForm,
    AskForm,
    BasisForm,
    DeclineForm,
    MessageForm,
    PauseForm,
    ReplyForm,
    ResumeForm,
    StartForm,
    WaitForm,
    WithdrawForm,
)
from referrals.forms.sessions import SessionsForm
from referrals.models import Order
from referrals.own_days import sessions_of_order
from referrals.shown_orders import ORDERS, shown
from referrals.shown_reports import reports_of
from referrals.transitions.proposals import proposable
from referrals.unmanned import unmanned

HELD, COMING = 400, 5  # sessions that are summed, and those ahead that are shown
get_or_post = require_http_methods(["GET", "POST"])


@get_or_post
def order(request, ref):
    """The order: the requirement, what is shared, attendance, reports and messages."""
    found = get_visible(request, ORDERS, ref=ref)
    today = timezone.localdate()
    own = sessions_of_order(found)
    held = list(own.filter(on__lt=today).order_by("-on", "-starts_at")[:HELD])
    coming = list(own.filter(on__gte=today).order_by("on", "starts_at")[:COMING])
    about = shown(request, found)
    parts = _parts(found, at_provider=about["is_provider"])
    if about["is_provider"]:
        aliases.cover(found, ((each, ("note", "place")) for each in (*held, *coming)))
    return handle_form(
        request,
        MessageForm(request.POST or None),
        lambda data: transitions.write_message(
            found, data["text"], actor=request.user, today=today
        ),
        template="referrals/order.html",
        context={
            **about,
            **parts,
            "moves": transitions.available_moves(found, request.user),
            "sessions": [*reversed(coming), *held[:15]],
            "sum": attendance_sum((s.minutes, s.outcome, s.late_minutes) for s in held),
            "unregistered": [s for s in held if s.outcome == AttendanceOutcome.NOT_REGISTERED],
            "told": told(found),
            "may_propose": can(request.user, "order.answer", found) and bool(proposable(found)),
            "may_decide": can(request.user, "order.send", found),
            "clocks": rows_of(
                Deadline.objects.filter(
                    case=found.case, subject_key__startswith=found.subject_key
                ).begun(today),
                today,
                request.user,
            ),
            "may_change_basis": found.state in OrderState.going_on()
            and can(request.user, "order.send", found),
            "may_offer": found.state in OrderState.unanswered()
            and can(request.user, "order.send", found),
            "may_return": can(request.user, "order.send", found)
            and transitions.provider_sees(found, today),
            "may_complete": can(request.user, "order.report", found),
            "is_unmanned": not about["is_provider"]
            and found.state in OrderState.going_on()
            and bool(unmanned([found.provider_id], today)),
            "may_open_case": can(request.user, "case.view", found.case),
            "today": today,
        },
        success_url=reverse("referrals:order", args=[found.ref]),
        message=_("The message is sent."),
    )


def _parts(found: Order, *, at_provider: bool) -> dict:
    """What the two sides have written to each other about the order."""
    parts = {
        "questions": list(found.questions.select_related("asked_by", "replied_by")),
        "pauses": list(found.pauses.all()),
        "proposals": list(found.proposals.select_related("proposed_by", "decided_by")),
        "thread": list(found.messages.select_related("author")),
    }
    if at_provider:
        fields = {
            "questions": ("text", "reply"),
            "pauses": ("reason",),
            "proposals": ("reason", "answer"),
            "thread": ("text",),
        }
        for name, rows in parts.items():
            aliases.cover(found, ((row, fields[name]) for row in rows))
    return {**parts, "reports": reports_of(found, at_provider=at_provider)}


def _act(request, found, form, act, *, title, button, message, typed=None, full=""):
    """A small form on an order, back to the order afterwards."""
    return handle_form(
        request,
        form,
        act,
        template="referrals/act.html",
        context={**shown(request, found), "title": title, "button": button, "full": full},
        success_url=reverse("referrals:order", args=[found.ref]),
        message=message,
        typed=typed,
    )


@get_or_post
def accept(request, ref):
    found, today = get_visible(request, ORDERS, ref=ref), timezone.localdate()
    full = order_limits.said_full(found, found.starts_on, today)
    form = AcceptForm(
        request.POST or None,
        version=found.version,
        is_full=bool(full),
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
            today=today,
            version=data["version"],
            although_full=data.get("although_full", False),
        ),
        full=full,
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
            **shown(request, found),
            "title": _("Decline the order"),
            "button": _("Decline"),
        },
        success_url=reverse("referrals:portal"),
        message=_("The order is declined and the coach is told."),
    )


def told(order: Order) -> list[tuple[str, str]]:
    """(what, value) of each field of the person that the provider is told."""
    person = order.case.person
    age = person.age_on(timezone.localdate()) if order.tells(SharedField.AGE) else None
    values = {
        SharedField.PHONE: person.phone,
        SharedField.EMAIL: person.email,
        SharedField.AGE: "" if age is None else str(age),
        SharedField.LANGUAGE: person.first_language,
        SharedField.INTERPRETER: person.interpreter_language,
    }
    return [(name.label, values[name] or "–") for name in SharedField if order.tells(name)]


def _small(request, ref, form_class, act, initial=None, **words):
    """A small form over one order: `act(order, data)` with the version that the page showed."""
    found = get_visible(request, ORDERS, ref=ref)
    form = form_class(request.POST or None, version=found.version, initial=initial)
    return _act(request, found, form, lambda data: act(found, data), **words)


def _by(request, data) -> dict:
    return {"actor": request.user, "today": timezone.localdate(), "version": data["version"]}


@get_or_post
def ask(request, ref):
    return _small(
        request,
        ref,
        AskForm,
        lambda found, data: transitions.ask_about_order(found, data["text"], **_by(request, data)),
        title=_("Ask before you answer"),
        button=_("Send the question"),
        message=_("The question is sent. You answer when you have a reply."),
    )


@get_or_post
def reply(request, ref):
    return _small(
        request,
        ref,
        ReplyForm,
        lambda found, data: transitions.reply_about_order(
            found, data["reply"], **_by(request, data)
        ),
        title=_("Reply to the provider"),
        button=_("Send the reply"),
        message=_("The reply is sent. The provider answers within one working day."),
    )


@get_or_post
def basis(request, ref):
    """The coach gives another ground for what the provider is told."""
    found = get_visible(request, ORDERS, ref=ref)
    if found.state not in OrderState.going_on():
        raise Http404
    form = BasisForm(
        request.POST or None, version=found.version, initial={"basis": DisclosureBasis.NECESSARY}
    )
    return _act(
        request,
        found,
        form,
        lambda data: transitions.change_basis(
            found, data["basis"], data["basis_reason"], **_by(request, data)
        ),
        title=_("Another ground for the order"),
        button=_("Save the ground"),
        message=_("The ground is saved and the provider is told."),
    )


@get_or_post
def wait(request, ref):
    return _small(
        request,
        ref,
        WaitForm,
        lambda found, data: transitions.put_on_waiting_list(
            found,
            reason=data["reason"],
            expected_on=data["expected_on"],
            **_by(request, data),
        ),
        title=_("Put on the waiting list"),
        button=_("Put on the waiting list"),
        message=_("The person is on your waiting list and the coach is told."),
    )


@get_or_post
def pause(request, ref):
    return _small(
        request,
        ref,
        PauseForm,
        lambda found, data: transitions.pause_order(
            found, starts_on=data["starts_on"], reason=data["reason"], **_by(request, data)
        ),
        initial={"starts_on": timezone.localdate()},
        title=_("Pause the order"),
        button=_("Pause"),
        message=_("The order is paused and the provider is told."),
    )


@get_or_post
def resume(request, ref):
    return _small(
        request,
        ref,
        ResumeForm,
        lambda found, data: transitions.resume_order(
            found, back_on=data["back_on"], **_by(request, data)
        ),
        initial={"back_on": timezone.localdate()},
        title=_("The order goes on"),
        button=_("Save"),
        message=_("The order goes on and the provider is told."),
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
        WithdrawForm(
            request.POST or None,
            version=found.version,
            has_started=found.started_on is not None,
        ),
        lambda data: transitions.withdraw_order(
            found,
            reason=data["reason"],
            never_started=data.get("never_started", False),
            actor=request.user,
            today=timezone.localdate(),
            version=data["version"],
        ),
        title=_("Withdraw the order"),
        button=_("Withdraw"),
        message=_("The order is withdrawn and the provider is told."),
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
        lambda data: transitions.plan_order_sessions(
            found,
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
