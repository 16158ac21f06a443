from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobcentre.casework.registries import ClosingStep, closing_steps
from referrals.enums import OrderState
from referrals.models import Order
from referrals.transitions import withdraw_order


def obstacles(case):
    """An activity that runs is ended by its provider, or the order withdrawn, before the exit."""
    return [
        gettext_lazy("%(provider)s has not ended the activity. End or withdraw the order first.")
        % {"provider": order.provider.name}
        for order in Order.objects.filter(
            case=case, state__in=[OrderState.STARTED, OrderState.PAUSED]
        ).select_related("provider")
    ]


def run(case, left, *, actor, today) -> None:
    """Orders that have not started are taken back with the case."""
    for order in Order.objects.filter(
        case=case, state__in=[*OrderState.unanswered(), OrderState.ACCEPTED]
    ):
        withdraw_order(order, reason=_("The case was closed."), actor=None, today=today)


def register() -> None:
    closing_steps.register(
        ClosingStep("orders", gettext_lazy("Orders to providers"), obstacles, run, position=10)
    )
