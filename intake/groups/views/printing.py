"""Papers for a group meeting: the list of participants for the leader, and the one for the door.

A protected person stands on no paper, not even as a line without a name: paper is left lying.
"""

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from intake.groups.enums import TAKING
from intake.groups.views.lists import MEETINGS
from intake.groups.views.meetings import PLACES
from jobcentre.audit.enums import Access
from jobcentre.casework.access.fetch import get_visible, log_list
from jobcentre.casework.enums import Protection
from jobcentre.ui.pdf import render_pdf


def _paper(request, ref, template: str, title: str, name: str, order: tuple[str, ...]):
    meeting = get_visible(request, MEETINGS, access=Access.PRINT, ref=ref)
    places = list(
        PLACES.visible_to(request.user)
        .filter(meeting=meeting, state__in=TAKING, person__protection=Protection.NONE)
        .select_related("case__coach")
        .order_by(*order)
    )
    log_list(request, [place.person.ref for place in places], access=Access.PRINT)
    pdf = render_pdf(
        template,
        {"meeting": meeting, "places": places, "today": timezone.localdate()},
        language=get_language() or "sv",
        title=title,
    )
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}-{meeting.ref}.pdf"'
    return response


@require_GET
def participants(request, ref):
    """For the leader: who has a place, their coach, and room to tick and write."""
    return _paper(
        request,
        ref,
        "print/group_participants.html",
        _("List of participants"),
        "deltagare",
        ("person__sort_key", "pk"),
    )


@require_GET
def door_list(request, ref):
    """For the door: first names and the first letter of the last name, and a box."""
    return _paper(
        request,
        ref,
        "print/group_door.html",
        _("Door list"),
        "dorrlista",
        ("person__given_name", "person__sort_key", "pk"),
    )
