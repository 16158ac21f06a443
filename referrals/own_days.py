"""Which sessions of an activity belong to which order. Sessions hang on the activity, and an activity may
be ordered again, from another provider: a provider reads and registers, and is paid for, only those of
its own days."""

from collections.abc import Collection, Sequence
from datetime import date
from functools import cache

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce

from activityplans.models import Session
from referrals.enums import OrderState
from referrals.models import Order


def _taken(**of):
    """Orders that a provider has accepted. `first_on` is the first day that it has, or is to have, the
    activity; `left_on` the day on which it ended, far ahead while it goes on."""
    accepted = Order.objects.filter(accepted_on__isnull=False, **of).order_by()
    return accepted.exclude(state=OrderState.DECLINED).annotate(
        first_on=Coalesce("started_on", "first_day_on", "starts_on"),
        left_on=Coalesce("ended_on", date.max),
    )


def _has(on) -> Q:
    """The day lies from the order's first day to the one on which it ended, or the last one ordered."""
    ended = Q(ended_on__gte=on) | Q(ended_on__isnull=True, ends_before__gt=on)
    return ended & Q(first_on__lte=on)


def _own(orders, on, same_on, **also):
    """Those of `orders` (from `_taken`) whose own the day `on` is, and `also` more of the same row;
    `same_on` is the day as seen from a query inside.

    Of two orders of an activity that have the same day it is the later one's, but the day on which
    the earlier ended stays the earlier's although the later begins on it.
    """
    kept_by_the_former = Q(
        Q(ended_on=same_on),
        pk__lt=OuterRef("pk"),
        ended_on=OuterRef("first_on"),
        first_on__lte=same_on,
    )
    taken_over = _has(same_on) & Q(pk__gt=OuterRef("pk"), first_on__lt=OuterRef("left_on"))
    others = _taken(activity=OuterRef("activity")).filter(kept_by_the_former | taken_over)
    return orders.filter(_has(on), ~Exists(others), **also)


@cache
def _held():
    """The order whose day a session (the outer row) is on."""
    orders = _taken(activity=OuterRef("activity"))
    return _own(orders, OuterRef("on"), OuterRef(OuterRef("on")))


def sessions_of(orders):
    """The sessions on days that one of `orders` (a queryset) has; none before it is accepted."""
    return _on_days_of(orders, orders.order_by().values("activity_id"))


def sessions_of_known(orders: Sequence[Order]):
    """The same of orders that have been read."""
    return _on_days_of([each.pk for each in orders], {each.activity_id for each in orders})


def _on_days_of(orders, activities):
    return Session.objects.filter(Exists(_held().filter(pk__in=orders)), activity__in=activities)


def sessions_of_order(order: Order):
    """The sessions on the days of one order."""
    return sessions_of_known([order])


def with_sessions(keys: Collection[int], **sessions):
    """The orders with those keys, each joined (as `activity__sessions`) with the sessions on its own
    days that are as `sessions` says: a row for each."""
    joined = "activity__sessions"
    also = {f"{joined}__{name}": value for name, value in sessions.items()}
    return _own(_taken(pk__in=keys), F(f"{joined}__on"), OuterRef(f"{joined}__on"), **also)
