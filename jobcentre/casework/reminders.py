"""Reminding a person of a meeting: a message without a name the day before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone

from jobcentre.casework.enums import AppointmentState, ContactChannel, Protection
from jobcentre.casework.models import Appointment, ContactWish
from jobcentre.notices.enums import Channel
from jobcentre.notices.models import OutboxMessage
from jobcentre.ui import formats


def remind_of_tomorrow(today: date) -> int:
    """Queue a reminder of each meeting booked for the next day with somebody who has an e-mail
    address and no protection, and does not want to be reached in another way only; returns how
    many were new. Safe to run again: once a meeting.
    """
    tomorrow = today + timedelta(days=1)
    rows = (
        Appointment.objects.filter(
            starts_at__date=tomorrow,
            state=AppointmentState.BOOKED,
            person__protection=Protection.NONE,
        )
        .exclude(person__email="")
        .exclude(Exists(wants_no_mail()))
        .select_related("person", "case__centre", "centre")
    )
    return queue_reminders(
        Reminder(row.ref, row.person.email, row.starts_at, row.place, row.at_centre.phone)
        for row in rows
    )


@dataclass(frozen=True)
class Reminder:
    """One meeting of which one person is reminded; `ref` is the meeting's or the place's own."""

    ref: UUID
    email: str
    starts_at: datetime
    place: str
    phone: str


def queue_reminders(reminders: Iterable[Reminder]) -> int:
    """Queue each reminder once, by its `ref`; returns how many were new."""
    messages = [
        OutboxMessage(
            key=f"reminder:{each.ref}",
            channel=Channel.EMAIL,
            recipient=each.email,
            language="sv",
            template="meeting_tomorrow",
            context={
                "when": formats.moment(each.starts_at),
                "place": each.place,
                "phone": each.phone,
            },
            due_at=timezone.now(),
        )
        for each in reminders
    ]
    known = set(
        OutboxMessage.objects.filter(key__in=[each.key for each in messages]).values_list(
            "key", flat=True
        )
    )
    new = [each for each in messages if each.key not in known]
    OutboxMessage.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


def wants_no_mail():
    """The wish that holds of a row's `case`, where it forbids e-mail."""
    newest = ContactWish.objects.filter(case=OuterRef("case")).order_by("-pk").values("pk")[:1]
    return (
        ContactWish.objects.filter(case=OuterRef("case"), only=True)
        .exclude(channel=ContactChannel.EMAIL)
        .filter(pk=Subquery(newest))
    )
