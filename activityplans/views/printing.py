"""The plan for the person: on paper in plain Swedish with another language beside it, and as a
calendar file."""

from datetime import date, timedelta
from typing import NamedTuple

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET

from activityplans.enums import PlanState
from activityplans.in_force import days_held, followed_on
from activityplans.models import PlanLine, PlanVersion
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

COMING = "kommande"  # in the address: the version that is approved and begins later


class Printed(NamedTuple):
    """A version of the plan of a case as it is printed. `is_coming`: it has not begun to hold;
    `ends_before`: the day after the last on which it holds."""

    case: Case
    version: PlanVersion
    is_coming: bool
    ends_before: date


def _chosen(request, number, today: date) -> Printed:
    """The version that the person follows today, or with `version=kommande` the one that is approved
    and begins later. Without a later one there is nothing to choose."""
    case = get_visible(request, case_rows(), access=Access.PRINT, number=number)
    versions = list(case.plan_versions.all())
    version = followed_on(versions, today)
    if version is None:
        raise Http404
    newest = next(each for each in versions if each.state == PlanState.APPROVED)
    if request.GET.get("version") == COMING:
        version = newest
    held = days_held(versions).get(version.number)
    return Printed(
        case, version, today < version.starts_on, held.ends_before if held else version.ends_before
    )


@require_GET
def plan_pdf(request, number):
    """The plan as a designed A4, for the person to take along. `sprak` is the code of the second
    column's language; without it, or with one that we do not have, there is no column."""
    today = timezone.localdate()
    chosen = _chosen(request, number, today)
    second = LANGUAGES.get(request.GET.get("sprak", ""))
    pdf = render_pdf(
        "print/plan.html",
        plan_context(chosen, second, today),
        language="sv",
        title=_title(),
    )
    response = HttpResponse(pdf, content_type="application/pdf")
    name = f"plan-{chosen.case.number}-{chosen.version.number}"
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


def _lines_of(version: PlanVersion) -> list[PlanLine]:
    """Each with its activity, service, provider and times."""
    return sorted(version.whole_lines(), key=lambda line: (line.starts_on, line.position))


def _title() -> str:
    with override("sv"):
        return _("Activity plan")


def plan_context(chosen: Printed, second, today: date) -> dict:
    """What the paper shows; `second` is the Language beside the Swedish, or None."""
    case, version = chosen.case, chosen.version
    approval = approval_of(version)
    lines = _lines_of(version)
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
        "last": (chosen.ends_before - timedelta(days=1)).isoformat(),
        "begins_on": version.starts_on.isoformat() if chosen.is_coming else "",
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
    """The planned times from today on, of every approved version on its days, as a calendar file."""
    today = timezone.localdate()
    body = calendar_of(
        planned_times(_chosen(request, number, today).case, today),
        summary=_("Planned activity"),
    )
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="plan.ics"'
    return response
