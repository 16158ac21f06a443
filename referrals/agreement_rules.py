"""What an agreement's dates and prices mean. Pure; money is kronor with öre."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from jobcentre.workdays import add_months


class Standing(StrEnum):
    COMING = "coming"
    IN_FORCE = "in_force"
    ENDED = "ended"


def standing(starts_on: date, ends_before: date, today: date) -> Standing:
    """Whether the period (half-open) is ahead, holds today, or is over."""
    if today < starts_on:
        return Standing.COMING
    return Standing.IN_FORCE if today < ends_before else Standing.ENDED


def notice_by(ends_before: date, notice_months: int) -> date:
    """The last day to give notice or extend: so many calendar months before the last day."""
    return add_months(ends_before - timedelta(days=1), -notice_months)


def latest_end(ends_before: date, extensions: int, extension_months: int) -> date:
    """The day after the last when every extension that is left is used."""
    return add_months(ends_before, extensions * extension_months)


def steps_are_whole(shares: Mapping[str, int]) -> bool:
    """Whether the shares of the steps, in per cent, are all of the price."""
    return sum(shares.values()) == 100 and all(share > 0 for share in shares.values())


def step_amounts(price: Decimal, shares: Mapping[str, int]) -> dict[str, Decimal]:
    """The kronor of each step: rounded half up to öre, the last one the rest, so that the sum is
    exactly the price."""
    cents, found = Decimal("0.01"), {}
    left, names = price, list(shares)
    for name in names[:-1]:
        found[name] = (price * shares[name] / 100).quantize(cents, "ROUND_HALF_UP")
        left -= found[name]
    if names:
        found[names[-1]] = left
    return found
