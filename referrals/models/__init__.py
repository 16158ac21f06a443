"""Orders, the providers they go to, and their reports."""

from referrals.models.orders import Order, OrderMessage, OrderQuerySet
from referrals.models.providers import Provider
from referrals.models.reports import ProviderReport

__all__ = ["Order", "OrderMessage", "OrderQuerySet", "Provider", "ProviderReport"]
