"""The person signs the plan, on the screen or on paper."""

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from activityplans import compare, rules
from activityplans.content import content
from activityplans.enums import PlanState
from activityplans.forms.signing import SigningForm
from activityplans.models import PlanVersion
from activityplans.plan_enums import SignatureForm
from activityplans.signing import signed
from activityplans.transitions.signing import sign_plan
from jobcentre.casework.access.fetch import get_visible
from jobcentre.casework.approvals.rules import content_hash
from jobcentre.casework.models import Case
from jobcentre.casework.views.base import handle_form
from jobcentre.casework.views.case import case_rows, header


def version_to_sign(case: Case) -> PlanVersion | None:
    """What is being written or waits, else what is in force."""
    order = (PlanState.DRAFT, PlanState.RETURNED, PlanState.SUBMITTED, PlanState.APPROVED)
    found = {version.state: version for version in case.plan_versions.filter(state__in=order)}
    return next((found[state] for state in order if state in found), None)


@require_http_methods(["GET", "POST"])
def sign(request, number):
    """What the plan says in plain words, and the signature under it."""
    case = get_visible(request, case_rows(), number=number)
    version = version_to_sign(case)
    if version is None:
        raise Http404
    today = timezone.localdate()
    said = content(version)
    form = SigningForm(
        request.POST or None,
        initial={
            "form": SignatureForm.TYPED,
            "signed_on": today,
            "seen_hash": content_hash(said),
        },
    )
    return handle_form(
        request,
        form,
        lambda data: sign_plan(
            version,
            data["form"],
            name=data["name"],
            signed_on=data["signed_on"],
            seen_hash=data["seen_hash"],
            actor=request.user,
            today=today,
        ),
        template="activityplans/sign.html",
        context={
            **header(case, request.user, today),
            "version": version,
            "parts": compare.described(rules.differences(None, said), None, said),
            "signed": signed(version),
        },
        success_url=reverse("casework:tab", args=[case.number, "plan"]),
        message=_("The signature is saved."),
    )
