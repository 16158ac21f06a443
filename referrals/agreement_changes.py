"""What a proposed wording of an agreement changes, line by line, for the one who decides."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from jobcentre.ui import formats
from referrals.enums import PriceModel, PriceStep
from referrals.models import AgreementService, AgreementVersion

# In the order of the terms on the page; the reason of the change stands above them.
TERMS = (
    *("title", "starts_on", "ends_before", "extensions", "extension_months", "notice_months"),
    *("answer_workdays", "first_meeting_days", "attendance_weekly", "reports_monthly"),
    *("final_report_days", "ceiling_year", "ceiling_person"),
)


@dataclass(frozen=True)
class Change:
    """One line: what it is about, how it reads now ("–" when there was nothing) and then."""

    label: str
    before: str
    after: str


def changes(before: AgreementVersion, after: AgreementVersion) -> list[Change]:
    """Every term and service that is not the same in the two; a query of each."""
    found = []
    for name in TERMS:
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            label = after._meta.get_field(name).verbose_name
            found.append(Change(str(capfirst(label)), _said(name, old), _said(name, new)))
    return [*found, *_services(_by_service(before), _by_service(after))]


def _by_service(version: AgreementVersion) -> dict[int, AgreementService]:
    return {row.service_id: row for row in version.services.select_related("service")}


def _services(
    before: Mapping[int, AgreementService], after: Mapping[int, AgreementService]
) -> Iterator[Change]:
    for key in [*before, *(key for key in after if key not in before)]:
        old, new = before.get(key), after.get(key)
        label = (new or old).service.label
        if _price(old) != _price(new):
            yield Change(label, _price(old), _price(new))
        if old and new and old.requirement != new.requirement:
            said = _("%(service)s: requirement") % {"service": label}
            yield Change(said, old.requirement, new.requirement)


def _price(row: AgreementService | None) -> str:
    if row is None:
        return "–"
    text = f"{formats.kronor(row.price)} {PriceModel(row.price_model).label}"
    steps = [f"{PriceStep(step).label} {share} %" for step, share in row.steps.items()]
    return f"{text}: {', '.join(steps)}" if steps else text


def _said(name: str, value) -> str:
    if value is None:
        return _("no ceiling")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return formats.day_year(value - timedelta(days=1) if name == "ends_before" else value)
    return formats.kronor(value) if isinstance(value, Decimal) else str(value)
