"""Who came to a group meeting, and its end: closed when the attendance of everybody is registered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from intake.groups import rules
from intake.groups.enums import VALID_REASONS, GroupState, PlaceState
from intake.groups.models import GroupMeeting, GroupPlace
from intake.transitions.groups.states import (
    follow,
    hold_cases,
    locked,
    log_change,
    move_meeting,
    move_place,
    places_of,
)
from intake.transitions.groups.words import OF_ATTENDANCE, tell_timeline, who
from jobcentre.accounts.models import Unit, User
from jobcentre.casework.access.checks import require
from jobcentre.casework.concurrency import lock
from jobcentre.casework.enums import MissedReason
from jobcentre.casework.exceptions import Conflict, Refused
from jobcentre.casework.models import Person
from jobcentre.replay import moment_now

_ACTS = {
    PlaceState.CAME: "come",
    PlaceState.LATE: "come_late",
    PlaceState.EXCUSED: "excuse",
    PlaceState.MISSED: "miss",
}


@dataclass(frozen=True)
class Attended:
    """What is said of a place: a state of `ATTENDED`, or BOOKED for not registered, which changes
    nothing. `reason` (MissedReason) is of the absent; an invalid absence without one is no word.
    `began` is the mark that the page showed, None when no page was looked at."""

    state: str
    reason: str = ""
    late_minutes: int | None = None
    began: str | None = None

    @property
    def text(self) -> str:
        """As `GroupPlace.mark`."""
        late = "" if self.late_minutes is None else self.late_minutes
        return f"{self.state}|{late}|{self.reason}"


CAME = Attended(PlaceState.CAME)


@transaction.atomic
def register_attendance(
    meeting: GroupMeeting,
    marks: Mapping[int, Attended],
    *,
    rest_came: bool = False,
    actor: User | None,
) -> list[GroupPlace]:
    """Register the marks by the ids of the places; with `rest_came` all the others came.

    Returns the places that nobody has registered yet; when there is none the meeting is closed. It
    can be said again when it was wrong; only what differs is noted. Raises Refused before the
    meeting is about to begin, and for a late arrival without minutes or an absence without a valid
    reason; Conflict when somebody else has registered something else since the page was opened.
    """
    require(actor, "group.manage", meeting)
    meeting = locked(meeting)
    if meeting.state == GroupState.CANCELLED:
        raise Refused(
            _("The meeting is already %(state)s.") % {"state": meeting.get_state_display()}
        )
    if not rules.may_register(meeting.starts_at, moment_now()):
        raise Refused(_("The meeting has not begun yet."))
    hold_cases(meeting)
    places = places_of(meeting)
    changed = [
        place
        for place in places
        if _register(meeting, place, _said(marks.get(place.pk), place, rest_came), actor)
    ]
    follow(changed, actor)
    missing = [place for place in places if place.state == PlaceState.BOOKED]
    if not missing:
        move_meeting(meeting, "hold")
    log_change(actor, "group.attend", meeting)
    return missing


def _said(mark: Attended | None, place: GroupPlace, rest_came: bool) -> Attended | None:
    """What is to be written of the place; None for nothing."""
    if mark is not None and mark.state != PlaceState.BOOKED:
        return mark
    return CAME if rest_came and place.state == PlaceState.BOOKED else None


def _register(
    meeting: GroupMeeting, place: GroupPlace, mark: Attended | None, actor: User | None
) -> bool:
    """Write the mark; whether anything changed."""
    if mark is None:
        return False
    if mark.state == PlaceState.MISSED and not mark.reason:
        mark = Attended(mark.state, MissedReason.NO_WORD, began=mark.began)
    began = place.mark if mark.began is None else mark.began
    doing = rules.what_to_do(mark.text, began, place.mark)
    if doing == "leave":
        return False
    if doing == "conflict":
        raise Conflict(
            _(
                "%(who)s was registered as %(state)s by somebody else while you had the page open. "
                "Nothing is saved. What you chose is still here: look at it and save again."
            )
            % {"who": who(meeting, [place], actor), "state": place.get_state_display()}
        )
    _check(meeting, mark)
    move_place(place, _ACTS[mark.state], mark.reason, mark.late_minutes)
    tell_timeline(place, OF_ATTENDANCE[place.state], actor)
    return True


def _check(meeting: GroupMeeting, mark: Attended) -> None:
    if mark.state == PlaceState.LATE and not 1 <= (mark.late_minutes or 0) < meeting.minutes:
        raise Refused(_("Write how many minutes late, fewer than the meeting has."))
    if mark.state == PlaceState.EXCUSED and mark.reason not in VALID_REASONS:
        raise Refused(_("Choose why the absence is valid."))


@transaction.atomic
def close_meeting(meeting: GroupMeeting, *, actor: User | None) -> GroupMeeting:
    """Close a meeting that has been. Raises Refused, with who is missing, while somebody's
    attendance is not registered."""
    require(actor, "group.manage", meeting)
    meeting = locked(meeting)
    if not rules.may_register(meeting.starts_at, moment_now()):
        raise Refused(_("The meeting has not begun yet."))
    missing = places_of(meeting, PlaceState.BOOKED)
    if missing:
        raise Refused(
            _("Register the attendance first. Not registered: %(who)s.")
            % {"who": who(meeting, missing, actor)}
        )
    move_meeting(meeting, "hold")
    log_change(actor, "group.close", meeting)
    return meeting


def note_arrival(person: Person, centre: Unit, at: datetime, *, actor: User | None):
    """The person has come to the front desk for a group meeting of the day: the place is noted as
    used. Returns the meeting, or None. Inside the transition that registers the visit."""
    place = todays_place(person, centre, at)
    if place is None:
        return None
    locked(place.meeting)
    place = lock(place)
    move_place(place, "come")
    tell_timeline(place, "group.came", actor)
    follow([place], actor)
    log_change(actor, "group.arrive", place, person)
    return place.meeting


def todays_place(person: Person, centre: Unit, at: datetime) -> GroupPlace | None:
    """The person's booked place in a group meeting of the day at the centre, the first of them."""
    return (
        GroupPlace.objects.filter(
            person=person,
            state=PlaceState.BOOKED,
            meeting__centre=centre,
            meeting__state=GroupState.PLANNED,
            meeting__starts_at__date=timezone.localdate(at),
        )
        .select_related("meeting__leader", "meeting__kind", "case__person", "person")
        .order_by("meeting__starts_at", "pk")
        .first()
    )
