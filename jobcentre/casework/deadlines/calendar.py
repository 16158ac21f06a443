"""The municipality's working days, for reckoning and for showing."""

from django.core.cache import cache

from jobcentre.casework.models import ClosedDay
from jobcentre.workdays import Calendar

_KEY = "casework.closed-days"
_SECONDS = 60


def municipal_calendar() -> Calendar:
    """Swedish working days less the municipality's own closed days; one query."""
    return Calendar(frozenset(ClosedDay.objects.values_list("on", flat=True)))


def shown_calendar() -> Calendar:
    """The same for words on a page ("day 3 of 5"), at most a minute old and mostly without a query.

    A due date is never reckoned with it.
    """
    return cache.get_or_set(_KEY, municipal_calendar, _SECONDS)
