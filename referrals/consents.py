from datetime import date

from jobcentre.casework.enums import ConsentPurpose
from jobcentre.casework.registries import ConsentStep, consent_steps
from referrals.transitions.changed_basis import tell_of_lost_basis


def withdrawn(consent, *, actor, today: date) -> None:
    """The coach is told of the orders that were passed on for it."""
    if consent.purpose == ConsentPurpose.PROVIDERS:
        tell_of_lost_basis(consent, today)


def register() -> None:
    consent_steps.register(ConsentStep("orders", withdrawn))
