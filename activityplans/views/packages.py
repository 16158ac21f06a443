"""The package to AF: written, read, printed."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from activityplans.forms.packages import PackageForm
from activityplans.models import AfPackage
from activityplans.packages import gathered, shown
from activityplans.plan_enums import PackageBasis
from activityplans.transitions import packages as transitions
from jobcentre.audit.enums import Access
from jobcentre.casework.access.checks import can
from jobcentre.casework.access.fetch import get_visible
from jobcentre.casework.views.base import handle_form
from jobcentre.casework.views.case import case_rows, header
from jobcentre.casework.views.drafts import PageDraft
from jobcentre.ui.pdf import render_pdf

get_or_post = require_http_methods(["GET", "POST"])
FIELDS = ("summary", "remains", "receiver", "basis", "ground")
PACKAGES = AfPackage.objects.select_related(
    "case__person", "case__coach", "case__centre", "handed_by"
)


@get_or_post
def write(request, number):
    """What is gathered from the case, what the coach adds, and the button that hands it over."""
    case = get_visible(request, case_rows(), number=number)
    today = timezone.localdate()
    draft = transitions.being_written(case)
    handed = transitions.latest_handed(case)
    typed = PageDraft(request, case, version=draft.edit if draft else 0)
    if typed.is_asked:
        return typed.answer()
    begun = draft or handed
    initial = {name: getattr(begun, name) for name in FIELDS} if begun else {}
    form = PackageForm(
        request.POST or None,
        version=typed.version,
        initial=typed.initial() or {"basis": PackageBasis.CONSENT, **initial},
    )
    hands_over = request.method == "POST" and "hand_over" in request.POST

    def act(data):
        if hands_over:
            return transitions.hand_over_package(
                case, form.written(), actor=request.user, today=today, edit=data["version"]
            )
        return transitions.save_package(
            case, form.written(), actor=request.user, edit=data["version"]
        )

    content = gathered(case, today)
    basis = draft.basis if draft else PackageBasis.CONSENT
    return handle_form(
        request,
        form,
        act,
        template="activityplans/packages/write.html",
        context={
            **header(case, request.user, today),
            "draft": draft,
            "handed": handed,
            "shown": shown(content),
            "obstacle": transitions.why_not_hand_over(case, basis, content, today),
        },
        success_url=lambda package: (
            reverse("activityplans:package", args=[package.ref])
            if package.is_handed
            else request.path
        ),
        message=lambda package: (
            _("The package is handed over. Print it, or send it the way you agreed.")
            if package.is_handed
            else _("The draft is saved.")
        ),
        typed=typed,
    )


def _content(package: AfPackage) -> dict:
    """What was handed over, or what a draft says now."""
    if package.is_handed:
        return package.content
    return gathered(package.case, timezone.localdate())


@require_GET
def package(request, ref):
    """One version of a package."""
    found = get_visible(request, PACKAGES, ref=ref)
    return render(
        request,
        "activityplans/packages/package.html",
        {
            "package": found,
            "shown": shown(_content(found)),
            "is_as_handed": not found.is_handed or transitions.is_as_handed(found),
            "may_write": found.case.is_open and can(request.user, "package.write", found),
        },
    )


@require_GET
def package_pdf(request, ref):
    """The package as a tagged PDF."""
    found = get_visible(request, PACKAGES, access=Access.PRINT, ref=ref)
    pdf = render_pdf(
        "print/package.html",
        {
            "package": found,
            "case": found.case,
            "shown": shown(_content(found)),
            "today": timezone.localdate(),
        },
        language=get_language() or "sv",
        title=_("Package to AF"),
    )
    response = HttpResponse(pdf, content_type="application/pdf")
    name = f"till-af-{found.case.number}-v{found.number}.pdf"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response
