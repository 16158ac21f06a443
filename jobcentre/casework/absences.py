"""Who of the staff is away, and which booked meetings then have to be moved, given or cancelled."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from jobcentre.accounts.models import User
from jobcentre.casework.enums import AppointmentState
from jobcentre.casework.models import Appointment, CircleMember, ConflictOfInterest, StaffAbsence
from jobcentre.casework.staff_times import taken_times


@dataclass
class Away:
    """One of the staff: the absences that go on or come, and how many booked meetings lie in them."""

    user: User
    units: str
    absences: list[StaffAbsence] = field(default_factory=list)
    meetings: int = 0

    def is_away_on(self, today: date) -> bool:
        return any(each.starts_on <= today < each.ends_before for each in self.absences)


def begins(day: date) -> datetime:
    """The first moment of the day, local time."""
    return timezone.make_aware(datetime.combine(day, time()))


def absences_of(users: Iterable[int], today: date) -> dict[int, list[StaffAbsence]]:
    """For each user those that go on or come, in order of time."""
    found: dict[int, list[StaffAbsence]] = defaultdict(list)
    for row in StaffAbsence.objects.filter(user__in=users, ends_before__gt=today).order_by(
        "starts_on", "pk"
    ):
        found[row.user_id].append(row)
    return found


def booked_during(absences: dict[int, list[StaffAbsence]], today: date) -> list[Appointment]:
    """The booked meetings, from today on, of each user on the days that the user is away: one
    query. Whose they are is `with_user` or `also_with`."""
    periods = [row for rows in absences.values() for row in rows]
    if not periods:
        return []
    first = max(min(row.starts_on for row in periods), today)
    rows = (
        Appointment.objects.filter(
            state=AppointmentState.BOOKED,
            starts_at__gte=begins(first),
            starts_at__lt=begins(max(row.ends_before for row in periods)),
        )
        .of_staff(*absences)
        .select_related(
            "person", "case__person", "case__centre", "centre", "with_user", "also_with"
        )
        .order_by("starts_at", "pk")
    )
    return [row for row in rows if _is_during(row, absences)]


def _is_during(meeting: Appointment, absences: dict[int, list[StaffAbsence]]) -> bool:
    whom = (meeting.with_user_id, meeting.also_with_id)
    return any(
        period.holds(meeting.starts_at) for user_id in whom for period in absences.get(user_id, ())
    )


def who_can_take(
    meetings: list[Appointment], colleagues: Iterable[User], today: date
) -> dict[int, list[User]]:
    """For each meeting, by its id, the colleagues who are at work, free at its time and may meet
    the person: without a conflict of interest and, for a protected person, in the circle. Five
    queries. A meeting of two of the staff is not given away: it is theirs together."""
    colleagues = list(colleagues)
    if not meetings or not colleagues:
        return {}
    ids = [user.pk for user in colleagues]
    first, last = meetings[0].starts_at, meetings[-1].starts_at + timedelta(days=1)
    taken = defaultdict(list)
    for each in taken_times(ids, first, last):
        taken[each.user_id].append(each)
    away = absences_of(ids, today)
    persons = {meeting.person_id for meeting in meetings}
    barred = set(
        ConflictOfInterest.objects.filter(person__in=persons, user__in=ids).values_list(
            "person_id", "user_id"
        )
    )
    circle = set(
        CircleMember.objects.filter(
            person__in=persons, user__in=ids, ends_before__isnull=True
        ).values_list("person_id", "user_id")
    )

    def can_take(user: User, meeting: Appointment) -> bool:
        pair = (meeting.person_id, user.pk)
        return (
            not any(each.holds(meeting.starts_at) for each in away.get(user.pk, ()))
            and not any(each.touches(meeting.starts_at, meeting.minutes) for each in taken[user.pk])
            and pair not in barred
            and (not meeting.person.is_protected or pair in circle)
        )

    return {
        meeting.pk: [user for user in colleagues if can_take(user, meeting)]
        for meeting in meetings
        if meeting.also_with_id is None
    }
