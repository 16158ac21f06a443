"""What is told of a place: on the timeline of the case, to its coach, and to who registers."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from intake.groups.enums import TAKING, PlaceState
from intake.groups.models import GroupMeeting, GroupPlace
from jobcentre.accounts.models import User
from jobcentre.casework.models import CircleMember
from jobcentre.casework.timeline import record_event
from jobcentre.notices.writer import NoticeText, notify_many

# {state of the place: kind of event} of the attendance.
OF_ATTENDANCE = {
    PlaceState.CAME: "group.came",
    PlaceState.LATE: "group.late",
    PlaceState.EXCUSED: "group.excused",
    PlaceState.MISSED: "group.missed",
}


def tell_timeline(place: GroupPlace, kind: str, actor: User | None, **more) -> None:
    """One event on the timeline of the person's case, if there is one."""
    if place.case is None:
        return
    payload = {"title": place.meeting.title, "when": place.meeting.starts_at}
    if kind in ("group.missed", "group.excused"):
        payload["reason"] = place.missed_reason
    if kind == "group.late":
        payload["minutes"] = place.late_minutes
    record_event(place.case, kind, actor=actor, payload={**payload, **more})


def tell_coaches(meeting: GroupMeeting, places, actor: User | None, key: str, sentence) -> None:
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
                "when": meeting.starts_at,
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


def numbered(meeting: GroupMeeting) -> dict[int, int]:
    """{id of the place: its number on the list}, those who wait included."""
    rows = meeting.signed_up.filter(state__in=[*TAKING, PlaceState.WAITING])
    ids = rows.order_by("signed_up_at", "pk").values_list("pk", flat=True)
    return {pk: number for number, pk in enumerate(ids, start=1)}


def who(meeting: GroupMeeting, places: Iterable[GroupPlace], user: User | None) -> str:
    """The persons of these places as the list shows them to the user: who is protected, or hidden
    from the user, by the number of the place."""
    seen = None
    if user is not None:
        seen = set(GroupPlace.objects.visible_to(user).filter(meeting=meeting).values_list("pk"))
    numbers = numbered(meeting)
    return ", ".join(
        _("place %(n)d") % {"n": numbers[place.pk]}
        if place.person.is_protected or (seen is not None and (place.pk,) not in seen)
        else place.person.name
        for place in places
    )
