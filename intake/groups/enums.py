from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class GroupKind(TextChoices):
    INFORMATION = "information", _("information about the job centre")
    RIGHTS = "rights", _("rights and duties")
    JOBS = "jobs", _("recruitment or employer")
    STUDIES = "studies", _("studies")
    WORKSHOP = "workshop", _("workshop")
    OTHER = "other", _("other meeting")


class GroupState(TextChoices):
    PLANNED = "planned", _("planned")
    HELD = "held", _("held")
    CANCELLED = "cancelled", _("cancelled")


class PlaceState(TextChoices):
    BOOKED = "booked", _("has a place")
    WAITING = "waiting", _("on the waiting list")
    CAME = "came", _("came")
    MISSED = "missed", _("did not come")
    CANCELLED = "cancelled", _("cancelled")


# Places that somebody takes, or took; the others are free.
TAKING = (PlaceState.BOOKED, PlaceState.CAME, PlaceState.MISSED)
