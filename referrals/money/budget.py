"""What agreements have cost and are to cost in a year, read from the ledger and from the orders that
go on: the same few queries however many there are."""

from collections import defaultdict
from datetime import date
from decimal import Decimal

from django.db.models import Count, F, Q, Sum

from referrals.capacity import first_day
from referrals.enums import ClaimState, OrderState
from referrals.models import Agreement, Claim, Order
from referrals.money.coming import Ahead, coming
from referrals.money.prices import Prices, price_of


def money_of(agreement: Agreement, year: int, today: date) -> dict:
    """The year of an agreement: attested; due and not attested; to come of orders that are accepted
    or go on; committed, which is these two; stopped; and what is left of the ceiling when all that
    is attested or committed is taken from it, None without one. Three queries."""
    of_year = Claim.objects.filter(agreement=agreement, starts_on__year=year).order_by()
    sums = of_year.aggregate(
        attested=Sum("amount", filter=Q(state=ClaimState.ATTESTED), default=0),
        due=Sum("amount", filter=Q(state__in=[ClaimState.OPEN, ClaimState.REVIEWED]), default=0),
        stopped=Sum("amount", filter=Q(state=ClaimState.BLOCKED), default=0),
    )
    ahead = coming_of(agreement.provider.unit_id, year, today)[agreement.pk]
    committed = sums["due"] + ahead
    ceiling = agreement.in_force.ceiling_year if agreement.in_force else None
    left = left_of(ceiling, sums["attested"], committed)
    more = {"coming": ahead, "committed": committed, "ceiling": ceiling, "left": left}
    return {**sums, **more, "year": year}


def left_of(ceiling: Decimal | None, attested: Decimal, committed: Decimal) -> Decimal | None:
    """What is left of the ceiling of a year; below 0 when more is promised than it holds."""
    return None if ceiling is None else ceiling - attested - committed


def coming_of(unit_id: int, year: int, today: date) -> dict[int, Decimal]:
    """{agreement: what its orders that go on are still to cost in the year}; two queries.

    Each order by the price of the ledger: that of the day on which it began, or is to begin.
    """
    prices, found = Prices({unit_id}), defaultdict(Decimal)
    orders = Order.objects.filter(provider=unit_id, state__in=OrderState.holding()).order_by()
    # Many begin and end together: those that are alike are one row.
    alike = orders.values(
        *("started_on", "first_day_on", "starts_on", "ends_before", "hours_per_week"),
        service_id=F("activity__service_id"),
        last_on=F("activity__broken_off__last_on"),
    ).annotate(n=Count("pk"))
    for row in alike:
        begun = row["started_on"]
        day = first_day(row)
        priced = prices.on(unit_id, row["service_id"], day)
        if priced is None or (row["last_on"] is not None and row["last_on"] < today):
            continue
        ahead = Ahead(day, row["ends_before"], row["hours_per_week"], begun is not None)
        amount = coming(price_of(priced), ahead, today, year)
        found[priced.agreement_id] += amount * row["n"]
    return found
