"""The ground that an order was passed on for is lost with a consent, and given anew by the coach."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobcentre.accounts.models import User
from jobcentre.casework.access.checks import require
from jobcentre.casework.concurrency import lock
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import Consent
from jobcentre.casework.saving import save_checked
from jobcentre.casework.timeline import record_event
from referrals import basis as grounds
from referrals.aliases import refuse_names
from referrals.enums import DisclosureBasis, OrderState
from referrals.models import Order
from referrals.transitions.moves import log_change, tell_coach, tell_provider


@transaction.atomic
def change_basis(
    order: Order, basis: str, reason: str, *, actor: User, today: date, version: int | None = None
) -> Order:
    """The coach gives another ground for what the provider is told, from now on.

    Raises Refused when the order does not go on, when nothing is changed, or when the ground is a
    consent that is not in force.
    """
    lock(order.case)
    order = lock(order, version)
    require(actor, "order.send", order)
    if order.state not in OrderState.going_on():
        raise Refused(_("The order is already %(state)s.") % {"state": order.get_state_display()})
    reason = "" if basis == DisclosureBasis.CONSENT else reason.strip()
    if (basis, reason) == (order.basis, order.basis_reason):
        raise Refused(_("That is the ground already."))
    if basis == DisclosureBasis.CONSENT and not grounds.has_consent(
        order.case, order.provider, today
    ):
        raise Refused(
            _(
                "There is no consent to exchange with providers. Record it first, or choose the "
                "other basis and say why."
            )
        )
    refuse_names(order, reason)
    order.basis, order.basis_reason = basis, reason
    order.version += 1
    save_checked(order)
    payload = {"provider": order.provider.name, "basis": basis}
    record_event(order.case, "order.basis_changed", actor=actor, payload=payload)
    sentence = gettext_lazy("%(centre)s has given a ground for what you are told in an order.")
    tell_provider(order, f"basis:{order.version}", sentence, today)
    log_change(actor, "order.send", order, ["basis", "basis_reason"])
    return order


def tell_of_lost_basis(consent: Consent, today: date) -> None:
    """Tells the coach, once for each order that goes on and was passed on for the consent."""
    orders = Order.objects.filter(case=consent.case_id, basis=DisclosureBasis.CONSENT).going_on()
    for order in orders.select_related("case__person", "case__coach", "provider").order_by("pk"):
        if not grounds.holds(order, today):
            sentence = gettext_lazy(
                "The consent behind the order to %(provider)s in case %(case)s is withdrawn. The "
                "provider is shown less until there is another ground."
            )
            tell_coach(order, f"consent:{consent.pk}", sentence)
