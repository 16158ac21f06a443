"""Pages for the contacts outside the organisation."""

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jobcentre.casework.access.checks import open_areas
from jobcentre.casework.access.fetch import get_visible
from jobcentre.casework.contact_forms import ContactChangeForm, ContactForm
from jobcentre.casework.models import OutsideContact
from jobcentre.casework.people import readable_contacts
from jobcentre.casework.transitions import contacts
from jobcentre.casework.views.base import handle_form
from jobcentre.casework.views.case import case_rows, header

get_or_post = require_http_methods(["GET", "POST"])
FIELDS = (
    *("kind", "name", "organisation", "phone", "email"),
    *("contacted_on", "next_step", "next_on", "ends_before"),
)


def _said(data: dict) -> contacts.ContactInput:
    return contacts.ContactInput(**{name: data[name] for name in FIELDS if name in data})


def _page(request, case, form, act, **more):
    return handle_form(
        request,
        form,
        act,
        template="casework/form.html",
        context={**header(case, request.user, timezone.localdate()), **more},
        success_url=reverse("casework:tab", args=[case.number, "people"]),
        message=_("The contact is saved."),
    )


@get_or_post
def contact_add(request, number):
    """Note a contact outside the job centre."""
    case = get_visible(request, case_rows(), number=number)
    today = timezone.localdate()
    return _page(
        request,
        case,
        ContactForm(request.POST or None),
        lambda data: contacts.note_contact(case, _said(data), actor=request.user, today=today),
        title=_("Note a contact outside the job centre"),
        button=_("Save the contact"),
        intro=_(
            "The person knows that the contact is noted. Talking with them about the person needs"
            " the person's consent."
        ),
    )


@get_or_post
def contact(request, number, pk):
    """Change a contact, note the latest talk with them, or end it."""
    case = get_visible(request, case_rows(), number=number)
    found = (
        readable_contacts(OutsideContact.objects.filter(case=case), open_areas(request.user, case))
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise Http404
    return _page(
        request,
        case,
        ContactChangeForm(
            request.POST or None,
            version=found.version,
            initial={name: getattr(found, name) for name in FIELDS},
        ),
        lambda data: contacts.change_contact(
            found, _said(data), actor=request.user, version=data["version"]
        ),
        title=_("Change a contact"),
        button=_("Save the contact"),
    )
