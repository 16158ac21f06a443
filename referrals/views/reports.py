"""The provider reports and ends; the orderer returns a report, the provider completes it."""

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jobcentre.casework.access.fetch import get_visible
from jobcentre.casework.views.base import handle_form
from jobcentre.casework.views.drafts import PageDraft
from referrals import aliases, rules, transitions
from referrals.enums import ReportKind
from referrals.forms.reports import CompleteForm, EndForm, ReportForm, ReturnForm
from referrals.models import Order, ProviderReport
from referrals.shown_orders import ORDERS, is_at_provider, shown
from referrals.shown_reports import reports_of

get_or_post = require_http_methods(["GET", "POST"])


def _goals(request, found: Order) -> list[str]:
    """The goals of the order as this reader may read them."""
    shown(request, found)
    return rules.goals_of(found.goals)


def _page(request, found: Order, form, act, *, title, button, message, typed=None, **more):
    """A form beside what was reported before, back to the order afterwards."""
    reports = reports_of(found, at_provider=True)
    return handle_form(
        request,
        form,
        act,
        template="referrals/report_form.html",
        context={
            **shown(request, found),
            "title": title,
            "button": button,
            "latest": reports[0] if reports else None,
            "returned": None,
            **more,
        },
        success_url=reverse("referrals:order", args=[found.ref]),
        message=message,
        typed=typed,
    )


def _written(form, data, kind, month=None) -> transitions.ReportInput:
    return transitions.ReportInput(
        kind,
        data["done"],
        data["development"],
        data["recommendation"],
        month,
        form.progress(),
    )


@get_or_post
def report(request, ref):
    """A monthly report or a deviation."""
    found = get_visible(request, ORDERS, ref=ref)
    today = timezone.localdate()
    months = transitions.reportable_months(found, today)
    typed = PageDraft(request, found.case)
    if typed.is_asked:
        return typed.answer()
    form = ReportForm(
        request.POST or None,
        months=months,
        goals=_goals(request, found),
        initial=typed.initial()
        or {"kind": ReportKind.MONTHLY, "month": months[0].isoformat() if months else ""},
    )
    return _page(
        request,
        found,
        form,
        lambda data: transitions.send_report(
            found,
            _written(form, data, data["kind"], data["month"]),
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
    """The last day, the result and the final report."""
    found = get_visible(request, ORDERS, ref=ref)
    today = timezone.localdate()
    typed = PageDraft(request, found.case, version=found.version)
    if typed.is_asked:
        return typed.answer()
    form = EndForm(
        request.POST or None,
        version=typed.version,
        goals=_goals(request, found),
        initial=typed.initial() or {"ended_on": today},
    )
    return _page(
        request,
        found,
        form,
        lambda data: transitions.end_order(
            found,
            _written(form, data, ReportKind.FINAL),
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


def _report_of(found: Order, pk: int) -> ProviderReport:
    """The report of this very order; any other is as one that does not exist."""
    reports = found.reports.select_related("returned__returned_by", "completed_by")
    report = reports.filter(pk=pk).first()
    if report is None:
        raise Http404
    report.order = found
    return report


@get_or_post
def return_report(request, ref, pk):
    """The orderer asks to have a report completed."""
    found = get_visible(request, ORDERS, ref=ref)
    report = _report_of(found, pk)
    return handle_form(
        request,
        ReturnForm(request.POST or None),
        lambda data: transitions.return_report(
            report, reason=data["reason"], actor=request.user, today=timezone.localdate()
        ),
        template="referrals/act.html",
        context={
            **shown(request, found),
            "title": _("Return the report"),
            "button": _("Return for completion"),
        },
        success_url=reverse("referrals:order", args=[found.ref]),
        message=_("The report is returned and the provider is told."),
    )


@get_or_post
def complete_report(request, ref, pk):
    """The provider completes a report that was returned; it begins with what was sent."""
    found = get_visible(request, ORDERS, ref=ref)
    report = _report_of(found, pk)
    if not hasattr(report, "returned"):
        raise Http404
    goals = [] if report.kind == ReportKind.DEVIATION else _goals(request, found)
    typed = PageDraft(request, found.case)
    if typed.is_asked:
        return typed.answer()
    if is_at_provider(request.user):
        aliases.cover(found, [(report.returned, ("reason",))])
    sent = {name: getattr(report, name) for name in ("done", "development", "recommendation")}
    for goal in report.goals.all():
        sent |= {f"step_{goal.position}": goal.progress, f"comment_{goal.position}": goal.comment}
    form = CompleteForm(request.POST or None, goals=goals, initial=typed.initial() or sent)
    return _page(
        request,
        found,
        form,
        lambda data: transitions.complete_report(
            report,
            _written(form, data, report.kind, report.month),
            actor=request.user,
            today=timezone.localdate(),
        ),
        title=_("Complete the report"),
        button=_("Send the completed report"),
        message=_("The completed report is sent. The former one stands as it was."),
        typed=typed,
        returned=report.returned,
    )
