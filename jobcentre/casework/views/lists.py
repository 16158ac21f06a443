"""Start page of the coach, list of cases, search."""

from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from jobcentre.accounts.enums import Role
from jobcentre.audit.enums import Access
from jobcentre.casework.access.checks import role_of
from jobcentre.casework.access.fetch import log_list
from jobcentre.casework.access.queries import cases_for
from jobcentre.casework.deadlines.explain import page_of
from jobcentre.casework.enums import AppointmentState, Track, WaitsFor
from jobcentre.casework.forms import CasesFilter, SearchForm
from jobcentre.casework.models import Appointment, Case, ClockPause, Deadline, Person
from jobcentre.casework.search import found_persons
from jobcentre.casework.worklist import (
    first_rows,
    grouped,
    masked,
    rows_of,
    with_first_deadline,
    with_number,
)
from jobcentre.ui import formats

PAGE = 60
COLUMNS = (
    *("number", "track", "status", "started_on", "ended_on", "next_deadline_on", "centre"),
    *("person__ref", "person__given_name", "person__family_name", "coach__name"),
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
    rows = rows_of(mine.exclude(kind="cap"), today, request.user)
    own = [row for row in rows if row.waits_for == WaitsFor.COACH]
    others = [row for row in rows if row.waits_for != WaitsFor.COACH]
    groups = grouped([row for row in own if row.due_on is None or _near(row, today)], today)
    appointments = list(
        Appointment.objects.visible_to(request.user)
        .filter(
            with_user=request.user,
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
    """The cases the user may list, by next deadline, sixty at a time."""
    today = timezone.localdate()
    form = CasesFilter(request.GET)
    form.is_valid()
    chosen = form.cleaned_data
    found = cases_for(Case.objects.all(), request.user, "case.list")
    role = role_of(request.user)
    whose = chosen.get("whose") or ("mine" if role == Role.COACH else "all")
    if whose == "mine":
        found = found.filter(coach=request.user)
    state = chosen.get("state") or "open"
    found = found.filter(status="closed") if state == "closed" else found.open()
    if state == "late":
        found = found.filter(next_deadline_on__lt=today)
    if state == "paused":
        found = found.filter(
            Exists(ClockPause.objects.filter(case=OuterRef("pk"), ends_before__isnull=True))
        )
    if chosen.get("track"):
        found = found.filter(track=chosen["track"])
    found, order = _ordered(found, state, chosen.get("after", ""))
    page = list(
        with_number(with_first_deadline(found, today), "person_id")
        .select_related("person", "coach")
        .with_parts("pauses")
        .only(*COLUMNS)
        .order_by(*order)[: PAGE + 1]
    )
    more = len(page) > PAGE
    page = page[:PAGE]
    rows = _case_rows(page, today, request.user)
    log_list(request, [case.person.ref for case in page])
    return render(
        request,
        "casework/cases.html",
        {
            "form": form,
            "rows": rows,
            "state": state,
            "whose": whose,
            "after": _after(page[-1], state) if more else "",
            "today": today,
        },
    )


def _ordered(found, state, after):
    """Keyset paging: by next deadline for open cases, by last day for closed ones."""
    column = "ended_on" if state == "closed" else "next_deadline_on"
    order = [f"-{column}", "-pk"] if state == "closed" else [column, "pk"]
    day, _separator, pk = after.partition("_")
    if not (pk.isascii() and pk.isdigit() and len(pk) < 18 and len(day) == 10):
        return found, order
    try:
        at = date.fromisoformat(day)
    except ValueError:
        return found, order
    side = "lt" if state == "closed" else "gt"
    return (
        found.filter(Q(**{f"{column}__{side}": at}) | Q(**{column: at, f"pk__{side}": int(pk)})),
        order,
    )


def _after(case, state) -> str:
    day = case.ended_on if state == "closed" else case.next_deadline_on
    return f"{day.isoformat()}_{case.pk}" if day else ""


def _case_rows(page, today, user) -> list[dict]:
    """Rows of the list as plain values; the clock with least time left for each case."""
    clocks = first_rows(page, today, user)
    interrupted = _("interrupted")
    rows = []
    for case in page:
        first = clocks.get(case.pk)
        clock = first.explanation if first else None
        is_paused = any(pause.ends_before is None for pause in case.pauses.all())
        ended = (
            _("ended %(day)s") % {"day": formats.day_year(case.ended_on)} if case.ended_on else ""
        )
        rows.append(
            {
                "url": page_of("casework:case", case.number),
                "name": case.person.name,
                "meta": (masked(case.current_number), case.number, is_paused and interrupted),
                "clock": clock,
                "shown_clock": clock or ended,
                "may_step": first is not None and first.may_step,
                "track": str(Track(case.track).label),
                "coach": case.coach.name if case.coach else "–",
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
