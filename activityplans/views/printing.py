"""The plan for the person: on paper in plain Swedish with another language beside it, and as a
calendar file."""

from datetime import timedelta

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET

from activityplans.models import PlanVersion
from activityplans.panels import lines_in_force
from activityplans.paper.languages import LANGUAGES
from activityplans.planned_times import planned_times
from activityplans.transitions import plans
from intake.mapping import ssyk
from jobcentre.audit.enums import Access
from jobcentre.casework.access.fetch import get_visible
from jobcentre.casework.calendar_file import calendar_of
from jobcentre.casework.enums import ApprovalState
from jobcentre.casework.models import Approval, Case
from jobcentre.casework.views.case import case_rows
from jobcentre.ui import formats
from jobcentre.ui.pdf import render_pdf


def _in_force(request, number) -> tuple[Case, PlanVersion]:
    case = get_visible(request, case_rows(), access=Access.PRINT, number=number)
    version = plans.version_in_force(case)
    if version is None:
        raise Http404
    return case, version


@require_GET
def plan_pdf(request, number):
    """The plan in force as a designed A4, for the person to take along. `sprak` is the code of the
    second column's language; without it, or with one that we do not have, there is no column."""
    case, version = _in_force(request, number)
    second = LANGUAGES.get(request.GET.get("sprak", ""))
    pdf = render_pdf(
        "print/plan.html",
        plan_context(case, version, second, timezone.localdate()),
        language="sv",
        title=_title(),
    )
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="plan-{case.number}.pdf"'
    return response


def _title() -> str:
    with override("sv"):
        return _("Activity plan")


def plan_context(case: Case, version: PlanVersion, second, today) -> dict:
    """What the paper shows; `second` is the Language beside the Swedish, or None."""
    approval = approval_of(version)
    lines = lines_in_force(case)
    occupation = version.goal_occupation
    return {
        "case": case,
        "person": case.person,
        "version": version,
        "second": second,
        "lines": lines,
        "week": week_picture(lines, today),
        "follow_ups": [
            {"service": line.activity.service, "day": line.follow_up_on.isoformat()}
            for line in lines
            if line.follow_up_on and line.follow_up_on >= today
        ],
        "occupation": ssyk.label_of(occupation) if occupation else "",
        "own_search": f"{float(version.own_search_hours):g}".replace(".", ","),
        "first": version.starts_on.isoformat(),
        "last": (version.ends_before - timedelta(days=1)).isoformat(),
        "before": version.ends_before.isoformat(),
        "approval": approval,
        "approved_on": approval.decided_on.isoformat() if approval else "",
        "today": today,
    }


def approval_of(version: PlanVersion) -> Approval | None:
    """The approval that the version rests on: its own, or, when all that was changed needed none,
    that of the latest version before it that was approved."""
    return (
        Approval.objects.filter(
            kind=plans.APPROVAL,
            case=version.case_id,
            subject_version__lte=version.number,
            state=ApprovalState.APPROVED,
        )
        .select_related("decided_by", "unit")
        .order_by("-subject_version", "-pk")
        .first()
    )


def week_picture(lines, today) -> list[dict]:
    """Monday to Friday, and the weekend when it is used, with the times of what has not ended;
    empty when no activity has times."""
    times = sorted(
        (
            (each.slot, line.activity.service)
            for line in lines
            if line.ends_before > today
            for each in line.times.all()
        ),
        key=lambda each: each[0],
    )
    last = max((slot.weekday for slot, _service in times), default=0)
    return [
        {
            "key": f"day{weekday}",
            "times": [
                {
                    "from": formats.clock_time(slot.starts_at),
                    "to": formats.clock_time(slot.ends_at),
                    "service": service,
                }
                for slot, service in times
                if slot.weekday == weekday
            ],
        }
        for weekday in range(1, max(5, last) + 1)
        if times
    ]


@require_GET
def plan_calendar(request, number):
    """The planned times of the plan in force from today on, as a calendar file."""
    case, _version = _in_force(request, number)
    body = calendar_of(
        planned_times(case, timezone.localdate()),
        summary=_("Planned activity"),
    )
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="plan.ics"'
    return response
