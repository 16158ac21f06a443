"""Who answers plans in the made-up municipality: by which paragraph, who stands in, what was passed on."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from jobcentre.casework.approvals.passing_on import add_cover, forward
from jobcentre.casework.models import AnswerTexts, Approval
from jobcentre.casework.saving import save_checked

if TYPE_CHECKING:
    from jobcentre.demo.stories import Teller

DELEGATION = "punkt 4.7 i socialnämndens delegationsordning"
OWN_DELEGATION = "punkt 4.7 b i socialnämndens delegationsordning, beslut 2026-01-14"
TO_COLLEAGUE = "Du har familjens ärende hos oss och känner till barnomsorgen."
TO_ONE_AWAY = "Gäller samma arbetsplats som det ärende du svarade på i förra veckan."


def write_texts(teller: Teller) -> None:
    """The paragraph that all units answer by, and that of a unit with texts of its own; told first,
    as every answer keeps the words of its day."""
    texts = AnswerTexts.objects.get(unit__isnull=True)
    texts.delegation = DELEGATION
    save_checked(texts)
    unit = _colleagues(teller)[0].acting.unit
    save_checked(
        AnswerTexts(
            unit=unit,
            delegation=OWN_DELEGATION,
            decision_text=texts.decision_text,
            appeal=texts.appeal,
        )
    )


def _colleagues(teller: Teller) -> list:
    """The social secretaries of the first district: one is away now, one when the first is."""
    district = next(iter(teller.world.districts.values()))[0]
    return teller.world.secretaries[district.income_support_unit_id]


def tell_answering(teller: Teller) -> None:
    """In the first unit the first stands in for the second, and the third will for the first; one
    plan was passed on to the third, and one to her who is away."""
    today = teller.today
    first, away, third = colleagues = _colleagues(teller)
    for user in colleagues:
        user.remembered_relations = {}
    waiting = list(
        Approval.objects.pending()
        .filter(unit=first.acting.unit, case__person__protection="none")
        .select_related("case__person", "unit")
        .order_by("-requested_on", "-pk")[:2]
    )
    day = today - timedelta(days=1)
    with teller.on(today, 7):
        for approval, colleague, why in zip(
            waiting, (third, away), (TO_COLLEAGUE, TO_ONE_AWAY), strict=False
        ):
            forward(approval, colleague, why, actor=first, today=today)
    with teller.on(day, 15):
        back = today + timedelta(days=5)
        add_cover(away, first, day, back, actor=away, today=day)
        leave = today + timedelta(days=26)
        add_cover(first, third, leave, leave + timedelta(days=7), actor=first, today=day)
