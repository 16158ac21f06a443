"""The quality watch: what became of the people sent to each provider, against what was to be
expected of them, and whom it takes. Figures of the whole municipality; they name nobody."""

from django.http import StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from jobcentre.audit.enums import Access
from jobcentre.casework.access.fetch import get_visible, log_list
from jobcentre.ui import formats
from referrals.models import Provider
from reporting.forms import QualityForm
from reporting.quality import words
from reporting.quality.rows import Window, read
from reporting.quality.rules import FEWEST_ALIKE
from reporting.quality.watch import MEASURES, lines


def _said(window: Window) -> dict:
    return {
        "period": formats.span(window.starts_on, window.ends_before, year=True),
        "followed": formats.span(window.followed_from, window.followed_before, year=True),
        "measures": MEASURES.values(),
        "fewest_alike": FEWEST_ALIKE,
    }


@require_GET
def providers(request):
    """Each provider in a row, with its results beside those expected."""
    form = QualityForm(request.GET)
    window = form.window(timezone.localdate())
    rows = read(window)
    found = lines(rows, service=form.service_pk())
    query = form.query()
    finding = words.finding(found)
    return render(
        request,
        "reporting/quality/providers.html",
        {
            **_said(window),
            "form": form,
            "query": query,
            "finding": finding,
            "easier": words.easier(found),
            "rows": [
                words.row_of(line, line.provider, _url(rows.register.get(line.provider_pk), query))
                for line in found
            ],
            "chart": words.results_chart(
                [(line.provider, line) for line in found], finding, _("Provider")
            ),
        },
    )


def _url(register_pk: int | None, query: str) -> str:
    if register_pk is None:
        return ""
    return f"{reverse('reporting:quality_provider', args=[register_pk])}?{query}"


@require_GET
def provider(request, pk):
    """One provider: each service and track, why people are turned away, and who is taken."""
    chosen = get_visible(request, Provider.objects.select_related("unit"), pk=pk)
    form = QualityForm(request.GET)
    window = form.window(timezone.localdate())
    found = lines(read(window), provider=chosen.unit_id, service=form.service_pk())
    line = found[0] if found else None
    return render(
        request,
        "reporting/quality/provider.html",
        {
            **_said(window),
            "form": form,
            "query": form.query(),
            "provider": chosen,
            "whole": words.row_of(line, chosen.unit.name) if line else None,
            "reasons": line.reasons if line else [],
            "mix": line.mix if line else [],
            "services": [
                {
                    "row": words.row_of(part, part.service),
                    "tracks": [
                        words.row_of(each, each.track_label)
                        for each in part.parts
                        if each.tells_anything
                    ],
                }
                for part in (line.parts if line else [])
                if part.tells_anything
            ],
            "too_few": [
                part.service for part in (line.parts if line else []) if not part.tells_anything
            ],
            "chart": line
            and words.results_chart(
                [(part.service, part) for part in line.parts],
                _("Results of each service"),
                _("Service"),
            ),
        },
    )


@require_GET
def quality_file(request):
    """Every provider, service and track as a file for a spreadsheet; an export of figures."""
    form = QualityForm(request.GET)
    window, language = form.window(timezone.localdate()), translation.get_language()
    found = lines(read(window), service=form.service_pk())
    log_list(request, [], access=Access.EXPORT)
    answer = StreamingHttpResponse(
        iter(list(words.csv_lines(found, language))), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = (
        f'attachment; filename="kvalitet-{window.starts_on:%Y-%m}-{window.ends_before:%Y-%m}.csv"'
    )
    return answer
