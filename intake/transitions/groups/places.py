"""Places in group meetings: given, waited for, left; the first who waits moves up."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intake.groups import rules
from intake.groups.enums import GroupState, PlaceState
from intake.groups.models import GroupMeeting, GroupPlace
from intake.transitions.groups.states import (
    PLACE_MOVES,
    follow,
    locked,
    log_change,
    move_place,
    must_be_planned,
    places_of,
)
from intake.transitions.groups.words import tell_coaches, tell_timeline
from jobcentre.accounts.models import Unit, User
from jobcentre.casework.access.checks import require
from jobcentre.casework.concurrency import lock
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import Case, Person
from jobcentre.casework.saving import save_checked
from jobcentre.replay import moment_now


@transaction.atomic
def sign_up(
    meeting: GroupMeeting, person: Person, *, case: Case | None, actor: User | None
) -> GroupPlace:
    """Give the person a place, or a turn on the waiting list when none is free.

    `case` is the person's open case, None before there is one. Raises Refused when the person is
    signed up already, and when the meeting is over or cancelled.
    """
    place = _given(meeting, person, case, actor)
    is_free = place.state == PlaceState.BOOKED
    tell_timeline(place, "group.signed_up" if is_free else "group.waits", actor)
    follow([place], actor)
    return place


@transaction.atomic
def sign_up_series(
    meeting: GroupMeeting, person: Person, *, case: Case | None, actor: User | None
) -> list[GroupPlace]:
    """The same for the meeting and the later dates of its series; dates that the person has already
    are left as they are. The timeline gets one row for all of them."""
    dates = [meeting, *later_dates(meeting)]
    has = set(
        GroupPlace.objects.filter(meeting__in=dates, person=person)
        .exclude(state=PlaceState.CANCELLED)
        .values_list("meeting_id", flat=True)
    )
    wanted = [each for each in dates if each.pk not in has]
    if not wanted:
        raise Refused(_("The person is already signed up for all the dates."))
    places = [_given(each, person, case, actor) for each in wanted]
    for kind, state in (("group.series", PlaceState.BOOKED), ("group.waits", PlaceState.WAITING)):
        told = [place for place in places if place.state == state]
        if told and kind == "group.series":
            tell_timeline(told[0], kind, actor, dates=len(told))
        elif told:
            tell_timeline(told[0], kind, actor)
    follow(places, actor)
    return places


def later_dates(meeting: GroupMeeting) -> list[GroupMeeting]:
    """The dates of the same series that come after the meeting."""
    if meeting.series_id is None:
        return []
    return list(
        GroupMeeting.objects.filter(series=meeting.series_id, starts_at__gt=meeting.starts_at)
        .ahead(moment_now())
        .select_related("centre", "kind")
        .order_by("starts_at", "pk")
    )


def _given(
    meeting: GroupMeeting, person: Person, case: Case | None, actor: User | None
) -> GroupPlace:
    require(actor, "group.sign_up", case if case is not None else meeting)
    meeting = locked(meeting)
    must_be_planned(meeting)
    if rules.has_ended(meeting.starts_at, meeting.minutes, moment_now()):
        raise Refused(_("The meeting is over."))
    if meeting.signed_up.exclude(state=PlaceState.CANCELLED).filter(person=person).exists():
        raise Refused(_("The person is already signed up for that meeting."))
    is_free = rules.free_places(meeting.places, meeting.signed_up.taking().count()) > 0
    place = GroupPlace(
        meeting=meeting,
        person=person,
        case=case,
        state=PlaceState.BOOKED if is_free else PlaceState.WAITING,
        signed_up_by=actor,
    )
    save_checked(place)
    log_change(actor, "group.sign_up", place, person)
    return place


@transaction.atomic
def cancel_place(place: GroupPlace, *, actor: User, later: bool = False) -> GroupPlace:
    """Take the person off the meeting, with `later` off the later dates of its series too; the
    first who waits gets each place."""
    require(actor, "group.manage", place)
    concerned = [place]
    if later:
        concerned += (
            GroupPlace.objects.filter(
                person=place.person_id,
                state__in=PLACE_MOVES["cancel"][0],
                meeting__in=later_dates(place.meeting),
            )
            .select_related("meeting__centre", "meeting__kind", "case", "person")
            .order_by("meeting__starts_at", "pk")
        )
    left = [_leave(each, actor) for each in concerned]
    if len(left) > 1:
        tell_timeline(left[0], "group.series_left", actor, dates=len(left))
    else:
        tell_timeline(left[0], "group.cancelled", actor)
    return left[0]


def _leave(place: GroupPlace, actor: User | None) -> GroupPlace:
    require(actor, "group.manage", place)
    meeting = locked(place.meeting)
    place = lock(place)
    move_place(place, "cancel")
    follow([place], actor)
    fill(meeting, actor)
    log_change(actor, "group.cancel_place", place, place.person)
    return place


def hold_coming(case: Case) -> None:
    """Lock the coming meetings in which the person has a place: whoever signs up or cancels locks
    the meeting first and writes on the timeline of a case then."""
    meetings = coming_places(case).order_by().values("meeting")
    list(
        GroupMeeting.objects.select_for_update()
        .filter(pk__in=meetings)
        .order_by("pk")
        .values_list("pk", flat=True)
    )


def cancel_coming(case: Case, *, actor: User | None, centre: Unit | None = None) -> None:
    """The person has no more places in coming meetings (of the centre, when given), and those who
    wait move up; inside a transition that has asked for its own right."""
    for each in coming_places(case, centre):  # seldom more than one
        meeting, place = locked(each.meeting), lock(each)
        place.case = case  # also of one from before the case, so that its timeline tells of it
        move_place(place, "cancel")
        tell_timeline(place, "group.cancelled", actor)
        follow([place], actor)
        fill(meeting, actor)
        log_change(actor, "group.cancel_place", place, place.person)


def give_to_case(person: Person, case: Case) -> None:
    """The places that the person had before the case belong to it now, so that its coach is told
    of them; inside the transition that opens the case."""
    GroupPlace.objects.filter(person=person, case__isnull=True).update(case=case)


def coming_places(case: Case, centre: Unit | None = None):
    """The person's places, and turns to get one, in meetings (of the centre, when given) that have
    not begun."""
    there = Q() if centre is None else Q(meeting__centre=centre)
    return GroupPlace.objects.filter(
        there,
        Q(case=case) | Q(case__isnull=True),
        person=case.person_id,
        state__in=PLACE_MOVES["cancel"][0],
        meeting__state=GroupState.PLANNED,
        meeting__starts_at__gt=moment_now(),
    ).order_by("meeting__starts_at", "pk")


def fill(meeting: GroupMeeting, actor: User | None) -> None:
    """Give free places to those who wait, in the order they signed up. The caller holds the lock
    of the meeting."""
    if rules.has_ended(meeting.starts_at, meeting.minutes, moment_now()):
        return
    waiting = {place.pk: place for place in places_of(meeting, PlaceState.WAITING)}
    taken = meeting.signed_up.taking().count()
    lucky = [waiting[pk] for pk in rules.moved_up(meeting.places, taken, list(waiting))]
    for place in lucky:
        move_place(place, "move_up")
        tell_timeline(place, "group.moved_up", actor)
    follow(lucky, actor)
    sentence = gettext_lazy(
        "There is a place in %(title)s %(when)s. Tell the person in case %(case)s."
    )
    tell_coaches(meeting, lucky, actor, "moved-up", sentence)
