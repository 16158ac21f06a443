"""The moves of meetings and places, and how the rows are held while they move."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from intake.groups.enums import ATTENDED, TAKING, GroupState, PlaceState
from intake.groups.models import GroupMeeting, GroupPlace
from jobcentre.audit import log
from jobcentre.audit.enums import Access
from jobcentre.casework.concurrency import lock
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import Case, Person
from jobcentre.casework.registries import group_steps
from jobcentre.casework.saving import save_checked

# {act: (from, to)}: the moves of a meeting.
MEETING_MOVES = {
    "hold": ((GroupState.PLANNED, GroupState.HELD), GroupState.HELD),
    "cancel": ((GroupState.PLANNED,), GroupState.CANCELLED),
}
_REGISTRABLE = (PlaceState.BOOKED, *ATTENDED)
# {act: (from, to)}: the moves of a place.
PLACE_MOVES = {
    "move_up": ((PlaceState.WAITING,), PlaceState.BOOKED),
    "come": (_REGISTRABLE, PlaceState.CAME),
    "come_late": (_REGISTRABLE, PlaceState.LATE),
    "excuse": (_REGISTRABLE, PlaceState.EXCUSED),
    "miss": (_REGISTRABLE, PlaceState.MISSED),
    "cancel": ((PlaceState.BOOKED, PlaceState.WAITING), PlaceState.CANCELLED),
}


def locked(meeting: GroupMeeting, version: int | None = None) -> GroupMeeting:
    """The meeting under a lock: who signs up for the last place waits here for the other."""
    return lock(meeting, version)


def hold_cases(meeting: GroupMeeting) -> None:
    """Lock the cases of those who signed up, in one order: two meetings with the same persons that
    are registered at the same moment do not wait for each other."""
    cases = Case.objects.filter(group_places__meeting=meeting).values("pk")
    list(Case.objects.select_for_update().filter(pk__in=cases).order_by("pk").values_list("pk"))


def must_be_planned(meeting: GroupMeeting) -> None:
    """Raises Refused for a meeting that was held or cancelled."""
    if meeting.state != GroupState.PLANNED:
        raise Refused(
            _("The meeting is already %(state)s.") % {"state": meeting.get_state_display()}
        )


def move_meeting(meeting: GroupMeeting, act: str) -> None:
    """Raises Refused when the act does not fit the state."""
    sources, target = MEETING_MOVES[act]
    if meeting.state not in sources:
        must_be_planned(meeting)
    if meeting.state != target:
        meeting.state = target
        meeting.version += 1
        save_checked(meeting)


def move_place(
    place: GroupPlace, act: str, reason: str = "", late_minutes: int | None = None
) -> None:
    """Raises Refused when the act does not fit the state."""
    sources, target = PLACE_MOVES[act]
    if place.state not in sources:
        raise Refused(_("The place is already: %(state)s.") % {"state": place.get_state_display()})
    place.state = target
    place.missed_reason = reason
    place.late_minutes = late_minutes
    save_checked(place)


def places_of(meeting: GroupMeeting, *states: str) -> list[GroupPlace]:
    """The places in these states (those that are taken), in the order of signing up."""
    return list(
        meeting.signed_up.filter(state__in=states or TAKING)
        .select_related("case__person", "person", "meeting__kind", "meeting__centre")
        .order_by("signed_up_at", "pk")
    )


def follow(places: Iterable[GroupPlace], actor) -> None:
    """What the other apps do when places are given, left, moved or registered."""
    concerned = [place for place in places if place.case_id is not None]
    if concerned:
        for step in group_steps:
            step.follow(concerned, actor)


def log_change(actor, action, obj, person: Person | None = None, changed=("state",)) -> None:
    log.record(
        actor,
        action,
        access=Access.CHANGE,
        subject=person.ref if person else None,
        obj=obj,
        fields=changed,
    )
