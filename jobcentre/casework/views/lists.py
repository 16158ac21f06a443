"""Start page of the coach, list of cases, search."""

from datetime import timedelta

from django.db.models import Q
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from jobcentre.accounts import saved_views
from jobcentre.accounts.enums import Role
from jobcentre.audit.enums import Access
from jobcentre.casework import case_list
from jobcentre.casework.access.checks import role_of
from jobcentre.casework.access.fetch import log_list
from jobcentre.casework.access.queries import cases_for
from jobcentre.casework.enums import AppointmentState, Track, WaitsFor
from jobcentre.casework.forms import CasesFilter, SearchForm
from jobcentre.casework.models import Appointment, Case, Deadline, Person
from jobcentre.casework.search import found_persons
from jobcentre.casework.worklist import (
    first_clocks,
    for_list,
    grouped,
    masked,
    periods_of,
    rows_of,
)
from jobcentre.ui import formats
from jobcentre.ui.addresses import page_of

PAGE = 60
CAP_NEAR = timedelta(days=30)
COLUMNS = (
    *("number", "track", "status", "started_on", "ended_on", "next_deadline_on"),
    *("centre", "coach", "person"),
)


@require_GET
def now(request):
    """What needs the coach now: own clocks by time left, today's meetings, what waits for others."""
    today = timezone.localdate()
    mine = (
        Deadline.objects.visible_to(request.user)
        .begun(today)
        .filter(Q(case__coach=request.user) | Q(owner=request.user))
    )
    # Eighteen months are nobody's concern today until the first warning of the cap.
    far = Q(kind="cap") & (Q(due_on__isnull=True) | Q(due_on__gt=today + CAP_NEAR))
    rows = rows_of(mine.exclude(far), today, request.user)
    own = [row for row in rows if row.waits_for == WaitsFor.COACH]
    others = [row for row in rows if row.waits_for != WaitsFor.COACH]
    groups = grouped([row for row in own if row.due_on is None or _near(row, today)], today)
    appointments = list(
        Appointment.objects.visible_to(request.user)
        .of_staff(request.user)
        .filter(
            starts_at__date=today,
            state__in=[AppointmentState.BOOKED, AppointmentState.ARRIVED],
        )
        .select_related("case", "person")[:50]
    )
    caseload = Case.objects.filter(coach=request.user).open().count()
    log_list(request, _refs(row.case_number for row in rows))
    return render(
        request,
        "casework/now.html",
        {
            "groups": groups,
            "later": [row for row in own if row.due_on and not _near(row, today)][:10],
            "others": others[:20],
            "appointments": appointments,
            "caseload": caseload,
            "late_count": sum(row.explanation.is_late for row in own),
            "today_count": sum(row.due_on == today for row in own),
            "first": groups[0]["rows"][0] if groups else None,
            "today": today,
        },
    )


def _near(row, today) -> bool:
    return (row.due_on - today).days <= 14


def _refs(numbers):
    return list(
        Person.objects.filter(cases__number__in=list(numbers)[:50]).values_list("ref", flat=True)
    )


@require_GET
def cases(request):
    """The cases the user may list, sixty at a time; the user's own default view first."""
    views = saved_views.views_of(request.user, "casework:cases", request.GET.urlencode())
    if not request.GET and (first := next((v for v in views if v.is_default), None)):
        return redirect(f"{request.path}?{first.query or 'state='}")
    today = timezone.localdate()
    form = CasesFilter(request.GET)
    form.is_valid()
    chosen = form.cleaned_data
    usual = "mine" if role_of(request.user) == Role.COACH else "all"
    whose = chosen.get("whose") or usual
    found = cases_for(Case.objects.all(), request.user, "case.list")
    if whose == "mine":
        found = found.filter(coach=request.user)
    if chosen.get("track"):
        found = found.filter(track=chosen["track"])
    state = chosen.get("state") or "open"
    sort = chosen.get("sort") or case_list.usual_order(state)
    counts = case_list.counted(found, today)
    found = found.filter(case_list.states(today)[state])
    page = list(
        for_list(case_list.ordered(found, sort, chosen.get("after")), today).only(*COLUMNS)[
            : PAGE + 1
        ]
    )
    more = len(page) > PAGE
    page = page[:PAGE]
    rows = _case_rows(page, today, request.user)
    log_list(request, [case.person_ref for case in page])
    return render(
        request,
        "casework/cases.html",
        {
            "form": CasesFilter(initial={**chosen, "whose": whose, "state": state, "sort": sort}),
            "rows": rows,
            "state": state,
            "whose": whose,
            "sort": sort,
            "chips": [
                {"key": key, "label": label, "count": counts[key], "is_current": key == state}
                for key, label in CasesFilter.STATES
            ],
            "total": counts[state],
            "after": page[-1].pk if more else "",
            "views": views,
            "page_name": "casework:cases",
            "today": today,
        },
    )


def _case_rows(page, today, user) -> list[dict]:
    """Rows of the list as plain values; the clock with least time left for each case."""
    clocks = first_clocks(page, today, user)
    interrupted = _("interrupted")
    rows = []
    for case in page:
        clock, may_step = clocks.get(case.pk, (None, False))
        is_paused = any(pause.contains(today) for pause in periods_of(case))
        ended = (
            _("ended %(day)s") % {"day": formats.day_year(case.ended_on)} if case.ended_on else ""
        )
        rows.append(
            {
                "url": page_of("casework:case", case.number),
                "name": f"{case.given_name} {case.family_name}".strip(),
                "meta": (masked(case.current_number), case.number, is_paused and interrupted),
                "clock": clock,
                "shown_clock": clock or ended,
                "may_step": may_step,
                "track": capfirst(formats.said(Track(case.track).label)),
                "coach": case.coach_name or "–",
                "since": formats.day_year(case.started_on),
            }
        )
    return rows


@require_http_methods(["GET", "POST"])
def search(request):
    """Persons by part of a name, number, phone or case number; a fragment for search as you type.

    The words come by POST, because a name or number is no part of an address.
    """
    today = timezone.localdate()
    form = SearchForm(request.POST or None)
    query = form.cleaned_data["q"] if form.is_valid() else ""
    rows = found_persons(request.user, query, today) if query.strip() else []
    if request.method == "POST":
        log_list(request, [row["ref"] for row in rows], access=Access.SEARCH)
    template = "casework/search_results.html" if request.htmx else "casework/search.html"
    return render(
        request,
        template,
        {"form": form, "query": query, "rows": rows, "today": today},
        status=422 if form.errors else 200,
    )
