"""The plan on paper, for the person."""

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from activityplans import rules
from activityplans.panels import lines_in_force
from activityplans.transitions import plans
from jobcentre.audit.enums import Access
from jobcentre.casework.access.fetch import get_visible
from jobcentre.casework.enums import ApprovalState
from jobcentre.casework.models import Approval
from jobcentre.casework.views.case import case_rows
from jobcentre.ui.pdf import render_pdf


@require_GET
def plan_pdf(request, number):
    """The plan in force as a designed A4 in plain Swedish, for the person to take along."""
    case = get_visible(request, case_rows(), access=Access.PRINT, number=number)
    version = plans.version_in_force(case)
    if version is None:
        raise Http404
    approval = (
        Approval.objects.filter(
            kind=plans.APPROVAL, subject_id=version.pk, state=ApprovalState.APPROVED
        )
        .select_related("decided_by", "unit")
        .first()
    )
    draft = plans.draft_of(version)
    pdf = render_pdf(
        "print/plan.html",
        {
            "case": case,
            "person": case.person,
            "version": version,
            "lines": lines_in_force(case),
            "approval": approval,
            "balance": rules.HoursBalance(
                draft.target,
                rules.fullest_week(draft.lines, draft.starts_on, draft.ends_before),
                draft.own_search,
            ),
            "today": timezone.localdate(),
        },
        language=get_language() or "sv",
        title=_("Activity plan"),
    )
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="plan-{case.number}.pdf"'
    return response
