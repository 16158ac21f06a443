"""Meetings for groups: their states, and what became of each person's place."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from jobcentre.casework.enums import MissedReason


class GroupState(TextChoices):
    PLANNED = "planned", _("planned")
    HELD = "held", _("held")
    CANCELLED = "cancelled", _("cancelled")


class PlaceState(TextChoices):
    """Where a place stands. A booked one of a meeting that has been is not registered yet, which
    is never read as absence."""

    BOOKED = "booked", _("has a place")
    WAITING = "waiting", _("on the waiting list")
    CAME = "came", _("came")
    LATE = "late", _("came late")
    EXCUSED = "excused", _("valid absence")
    MISSED = "missed", _("invalid absence")
    CANCELLED = "cancelled", _("cancelled")


# Places that somebody takes, or took; the others are free.
TAKING = (
    PlaceState.BOOKED,
    PlaceState.CAME,
    PlaceState.LATE,
    PlaceState.EXCUSED,
    PlaceState.MISSED,
)
# What the attendance can be; a booked place is one that nobody has registered.
ATTENDED = (PlaceState.CAME, PlaceState.LATE, PlaceState.EXCUSED, PlaceState.MISSED)
ABSENT = (PlaceState.EXCUSED, PlaceState.MISSED)
# What makes an absence valid; another reason is judged by the leader.
VALID_REASONS = (
    MissedReason.ILL,
    MissedReason.CHILD,
    MissedReason.WORK,
    MissedReason.OUR_FAULT,
    MissedReason.OTHER,
)
