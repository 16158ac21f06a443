"""A meeting as a calendar file (RFC 5545), for the phone and the office calendar.

It says that there is a meeting, when and where, and nothing about whom or why: calendars are
synchronised to places we do not know. A moved meeting keeps the identity of the first and counts the
moves, so that a calendar moves the meeting it has instead of keeping two.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from jobcentre.casework.models import Appointment


class Booked(Protocol):
    """What can stand in a calendar: an appointment, a place in a group."""

    ref: UUID
    starts_at: datetime
    minutes: int
    place: str
    is_off: bool


def history_of(meeting: Appointment) -> tuple[UUID, int]:
    """(the reference of the meeting that this one was first booked as, how often it has changed
    since). A move is a change, and so is that it was called off or missed. One query."""
    rows = {
        pk: (former, ref)
        for pk, former, ref in Appointment.objects.filter(person=meeting.person_id)
        .order_by()
        .values_list("pk", "moved_from_id", "ref")
    }
    first, changes = meeting.ref, 0
    former = meeting.moved_from_id
    while former is not None:
        changes += 1
        former, first = rows[former]
    was_moved = any(before == meeting.pk for before, _ref in rows.values())
    return first, changes + (meeting.is_off and not was_moved)


def calendar_of(
    appointments: Iterable[Booked],
    summary: str = "",
    histories: Mapping[UUID, tuple[UUID, int]] | None = None,
) -> bytes:
    """The meetings as one calendar file. `summary` is what stands in the calendar for each, the
    same for all; without it that a meeting is booked. `histories` gives `history_of` by the
    reference, for what can be moved."""
    calendar = Calendar()
    calendar.add("prodid", "-//En ingang//sv")
    calendar.add("version", "2.0")
    host = settings.BASE_URL.split("//")[-1].split(":")[0]
    for appointment in appointments:
        event = Event()
        first, changes = (histories or {}).get(appointment.ref, (appointment.ref, 0))
        event.add("uid", f"{first}@{host}")
        event.add("sequence", changes)
        event.add("dtstamp", timezone.now())
        event.add("dtstart", appointment.starts_at)
        event.add("dtend", appointment.starts_at + timedelta(minutes=appointment.minutes))
        event.add("summary", summary or _("Booked meeting"))
        event.add("location", appointment.place)
        event.add("status", "CANCELLED" if appointment.is_off else "CONFIRMED")
        event.add("class", "PRIVATE")
        calendar.add_component(event)
    return calendar.to_ical()
