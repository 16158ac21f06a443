"""A meeting as a calendar file (RFC 5545), for the phone and the office calendar.

It says that there is a meeting, when and where, and nothing about whom or why: calendars are
synchronised to places we do not know. The identity is the appointment's own and stays the same.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event


class Booked(Protocol):
    """What can stand in a calendar: an appointment, a place in a group."""

    ref: UUID
    starts_at: datetime
    minutes: int
    place: str
    is_off: bool


def calendar_of(appointments: Iterable[Booked], summary: str = "") -> bytes:
    """The meetings as one calendar file. `summary` is what stands in the calendar for each, the
    same for all; without it that a meeting is booked."""
    calendar = Calendar()
    calendar.add("prodid", "-//En ingang//sv")
    calendar.add("version", "2.0")
    host = settings.BASE_URL.split("//")[-1].split(":")[0]
    for appointment in appointments:
        event = Event()
        event.add("uid", f"{appointment.ref}@{host}")
        event.add("dtstamp", timezone.now())
        event.add("dtstart", appointment.starts_at)
        event.add("dtend", appointment.starts_at + timedelta(minutes=appointment.minutes))
        event.add("summary", summary or _("Booked meeting"))
        event.add("location", appointment.place)
        event.add("status", "CANCELLED" if appointment.is_off else "CONFIRMED")
        event.add("class", "PRIVATE")
        calendar.add_component(event)
    return calendar.to_ical()
