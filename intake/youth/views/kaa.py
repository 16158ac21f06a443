"""The KAA register, its half-year extracts, and the yearly survey of needs."""

from collections import Counter
from datetime import date
from itertools import islice

from django.db import transaction
from django.db.models import Count
from django.http import Http404, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from intake.youth import figures, kaa, rules, tasks
from intake.youth.enums import ExtractState, KaaEnd, NeedKind
from intake.youth.forms import ExtractForm, YearForm
from intake.youth.models import KaaExtract, KaaPeriod, OutreachEntry
from intake.youth.transitions.extracts import order_extract
from jobcentre.audit.enums import Access
from jobcentre.audit.log import MAX_LISTED
from jobcentre.casework.access.fetch import get_visible, log_list
from jobcentre.casework.views.base import handle_form
from jobcentre.ui import formats

HALVES = 4
YEARS = 5
LISTED = 20


def _half_name(starts_on: date) -> str:
    return _("%(months)s %(year)d") % {
        "months": _("January to June") if starts_on.month == 1 else _("July to December"),
        "year": starts_on.year,
    }


def _halves(today: date) -> list[tuple[date, str]]:
    """The latest half-years that can be ordered, the last whole one first."""
    first = rules.last_half_year(today)[0]
    days = [first, rules.half_year(today)[0]]
    while len(days) < HALVES:
        first = rules.last_half_year(first)[0]
        days.append(first)
    return [(day, _half_name(day)) for day in days]


def _extract_row(extract: KaaExtract) -> dict:
    return {
        "extract": extract,
        "half": _half_name(extract.starts_on),
        "is_whole": extract.as_of is not None and extract.as_of >= extract.ends_before,
    }


def _extracts(user) -> dict:
    found = (
        KaaExtract.objects.visible_to(user)
        .select_related("requested_by")
        .order_by("-created_at", "-pk")[:LISTED]
    )
    rows = [_extract_row(extract) for extract in found]
    return {"extracts": rows, "is_waiting": any(row["extract"].is_active for row in rows)}


@require_http_methods(["GET", "POST"])
def register(request):
    """The KAA register in numbers today, what has left it this half-year, and the extracts."""
    if request.method == "GET" and request.htmx:
        return render(request, "intake/youth/extracts.html", _extracts(request.user))
    today = timezone.localdate()
    form = ExtractForm(request.POST or None, halves=_halves(today))

    def act(data):
        extract = order_extract(data["starts_on"], actor=request.user, today=today)
        transaction.on_commit(tasks.wake)
        return extract

    seen = OutreachEntry.objects.visible_to(request.user)
    return handle_form(
        request,
        form,
        act,
        template="intake/youth/kaa.html",
        context={**_extracts(request.user), **_numbers(seen, today), "today": today},
        success_url=reverse("intake:youth_kaa"),
        message=_("The extract is ordered. You can leave the page; it is made anyway."),
    )


def _numbers(seen, today: date) -> dict:
    first, before = rules.half_year(today)
    inside = seen.in_kaa_on(today)
    states = dict(inside.order_by("state").values_list("state").annotate(n=Count("pk")))
    left = Counter(
        KaaPeriod.objects.filter(
            entry__in=seen, ends_before__gt=first, ends_before__lte=today
        ).values_list("why", flat=True)
    )
    soon = KaaPeriod.objects.filter(
        entry__in=seen, ends_before__gt=today, ends_before__lt=before, why=KaaEnd.TURNED_20
    )
    labels = dict(OutreachEntry._meta.get_field("state").choices)
    return {
        "inside": sum(states.values()),
        "by_state": [
            {"label": labels[state], "count": count} for state, count in sorted(states.items())
        ],
        "left": [{"label": KaaEnd(why).label, "count": n} for why, n in sorted(left.items())],
        "turning": soon.count(),
        "half": _half_name(first),
    }


def _visible_rows(extract: KaaExtract, user):
    """The lines of persons who are not hidden from the user today."""
    seen = OutreachEntry.objects.visible_to(user)
    return extract.rows.filter(entry__in=seen.values("pk")).order_by("position")


@require_GET
def extract(request, ref):
    """What an extract holds, in counts."""
    found = get_visible(request, KaaExtract.objects.select_related("requested_by"), ref=ref)
    is_done = found.state == ExtractState.DONE
    return render(
        request,
        "intake/youth/extract.html",
        {
            **_extract_row(found),
            "last": formats.span(found.starts_on, found.ends_before, year=True),
            "counts": kaa.counts_of(_visible_rows(found, request.user)) if is_done else None,
            "fields": kaa.FIELDS,
        },
    )


@require_GET
def extract_file(request, ref):
    """The file; taking it out is logged with every person in it."""
    found = get_visible(request, KaaExtract.objects.all(), access=Access.EXPORT, ref=ref)
    if found.state != ExtractState.DONE:
        raise Http404
    rows = list(_visible_rows(found, request.user).select_related("entry__person"))
    refs = iter(dict.fromkeys(row.entry.person.ref for row in rows))
    while part := list(islice(refs, MAX_LISTED)):
        log_list(request, part, access=Access.EXPORT)
    response = StreamingHttpResponse(kaa.csv_lines(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="kaa-{found.starts_on}.csv"'
    return response


@require_GET
def needs(request):
    """What the young have said that they need in a year, for the yearly report (row U6)."""
    today = timezone.localdate()
    years = [today.year - back for back in range(YEARS)]
    form = YearForm(request.GET or None, years=years)
    year = (form.cleaned_data.get("year") if form.is_valid() else None) or today.year
    first, before = date(year, 1, 1), date(year + 1, 1, 1)
    seen = OutreachEntry.objects.visible_to(request.user).values("pk")
    noted = figures.needs_between(first, before).filter(attempt__entry__in=seen)
    pairs = set(
        noted.values_list("kind", "attempt__entry_id", "attempt__entry__person__birth_date")
    )
    rows = []
    for kind in NeedKind:
        born = [each[2] for each in pairs if each[0] == kind]
        turned = rules.birthday(before, -rules.KAA_AGE)
        under = sum(day is not None and day > turned for day in born)
        rows.append(
            {
                "label": kind.label,
                "count": len(born),
                "under_20": under,
                "from_20": len(born) - under,
            }
        )
    reached = figures.reached_between(first, before).filter(pk__in=seen)
    sought = figures.sought_between(first, before).filter(pk__in=seen)
    return render(
        request,
        "intake/youth/needs.html",
        {
            "form": YearForm({"year": str(year)}, years=years),
            "year": year,
            "rows": sorted(rows, key=lambda row: -row["count"]),
            "asked": len({each[1] for each in pairs}),
            "reached": reached.count(),
            "sought": sought.count(),
        },
    )
