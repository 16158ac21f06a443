"""Group meetings that are part of the plan: a place is a session of the person's activity, and what
is registered at the meeting is the attendance of that session."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from activityplans.enums import AbsenceReason, AttendanceOutcome
from activityplans.models import GroupService, PlanLine, Session
from activityplans.transitions.attendance import IN_PLAN, Mark, write_marks
from intake.groups.enums import ATTENDED, TAKING, PlaceState
from intake.groups.models import GroupMeeting, GroupPlace
from jobcentre.accounts.models import User
from jobcentre.casework.enums import MissedReason
from jobcentre.casework.models import Case
from jobcentre.replay import moment_now

SHORTEST = 15  # minutes of a session
# {reason said at the meeting: reason of the excused absence}; illness is an outcome of its own.
_REASONS = {
    MissedReason.CHILD: AbsenceReason.CHILD,
    MissedReason.WORK: AbsenceReason.INTERVIEW,
}


def counts_as(meeting: GroupMeeting) -> str:
    """What the meeting counts as, for its page; "" when its kind is part of no service."""
    labels = [
        row.service.label
        for row in GroupService.objects.filter(kind__key=meeting.kind_id).select_related("service")
    ]
    if not labels:
        return ""
    return _("Hours count for those whose plan has: %(services)s.") % {
        "services": ", ".join(labels)
    }


def follow(places: Sequence[GroupPlace], actor: User | None) -> None:
    """Bring the sessions of these places in line with them; a few queries for the whole group.

    The places may be of several meetings. A session that is already registered stays when the
    person leaves the meeting or the meeting moves.
    """
    services: dict[str, list[int]] = {}
    kinds = {place.meeting.kind_id for place in places}
    for kind, service in GroupService.objects.filter(kind__key__in=kinds).values_list(
        "kind__key", "service_id"
    ):
        services.setdefault(kind, []).append(service)
    counting = [place for place in places if place.meeting.kind_id in services]
    linked = {
        session.group_place_id: session
        for session in Session.objects.filter(group_place__in=[place.pk for place in places])
    }
    if not counting and not linked:
        return
    cases = sorted({place.case_id for place in places})
    list(Case.objects.select_for_update().filter(pk__in=cases).order_by("pk").values_list("pk"))
    activities = _activities(counting, services)
    there = _at_that_time(counting, activities)
    marks: dict[int, Mark] = {}
    for place in places:
        activity = activities.get(place.pk)
        session = linked.get(place.pk)
        if activity is None or place.state not in TAKING:
            if session is not None:
                _let_go(session)
            continue
        key = (activity, _day(place), _clock(place))
        if session is None or (
            not session.is_registered
            and (session.activity_id, session.on, session.starts_at) != key
        ):
            if session is not None:
                _let_go(session)
            session = _sessions_of(place, activity, there.get(key))
        if place.state in ATTENDED:
            marks[session.pk] = _mark(place, session)
    if marks:
        write_marks(marks, actor=actor, today=timezone.localdate(moment_now()))


def _day(place: GroupPlace) -> date:
    return timezone.localtime(place.meeting.starts_at).date()


def _clock(place: GroupPlace):
    return timezone.localtime(place.meeting.starts_at).time()


def _activities(places: Sequence[GroupPlace], services: dict[str, list[int]]) -> dict[int, int]:
    """{id of the place: id of the activity that its meeting counts for}; one query."""
    lines = list(
        PlanLine.objects.filter(
            version__case__in={place.case_id for place in places},
            version__state__in=IN_PLAN,
            version__approved_on__isnull=False,
            activity__service__in={each for ids in services.values() for each in ids},
            activity__broken_off__isnull=True,
        )
        .select_related("version", "activity")
        .order_by("-version__number", "position")
    )
    found = {}
    for place in places:
        day, wanted = _day(place), services[place.meeting.kind_id]
        for line in lines:
            if (
                line.version.case_id == place.case_id
                and line.activity.service_id in wanted
                and line.starts_on <= day < line.ends_before
            ):
                found[place.pk] = line.activity_id
                break
    return found


def _at_that_time(places: Sequence[GroupPlace], activities: dict[int, int]) -> dict:
    """{(activity, day, start): session} of what is there already; one query."""
    wanted = Q(pk__in=[])
    for place in places:
        if place.pk in activities:
            wanted |= Q(activity=activities[place.pk], on=_day(place), starts_at=_clock(place))
    return {
        (session.activity_id, session.on, session.starts_at): session
        for session in Session.objects.filter(wanted)
    }


def _sessions_of(place: GroupPlace, activity: int, there: Session | None) -> Session:
    """The session that the place is from now on: the one of the schedule at that time, or a new one."""
    session = there or Session(
        case_id=place.case_id,
        activity_id=activity,
        on=_day(place),
        starts_at=_clock(place),
        minutes=max(place.meeting.minutes, SHORTEST),
        place=place.place[:200],
    )
    session.group_place = place
    session.save()
    return session


def _let_go(session: Session) -> None:
    """The person does not come to the meeting: what was planned for it alone goes."""
    if session.is_registered:
        return
    if session.is_scheduled:
        session.group_place = None
        session.save(update_fields=["group_place"])
    else:
        session.delete()


def _mark(place: GroupPlace, session: Session) -> Mark:
    """What the attendance at the meeting is as the attendance of a session."""
    why = _("Registered at the group meeting.")
    if place.state == PlaceState.CAME:
        return Mark(AttendanceOutcome.PRESENT, why=why)
    if place.state == PlaceState.LATE:
        late = min(place.late_minutes, session.minutes - 1)
        return Mark(AttendanceOutcome.LATE, late_minutes=late, why=why)
    if place.state == PlaceState.MISSED:
        return Mark(AttendanceOutcome.UNEXCUSED, why=why)
    if place.missed_reason == MissedReason.ILL:
        return Mark(AttendanceOutcome.SICK, why=why)
    reason = _REASONS.get(place.missed_reason, AbsenceReason.OTHER)
    return Mark(AttendanceOutcome.EXCUSED, reason=reason, why=why)
