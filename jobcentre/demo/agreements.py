"""Agreements with the providers that the made-up municipality buys from."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from itertools import chain, repeat
from typing import TYPE_CHECKING

from jobcentre.workdays import add_months
from referrals.enums import PriceModel
from referrals.models import Provider
from referrals.transitions import agreements

if TYPE_CHECKING:
    from jobcentre.demo.stories import Teller

STEPS = {"started": 30, "completed": 20, "job": 20, "held_3": 30}
# Of the services of a provider in their order; the last one is that of the rest.
PRICES = (
    (PriceModel.STEPS, Decimal(24_000)),
    (PriceModel.MONTH, Decimal(4_900)),
    (PriceModel.WEEK, Decimal("1150.00")),
)
REQUIREMENT = "Handledare med utbildning, grupper om högst åtta, veckovis kontakt med coachen."


def tell_agreements(teller: Teller) -> None:
    """One that holds, one whose last day for notice is near, and one change that waits."""
    first, second = list(teller.world.managers.values())[:2]
    bought = Provider.objects.filter(form="contracted").select_related("unit").order_by("pk")
    ends = (add_months(teller.today, 14), add_months(teller.today, 4))
    for index, (provider, ends_before) in enumerate(zip(bought, ends, strict=False)):
        terms = {
            "title": f"Arbetsmarknadsinsatser hos {provider.unit.name}",
            "starts_on": add_months(ends_before, -36),
            "ends_before": ends_before,
            "extensions": 2 - index,
            "extension_months": 12,
            "notice_months": 3,
            "ceiling_year": Decimal(1_800_000),
            "ceiling_person": Decimal(60_000),
            "why": "Nytt avtal efter upphandling.",
        }
        services = [
            {
                "service": service,
                "requirement": REQUIREMENT,
                "price_model": model,
                "price": price,
                "steps": STEPS if model == PriceModel.STEPS else {},
            }
            for service, (model, price) in zip(
                provider.services.order_by("position"),
                chain(PRICES, repeat(PRICES[-1])),
                strict=False,
            )
        ]
        with teller.on(teller.near(terms["starts_on"] - timedelta(days=30)), 9):
            agreement = agreements.propose_agreement(
                provider, f"AMN 2023/{118 + index}", terms, services, actor=first
            )
        with teller.on(teller.near(terms["starts_on"] - timedelta(days=20)), 10):
            agreements.decide_agreement(
                agreement.versions.first(), approves=True, reason="", actor=second
            )
        if index:
            longer = {
                **terms,
                "ends_before": add_months(ends_before, 12),
                "extensions": 0,
                "why": "Förlängning med tolv månader.",
            }
            with teller.on(teller.near(teller.today - timedelta(days=3)), 11):
                agreement.refresh_from_db()
                agreements.propose_change(
                    agreement, longer, services, actor=second, edit=agreement.version
                )
