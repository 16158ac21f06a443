"""What an order was passed on for, and whether that holds today: a consent may be withdrawn or run out."""

from datetime import date

from jobcentre.accounts.models import Unit
from jobcentre.casework.consents import covers
from jobcentre.casework.enums import ConsentPurpose
from referrals.enums import DisclosureBasis
from referrals.models import Order

# What rests on the ground: what else the provider is told, and what is written of the person.
RESTS_ON_IT = ("needs_to_know", "adaptation", "interpreter")


def has_consent(case, provider: Unit, today: date) -> bool:
    """Whether the person lets us exchange with that provider."""
    given = case.consents.filter(purpose=ConsentPurpose.PROVIDERS)
    return covers(given, ConsentPurpose.PROVIDERS, today, provider.name)


def holds(order: Order, today: date) -> bool:
    """Whether the ground that the order was passed on for still holds. It holds again when the
    person gives a new consent, or the coach another ground."""
    return order.basis != DisclosureBasis.CONSENT or has_consent(order.case, order.provider, today)


def hide_what_rests_on_it(order: Order) -> None:
    """Take out of an order that is about to be shown to the provider what it was told on a ground
    that holds no longer. The order is for this page only and is never saved."""
    order.shares = []
    for name in RESTS_ON_IT:
        setattr(order, name, "")
