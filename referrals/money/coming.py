"""What an order that goes on is still to cost. Pure.

An estimate for the budget, never an amount of the ledger: as if the order goes on to its last day
without standing still, is carried through, and leads to no job but those that are known.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from jobcentre.workdays import add_months
from referrals.agreement_rules import step_amounts
from referrals.enums import PriceModel, PriceStep
from referrals.money.rules import WEEK, Price, rounded


@dataclass(frozen=True)
class Ahead:
    """An accepted or started order: half-open, with the hours a week that are ordered."""

    starts_on: date
    ends_before: date
    hours_per_week: Decimal
    has_started: bool


def coming(price: Price, ahead: Ahead, today: date, year: int) -> Decimal:
    """What is to come of the year: all that is not over today, and so not in the ledger.

    An amount is of the year in which its period begins. An order that has passed its last day
    counts for the week or month that runs, until somebody ends it.
    """
    starts_on = ahead.starts_on if ahead.has_started else max(ahead.starts_on, today)
    ends_before = max(ahead.ends_before, today + timedelta(days=1))
    is_last_year = (ends_before - timedelta(days=1)).year == year
    if price.model == PriceModel.STEPS:
        amounts = step_amounts(price.amount, price.shares)
        begins = not ahead.has_started and starts_on.year == year
        return amounts.get(PriceStep.STARTED, Decimal(0)) * begins + (
            amounts.get(PriceStep.COMPLETED, Decimal(0)) * is_last_year
        )
    if price.model == PriceModel.FIXED:
        return price.amount * is_last_year
    if price.model == PriceModel.WEEK:
        return price.amount * _weeks(starts_on, ends_before, today, year)
    return _months(price, ahead.hours_per_week, starts_on, ends_before, today, year)


def _weeks(starts_on: date, ends_before: date, today: date, year: int) -> int:
    """The weeks begun that are not over, whose first day at the provider is in the year."""
    found, first = 0, max(starts_on, today)
    monday = first - timedelta(days=first.weekday())
    while monday < ends_before:
        found += max(monday, starts_on).year == year
        monday += WEEK
    return found


def _months(
    price: Price, hours: Decimal, starts_on: date, ends_before: date, today: date, year: int
) -> Decimal:
    total, first_of = Decimal(0), max(starts_on, today).replace(day=1)
    while first_of < ends_before:
        next_month = add_months(first_of, 1)
        first = max(first_of, starts_on)
        if first.year == year:
            days = (min(next_month, ends_before) - first).days
            if price.model == PriceModel.PLACE:
                total += price.amount
            elif price.model == PriceModel.HOUR:
                total += rounded(price.amount * hours * days / 7)
            else:
                total += rounded(price.amount * days / (next_month - first_of).days)
        first_of = next_month
    return total
