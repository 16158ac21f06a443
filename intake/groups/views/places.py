"""Places in group meetings: signing a person up, leaving, the person's calendar file."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from intake import desk as front
from intake.groups import rules
from intake.groups.enums import PlaceState
from intake.groups.forms import PersonForm, SignUpForm
from intake.groups.models import GroupPlace
from intake.groups.views.lists import MEETINGS
from intake.groups.views.meetings import PLACES, get_or_post
from intake.transitions import groups as transitions
from jobcentre.audit.enums import Access
from jobcentre.casework import calendar_file
from jobcentre.casework.access.fetch import get_visible, log_list
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.forms import SearchForm
from jobcentre.casework.models import Person
from jobcentre.casework.views.base import handle_form
from jobcentre.casework.views.case import case_rows, header

MOST_CHOICES = 40


def _signed_up(meeting, person, case, later: bool, actor) -> list[GroupPlace]:
    if later and meeting.series_id:
        return transitions.sign_up_series(meeting, person, case=case, actor=actor)
    return [transitions.sign_up(meeting, person, case=case, actor=actor)]


def _told(places: list[GroupPlace]) -> str:
    waits = sum(place.state == PlaceState.WAITING for place in places)
    if len(places) == 1:
        if waits:
            return _(
                "The meeting is full. The person is on the waiting list and moves up by itself."
            )
        return _("The person has a place.")
    text = _("The person has a place on %(n)d dates.") % {"n": len(places) - waits}
    if waits:
        text += " " + ngettext(
            "One is full: there the person is on the waiting list and moves up by itself.",
            "%(n)d are full: there the person is on the waiting list and moves up by itself.",
            waits,
        ) % {"n": waits}
    return text


@get_or_post
def group_sign_up(request, ref):
    """Find a person and sign them up; the words come by POST, a name is no part of an address."""
    meeting = get_visible(request, MEETINGS, ref=ref)
    today = timezone.localdate()
    search = SearchForm(request.POST if "q" in request.POST else None)
    cards = []
    if search.is_bound and search.is_valid() and search.cleaned_data["q"].strip():
        found, _identity, _error = front.cards_for(request.user, search.cleaned_data["q"], today)
        cards = [card for card in found if not card.elsewhere]
        log_list(request, [card.ref for card in cards], access=Access.SEARCH)

    def act(data):
        person = Person.objects.visible_to(request.user).filter(ref=data["person"]).first()
        if person is None:
            raise Refused(_("The person was not found. Search again."))
        case = person.cases.filter(status="open").select_related("coach", "centre").first()
        return _signed_up(meeting, person, case, data["later"], request.user)

    context = {
        "meeting": meeting,
        "later_dates": len(transitions.places.later_dates(meeting)),
        "search": search,
        "cards": cards,
        "is_searched": search.is_bound,
        "back_url": reverse("intake:group", args=[meeting.ref]),
    }
    if search.is_bound:
        context["form"] = PersonForm()
        return render(request, "intake/groups/sign_up.html", context)
    return handle_form(
        request,
        PersonForm(request.POST or None),
        act,
        template="intake/groups/sign_up.html",
        context=context,
        success_url=reverse("intake:group", args=[meeting.ref]),
        message=_told,
    )


@require_POST
def place_cancel(request, ref):
    """The person does not come; `later` says that nor to the later dates."""
    place = get_visible(request, PLACES, ref=ref)
    others = _waiting(place) - (place.state == PlaceState.WAITING)
    try:
        transitions.cancel_place(place, actor=request.user, later="later" in request.POST)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        moved_up = _waiting(place) < others
        messages.success(
            request,
            _("The place is cancelled. The next in turn has got it.")
            if moved_up
            else _("The place is cancelled."),
        )
    return redirect("intake:group", place.meeting.ref)


def _waiting(place: GroupPlace) -> int:
    """How many wait for a place in the meeting."""
    return MEETINGS.get(pk=place.meeting_id).waiting


@require_GET
def place_file(request, ref):
    """The meeting for the person's calendar, with the later dates of its series; nothing in it says
    whom it is for or about what."""
    place = get_visible(request, PLACES, ref=ref)
    later = (
        PLACES.visible_to(request.user).filter(
            person=place.person_id,
            state=PlaceState.BOOKED,
            meeting__series=place.meeting.series_id,
            meeting__starts_at__gt=place.starts_at,
        )
        if place.meeting.series_id
        else PLACES.none()
    )
    answer = HttpResponse(
        calendar_file.calendar_of([place, *later.order_by("meeting__starts_at", "pk")]),
        content_type="text/calendar; charset=utf-8",
    )
    answer["Content-Disposition"] = f'attachment; filename="{place.ref}.ics"'
    return answer


@get_or_post
def case_sign_up(request, number):
    """Sign the person of a case up for one of the centre's coming meetings."""
    case = get_visible(request, case_rows(), number=number)
    now = timezone.now()
    coming = MEETINGS.filter(centre=case.centre).ahead(now).order_by("starts_at", "pk")
    meetings = [
        each
        for each in coming[:MOST_CHOICES]
        if not rules.has_ended(each.starts_at, each.minutes, now)
    ]
    return handle_form(
        request,
        SignUpForm(request.POST or None, meetings=meetings),
        lambda data: _signed_up(
            data["meeting"], case.person, case, data.get("later", False), request.user
        ),
        template="intake/groups/case_sign_up.html",
        context={
            **header(case, request.user, timezone.localdate()),
            "meetings": meetings,
        },
        success_url=reverse("casework:tab", args=[case.number, "meetings"]),
        message=_told,
    )
