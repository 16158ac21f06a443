"""The municipality's working days, for reckoning and for showing."""

from dataclasses import dataclass, field

from django.core.cache import cache

from jobcentre.casework.models import ClosedDay, DeadlineRule
from jobcentre.replay import decided
from jobcentre.workdays import Calendar

_KEY = "casework.shown-calendar"
_SECONDS = 60


@dataclass(frozen=True)
class ShownCalendar(Calendar):
    """The working days with what else the words on a page need: `soon` says by kind of clock how long
    before its last day it is soon, in the clock's own unit, where the municipality has decided it."""

    soon: dict[str, int] = field(default_factory=dict, hash=False, compare=False)


@decided
def municipal_calendar() -> Calendar:
    """Swedish working days less the municipality's own closed days; one query."""
    return Calendar(_closed_days())


def shown_calendar() -> ShownCalendar:
    """The same for words on a page ("day 3 of 5"), at most a minute old and mostly without a query.

    A due date is never reckoned with it.
    """
    return cache.get_or_set(_KEY, _shown, _SECONDS)


def _shown() -> ShownCalendar:
    rules = DeadlineRule.objects.all()
    soon = {rule.kind: max(rule.warn_before) for rule in rules if rule.warn_before}
    return ShownCalendar(_closed_days(), soon=soon)


def _closed_days() -> frozenset:
    return frozenset(ClosedDay.objects.values_list("on", flat=True))
