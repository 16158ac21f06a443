"""What takes the time of staff: meetings with persons, and what other apps add by the registry.

Booking, free times, hand-overs and moves of a case all ask here, so that nobody is offered, or
given, a time at which they do something else.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from jobcentre.accounts.models import User
from jobcentre.casework.models import Appointment
from jobcentre.casework.registries import staff_times
from jobcentre.ui import formats

LONGEST = timedelta(minutes=600)  # nothing that takes staff time is longer


@dataclass(frozen=True)
class Taken:
    """A time at which somebody of the staff is busy; `sentence` says with what, `about` is what it
    is called (never a person)."""

    user_id: int
    starts_at: datetime
    minutes: int
    sentence: str = ""
    about: str = ""

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    def touches(self, starts_at: datetime, minutes: int) -> bool:
        """Whether the two overlap; one that begins when the other ends does not."""
        return self.ends_at > starts_at and self.starts_at < starts_at + timedelta(minutes=minutes)


def taken_times(
    user_ids: Iterable[int],
    since: datetime,
    until: datetime | None = None,
    *,
    but: Appointment | None = None,
    but_of: object = None,
) -> list[Taken]:
    """When the users are busy between the moments (open-ended without `until`), one query for the
    booked meetings and one for each row of the registry. `but` is a meeting that is moved and does
    not count, `but_of` a row of the app that asks for itself."""
    ids = set(user_ids)
    found = [
        *_appointments(ids, since - LONGEST, until, but),
        *(
            taken
            for kind in staff_times
            for taken in kind.taken(ids, since - LONGEST, until, but_of)
        ),
    ]
    return [taken for taken in found if taken.ends_at > since]


def _appointments(ids: set[int], since: datetime, until: datetime | None, but) -> list[Taken]:
    rows = Appointment.objects.taking_time().of_staff(*ids).filter(starts_at__gt=since)
    if until is not None:
        rows = rows.filter(starts_at__lt=until)
    if but is not None:
        rows = rows.exclude(pk=but.pk)
    return [
        Taken(user_id, starts_at, minutes)
        for with_id, also_id, starts_at, minutes in rows.values_list(
            "with_user_id", "also_with_id", "starts_at", "minutes"
        )
        for user_id in {with_id, also_id} & ids
    ]


def clash_of(
    user: User,
    starts_at: datetime,
    minutes: int,
    *,
    but: Appointment | None = None,
    but_of: object = None,
) -> Taken | None:
    """The earliest thing that the user does during that time, or None."""
    until = starts_at + timedelta(minutes=minutes)
    near = taken_times([user.pk], starts_at, until, but=but, but_of=but_of)
    return min(near, key=lambda taken: taken.starts_at, default=None)


def refusal(user: User, clash: Taken) -> str:
    """Why the user cannot have the time, as a sentence."""
    words = {
        "name": user.name,
        "about": clash.about,
        "from": formats.clock_time(clash.starts_at),
        "until": formats.clock_time(clash.ends_at),
    }
    if clash.sentence:
        return clash.sentence % words
    return _("%(name)s already has an appointment then, %(from)s–%(until)s.") % words
