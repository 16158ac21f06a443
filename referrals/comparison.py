"""The providers of a service side by side: places, waiting, results, price. The same few queries
however many there are.

Results and waiting are of all orders in the municipality, not only those the reader sees, and name
nobody; they are hidden for fewer than five.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from django.core.cache import cache
from django.db.models import Count, DurationField, ExpressionWrapper, F, OuterRef, Q

from activityplans.models import Service
from jobcentre.accounts.models import Unit
from jobcentre.casework.models import Case
from jobcentre.casework.models.together import RowsAsJson, row_of
from jobcentre.workdays import add_months
from referrals.capacity import ServicePlaces, places_for
from referrals.distance import nearest_km, point_of
from referrals.enums import OrderResult
from referrals.models import Order, Provider, ProviderSite, ServiceCapacity
from referrals.money.prices import Agreed, Prices
from referrals.places import Week
from referrals.rules import interval, median_days

FEWEST = 5  # persons behind a shown result or waiting time
RESULT_MONTHS, WAITING_MONTHS = 24, 12
HISTORY_SECONDS = 600
_OF_SITE = ("id", "street", "city", "step_free", "latitude", "longitude")
GOOD = (OrderResult.REACHED, OrderResult.PARTLY)


@dataclass
class Alternative:
    """One provider of the service. `waiting` is the median of days from sent to started; `share`
    the per cent of ended orders of the track that reached the result wholly or partly, between
    `low` and `high` with 95 per cent certainty. None: too few to tell."""

    provider: Provider
    places: ServicePlaces | None
    sites: list[ProviderSite] = field(default_factory=list)
    waiting: int | None = None
    ended: int = 0
    share: float | None = None
    low: float | None = None
    high: float | None = None
    price: Agreed | None = None
    agreement_ends_before: date | None = None
    distance_km: float | None = None  # to the nearest place in use, from `origin`

    @property
    def first_free_on(self) -> date | None:
        return self.places.first_free_on if self.places else None

    def full_weeks(self, first: date, ends_before: date) -> list[Week]:
        """The weeks of a period without a free place; none when nothing is said of its places."""
        return self.places.full_weeks(first, ends_before) if self.places else []


def origin_of(case: Case) -> Unit | None:
    """Where distances are measured from: the person's district when it is on the map, else the
    centre; never the person's address."""
    return next((unit for unit in (case.district, case.centre) if point_of(unit)), None)


@lru_cache(maxsize=64)
def _offering(service_id: int, today: date):
    """The providers that offer the service, with their places in use and what is said of free ones.
    What is asked is the same the whole day."""
    in_use = Q(ends_before__isnull=True) | Q(ends_before__gt=today)
    sites = ProviderSite.objects.filter(in_use, provider=OuterRef("pk")).order_by("name", "pk")
    said = ServiceCapacity.objects.filter(provider=OuterRef("pk"), service=service_id)
    said = said.order_by("from_on")
    return (
        Provider.objects.filter(services=service_id, unit__in=Unit.objects.active())
        .select_related("unit")
        .annotate(
            in_use=RowsAsJson(sites, _OF_SITE), capacity=RowsAsJson(said, ("from_on", "places"))
        )
        .order_by("unit__name", "pk")
    )


def alternatives(
    service: Service, track: str, today: date, origin: Unit | None = None
) -> list[Alternative]:
    """The providers in the register that offer the service, the soonest free first."""
    start = point_of(origin)
    providers = list(_offering(service.pk, today).all())
    units = [each.unit_id for each in providers]
    places = places_for(service, {each.unit_id: _said(each) for each in providers}, today)
    prices = _prices(service, units, today)
    waiting, results = _history(service, track, today)
    found = []
    for provider in providers:
        unit = provider.unit_id
        each = Alternative(
            provider,
            places.get(unit),
            [row_of(ProviderSite, row) for row in provider.in_use],
        )
        each.distance_km = nearest_km(start, map(point_of, each.sites))
        each.waiting = waiting.get(unit)
        good, each.ended = results.get(unit, (0, 0))
        if each.ended >= FEWEST:
            each.share = 100 * good / each.ended
            each.low, each.high = interval(good, each.ended)
        if unit in prices:
            each.price, each.agreement_ends_before = prices[unit]
        found.append(each)
    far = today + timedelta(days=9999)
    return sorted(
        found,
        key=lambda each: (each.first_free_on or far, each.waiting or 999, each.provider.unit.name),
    )


def _said(provider: Provider) -> list[tuple[date, int]]:
    return [(date.fromisoformat(row["from_on"]), row["places"]) for row in provider.capacity]


def _prices(service, units, today):
    """{unit: (price of today, day before which its wording ends)}, by the rule of the ledger."""
    agreed = Prices(units)
    held = {unit: agreed.on(unit, service.pk, today) for unit in units}
    return {unit: (row, row.ends_before) for unit, row in held.items() if row}


def _history(service: Service, track: str, today: date):
    """(waiting, results) of all providers of the service. Of one or two years, and so at most some
    minutes old: a comparison is looked at again and again."""
    key = f"referrals.history:{service.pk}:{track}:{today}"
    return cache.get_or_set(
        key, lambda: (_waiting(service, today), _results(service, track, today)), HISTORY_SECONDS
    )


def _waiting(service, today) -> dict[int, int]:
    """{unit: the median of days from sent to started}, counted by the database; no unit with too
    few to tell."""
    found: dict[int, Counter] = defaultdict(Counter)
    rows = Order.objects.filter(
        activity__service=service,
        started_on__isnull=False,
        sent_on__gte=add_months(today, -WAITING_MONTHS),
    ).order_by()
    waits = ExpressionWrapper(F("started_on") - F("sent_on"), output_field=DurationField())
    counted = rows.values("provider_id", wait=waits).annotate(n=Count("pk"))
    for unit, wait, n in counted.values_list("provider_id", "wait", "n"):
        found[unit][wait.days] += n
    return {
        unit: median_days(list(waits.elements()))
        for unit, waits in found.items()
        if waits.total() >= FEWEST
    }


def _results(service, track, today) -> dict[int, tuple[int, int]]:
    """{unit: (orders that reached the result, orders that ended)}, counted by the database."""
    found = defaultdict(lambda: (0, 0))
    rows = (
        Order.objects.filter(
            activity__service=service,
            case__track=track,
            ended_on__gte=add_months(today, -RESULT_MONTHS),
        )
        .exclude(result="")
        .order_by()
    )
    counted = rows.values("provider_id", "result").annotate(n=Count("pk"))
    for unit, result, n in counted.values_list("provider_id", "result", "n"):
        good, ended = found[unit]
        found[unit] = good + (n if result in GOOD else 0), ended + n
    return dict(found)
