"""Committee reports: ordered, watched while they are made, read, printed, taken out as a file."""

from django.db import transaction
from django.http import FileResponse, Http404, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from jobcentre.audit.enums import Access
from jobcentre.casework.access.fetch import get_visible
from jobcentre.casework.views.base import handle_form
from jobcentre.ui import formats
from reporting import committee, tasks
from reporting.enums import JobState
from reporting.figures.scope import centres_of
from reporting.forms import ReportForm
from reporting.models import ReportJob
from reporting.rules import PeriodChoice, period_of
from reporting.tables import csv_lines
from reporting.transitions.reports import order_report

LISTED = 20


def _jobs(request) -> dict:
    found = (
        ReportJob.objects.visible_to(request.user)
        .select_related("requested_by")
        .prefetch_related("centres")
        .order_by("-created_at", "-pk")[:LISTED]
    )
    jobs = [
        {
            "job": job,
            "period": formats.span(job.starts_on, job.ends_before, year=True),
            "centres": ", ".join(sorted(centre.name for centre in job.centres.all())),
        }
        for job in found
    ]
    return {"jobs": jobs, "is_waiting": any(each["job"].is_active for each in jobs)}


@require_http_methods(["GET", "POST"])
def reports(request):
    """Order a report and see those that are made; htmx asks again for the list while one is."""
    if request.method == "GET" and request.htmx:
        return render(request, "reporting/jobs.html", {**_jobs(request), "is_poll": True})
    today = timezone.localdate()
    centres = centres_of(request.user)
    starts_on, ends_before = period_of(PeriodChoice.QUARTER, today)
    form = ReportForm(
        request.POST or None,
        centres=centres,
        today=today,
        initial={
            "starts_on": starts_on,
            "ends_before": ends_before,
            "centres": [str(centre.pk) for centre in centres],
            "language": request.user.language,
        },
    )

    def act(data):
        job = order_report(
            data["starts_on"],
            data["ends_before"],
            data["centres"],
            data["language"],
            actor=request.user,
            today=today,
        )
        transaction.on_commit(tasks.wake)
        return job

    return handle_form(
        request,
        form,
        act,
        template="reporting/reports.html",
        context={**_jobs(request), "today": today, "is_poll": False},
        success_url=reverse("reporting:reports"),
        message=_("The report is ordered. You can leave the page; it is made anyway."),
    )


@require_GET
def report(request, ref):
    """The report on a page: the same frozen rows as the PDF and the file."""
    job = get_visible(request, ReportJob.objects.select_related("requested_by", "unit"), ref=ref)
    context = {"job": job, "page": None, "title": committee.title_of(job)}
    if job.state == JobState.DONE:
        with translation.override(job.language):
            context["page"] = committee.page_of(job, list(job.figures.all()), job.as_of)
    return render(request, "reporting/report.html", context)


def _ready(job: ReportJob) -> ReportJob:
    if job.state != JobState.DONE:
        raise Http404
    return job


@require_GET
def report_file(request, ref):
    """The PDF; asking for it is logged as a print."""
    job = _ready(get_visible(request, ReportJob.objects.all(), access=Access.PRINT, ref=ref))
    return FileResponse(
        job.file.open("rb"),
        as_attachment=True,
        filename=f"{job.file_name}.pdf",
        content_type="application/pdf",
    )


@require_GET
def report_csv(request, ref):
    """The same figures as a file for a spreadsheet; logged as an export."""
    job = _ready(get_visible(request, ReportJob.objects.all(), access=Access.EXPORT, ref=ref))
    with translation.override(job.language):
        lines = list(csv_lines(job.figures.all(), job.language))
    response = StreamingHttpResponse(iter(lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{job.file_name}.csv"'
    return response
