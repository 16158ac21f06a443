"""Reminding a person of a meeting: a message without a name the day before."""

from datetime import date, timedelta

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
        .exclude(Exists(_wants_no_mail()))
        .select_related("person", "case__centre", "centre")
    )
    messages = [
        OutboxMessage(
            key=f"reminder:{row.ref}",
            channel=Channel.EMAIL,
            recipient=row.person.email,
            language="sv",
            template="meeting_tomorrow",
            context={
                "when": formats.moment(row.starts_at),
                "place": row.place,
                "phone": row.at_centre.phone,
            },
            due_at=timezone.now(),
        )
        for row in rows
    ]
    known = set(
        OutboxMessage.objects.filter(key__in=[each.key for each in messages]).values_list(
            "key", flat=True
        )
    )
    new = [each for each in messages if each.key not in known]
    OutboxMessage.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


def _wants_no_mail():
    """The wish of the meeting's case that holds, where it forbids e-mail."""
    newest = ContactWish.objects.filter(case=OuterRef("case")).order_by("-pk").values("pk")[:1]
    return (
        ContactWish.objects.filter(case=OuterRef("case"), only=True)
        .exclude(channel=ContactChannel.EMAIL)
        .filter(pk=Subquery(newest))
    )
