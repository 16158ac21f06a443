"""What the two sides write to each other about an order."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobcentre.accounts.enums import Role
from jobcentre.accounts.models import User
from jobcentre.casework.access.checks import require
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.saving import save_checked
from jobcentre.casework.timeline import record_event
from referrals.aliases import refuse_names
from referrals.enums import Writer
from referrals.models import Order, OrderMessage
from referrals.transitions.moves import (
    available_moves,
    log_change,
    tell_coach,
    tell_provider,
)


@transaction.atomic
def write_message(order: Order, text: str, *, actor: User, today: date) -> OrderMessage:
    """Write to the other side about the order: the coach of the case, and the provider. The
    timeline tells that it was written, not what."""
    require(actor, "order.message", order)
    if "write" not in available_moves(order, actor):
        raise Refused(_("The order is ended."))
    if not text.strip():
        raise Refused(_("Write something first."))
    at_provider = actor.acting.role == Role.PROVIDER_STAFF
    if not at_provider:
        refuse_names(order, text)
    message = OrderMessage(order=order, author=actor, text=text.strip())
    save_checked(message)
    record_event(
        order.case,
        "order.message",
        actor=actor,
        payload={
            "by": Writer.PROVIDER if at_provider else Writer.CENTRE,
            "provider": order.provider.name,
        },
    )
    if at_provider:
        tell_coach(
            order,
            f"message:{message.pk}",
            gettext_lazy("A message from %(provider)s in case %(case)s."),
        )
    else:
        tell_provider(
            order, f"message:{message.pk}", gettext_lazy("A message from %(centre)s."), today
        )
    log_change(actor, "order.message", order, ["message"])
    return message
