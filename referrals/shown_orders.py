"""An order as each side reads it: the provider meets a protected person under an alias only."""

from django.utils import timezone

from jobcentre.casework.access.checks import can
from referrals import aliases, basis
from referrals.models import Order

ORDERS = Order.objects.select_related(
    "case__person",
    "case__coach",
    "case__centre",
    "case__income_support_unit",
    "activity__service",
    "provider",
    "sent_by",
)
TEXTS = (
    *("requirement", "needs_to_know", "goals", "adaptation", "interpreter"),
    *("waiting_reason", "decline_note", "withdrawn_reason"),
)


def is_at_provider(user) -> bool:
    """Whether the user acts for a provider."""
    return can(user, "portal")


def shown(request, order: Order) -> dict:
    """What every page of an order begins with; the order's texts are covered for the provider, and
    it reads nothing that rests on a ground that holds no longer."""
    at_provider = is_at_provider(request.user)
    is_lost = not basis.holds(order, timezone.localdate())
    if at_provider and is_lost:
        basis.hide_what_rests_on_it(order)
    if at_provider:
        aliases.cover(order, [(order, TEXTS)])
    person = order.case.person
    return {
        "order": order,
        "person": person,
        "name": aliases.name_at_provider(order) if at_provider else person.name,
        "alias": aliases.alias_of(order) if person.is_protected else "",
        "is_provider": at_provider,
        "basis_is_lost": is_lost,
    }
