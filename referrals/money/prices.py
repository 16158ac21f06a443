"""What the agreements with providers say, and have said: the wording that holds for an order."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.utils import timezone

from referrals.enums import AgreementState, ClaimBlock, PriceModel
from referrals.models import AgreementService, AgreementVersion, Order
from referrals.money.rules import Price
from referrals.money.wordings import Wording, wording_on

# What an amount, a clock and the comparison read of an agreement: the numbers, and none of its texts.
_COLUMNS = (
    *("service_id", "price_model", "price", "steps", "version__agreement__reference"),
    *(f"version__{name}" for name in ("number", "state", "starts_on", "ends_before", "decided_at")),
    *(
        f"version__{name}"
        for name in ("answer_workdays", "first_meeting_days", "attendance_weekly")
    ),
    *(f"version__{name}" for name in ("reports_monthly", "final_report_days")),
    *(
        f"{version}__{ceiling}"
        for version in ("version", "version__agreement__in_force")
        for ceiling in ("ceiling_year", "ceiling_person")
    ),
    "version__agreement__provider__unit_id",
)


class Prices:
    """The approved wordings of the agreements, of all providers or of some `units`; one query."""

    def __init__(self, units: Collection[int] | None = None) -> None:
        found = AgreementService.objects.filter(version__state=AgreementState.APPROVED)
        if units is not None:
            found = found.filter(version__agreement__provider__unit__in=units)
        related = "version__agreement__in_force", "version__agreement__provider"
        rows = found.select_related(*related).only(*_COLUMNS)
        self._rows: dict[tuple[int, int], AgreementService] = {}  # by version and service
        self._agreements: dict[int, dict[int, list[Wording]]] = defaultdict(dict)  # by unit
        self.sold: dict[tuple[int, int], set[str]] = defaultdict(set)  # price models
        for row in rows.order_by("version__agreement_id", "version__number", "pk"):
            unit = row.version.agreement.provider.unit_id
            wordings = self._agreements[unit].setdefault(row.version.agreement_id, [])
            if not wordings or wordings[-1].pk != row.version_id:
                wordings.append(_wording(row.version))
            self._rows[row.version_id, row.service_id] = row
            self.sold[unit, row.service_id].add(row.price_model)

    @property
    def units(self) -> set[int]:
        return set(self._agreements)

    def of(self, order: Order) -> tuple[AgreementService | None, str]:
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

    def held(self, order: Order, day: date) -> AgreementService | None:
        """What the provider's agreement says of the ordered service, for what began on the day."""
        return self.on(order.provider_id, order.activity.service_id, day)

    def on(self, unit_id: int, service_id: int, day: date) -> AgreementService | None:
        """What an agreement with the provider says of a service on the day."""
        for wordings in self._agreements.get(unit_id, {}).values():
            held = wording_on(wordings, day)
            if held and (held.pk, service_id) in self._rows:
                return self._rows[held.pk, service_id]
        return None

    def sold_by_steps(self) -> set[tuple[int, int]]:
        """(provider's unit, service) of what is or was paid by steps."""
        return {key for key, models in self.sold.items() if PriceModel.STEPS in models}


def price_of(row: AgreementService) -> Price:
    """The price as the rules reckon with it."""
    return Price(row.price_model, row.price, row.steps, row.version.reports_monthly)


def _wording(version: AgreementVersion) -> Wording:
    decided_on = timezone.localdate(version.decided_at) if version.decided_at else date.min
    return Wording(version.pk, decided_on, version.starts_on, version.ends_before)
