"""Reminding those who have a place in a group meeting, as of every other meeting."""

from datetime import date, timedelta

from django.db.models import Exists

from intake.groups.enums import GroupState, PlaceState
from intake.groups.models import GroupPlace
from jobcentre.casework.enums import Protection
from jobcentre.casework.reminders import Reminder, queue_reminders, wants_no_mail


def remind_of_tomorrow(today: date) -> int:
    """Queue a reminder of each place in a meeting of the next day; returns how many were new.

    The same persons are left out as of meetings with a coach. Safe to run again.
    """
    rows = (
        GroupPlace.objects.filter(
            meeting__starts_at__date=today + timedelta(days=1),
            meeting__state=GroupState.PLANNED,
            state=PlaceState.BOOKED,
            person__protection=Protection.NONE,
        )
        .exclude(person__email="")
        .exclude(Exists(wants_no_mail()))
        .select_related("person", "meeting__centre")
    )
    return queue_reminders(
        Reminder(row.ref, row.person.email, row.starts_at, row.place, row.meeting.centre.phone)
        for row in rows
    )
