"""Pages of information meetings: the list, one with its persons, planning, signing up."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from intake import desk as front
from intake.groups import rules
from intake.groups.enums import TAKING, GroupState, PlaceState
from intake.groups.forms import (
    AttendanceForm,
    GroupForm,
    GroupsFilter,
    PersonForm,
    SignUpForm,
)
from intake.groups.models import GroupMeeting, GroupPlace
from intake.transitions import groups as transitions
from jobcentre.accounts.enums import UnitKind
from jobcentre.audit.enums import Access
from jobcentre.casework import calendar_file
from jobcentre.casework.access.checks import can
from jobcentre.casework.access.fetch import get_visible, log_list
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.forms import SearchForm
from jobcentre.casework.models import Person
from jobcentre.casework.views.base import handle_form
from jobcentre.casework.views.case import case_rows, header
from jobcentre.casework.views.meetings import staff_of

get_or_post = require_http_methods(["GET", "POST"])
MEETINGS = GroupMeeting.objects.select_related("centre", "leader", "language").with_counts()
PLACES = GroupPlace.objects.select_related("meeting__centre", "person", "case")
PAGE = 100


@require_GET
def groups(request):
    """The meetings of the centre: those that come, or the earlier ones."""
    form = GroupsFilter(request.GET)
    state = (form.cleaned_data["state"] if form.is_valid() else "") or "ahead"
    now = timezone.now()
    found = MEETINGS.visible_to(request.user)
    if state == "ahead":
        found = found.ahead(now).order_by("starts_at", "pk")
    else:
        found = found.exclude(pk__in=GroupMeeting.objects.ahead(now).values("pk"))
        found = found.order_by("-starts_at", "-pk")
    return render(
        request,
        "intake/groups/list.html",
        {
            "rows": list(found[:PAGE]),
            "form": GroupsFilter(initial={"state": state}),
            "state": state,
            "may_plan": request.user.acting.unit.kind == UnitKind.JOB_CENTRE,
            "several": request.user.acting.unit.kind != UnitKind.JOB_CENTRE,
        },
    )


@require_GET
def group(request, ref):
    """One meeting with those who signed up, named only when the user may see them."""
    meeting = get_visible(request, MEETINGS, ref=ref)
    rows, waiting = _rows(request, meeting)
    now = timezone.now()
    attendance = AttendanceForm(places=[row["place"] for row in rows])
    return render(
        request,
        "intake/groups/meeting.html",
        {
            "meeting": meeting,
            "rows": rows,
            "lines": [
                {"row": row, "came": came, "why": why}
                for row, (came, why) in zip(rows, attendance.boxes(), strict=True)
            ],
            "waiting": waiting,
            "may_attend": bool(rows)
            and meeting.state != GroupState.CANCELLED
            and rules.may_register(meeting.starts_at, now),
            "may_sign_up": meeting.state == GroupState.PLANNED
            and not rules.has_ended(meeting.starts_at, meeting.minutes, now)
            and can(request.user, "group.sign_up", meeting),
            "attendance": attendance,
        },
    )


def _rows(request, meeting) -> tuple[list[dict], list[dict]]:
    """(those with a place, those who wait) as lines of the page; the persons named are logged."""
    places = list(
        PLACES.filter(meeting=meeting, state__in=[*TAKING, PlaceState.WAITING]).order_by(
            "signed_up_at", "pk"
        )
    )
    seen = set(
        GroupPlace.objects.visible_to(request.user)
        .filter(meeting=meeting)
        .values_list("pk", flat=True)
    )
    lines = [_line(number, place, seen) for number, place in enumerate(places, start=1)]
    log_list(request, [line["place"].person.ref for line in lines if line["name"]])
    return (
        [line for line in lines if line["place"].state in TAKING],
        [line for line in lines if line["place"].state == PlaceState.WAITING],
    )


def _line(number: int, place: GroupPlace, seen: set[int]) -> dict:
    # Others look at the same list: a protected person stands on it without a name even for the
    # circle, who tell the person's row by the case.
    is_seen = place.pk in seen
    is_named = is_seen and not place.person.is_protected
    return {
        "place": place,
        "number": number,
        "name": place.person.name if is_named else "",
        "case": place.case if is_seen else None,
        "may_cancel": is_seen and place.state in (PlaceState.BOOKED, PlaceState.WAITING),
    }


def _form(request, centre, meeting=None) -> GroupForm:
    today = timezone.localdate()
    initial = {"leader": request.user.pk}
    if meeting is not None:
        local = timezone.localtime(meeting.starts_at)
        initial = {
            name: getattr(meeting, name)
            for name in ("kind", "title", "minutes", "room", "places", "interpreter_language")
        } | {
            "interpreter_booked": meeting.interpreter_booked,
            "leader": meeting.leader_id,
            "language": meeting.language_id,
            "on": local.date(),
            "at": local.time(),
        }
    return GroupForm(
        request.POST or None,
        staff=staff_of(centre, today),
        today=today,
        initial=initial,
        version=meeting.version if meeting else None,
    )


def _planned(data: dict) -> transitions.Planned:
    names = ("kind", "title", "starts_at", "minutes", "room", "places", "leader", "language")
    return transitions.Planned(
        **{name: data[name] for name in (*names, "interpreter_language", "interpreter_booked")}
    )


@get_or_post
def group_new(request):
    """Plan a meeting at the user's centre."""
    centre = request.user.acting.unit
    if centre.kind != UnitKind.JOB_CENTRE:
        return redirect("intake:groups")
    return handle_form(
        request,
        _form(request, centre),
        lambda data: transitions.plan_meeting(centre, _planned(data), actor=request.user),
        template="intake/groups/form.html",
        context={
            "title": _("Plan an information meeting"),
            "button": _("Save the meeting"),
            "back_url": reverse("intake:groups"),
        },
        success_url=lambda meeting: reverse("intake:group", args=[meeting.ref]),
        message=_("The meeting is planned. Sign up persons here or from their case."),
    )


@get_or_post
def group_change(request, ref):
    """Change a planned meeting."""
    meeting = get_visible(request, MEETINGS, ref=ref)
    return handle_form(
        request,
        _form(request, meeting.centre, meeting),
        lambda data: transitions.change_meeting(
            meeting, _planned(data), actor=request.user, version=data["version"]
        ),
        template="intake/groups/form.html",
        context={
            "title": _("Change the information meeting"),
            "button": _("Save the change"),
            "back_url": reverse("intake:group", args=[meeting.ref]),
        },
        success_url=reverse("intake:group", args=[meeting.ref]),
        message=_("The change is saved."),
    )


@require_POST
def group_cancel(request, ref):
    meeting = get_visible(request, MEETINGS, ref=ref)
    try:
        transitions.cancel_meeting(meeting, actor=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The meeting is cancelled and the coaches are told."))
    return redirect("intake:group", meeting.ref)


@require_POST
def group_attendance(request, ref):
    """Who came, for the whole group at once."""
    meeting = get_visible(request, MEETINGS, ref=ref)
    places = PLACES.filter(meeting=meeting, state__in=TAKING).order_by("signed_up_at", "pk")
    form = AttendanceForm(request.POST, places=places)
    if not form.is_valid():
        messages.error(request, _("Choose why those who are not ticked did not come."))
        return redirect("intake:group", meeting.ref)
    missed = form.missed()
    try:
        transitions.take_attendance(meeting, missed, actor=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        came = len(form.places) - len(missed)
        messages.success(
            request,
            _("The attendance is saved: %(came)d came, %(missed)d did not.")
            % {"came": came, "missed": len(missed)},
        )
    return redirect("intake:group", meeting.ref)


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
        return transitions.sign_up(meeting, person, case=case, actor=request.user)

    context = {
        "meeting": meeting,
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


def _told(place: GroupPlace) -> str:
    if place.state == PlaceState.WAITING:
        return _("The meeting is full. The person is on the waiting list and moves up by itself.")
    return _("The person has a place.")


@require_POST
def place_cancel(request, ref):
    place = get_visible(request, PLACES, ref=ref)
    try:
        transitions.cancel_place(place, actor=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The place is cancelled. The next in turn has got it."))
    return redirect("intake:group", place.meeting.ref)


@require_GET
def place_file(request, ref):
    """The meeting for the person's calendar; nothing in it says whom it is for or about what."""
    place = get_visible(request, PLACES, ref=ref)
    answer = HttpResponse(
        calendar_file.calendar_of([place]), content_type="text/calendar; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="{place.ref}.ics"'
    return answer


@get_or_post
def case_sign_up(request, number):
    """Sign the person of a case up for one of the centre's coming meetings."""
    case = get_visible(request, case_rows(), number=number)
    now = timezone.now()
    meetings = [
        each
        for each in MEETINGS.filter(centre=case.centre).ahead(now).order_by("starts_at", "pk")[:30]
        if not rules.has_ended(each.starts_at, each.minutes, now)
    ]
    return handle_form(
        request,
        SignUpForm(request.POST or None, meetings=meetings),
        lambda data: transitions.sign_up(
            data["meeting"], case.person, case=case, actor=request.user
        ),
        template="intake/groups/case_sign_up.html",
        context={
            **header(case, request.user, timezone.localdate()),
            "meetings": meetings,
        },
        success_url=reverse("casework:tab", args=[case.number, "meetings"]),
        message=_told,
    )
