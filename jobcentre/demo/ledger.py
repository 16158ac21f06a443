"""The ledger of the made-up municipality: some amounts are attested, the rest wait."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from referrals.enums import ClaimState
from referrals.models import Claim
from referrals.transitions import claims

if TYPE_CHECKING:
    from jobcentre.demo.stories import Teller

ATTESTED, REVIEWED = 10, 3


def tell_ledger(teller: Teller) -> None:
    """Two months ago the ledger was kept and the oldest amounts attested; it is kept today too."""
    then = teller.near(teller.today - timedelta(days=60))
    with teller.on(then, 6):
        claims.keep_ledger(then)
    units, managers = teller.world.centres, teller.world.managers
    of_centre = {unit.pk: managers[name] for name, unit in units.items()}
    waiting = Claim.objects.filter(state=ClaimState.OPEN)
    for number, claim in enumerate(waiting.order_by("starts_on", "pk")[: ATTESTED + REVIEWED]):
        first = of_centre[claim.case.centre_id]
        with teller.on(then, 10):
            reviewed = claims.review_claim(claim, actor=first, version=claim.version)
        if number < ATTESTED:
            with teller.on(then, 14):
                claims.attest_claim(reviewed, actor=teller.world.head, version=reviewed.version)
    with teller.on(teller.today, 6):
        claims.keep_ledger(teller.today)
