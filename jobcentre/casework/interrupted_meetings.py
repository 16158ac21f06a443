"""The booked meetings that an interruption touches. Whether they are kept, moved or cancelled is for
people to decide: somebody who is ill may still want to talk."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.utils import timezone

from jobcentre.casework.enums import AppointmentState
from jobcentre.casework.models import Appointment, Case, ClockPause


def coming_meetings(case: Case, now: datetime) -> list[Appointment]:
    """The booked meetings of the case from now on, the next one first; one query."""
    return list(
        Appointment.objects.filter(case=case, state=AppointmentState.BOOKED, starts_at__gte=now)
        .select_related("with_user", "also_with")
        .order_by("starts_at", "pk")
    )


def within(pause: ClockPause, meetings: Iterable[Appointment]) -> list[Appointment]:
    """Those of the meetings that lie in the interruption. Without a last day it reaches as far as the
    person is expected to be away, or on and on when nobody knows."""
    back = pause.ends_before or pause.expected_back_on
    return [meeting for meeting in meetings if _lies_in(pause.starts_on, back, meeting)]


def _lies_in(first: date, back: date | None, meeting: Appointment) -> bool:
    day = timezone.localdate(meeting.starts_at)
    return first <= day and (back is None or day < back)


def touched(case: Case, pauses: Sequence[ClockPause], now: datetime) -> dict[int, list]:
    """{id of the interruption: the meetings in it}; one query when an interruption reaches beyond
    today, else none."""
    today = timezone.localdate(now)
    ahead = [pause for pause in pauses if pause.ends_before is None or pause.ends_before > today]
    if not ahead:
        return {}
    meetings = coming_meetings(case, now)
    return {pause.pk: within(pause, meetings) for pause in ahead}
