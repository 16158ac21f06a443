"""The committee report of a period: measured, worded and drawn, from frozen rows alone."""

from collections.abc import Callable
from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _

from jobcentre.ui import formats
from jobcentre.ui.pdf import render_pdf
from reporting.charts import division_chart
from reporting.enums import Split
from reporting.figures import wording
from reporting.figures.measuring import measure, measure_year_before
from reporting.figures.publishing import rows_of, sections_of, targets_on
from reporting.figures.registry import RESULT
from reporting.figures.scope import Scope
from reporting.figures.standings import standings
from reporting.models import PublishedFigure, ReportJob
from reporting.tables import table

TEMPLATE = "reporting/committee_report.html"
# The figures on the first page, two in a row.
SUMMARY = (
    RESULT,
    "participants",
    "exits",
    "plan_in_time",
    "approved_in_time",
    "days_to_plan",
    "returns",
    "follow_up_answers",
    "occupied_6",
)


def scope_of(job: ReportJob, as_of: date) -> Scope:
    """What the report counts; small counts are always hidden in it."""
    return Scope(
        job.starts_on,
        job.ends_before,
        tuple(job.centres.order_by("name", "pk").values_list("pk", "name")),
        as_of,
        suppresses=True,
    )


def figures_of(
    job: ReportJob, as_of: date, tell: Callable[[int, int], None] | None = None
) -> list[PublishedFigure]:
    """The report's rows, not yet saved, worded in the language of the report."""
    scope = scope_of(job, as_of)
    with translation.override(job.language):
        measured = measure(scope, with_groups=True, tell=tell)
        before = measure_year_before(scope, with_groups=True)
        return rows_of(measured, before, targets_on(scope.last_day))


def title_of(job: ReportJob) -> str:
    """The title of the document, in the current language."""
    return _("Report to the committee, %(period)s") % {
        "period": formats.span(job.starts_on, job.ends_before, year=True)
    }


def page_of(job: ReportJob, rows: list[PublishedFigure], as_of: date) -> dict:
    """The variables of the report's pages, in the current language."""
    sections = sections_of(rows)
    result = sections[RESULT]
    charts = [
        {"key": split.value, "chart": division_chart(result, split)}
        for split in (Split.SOURCE, Split.TRACK, Split.GROUP)
    ]
    return {
        "job": job,
        "as_of": as_of,
        "period": formats.span(job.starts_on, job.ends_before, year=True),
        "centres": list(job.centres.order_by("name", "pk").values_list("name", flat=True)),
        "finding": wording.finding(sections),
        "findings": wording.further_findings(sections),
        "summary": [
            {
                "label": sections[key].whole.label,
                "value": wording.value_in_words(sections[key].whole),
                "before": wording.change_in_words(sections[key].whole),
            }
            for key in SUMMARY
        ],
        "standings": standings(sections),
        "charts": [each for each in charts if each["chart"] is not None],
        "result_definition": result.whole.definition,
        "tables": [table(section) for section in sections.values()],
    }


def pdf_of(job: ReportJob, rows: list[PublishedFigure], as_of: date) -> bytes:
    """The tagged PDF of the report; the same rows give the same pages."""
    with translation.override(job.language):
        title = title_of(job)
        page = page_of(job, rows, as_of)
    return render_pdf(TEMPLATE, page, language=job.language, title=title)
