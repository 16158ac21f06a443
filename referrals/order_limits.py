"""What the plan in force allows an order, and until when an order can be answered: nothing is ordered,
begun or prolonged that the plan does not have."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _

from activityplans.enums import PlanState
from activityplans.models import Activity, PlanLine, Service
from jobcentre.accounts.models import Unit
from jobcentre.casework.exceptions import Refused
from jobcentre.ui import formats
from referrals.capacity import full_weeks_of
from referrals.models import Order
from referrals.places import WEEK, Week, monday


def line_in_force(activity: Activity) -> PlanLine | None:
    """The activity as the plan in force has it."""
    return PlanLine.objects.filter(activity=activity, version__state=PlanState.APPROVED).first()


def said_ordered(activity: Activity) -> str:
    """Which provider has the activity before it already; "" when it can be ordered. One at a time:
    the next is sent when this one is declined, taken back or ended."""
    order = Order.objects.filter(activity=activity).going_on().select_related("provider").first()
    if order is None:
        return ""
    return _(
        "%(provider)s already has an order of the activity (%(state)s). Take it back or offer it "
        "elsewhere before you send another."
    ) % {"provider": order.provider.name, "state": order.get_state_display()}


def refuse_ordered(activity: Activity) -> None:
    """Raises Refused while an order of the activity goes on, at whatever provider."""
    if said := said_ordered(activity):
        raise Refused(said)


def refuse_outside(order: Order, line: PlanLine) -> None:
    """Raises Refused when the order has days or hours a week that the line of the plan does not."""
    days = order.starts_on >= line.starts_on and order.ends_before <= line.ends_before
    if not days or order.hours_per_week > line.hours_per_week:
        raise Refused(
            _(
                "The plan has the activity from %(first)s to %(last)s, %(hours)s hours a week. "
                "Order within that, or change the plan first."
            )
            % {
                "first": formats.day_year(line.starts_on),
                "last": formats.day_year(line.ends_before - timedelta(days=1)),
                "hours": formats.number(line.hours_per_week),
            }
        )


def refuse_over(order: Order, day: date) -> None:
    """Raises Refused when the last day of the order lies before the day."""
    if day >= order.ends_before:
        raise Refused(
            _(
                "The order's last day was %(day)s. It is neither accepted nor started after that; "
                "the coach sends a new one."
            )
            % {"day": formats.day_year(order.ends_before - timedelta(days=1))}
        )


def refuse_first_day(order: Order, first_day_on: date) -> None:
    """Raises Refused when the first day lies outside the order."""
    if not order.starts_on <= first_day_on < order.ends_before:
        raise Refused(
            _("The first day lies within the order: from %(first)s to %(last)s.")
            % {
                "first": formats.day_year(order.starts_on),
                "last": formats.day_year(order.ends_before - timedelta(days=1)),
            }
        )


def said_full(order: Order, first: date, today: date) -> str:
    """That its provider has no free place for the order from the day on, with the numbers; "" when
    it has, or when nothing is said of its places."""
    weeks = full_weeks_of(
        order.provider_id, order.activity.service_id, first, order.ends_before, today
    )
    return words_full(order.provider, order.activity.service, weeks)


def said_full_after(order: Order, until: date, today: date) -> str:
    """The same for the weeks that an extension adds: those after the week in which the order ends
    now, which it has already, and before `until`."""
    first = monday(order.ends_before - timedelta(days=1)) + WEEK
    if first >= until:
        return ""
    weeks = full_weeks_of(order.provider_id, order.activity.service_id, first, until, today)
    return words_full(order.provider, order.activity.service, weeks)


def words_full(provider: Unit, service: Service, weeks: Sequence[Week]) -> str:
    """That the provider has no free place for the service in those weeks; "" for none."""
    if not weeks:
        return ""
    return _(
        "%(provider)s has no free place for %(service)s in %(n)s of the weeks of the order, the "
        "first of them %(week)s: %(taken)s of %(places)s places are taken then."
    ) % {
        "provider": provider.name,
        "service": service.label,
        "n": len(weeks),
        "week": formats.week(weeks[0].starts_on),
        "taken": weeks[0].taken,
        "places": weeks[0].places,
    }
