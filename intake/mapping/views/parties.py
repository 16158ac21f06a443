"""Other parties in the mapping: their parts, the invitation of a study counsellor, papers."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from intake.mapping import words
from intake.mapping.enums import PartyKind
from intake.mapping.forms import InviteForm, OwnPartForm, PartForm
from intake.mapping.reading import areas_open_to, asked, current, parts_in
from intake.models import MappingFact
from intake.transitions import guidance
from intake.transitions.mapping import PartInput, add_part
from jobcentre.accounts.enums import Role
from jobcentre.casework.access.checks import role_of
from jobcentre.casework.access.fetch import get_visible
from jobcentre.casework.enums import Area, InvolvementKind
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.forms import DocumentForm
from jobcentre.casework.models import Involvement
from jobcentre.casework.transitions.records import add_document
from jobcentre.casework.views.base import handle_form
from jobcentre.casework.views.case import case_rows, header
from jobcentre.casework.views.drafts import PageDraft

get_or_post = require_http_methods(["GET", "POST"])


@get_or_post
def part(request, number):
    """What is open of the mapping to the one who adds, and the form for their part."""
    case = get_visible(request, case_rows(), number=number)
    today = timezone.localdate()
    own = role_of(request.user) == Role.STUDY_COUNSELLOR
    areas = areas_open_to(request.user, case)
    typed = PageDraft(request, case)
    if typed.is_asked:
        return typed.answer()
    initial = typed.initial() or ({} if own else {"said_on": today, "for_person": True})
    form = (OwnPartForm if own else PartForm)(
        request.POST or None, areas=asked(areas, today), initial=initial
    )

    def act(data):
        said = {
            "party": PartyKind.GUIDANCE,
            "name": request.user.name,
            "organisation": request.user.acting.unit.name,
            "said_on": today,
            "for_person": True,
            **{key: value for key, value in data.items() if key not in ("token", "version")},
            "area": data["area"].key,
        }
        return add_part(case, PartInput(**said), actor=request.user, today=today)

    found = current(case)
    keys = [area.key for area in areas]
    return handle_form(
        request,
        form,
        act,
        template="intake/mapping_part.html",
        context={
            **header(case, request.user, today),
            "mapping": found,
            "answers": [
                answer
                for answer in (found.answers.select_related("area", "changed_by") if found else ())
                if answer.area_id in keys
            ],
            "facts": words.in_groups(list(MappingFact.objects.current().filter(case=case))),
            "parts": parts_in(case, keys),
            "own": own,
        },
        success_url=reverse("intake:mapping_part" if own else "intake:mapping", args=[case.number]),
        message=_("The part is added to the mapping."),
        typed=typed,
    )


def _invited(case, today):
    return (
        Involvement.objects.filter(case=case, kind=InvolvementKind.GUIDANCE)
        .working_on(today)
        .select_related("user")
    )


@get_or_post
def invite(request, number):
    """Invite a study counsellor; who is invited, and the end of it."""
    case = get_visible(request, case_rows(), number=number)
    today = timezone.localdate()
    form = InviteForm(request.POST or None, counsellors=guidance.counsellors(case, today))
    return handle_form(
        request,
        form,
        lambda data: guidance.invite_counsellor(
            case, data["counsellor"], actor=request.user, today=today
        ),
        template="intake/mapping_invite.html",
        context={**header(case, request.user, today), "invited": list(_invited(case, today))},
        success_url=reverse("intake:mapping_invite", args=[case.number]),
        message=lambda row: _("%(name)s is invited and told.") % {"name": row.label},
    )


@require_POST
def uninvite(request, number, pk):
    """The guidance of one counsellor ends today."""
    case = get_visible(request, case_rows(), number=number)
    row = Involvement.objects.filter(case=case, kind=InvolvementKind.GUIDANCE, pk=pk).first()
    if row is None:
        raise Http404
    try:
        guidance.end_guidance(row, actor=request.user, today=timezone.localdate())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The guidance is ended."))
    return redirect("intake:mapping_invite", case.number)


@get_or_post
def document(request, number):
    """A paper that belongs to the mapping; read by those who read the mapping."""
    case = get_visible(request, case_rows(), number=number)
    return handle_form(
        request,
        DocumentForm(request.POST or None, request.FILES or None),
        lambda data: add_document(
            case,
            data["title"],
            data["file"],
            data["content_type"],
            Area.MAPPING,
            actor=request.user,
        ),
        template="casework/form.html",
        context={
            **header(case, request.user, timezone.localdate()),
            "title": _("Add a paper to the mapping"),
            "button": _("Save the document"),
            "is_multipart": True,
            "typed": None,
        },
        success_url=reverse("intake:mapping", args=[case.number]),
        message=_("The document is saved."),
    )
