"""Group meetings planned, once or as a series, changed and cancelled."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intake.groups import rules
from intake.groups.enums import PlaceState
from intake.groups.models import GroupKind, GroupMeeting, GroupSeries
from intake.transitions.groups.places import fill
from intake.transitions.groups.states import (
    follow,
    hold_cases,
    locked,
    log_change,
    move_meeting,
    move_place,
    must_be_planned,
    places_of,
)
from intake.transitions.groups.words import tell_coaches, tell_timeline
from intake.transitions.traces import AtCentre
from jobcentre.accounts.models import Unit, User
from jobcentre.casework.access.checks import require
from jobcentre.casework.concurrency import lock
from jobcentre.casework.exceptions import Occupied, Refused
from jobcentre.casework.models import Language
from jobcentre.casework.saving import save_checked
from jobcentre.casework.staff_times import clash_of, refusal
from jobcentre.replay import moment_now
from jobcentre.ui import formats


@dataclass(frozen=True)
class Planned:
    """What is decided of a group meeting. `kind` is the key of a GroupKind; no `language` is
    Swedish."""

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
    company: str = ""


def _values(planned: Planned) -> dict:
    """Its values by the fields of the meeting; the kind by its key."""
    values = {each.name: getattr(planned, each.name) for each in fields(planned)}
    values["kind_id"] = values.pop("kind")
    return values


@transaction.atomic
def plan_meeting(centre: Unit, planned: Planned, *, actor: User | None) -> GroupMeeting:
    """Plan a meeting at the centre. Raises Refused for one that has begun, Occupied when the leader
    is busy then."""
    return _planned_on(centre, planned, None, actor)


@transaction.atomic
def plan_series(
    centre: Unit, planned: Planned, days: Sequence[date], *, actor: User | None
) -> list[GroupMeeting]:
    """Plan the same meeting on several days, at the same time of the day; all of them or none.

    Raises Refused for more than 30, and the refusals of one with the day in front.
    """
    if len(days) > rules.MOST_DATES:
        raise Refused(_("A series has at most %(n)d dates.") % {"n": rules.MOST_DATES})
    at = timezone.localtime(planned.starts_at).time()
    series = GroupSeries.objects.create()
    found = []
    for day in days:
        starts_at = timezone.make_aware(datetime.combine(day, at))
        try:
            found.append(_planned_on(centre, replace(planned, starts_at=starts_at), series, actor))
        except Occupied as occupied:
            raise Occupied(f"{formats.day(day)}: {occupied}") from None
    return found


def _planned_on(
    centre: Unit, planned: Planned, series: GroupSeries | None, actor: User | None
) -> GroupMeeting:
    require(actor, "group.manage", AtCentre(centre))
    if planned.starts_at <= moment_now():
        raise Refused(_("The meeting has to lie ahead."))
    _refuse_unknown_company(planned)
    _refuse_busy_leader(planned)
    meeting = GroupMeeting(centre=centre, planned_by=actor, series=series, **_values(planned))
    save_checked(meeting)
    log_change(actor, "group.plan", meeting)
    return meeting


def _refuse_unknown_company(planned: Planned) -> None:
    if planned.company and not GroupKind.objects.get(key=planned.kind).for_companies:
        raise Refused(
            _("Companies do not take part in meetings of that kind. Choose another kind.")
        )


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


@transaction.atomic
def change_meeting(
    meeting: GroupMeeting, planned: Planned, *, actor: User, version: int
) -> GroupMeeting:
    """Change what is decided; more places fill from the waiting list. Of a series only this date.

    A meeting at another time or in another room is told to the coaches of those who have places.
    Raises Refused for fewer places than are taken, Occupied when the leader is busy then.
    """
    require(actor, "group.manage", meeting)
    meeting = locked(meeting, version)
    must_be_planned(meeting)
    taken = meeting.signed_up.taking().count()
    if planned.places < taken:
        raise Refused(_("%(n)d places are taken already.") % {"n": taken})
    _refuse_unknown_company(planned)
    if _when(planned) != _when(meeting):
        _refuse_busy_leader(planned, meeting)
    hold_cases(meeting)
    before = (meeting.starts_at, meeting.minutes, meeting.room, meeting.kind_id)
    for name, value in _values(planned).items():
        setattr(meeting, name, value)
    meeting.version += 1
    save_checked(meeting)
    fill(meeting, actor)
    with_places = places_of(meeting)
    if before[::2] != (planned.starts_at, planned.room):
        sentence = gettext_lazy("%(title)s is moved to %(when)s. Tell the person in case %(case)s.")
        tell_coaches(meeting, with_places, actor, f"moved:{meeting.version}", sentence)
    if before != (planned.starts_at, planned.minutes, planned.room, planned.kind):
        follow(with_places, actor)
    log_change(actor, "group.change", meeting, changed=("plan",))
    return meeting


@transaction.atomic
def cancel_meeting(meeting: GroupMeeting, *, actor: User, later: bool = False) -> GroupMeeting:
    """The meeting does not take place, with `later` nor do the later dates of its series; the
    coaches of those who signed up are told."""
    require(actor, "group.manage", meeting)
    concerned = [meeting]
    if later and meeting.series_id:
        concerned += (
            GroupMeeting.objects.filter(series=meeting.series_id, starts_at__gt=meeting.starts_at)
            .ahead(moment_now())
            .order_by("pk")
        )
    cancelled = [_cancel(each, actor) for each in concerned]
    return cancelled[0]


def _cancel(meeting: GroupMeeting, actor: User) -> GroupMeeting:
    require(actor, "group.manage", meeting)
    meeting = locked(meeting)
    move_meeting(meeting, "cancel")
    hold_cases(meeting)
    concerned = places_of(meeting, PlaceState.BOOKED, PlaceState.WAITING)
    for place in concerned:
        move_place(place, "cancel")
        tell_timeline(place, "group.cancelled", actor)
    follow(concerned, actor)
    sentence = gettext_lazy("%(title)s %(when)s is cancelled. Tell the person in case %(case)s.")
    tell_coaches(meeting, concerned, actor, "cancelled", sentence)
    log_change(actor, "group.cancel", meeting)
    return meeting
