"""What the agreements with providers say, and have said: the wording that holds for an order."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from django.db.models import Case, F, When
from django.utils import timezone

from referrals.enums import AgreementState, ClaimBlock, PriceModel
from referrals.models import AgreementService, Order
from referrals.money.rules import Price
from referrals.money.wordings import Wording, wording_on


class Agreed(NamedTuple):
    """What an approved wording of an agreement says of one service: its numbers, none of its texts.

    `pk` is the AgreementService. Ceilings are those of the wording in force today, whatever wording
    prices an order; None is no ceiling.
    """

    pk: int
    service_id: int
    price_model: str
    price: Decimal
    steps: dict[str, int]
    version_id: int
    starts_on: date
    ends_before: date
    decided_at: datetime | None
    answer_workdays: int
    first_meeting_days: int
    final_report_days: int
    attendance_weekly: bool
    reports_monthly: bool
    agreement_id: int
    unit_id: int
    ceiling_year: Decimal | None
    ceiling_person: Decimal | None


_OF_SERVICE = ("pk", "service_id", "price_model", "price", "steps", "version_id")
_FROM_ELSEWHERE = {
    "agreement_id": F("version__agreement_id"),
    "unit_id": F("version__agreement__provider__unit_id"),
    **{
        ceiling: Case(
            When(version__agreement__in_force=None, then=F(f"version__{ceiling}")),
            default=F(f"version__agreement__in_force__{ceiling}"),
        )
        for ceiling in ("ceiling_year", "ceiling_person")
    },
}


@cache
def _approved():
    """The services of all approved wordings as the columns of Agreed, the oldest first."""
    columns = (
        name if name in _OF_SERVICE or name in _FROM_ELSEWHERE else f"version__{name}"
        for name in Agreed._fields
    )
    return (
        AgreementService.objects.filter(version__state=AgreementState.APPROVED)
        .annotate(**_FROM_ELSEWHERE)
        .order_by("version__agreement_id", "version__number", "pk")
        .values_list(*columns)
    )


class Prices:
    """The approved wordings of the agreements, of all providers or of some `units`; one query."""

    def __init__(self, units: Collection[int] | None = None) -> None:
        rows = _approved().all()
        if units is not None:
            rows = rows.filter(version__agreement__provider__unit__in=units)
        self._rows: dict[tuple[int, int], Agreed] = {}  # by version and service
        self._agreements: dict[int, dict[int, list[Wording]]] = defaultdict(dict)  # by unit
        self.sold: dict[tuple[int, int], set[str]] = defaultdict(set)  # price models
        for row in map(Agreed._make, rows):
            wordings = self._agreements[row.unit_id].setdefault(row.agreement_id, [])
            if not wordings or wordings[-1].pk != row.version_id:
                wordings.append(_wording(row))
            self._rows[row.version_id, row.service_id] = row
            self.sold[row.unit_id, row.service_id].add(row.price_model)

    @property
    def units(self) -> set[int]:
        return set(self._agreements)

    def of(self, order: Order) -> tuple[Agreed | None, str]:
        """The price that held when the order started; when none held but one had before, that one,
        and why nothing is paid by it."""
        service, day = order.activity.service_id, order.started_on
        held = self.held(order, day)
        if held is not None:
            return held, ""
        ended = [
            self._rows[each.pk, service]
            for wordings in self._agreements.get(order.provider_id, {}).values()
            for each in wordings
            if each.starts_on <= day and (each.pk, service) in self._rows
        ]
        return (ended[-1], ClaimBlock.AGREEMENT) if ended else (None, "")

    def held(self, order: Order, day: date) -> Agreed | None:
        """What the provider's agreement says of the ordered service, for what began on the day."""
        return self.on(order.provider_id, order.activity.service_id, day)

    def on(self, unit_id: int, service_id: int, day: date) -> Agreed | None:
        """What an agreement with the provider says of a service on the day."""
        for wordings in self._agreements.get(unit_id, {}).values():
            held = wording_on(wordings, day)
            if held and (held.pk, service_id) in self._rows:
                return self._rows[held.pk, service_id]
        return None

    def sold_by_steps(self) -> set[tuple[int, int]]:
        """(provider's unit, service) of what is or was paid by steps."""
        return {key for key, models in self.sold.items() if PriceModel.STEPS in models}


def price_of(row: Agreed) -> Price:
    """The price as the rules reckon with it."""
    return Price(row.price_model, row.price, row.steps, row.reports_monthly)


def _wording(row: Agreed) -> Wording:
    decided_on = timezone.localdate(row.decided_at) if row.decided_at else date.min
    return Wording(row.version_id, decided_on, row.starts_on, row.ends_before)
