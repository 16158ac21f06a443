"""What the plan in force allows an order, and until when an order can be answered: nothing is ordered,
begun or prolonged that the plan does not have."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from activityplans.enums import PlanState
from activityplans.models import Activity, PlanLine
from jobcentre.casework.exceptions import Refused
from jobcentre.ui import formats
from referrals.models import Order


def line_in_force(activity: Activity) -> PlanLine | None:
    """The activity as the plan in force has it."""
    return PlanLine.objects.filter(activity=activity, version__state=PlanState.APPROVED).first()


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
