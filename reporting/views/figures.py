"""The manager's start page, and each figure with its definition and the cases behind it."""

from urllib.parse import urlencode

from django.db.models import Count
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from jobcentre.casework.access.fetch import log_list
from jobcentre.casework.models import Case, Deadline
from jobcentre.casework.worklist import masked_number
from jobcentre.ui import formats
from reporting.charts import division_chart
from reporting.enums import Split
from reporting.figures import wording
from reporting.figures.measuring import Reader, measure, measure_year_before
from reporting.figures.publishing import rows_of, sections_of, targets_on
from reporting.figures.registry import FIGURES, RESULT
from reporting.figures.scope import Scope, cell_filter, centres_of
from reporting.figures.standings import standings
from reporting.forms import BehindForm, ScopeForm
from reporting.tables import table

PAGE = 60
# A list of cases longer than this is narrowed by a group first.
MOST_BEHIND = 5000
SHOWN = (
    RESULT,
    "plan_in_time",
    "approved_in_time",
    "days_to_plan",
    "open_cases",
    "new_cases",
    "exits_unknown",
    "returns",
    "attendance_registered",
    "activities_followed_up",
    "follow_up_answers",
    "occupied_6",
)


def _scope_form(request) -> ScopeForm:
    return ScopeForm(request.GET, centres=centres_of(request.user), today=timezone.localdate())


@require_GET
def dashboard(request):
    """How it goes: the finding, key figures, results against targets, late clocks by coach."""
    form = _scope_form(request)
    scope, query = form.scope(), form.query()
    sections = sections_of(
        rows_of(measure(scope), measure_year_before(scope), targets_on(scope.last_day))
    )
    tiles = [
        {
            "label": sections[key].whole.label,
            "value": wording.value_in_words(sections[key].whole),
            "before": wording.change_in_words(sections[key].whole),
            "url": f"{reverse('reporting:figure', args=[key])}?{query}",
        }
        for key in SHOWN
    ]
    late = sections["late_now"].whole
    return render(
        request,
        "reporting/dashboard.html",
        {
            "form": form,
            "today": scope.as_of,
            "period": formats.span(scope.starts_on, scope.ends_before, year=True),
            "finding": wording.finding(sections),
            "tiles": tiles,
            "standings": standings(sections),
            "query": query,
            "late": int(late.value),
            "late_url": f"{reverse('reporting:figure', args=['late_now'])}?{query}",
            "by_source": division_chart(sections[RESULT], Split.SOURCE),
            "by_track": division_chart(sections[RESULT], Split.TRACK),
            "coaches": _coaches(scope),
            "result_url": f"{reverse('reporting:figure', args=[RESULT])}?{query}",
        },
    )


def _coaches(scope: Scope) -> list[dict]:
    """Open cases and late clocks of each coach today, most late first; two queries."""
    late = {
        row["case__coach"]: row["n"]
        for row in Deadline.objects.late_on(scope.as_of)
        .filter(case__centre__in=scope.centre_ids)
        .order_by()
        .values("case__coach")
        .annotate(n=Count("pk"))
    }
    rows = [
        {"name": row["coach__name"], "open": row["n"], "late": late.get(row["coach"], 0)}
        for row in Case.objects.open()
        .filter(centre__in=scope.centre_ids)
        .order_by()
        .values("coach", "coach__name")
        .annotate(n=Count("pk"))
    ]
    return sorted(rows, key=lambda row: (-row["late"], -row["open"], row["name"] or ""))


@require_GET
def figure(request, key):
    """One figure: its definition, its value, its divisions, and the cases the user may open."""
    if key not in FIGURES:
        raise Http404
    chosen = FIGURES[key]
    form = _scope_form(request)
    scope, query = form.scope(), form.query()
    measured = measure(scope, [chosen], with_groups=True)
    before = measure_year_before(scope, [chosen], with_groups=True)
    section = sections_of(rows_of(measured, before, targets_on(scope.last_day)))[key]
    behind = BehindForm(request.GET, scope=scope)
    rows, last = _cases_behind(request, chosen, scope, behind)
    charts = [
        {"key": split.value, "chart": division_chart(section, split)}
        for split in (Split.SOURCE, Split.TRACK)
    ]
    chosen_cell = behind.cleaned_data if behind.is_valid() else {}
    return render(
        request,
        "reporting/figure.html",
        {
            "form": form,
            "figure": chosen,
            "table": table(section),
            "value": wording.value_in_words(section.whole),
            "before": wording.change_in_words(section.whole),
            "population": section.whole.population,
            "period": formats.span(scope.starts_on, scope.ends_before, year=True),
            "today": scope.as_of,
            "query": query,
            "charts": [each for each in charts if each["chart"] is not None],
            "rows": rows,
            "only": chosen_cell.get("only", ""),
            "cell_label": behind.cell_label if behind.is_valid() else "",
            "is_share": chosen.hit is not None,
            "more_url": _more_url(query, chosen_cell, last),
        },
    )


def _more_url(query: str, chosen: dict, last: int | None) -> str:
    if last is None:
        return ""
    kept = {name: chosen[name] for name in ("split", "cell", "only") if chosen.get(name)}
    return f"?{query}&{urlencode({**kept, 'after': last})}#behind"


def _cases_behind(request, chosen, scope: Scope, behind: BehindForm):
    """(rows, the last key when there are more) of the cases that the user may open, newest first.

    The list says nothing of how many are hidden from the user.
    """
    if not behind.is_valid():
        return [], None
    wanted = behind.cleaned_data
    found = Case.objects.visible_to(request.user).filter(
        pk__in=chosen.facts.cases(scope).values("pk")
    )
    counted = Reader(scope).rows(chosen)
    if counted and "case_pk" in counted[0]:
        found = found.filter(pk__in=_counted_cases(chosen, counted, wanted["only"]))
    elif not counted:
        found = found.none()
    if wanted["split"]:
        found = found.filter(cell_filter(scope, wanted["split"], wanted["cell"]))
    if wanted["after"]:
        found = found.filter(pk__lt=wanted["after"])
    cases = list(
        found.select_related("person", "coach", "centre")
        .prefetch_related("person__numbers")
        .order_by("-pk")[: PAGE + 1]
    )
    more = len(cases) > PAGE
    cases = cases[:PAGE]
    log_list(request, [case.person.ref for case in cases])
    rows = [
        {
            "number": case.number,
            "name": case.person.name,
            "masked": masked_number(case.person),
            "track": case.get_track_display(),
            "source": case.get_source_display(),
            "coach": case.coach.name if case.coach else "",
            "started_on": case.started_on,
            "ended_on": case.ended_on,
        }
        for case in cases
    ]
    return rows, cases[-1].pk if more else None


def _counted_cases(chosen, counted, only: str) -> list[int]:
    """The cases of the counted rows, or of those that do or do not reach the share."""
    if chosen.hit is not None and only:
        wanted = only == BehindForm.HIT
        counted = [row for row in counted if bool(chosen.hit(row)) is wanted]
    return sorted({row["case_pk"] for row in counted}, reverse=True)[:MOST_BEHIND]
