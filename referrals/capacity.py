"""The free places of providers, read from the register and the orders: two queries for all.

Orders of persons whom the reader does not know are counted too: a number names nobody.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from django.db.models import Count, F

from activityplans.models import Service
from referrals.enums import OrderState
from referrals.models import Order, ServiceCapacity
from referrals.places import Week, first_free, full_weeks, weeks_ahead

WEEKS = 8  # how far ahead is shown


@dataclass(frozen=True)
class ServicePlaces:
    """The places of one service at one provider, from this week on; no weeks: nothing is said."""

    service: Service
    weeks: list[Week] = field(default_factory=list)
    asked: int = 0  # orders that wait for an answer
    changes: Sequence[tuple[date, int]] = ()  # (from, places), as `places` reads them
    held: Sequence[tuple[date, date | None]] = ()

    @property
    def now(self) -> Week | None:
        return self.weeks[0] if self.weeks else None

    @property
    def first_free_on(self) -> date | None:
        return first_free(self.weeks)

    def full_weeks(self, first: date, ends_before: date) -> list[Week]:
        """The weeks of a period, however far ahead, in which no place is free for one more."""
        return full_weeks(first, ends_before, self.changes, self.held)


def first_day(order: dict) -> date:
    """The day from which a provider has, or is to have, the person: started, else agreed, else
    wanted (as `own_days` asks the database)."""
    return order["started_on"] or order["first_day_on"] or order["starts_on"]


def held_days(order: dict, today: date) -> tuple[date, date | None]:
    """(first day, day after the last) that the order holds a place; one that runs past its last
    day holds it until somebody ends it."""
    return first_day(order), order["ends_before"] if order["ends_before"] > today else None


def places_of(units: Iterable[int], today: date) -> dict[int, dict[int, ServicePlaces]]:
    """{unit id: {service id: its places}} for provider units, in the order of the catalogue."""
    units = list(units)
    said = defaultdict(list)
    services: dict[int, Service] = {}
    rows = ServiceCapacity.objects.filter(provider__unit__in=units).select_related("service")
    rows = rows.annotate(unit_id=F("provider__unit_id"))
    for row in rows.order_by("service__position", "service_id", "from_on"):
        said[row.unit_id, row.service_id].append((row.from_on, row.places))
        services[row.service_id] = row.service
    held, asked = _held(_alike().filter(provider__in=units), today)
    found: dict[int, dict[int, ServicePlaces]] = {unit: {} for unit in units}
    for (unit, service), changes in said.items():
        key = unit, service
        found[unit][service] = _places(services[service], changes, held[key], asked[key], today)
    return found


def places_for(
    service: Service, said: Mapping[int, Sequence[tuple[date, int]]], today: date
) -> dict[int, ServicePlaces]:
    """{unit id: its places} of one service, where what is `said` of the places of each unit is known:
    (from, places), the oldest first."""
    orders = _alike().filter(provider__in=list(said), activity__service=service)
    held, asked = _held(orders, today)
    return {
        unit: _places(service, changes, held[unit, service.pk], asked[unit, service.pk], today)
        for unit, changes in said.items()
        if changes
    }


def _places(service, changes, held, asked: int, today: date) -> ServicePlaces:
    weeks = weeks_ahead(today, WEEKS, changes, held)
    return ServicePlaces(service, weeks, asked, changes, held)


@cache
def _alike():
    """The orders that go on; those that are held on the same days are one row, as many begin and end
    together."""
    return (
        Order.objects.going_on()
        .order_by()
        .values(
            *("provider_id", "activity__service_id", "state", "starts_on", "ends_before"),
            *("first_day_on", "started_on"),
        )
        .annotate(n=Count("pk"))
    )


def _held(alike, today: date):
    """({(unit, service): the days on which places are held}, {(unit, service): orders that wait})."""
    held, asked = defaultdict(list), defaultdict(int)
    unanswered = OrderState.unanswered()
    for order in alike:
        key = order["provider_id"], order["activity__service_id"]
        if order["state"] in unanswered:
            asked[key] += order["n"]
        else:
            held[key] += [held_days(order, today)] * order["n"]
    return held, asked


def full_weeks_of(
    unit_id: int, service_id: int, first: date, ends_before: date, today: date
) -> list[Week]:
    """The weeks of a period in which a provider has no free place for the service; none when
    nothing is said of its places."""
    said = ServiceCapacity.objects.filter(provider__unit=unit_id, service=service_id)
    changes = list(said.order_by("from_on").values_list("from_on", "places"))
    if not changes:
        return []
    holding = Order.objects.filter(
        provider=unit_id, activity__service=service_id, state__in=OrderState.holding()
    ).order_by()
    days = holding.values("starts_on", "ends_before", "first_day_on", "started_on")
    return full_weeks(first, ends_before, changes, [held_days(each, today) for each in days])
