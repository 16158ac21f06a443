"""Sessions at the provider, within the order."""

from datetime import date, time

from django.db import transaction
from django.utils.translation import gettext as _

from activityplans.transitions.attendance import plan_sessions
from jobcentre.accounts.models import User
from jobcentre.casework.concurrency import lock
from jobcentre.casework.exceptions import Refused
from jobcentre.ui import formats
from referrals.models import Order
from referrals.own_days import sessions_of_order


@transaction.atomic
def plan_order_sessions(
    order: Order,
    days: list[date],
    starts_at: time,
    minutes: int,
    place: str,
    *,
    actor: User | None,
) -> int:
    """Plan sessions on days of the order; returns how many were new.

    Raises Refused for a day before the first day or past the last one, and as `plan_sessions` does.
    """
    order = lock(order)
    first = order.started_on or order.first_day_on or order.starts_on
    outside = [day for day in days if day < first or day >= order.ends_before]
    if outside:
        raise Refused(
            _("The order does not have %(day)s: it is from %(first)s to %(last)s.")
            % {
                "day": formats.day_year(min(outside)),
                "first": formats.day_year(first),
                "last": formats.day_year(last_on(order)),
            }
        )
    return plan_sessions(order.activity, days, starts_at, minutes, place, actor=actor)


def leave_sessions(order: Order, ended_on: date) -> None:
    """An order that is being ended says no longer where the sessions after its last day were to be
    held; the activity may go on at another provider, which is not told of the first."""
    ahead = sessions_of_order(order).filter(on__gt=ended_on)
    ahead.unregistered().filter(is_scheduled=False).update(place="")


def last_on(order: Order) -> date:
    """The last day of the order: the one on which it ended, or the one that is ordered."""
    return order.ended_on or date.fromordinal(order.ends_before.toordinal() - 1)
