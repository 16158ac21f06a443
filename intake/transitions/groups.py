"""Information meetings: planned, signed up for, waited for, held. The only writers of their states."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intake.groups import rules
from intake.groups.enums import TAKING, GroupState, PlaceState
from intake.groups.models import GroupMeeting, GroupPlace
from intake.transitions.traces import AtCentre
from jobcentre.accounts.models import Unit, User
from jobcentre.audit import log
from jobcentre.audit.enums import Access
from jobcentre.casework.access.checks import require
from jobcentre.casework.concurrency import lock
from jobcentre.casework.enums import MissedReason
from jobcentre.casework.exceptions import Occupied, Refused
from jobcentre.casework.models import Case, CircleMember, Language, Person
from jobcentre.casework.saving import save_checked
from jobcentre.casework.staff_times import clash_of, refusal
from jobcentre.casework.timeline import record_event
from jobcentre.notices.writer import NoticeText, notify_many
from jobcentre.replay import moment_now
from jobcentre.ui import formats

# {act: (from, to)}: the moves of a meeting.
MEETING_MOVES = {
    "hold": ((GroupState.PLANNED, GroupState.HELD), GroupState.HELD),
    "cancel": ((GroupState.PLANNED,), GroupState.CANCELLED),
}
# {act: (from, to)}: the moves of a place.
PLACE_MOVES = {
    "move_up": ((PlaceState.WAITING,), PlaceState.BOOKED),
    "come": ((PlaceState.BOOKED, PlaceState.MISSED), PlaceState.CAME),
    "miss": ((PlaceState.BOOKED, PlaceState.CAME), PlaceState.MISSED),
    "cancel": ((PlaceState.BOOKED, PlaceState.WAITING), PlaceState.CANCELLED),
}


@dataclass(frozen=True)
class Planned:
    """What is decided of an information meeting. No `language` is Swedish."""

    kind: str
    title: str
    starts_at: datetime
    minutes: int
    room: str
    places: int
    leader: User
    language: Language | None = None
    interpreter_language: str = ""
    interpreter_booked: bool = False


def _log(actor, action, obj, person: Person | None = None, changed=("state",)) -> None:
    log.record(
        actor,
        action,
        access=Access.CHANGE,
        subject=person.ref if person else None,
        obj=obj,
        fields=changed,
    )


def _locked(meeting: GroupMeeting, version: int | None = None) -> GroupMeeting:
    """The meeting under a lock: who signs up for the last place waits here for the other."""
    return lock(meeting, version)


@transaction.atomic
def plan_meeting(centre: Unit, planned: Planned, *, actor: User | None) -> GroupMeeting:
    """Plan a meeting at the centre. Raises Refused for one that has begun, Occupied when the leader
    is busy then."""
    require(actor, "group.manage", AtCentre(centre))
    if planned.starts_at <= moment_now():
        raise Refused(_("The meeting has to lie ahead."))
    _refuse_busy_leader(planned)
    meeting = GroupMeeting(centre=centre, planned_by=actor, **_values(planned))
    save_checked(meeting)
    _log(actor, "group.plan", meeting)
    return meeting


def _when(row: Planned | GroupMeeting) -> tuple:
    """What decides whether the leader can lead it."""
    return row.starts_at, row.minutes, row.leader


def _refuse_busy_leader(planned: Planned, meeting: GroupMeeting | None = None) -> None:
    """The leader can lead it: meets nobody and leads nothing else then. Whoever books the leader at
    the same moment waits here for the other."""
    leader = lock(planned.leader)
    clash = clash_of(leader, planned.starts_at, planned.minutes, but_of=meeting)
    if clash is not None:
        raise Occupied(refusal(leader, clash))


def _values(planned: Planned) -> dict:
    return {each.name: getattr(planned, each.name) for each in fields(planned)}


@transaction.atomic
def change_meeting(
    meeting: GroupMeeting, planned: Planned, *, actor: User, version: int
) -> GroupMeeting:
    """Change what is decided; more places fill from the waiting list.

    A meeting at another time or in another room is told to the coaches of those who have places.
    Raises Refused for fewer places than are taken, Occupied when the leader is busy then.
    """
    require(actor, "group.manage", meeting)
    meeting = _locked(meeting, version)
    if meeting.state != GroupState.PLANNED:
        raise Refused(
            _("The meeting is already %(state)s.") % {"state": meeting.get_state_display()}
        )
    taken = meeting.signed_up.taking().count()
    if planned.places < taken:
        raise Refused(_("%(n)d places are taken already.") % {"n": taken})
    if _when(planned) != _when(meeting):
        _refuse_busy_leader(planned, meeting)
    is_moved = (meeting.starts_at, meeting.room) != (planned.starts_at, planned.room)
    for name, value in _values(planned).items():
        setattr(meeting, name, value)
    meeting.version += 1
    save_checked(meeting)
    _fill(meeting, actor)
    if is_moved:
        sentence = gettext_lazy("%(title)s is moved to %(when)s. Tell the person in case %(case)s.")
        _tell_coaches(meeting, _with_places(meeting), actor, f"moved:{meeting.version}", sentence)
    _log(actor, "group.change", meeting, changed=("plan",))
    return meeting


@transaction.atomic
def cancel_meeting(meeting: GroupMeeting, *, actor: User) -> GroupMeeting:
    """The meeting does not take place; the coaches of those who signed up are told."""
    require(actor, "group.manage", meeting)
    meeting = _locked(meeting)
    _set_meeting(meeting, "cancel")
    concerned = _with_places(meeting, PlaceState.BOOKED, PlaceState.WAITING)
    for place in concerned:
        _set(place, "cancel")
        _event(place, "group.cancelled", actor)
    sentence = gettext_lazy("%(title)s %(when)s is cancelled. Tell the person in case %(case)s.")
    _tell_coaches(meeting, concerned, actor, "cancelled", sentence)
    _log(actor, "group.cancel", meeting)
    return meeting


def _set_meeting(meeting: GroupMeeting, act: str) -> None:
    sources, target = MEETING_MOVES[act]
    if meeting.state not in sources:
        raise Refused(
            _("The meeting is already %(state)s.") % {"state": meeting.get_state_display()}
        )
    meeting.state = target
    meeting.version += 1
    save_checked(meeting)


# --- places --------------------------------------------------------------------------------------
@transaction.atomic
def sign_up(
    meeting: GroupMeeting, person: Person, *, case: Case | None, actor: User | None
) -> GroupPlace:
    """Give the person a place, or a turn on the waiting list when none is free.

    `case` is the person's open case, None before there is one. Raises Refused when the person is
    signed up already, and when the meeting is over or cancelled.
    """
    require(actor, "group.sign_up", case if case is not None else meeting)
    meeting = _locked(meeting)
    if meeting.state != GroupState.PLANNED:
        raise Refused(
            _("The meeting is already %(state)s.") % {"state": meeting.get_state_display()}
        )
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
    _event(place, "group.signed_up" if is_free else "group.waits", actor)
    _log(actor, "group.sign_up", place, person)
    return place


@transaction.atomic
def cancel_place(place: GroupPlace, *, actor: User) -> GroupPlace:
    """Take the person off the meeting; the first who waits gets the place."""
    require(actor, "group.manage", place)
    meeting = _locked(place.meeting)
    place = lock(place)
    _set(place, "cancel")
    _event(place, "group.cancelled", actor)
    _fill(meeting, actor)
    _log(actor, "group.cancel_place", place, place.person)
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


def cancel_coming(case: Case, *, actor: User | None) -> None:
    """The person has no more places in coming meetings, and those who wait move up; inside the
    transition that closes the case, which has asked for its own right."""
    for each in coming_places(case).select_related("meeting__centre", "case", "person"):
        meeting, place = _locked(each.meeting), lock(each)
        place.case = case  # also of one from before the case, so that its timeline tells of it
        _set(place, "cancel")
        _event(place, "group.cancelled", actor)
        _fill(meeting, actor)
        _log(actor, "group.cancel_place", place, place.person)


def give_to_case(person: Person, case: Case) -> None:
    """The places that the person had before the case belong to it now, so that its coach is told
    of them; inside the transition that opens the case."""
    GroupPlace.objects.filter(person=person, case__isnull=True).update(case=case)


def coming_places(case: Case):
    """The person's places, and turns to get one, in meetings that have not begun."""
    return GroupPlace.objects.filter(
        Q(case=case) | Q(case__isnull=True),
        person=case.person_id,
        state__in=PLACE_MOVES["cancel"][0],
        meeting__state=GroupState.PLANNED,
        meeting__starts_at__gt=moment_now(),
    ).order_by("meeting__starts_at", "pk")


def _set(place: GroupPlace, act: str, reason: str = "") -> None:
    sources, target = PLACE_MOVES[act]
    if place.state not in sources:
        raise Refused(_("The place is already: %(state)s.") % {"state": place.get_state_display()})
    place.state = target
    place.missed_reason = reason
    save_checked(place)


def _fill(meeting: GroupMeeting, actor: User | None) -> None:
    """Give free places to those who wait, in the order they signed up."""
    if rules.has_ended(meeting.starts_at, meeting.minutes, moment_now()):
        return
    waiting = {place.pk: place for place in _with_places(meeting, PlaceState.WAITING)}
    taken = meeting.signed_up.taking().count()
    lucky = [waiting[pk] for pk in rules.moved_up(meeting.places, taken, list(waiting))]
    for place in lucky:
        _set(place, "move_up")
        _event(place, "group.moved_up", actor)
    sentence = gettext_lazy(
        "There is a place in %(title)s %(when)s. Tell the person in case %(case)s."
    )
    _tell_coaches(meeting, lucky, actor, "moved-up", sentence)


def _with_places(meeting: GroupMeeting, *states: str) -> list[GroupPlace]:
    return list(
        meeting.signed_up.filter(state__in=states or TAKING)
        .select_related("case", "person", "meeting")
        .order_by("signed_up_at", "pk")
    )


# --- attendance ----------------------------------------------------------------------------------
@transaction.atomic
def take_attendance(
    meeting: GroupMeeting, missed: Mapping[int, str], *, actor: User | None
) -> GroupMeeting:
    """Note who came: everybody with a place but those in `missed` ({id of the place: MissedReason}).

    Can be said again, when it was wrong; then only what differs is noted. Raises Refused before
    the meeting is about to begin.
    """
    require(actor, "group.manage", meeting)
    meeting = _locked(meeting)
    if not rules.may_register(meeting.starts_at, moment_now()):
        raise Refused(_("The meeting has not begun yet."))
    _set_meeting(meeting, "hold")
    for place in _with_places(meeting):
        reason = (missed.get(place.pk) or MissedReason.NO_WORD) if place.pk in missed else ""
        target = PlaceState.MISSED if place.pk in missed else PlaceState.CAME
        if (place.state, place.missed_reason) == (target, reason):
            continue
        if place.state == target:
            place.missed_reason = reason  # only the reason was wrong
            save_checked(place)
        else:
            _set(place, "miss" if reason else "come", reason)
        _event(place, "group.missed" if reason else "group.came", actor)
    _log(actor, "group.attend", meeting)
    return meeting


def note_arrival(person: Person, centre: Unit, at: datetime, *, actor: User | None):
    """The person has come to the front desk for an information meeting of the day: the place is
    noted as used. Returns the meeting, or None. Inside the transition that registers the visit."""
    place = (
        GroupPlace.objects.filter(
            person=person,
            state=PlaceState.BOOKED,
            meeting__centre=centre,
            meeting__state=GroupState.PLANNED,
            meeting__starts_at__date=timezone.localdate(at),
        )
        .select_related("meeting__leader", "case", "person")
        .order_by("meeting__starts_at", "pk")
        .first()
    )
    if place is None:
        return None
    _locked(place.meeting)
    place = lock(place)
    _set(place, "come")
    _event(place, "group.came", actor)
    _log(actor, "group.arrive", place, person)
    return place.meeting


# --- words ---------------------------------------------------------------------------------------
def _event(place: GroupPlace, kind: str, actor: User | None) -> None:
    if place.case is None:
        return
    payload = {"title": place.meeting.title, "when": formats.moment(place.meeting.starts_at)}
    if kind == "group.missed":
        payload["reason"] = place.missed_reason
    record_event(place.case, kind, actor=actor, payload=payload)


def _tell_coaches(meeting: GroupMeeting, places, actor: User | None, key: str, sentence) -> None:
    """Tell the coach of each case but the actor; of a protected person only one of the circle."""
    hidden = [place.person_id for place in places if place.person.is_protected]
    circle = set(
        CircleMember.objects.filter(person__in=hidden, ends_before__isnull=True).values_list(
            "person_id", "user_id"
        )
        if hidden
        else ()
    )
    notify_many(
        NoticeText(
            user_id=place.case.coach_id,
            key=f"group-{key}:{place.pk}",
            sentence=sentence,
            payload={
                "title": meeting.title,
                "when": formats.moment(meeting.starts_at),
                "case": place.case.number,
            },
            url_name="casework:case",
            url_arg=place.case.number,
        )
        for place in places
        if place.case is not None
        and place.case.coach_id is not None
        and (actor is None or place.case.coach_id != actor.pk)
        and (not place.person.is_protected or (place.person_id, place.case.coach_id) in circle)
    )
