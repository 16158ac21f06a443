"""What belongs to an answer: passing it on, the stand-in of one who is away, and its paper."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from activityplans.compare import field_name
from activityplans.forms.answers import ForwardForm, StandInForm
from activityplans.models import PlanVersion
from activityplans.views.queue import APPROVALS
from jobcentre.accounts.models import User
from jobcentre.audit.enums import Access
from jobcentre.casework.access.fetch import get_visible, log_list
from jobcentre.casework.approvals import passing_on
from jobcentre.casework.approvals.unit import approvers_of
from jobcentre.casework.enums import ApprovalState
from jobcentre.casework.models import ApproverCover
from jobcentre.casework.views.base import handle_form
from jobcentre.casework.views.case import header
from jobcentre.ui.pdf import render_pdf

get_or_post = require_http_methods(["GET", "POST"])


def _others(users, user):
    return User.objects.filter(pk__in=[each.pk for each in users if each.pk != user.pk]).order_by(
        "name", "pk"
    )


@get_or_post
def forward_plan(request, pk):
    """Pass a plan on to a colleague of the unit, with the reason."""
    approval = get_visible(request, APPROVALS.all(), pk=pk)
    today = timezone.localdate()
    colleagues = _others(approvers_of(approval.unit, today), request.user)
    return handle_form(
        request,
        ForwardForm(request.POST or None, colleagues=colleagues),
        lambda data: passing_on.forward(
            approval, data["colleague"], data["reason"], actor=request.user, today=today
        ),
        template="activityplans/forward.html",
        context={
            **header(approval.case, request.user, today),
            "approval": approval,
            "passed_on": list(approval.forwards.select_related("sent_by", "sent_to")),
            "has_colleagues": colleagues.exists(),
        },
        success_url=reverse("activityplans:queue"),
        message=_("The plan is passed on, and your colleague is told."),
    )


@get_or_post
def stand_ins(request):
    """Who of the unit is away, who stands in, and one's own absence."""
    today, user = timezone.localdate(), request.user
    rows = list(
        ApproverCover.objects.filter(unit=user.acting.unit, ends_before__gt=today)
        .select_related("away", "cover")
        .order_by("starts_on", "pk")
    )
    if "end" in request.POST:
        mine = next((row for row in rows if str(row.pk) == request.POST["end"]), None)
        if mine is None or mine.away_id != user.pk:
            raise Http404
        passing_on.end_cover(mine, actor=user, today=today)
        return redirect("activityplans:stand_ins")
    log_list(request, [])
    return handle_form(
        request,
        StandInForm(
            request.POST or None,
            colleagues=_others(approvers_of(user.acting.unit, today), user),
            initial={"starts_on": today},
        ),
        lambda data: passing_on.add_cover(
            user,
            data["colleague"],
            data["starts_on"],
            data["ends_before"],
            actor=user,
            today=today,
        ),
        template="activityplans/stand_ins.html",
        context={"rows": rows, "unit": user.acting.unit},
        success_url=reverse("activityplans:stand_ins"),
        message=_("Your absence is noted, and the stand-in is told."),
    )


@require_GET
def answer_pdf(request, pk):
    """The answer on paper: what was answered, by whom with what right, why, and what to do."""
    approval = get_visible(
        request, APPROVALS.select_related("decided_by"), access=Access.PRINT, pk=pk
    )
    if approval.state in (ApprovalState.PENDING, ApprovalState.WITHDRAWN):
        raise Http404
    version = PlanVersion.objects.get(pk=approval.subject_id)
    lines = {
        f"line:{line.activity.ref}": line.activity.service.label
        for line in version.lines.select_related("activity__service")
    }
    pdf = render_pdf(
        "print/answer.html",
        {
            "approval": approval,
            "case": approval.case,
            "person": approval.case.person,
            "version": version,
            "lines": list(lines.values()),
            "comments": [
                (lines.get(key) or title_of(key), text) for key, text in approval.comments.items()
            ],
            "today": timezone.localdate(),
        },
        language=get_language() or "sv",
        title=_("Answer on the activity plan"),
    )
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="svar-{approval.case.number}.pdf"'
    return response


def title_of(key: str) -> str:
    """What a comment stands at, when it is no line of the version."""
    return _("An activity that was taken away") if key.startswith("line:") else field_name(key)
