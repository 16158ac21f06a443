"""The case page: header, clocks, next step, panels."""

from functools import cache

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jobcentre.audit import log
from jobcentre.audit.enums import Access
from jobcentre.casework.access.checks import can, can_read, open_areas
from jobcentre.casework.access.fetch import get_visible
from jobcentre.casework.deadlines.calendar import shown_calendar
from jobcentre.casework.deadlines.clock import pauses_of
from jobcentre.casework.deadlines.explain import explain
from jobcentre.casework.enums import Area
from jobcentre.casework.forms import KeysetForm, SensitiveForm
from jobcentre.casework.models import DUE_FIRST, Case
from jobcentre.casework.next_step import next_step
from jobcentre.casework.registries import case_panels
from jobcentre.casework.timeline import lines_of
from jobcentre.casework.transitions.cases import available_actions
from jobcentre.casework.transitions.records import open_sensitive_areas
from jobcentre.casework.views.base import handle_form
from jobcentre.casework.worklist import masked_number

TIMELINE_PAGE = 50


@cache
def case_rows():
    """Cases with all that the head of their pages shows, in one query."""
    counts = {
        f"count_{panel.key}": panel.count() for panel in case_panels if panel.count is not None
    }
    return (
        Case.objects.select_related(
            "person", "centre", "district", "income_support_unit", "coach", "previous"
        )
        .with_parts()
        .annotate(**counts)
    )


@cache
def overview_rows():
    """The same with what the panels of the overview bring along."""
    brought = [panel.brings() for panel in case_panels if panel.brings is not None]
    return case_rows().annotate(**{name: row for each in brought for name, row in each.items()})


def header(case: Case, user, today) -> dict:
    """What stands on top of every page of a case, by what the user may read."""
    areas = open_areas(user, case)
    clocks, running = [], []
    if Area.CLOCKS in areas:
        calendar, pauses = shown_calendar(), pauses_of(case)
        for deadline in case.deadlines.begun(today).order_by(*DUE_FIRST):
            explanation = explain(
                deadline, pauses=pauses, calendar=calendar, today=today, case_number=case.number
            )
            clocks.append(explanation)
            running.append((deadline.kind, deadline.waits_for, explanation))
    tabs = [
        {
            "key": panel.key,
            "label": panel.label,
            "url": reverse("casework:tab", args=[case.number, panel.key]),
            "count": getattr(case, f"count_{panel.key}", None) or None,
        }
        for panel in sorted(case_panels, key=lambda panel: panel.position)
        if panel.place == "tab" and panel.area in areas
    ]
    return {
        "case": case,
        "person": case.person,
        "age": case.person.age_on(today),
        "masked": masked_number(case.person),
        "clocks": clocks,
        "tabs": tabs,
        "actions": available_actions(case, user),
        "next_step": next_step(case, user, running) if case.is_open else None,
        "may_unmask": can(user, "number.unmask", case),
        "may_open_sensitive": Area.SENSITIVE not in areas
        and can(user, "case.open_sensitive", case),
        "pause_today": next((p for p in case.pauses.all() if p.goes_on(today)), None),
        "may_timeline": can(user, "timeline.view", case),
        "today": today,
    }


def _filled(panels, case, user, today):
    return [
        {"panel": panel, "context": panel.context(case, user, today)}
        for panel in sorted(panels, key=lambda panel: panel.position)
    ]


@require_GET
def case_page(request, number):
    """The overview: clocks and next step on top, who works with the person beside."""
    case = get_visible(request, overview_rows(), number=number)
    today = timezone.localdate()
    areas = open_areas(request.user, case)
    shown = [panel for panel in case_panels if panel.area in areas]
    return render(
        request,
        "casework/case.html",
        {
            **header(case, request.user, today),
            "tab": "overview",
            "panels": _filled(
                [panel for panel in shown if panel.place == "overview"], case, request.user, today
            ),
            "aside": _filled(
                [panel for panel in shown if panel.place == "aside"], case, request.user, today
            ),
        },
    )


@require_GET
def case_tab(request, number, key):
    """One panel with a page of its own."""
    case = get_visible(request, case_rows(), number=number)
    if key not in case_panels or case_panels[key].place != "tab":
        raise Http404
    panel = case_panels[key]
    if not can_read(request.user, panel.area, case):
        raise Http404
    today = timezone.localdate()
    return render(
        request,
        "casework/case.html",
        {
            **header(case, request.user, today),
            "tab": key,
            "panels": _filled([panel], case, request.user, today),
            "aside": [],
        },
    )


@require_GET
def timeline(request, number):
    """All events that the user may read, newest first, fifty at a time."""
    case = get_visible(request, case_rows(), number=number)
    today = timezone.localdate()
    page = KeysetForm(request.GET)
    before = _keyset(page.cleaned_data["before"]) if page.is_valid() else None
    lines = lines_of(
        case,
        open_areas(request.user, case),
        request.user,
        limit=TIMELINE_PAGE + 1,
        before=before,
    )
    more = len(lines) > TIMELINE_PAGE
    lines = lines[:TIMELINE_PAGE]
    return render(
        request,
        "casework/timeline.html",
        {
            **header(case, request.user, today),
            "tab": "timeline",
            "lines": lines,
            "next_key": f"{lines[-1].at.isoformat()}_{lines[-1].pk}" if more else "",
            "may_strike": can(request.user, "note.strike", case),
        },
    )


def _keyset(text: str):
    """(occurred_at, pk) of a paging address, or None when it is not one."""
    at, _separator, pk = text.partition("_")
    if not pk.isascii() or not pk.isdigit() or len(pk) > 18:
        return None
    try:
        moment = parse_datetime(at.replace(" ", "+"))
    except ValueError:
        return None
    if moment is None or timezone.is_naive(moment):
        return None
    return moment, int(pk)


@require_POST
def unmask(request, number):
    """Show the whole identity number once; asking for it is logged."""
    case = get_visible(request, case_rows(), number=number)
    log.record(
        request.user,
        "number.unmask",
        access=Access.READ,
        subject=case.person.ref,
        obj=case,
        fields=["number"],
    )
    current = next((n for n in case.person.numbers.all() if n.is_current), None)
    return render(
        request,
        "casework/unmasked.html",
        {"case": case, "number": current.formatted if current else ""},
    )


@require_http_methods(["GET", "POST"])
def open_sensitive(request, number):
    """Open a colleague's sensitive areas, with a reason."""
    case = get_visible(request, case_rows(), number=number)
    today = timezone.localdate()
    if can_read(request.user, Area.SENSITIVE, case):
        return redirect("casework:case", case.number)
    return handle_form(
        request,
        SensitiveForm(request.POST or None),
        lambda data: open_sensitive_areas(case, data["reason"], actor=request.user),
        template="casework/form.html",
        context={
            **header(case, request.user, today),
            "title": _("Open sensitive areas"),
            "button": _("Open for 60 minutes"),
        },
        success_url=reverse("casework:case", args=[case.number]),
        message=_("The sensitive areas are open to you for 60 minutes."),
    )
