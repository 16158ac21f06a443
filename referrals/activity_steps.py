"""What becomes of the order when the coach breaks off its activity."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobcentre.casework.registries import ActivityStep, activity_steps
from referrals.enums import OrderState
from referrals.models import Order
from referrals.transitions import withdraw_order
from referrals.transitions.moves import tell_provider


def broken_off(activity, today: date) -> None:
    """An order that has not started is taken back; of one that has, the provider is told to end it
    with the final report."""
    for order in Order.objects.filter(activity=activity).going_on().order_by("pk"):
        if order.state in (OrderState.STARTED, OrderState.PAUSED):
            sentence = gettext_lazy(
                "%(centre)s has broken off the activity. End the order with the final report."
            )
            tell_provider(order, "broken_off", sentence, today)
        else:
            reason = _("The activity was broken off.")
            withdraw_order(order, reason=reason, actor=None, today=today)


def register() -> None:
    activity_steps.register(ActivityStep("orders", broken_off))
