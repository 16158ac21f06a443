"""One group meeting: its persons and their attendance, planning it, changing it, its end."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from intake.groups import rules
from intake.groups.enums import ABSENT, TAKING, GroupState, PlaceState
from intake.groups.forms import AttendanceForm, GroupForm
from intake.groups.models import GroupKind, GroupMeeting, GroupPlace
from intake.groups.views.lists import MEETINGS
from intake.transitions import groups as transitions
from jobcentre.accounts.enums import Role, UnitKind
from jobcentre.accounts.models import Membership
from jobcentre.casework.access.checks import can
from jobcentre.casework.access.fetch import get_visible, log_list
from jobcentre.casework.deadlines.calendar import municipal_calendar
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.registries import group_companies, group_steps
from jobcentre.casework.views.base import handle_form
from jobcentre.casework.views.meetings import staff_of

get_or_post = require_http_methods(["GET", "POST"])
PLACES = GroupPlace.objects.select_related(
    "meeting__centre", "meeting__kind", "meeting__series", "person", "case"
)
LEADERS = (Role.RECEPTION, Role.COACH, Role.MANAGER)
MOST_DATES_SHOWN = 30


@require_GET
def group(request, ref):
    """One meeting with those who signed up, named only when the user may see them."""
    meeting = get_visible(request, MEETINGS, ref=ref)
    context = _page(request, meeting)
    form = AttendanceForm(places=context["places"], meeting=meeting)
    return render(request, "intake/groups/meeting.html", {**context, "form": form})


@require_POST
def group_attendance(request, ref):
    """The attendance of the whole group at once; "rest" says that all the others came."""
    meeting = get_visible(request, MEETINGS, ref=ref)
    context = _page(request, meeting)
    form = AttendanceForm(request.POST, places=context["places"], meeting=meeting)
    return handle_form(
        request,
        form,
        lambda _data: transitions.register_attendance(
            meeting, form.marks(), rest_came="rest" in request.POST, actor=request.user
        ),
        template="intake/groups/meeting.html",
        context=context,
        success_url=reverse("intake:group", args=[meeting.ref]),
        message=lambda missing: _saved(meeting, context["rows"], missing),
    )


def _saved(meeting: GroupMeeting, rows: list[dict], missing: list[GroupPlace]) -> str:
    if missing:
        left = {place.pk for place in missing}
        names = [
            line["name"] or _("place %(n)d") % {"n": line["number"]}
            for line in rows
            if line["place"].pk in left
        ]
        return _("The attendance is saved. Not registered yet: %(who)s.") % {
            "who": ", ".join(names)
        }
    absent = meeting.signed_up.filter(state__in=ABSENT).count()
    return _(
        "The attendance is saved and the meeting is closed: %(came)d came, %(missed)d did not."
    ) % {"came": meeting.signed_up.taking().count() - absent, "missed": absent}


def _page(request, meeting: GroupMeeting) -> dict:
    """What the page of a meeting shows; the persons that it names are logged."""
    rows, waiting = _rows(request, meeting)
    now = timezone.now()
    is_planned = meeting.state == GroupState.PLANNED
    has_begun = rules.may_register(meeting.starts_at, now)
    return {
        "meeting": meeting,
        "now": now,
        "rows": rows,
        "places": [row["place"] for row in rows],
        "waiting": waiting,
        "missing": sum(row["place"].state == PlaceState.BOOKED for row in rows),
        "may_attend": bool(rows) and meeting.state != GroupState.CANCELLED and has_begun,
        "may_close": is_planned and has_begun,
        "may_sign_up": is_planned
        and not rules.has_ended(meeting.starts_at, meeting.minutes, now)
        and can(request.user, "group.sign_up", meeting),
        "dates": list(
            GroupMeeting.objects.filter(series=meeting.series_id).order_by("starts_at", "pk")[
                :MOST_DATES_SHOWN
            ]
        )
        if meeting.series_id
        else [],
        **_companies(request.user, meeting),
        "counts_as": [text for step in group_steps if (text := step.counts_as(meeting))],
    }


def _companies(user, meeting: GroupMeeting) -> dict:
    """Of a meeting open to companies: those of the registers, and where they are chosen."""
    registers = list(group_companies) if meeting.kind.for_companies else []
    urls = [address for register in registers if (address := register.url(meeting, user))]
    return {
        "companies": [each for register in registers for each in register.named(meeting, user)],
        "companies_url": urls[0] if urls else "",
    }


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


# --- planning ------------------------------------------------------------------------------------
def _leaders(centre, today, meeting: GroupMeeting | None):
    """Who can lead a meeting: the staff that may register its attendance, and who leads it."""
    held = Membership.objects.valid_on(today).filter(unit=centre, role__in=LEADERS)
    found = staff_of(centre, today)
    return found.filter(pk__in=held.values("user_id")) | found.filter(
        pk=meeting.leader_id if meeting else None
    )


def _form(request, centre, meeting=None) -> GroupForm:
    today = timezone.localdate()
    initial = {"leader": request.user.pk}
    kinds = GroupKind.objects.valid_on(today)
    if meeting is not None:
        local = timezone.localtime(meeting.starts_at)
        kinds = kinds | GroupKind.objects.filter(key=meeting.kind_id)
        same = ("title", "company", "minutes", "room", "places", "interpreter_language")
        initial = {name: getattr(meeting, name) for name in same} | {
            "kind": meeting.kind_id,
            "interpreter_booked": meeting.interpreter_booked,
            "leader": meeting.leader_id,
            "language": meeting.language_id,
            "on": local.date(),
            "at": local.time(),
        }
    return GroupForm(
        request.POST or None,
        staff=_leaders(centre, today, meeting),
        kinds=kinds,
        today=today,
        is_new=meeting is None,
        initial=initial,
        version=meeting.version if meeting else None,
    )


def _planned(data: dict) -> transitions.Planned:
    names = ("title", "starts_at", "minutes", "room", "places", "leader", "language", "company")
    return transitions.Planned(
        kind=data["kind"].key,
        **{name: data[name] for name in (*names, "interpreter_language", "interpreter_booked")},
    )


@get_or_post
def group_new(request):
    """Plan a meeting, or a series of them, at the user's centre."""
    centre = request.user.acting.unit
    if centre.kind != UnitKind.JOB_CENTRE:
        return redirect("intake:groups")

    def act(data):
        planned = _planned(data)
        if not data["repeats"]:
            return [transitions.plan_meeting(centre, planned, actor=request.user)]
        calendar = municipal_calendar()
        days = rules.series_days(
            data["on"],
            int(data["repeats"]),
            data["dates"],
            lambda day: calendar.closed_reason(day) not in (None, "weekend"),
        )
        return transitions.plan_series(centre, planned, days, actor=request.user)

    return handle_form(
        request,
        _form(request, centre),
        act,
        template="intake/groups/form.html",
        context={
            "title": _("Plan a group meeting"),
            "button": _("Save the meeting"),
            "back_url": reverse("intake:groups"),
        },
        success_url=lambda found: reverse("intake:group", args=[found[0].ref]),
        message=lambda found: (
            _("The meeting is planned. Sign up persons here or from their case.")
            if len(found) == 1
            else _("%(n)d dates are planned. Sign up persons here or from their case.")
            % {"n": len(found)}
        ),
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
            "title": _("Change the group meeting"),
            "button": _("Save the change"),
            "back_url": reverse("intake:group", args=[meeting.ref]),
            "meeting": meeting,
        },
        success_url=reverse("intake:group", args=[meeting.ref]),
        message=_("The change is saved."),
    )


def _done(request, meeting: GroupMeeting, act, said: str):
    """Do it and say so, or say why not; back to the meeting."""
    try:
        act()
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, said)
    return redirect("intake:group", meeting.ref)


@require_POST
def group_cancel(request, ref):
    """The meeting does not take place; `later` says that nor do the later dates."""
    meeting = get_visible(request, MEETINGS, ref=ref)
    return _done(
        request,
        meeting,
        lambda: transitions.cancel_meeting(
            meeting, actor=request.user, later="later" in request.POST
        ),
        _("The meeting is cancelled and the coaches are told."),
    )


@require_POST
def group_close(request, ref):
    """The meeting has been, and the attendance of everybody is registered."""
    meeting = get_visible(request, MEETINGS, ref=ref)
    return _done(
        request,
        meeting,
        lambda: transitions.close_meeting(meeting, actor=request.user),
        _("The meeting is closed."),
    )
