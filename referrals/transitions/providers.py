"""The register of providers kept: every change is a version, and nothing is removed."""

from collections.abc import Iterable, Mapping

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobcentre.accounts.enums import UnitKind
from jobcentre.accounts.models import Unit, User
from jobcentre.audit import log
from jobcentre.audit.enums import Access
from jobcentre.casework.access.checks import require
from jobcentre.casework.concurrency import lock
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.saving import save_checked
from referrals.models import (
    Provider,
    ProviderPerson,
    ProviderSite,
    ProviderVersion,
    ServiceCapacity,
    SubSupplier,
)
from referrals.places import monday

FIELDS = ("form", "organisation_number", "description")
# The parts of a provider: their names in a version and in the address of their page.
PARTS: dict[str, type[models.Model]] = {
    "sites": ProviderSite,
    "people": ProviderPerson,
    "capacities": ServiceCapacity,
    "sub_suppliers": SubSupplier,
}
LABELS = {
    "form": gettext_lazy("form"),
    "organisation_number": gettext_lazy("organisation number"),
    "description": gettext_lazy("description"),
    "services": gettext_lazy("services"),
    "sites": gettext_lazy("places where it is"),
    "people": gettext_lazy("contacts and supervisors"),
    "capacities": gettext_lazy("places for services"),
    "sub_suppliers": gettext_lazy("sub-suppliers"),
}


def _plain(value):
    return value if value is None or isinstance(value, (str, int, bool)) else str(value)


def _row(row: models.Model) -> dict:
    return {
        field.attname: _plain(getattr(row, field.attname))
        for field in row._meta.concrete_fields
        if field.name != "provider"
    }


def says(provider: Provider) -> dict:
    """What the register says of the provider now, as plain values."""
    found = {name: getattr(provider, name) for name in FIELDS}
    found["services"] = sorted(provider.services.values_list("key", flat=True))
    for part, model in PARTS.items():
        rows = model.objects.filter(provider=provider).order_by("pk")
        found[part] = [_row(row) for row in rows]
    return found


@transaction.atomic
def add_provider(unit: Unit, values: Mapping, services: Iterable, *, actor: User | None):
    """Enter a unit in the register, with its first version.

    Raises Refused when the unit is no provider or is in the register already.
    """
    require(actor, "provider.keep", None)
    unit = lock(unit)
    if unit.kind != UnitKind.PROVIDER:
        raise Refused(_("The unit is no provider."))
    if Provider.objects.filter(unit=unit).exists():
        raise Refused(_("The provider is already in the register."))
    provider = Provider(unit=unit, **values)
    save_checked(provider)
    provider.services.set(services)
    _write_version(provider, actor)
    return provider


@transaction.atomic
def change_provider(
    provider: Provider, values: Mapping, services: Iterable, *, actor: User | None, edit: int
) -> Provider:
    """The provider is or offers something else. `edit` is the version that the page showed; raises
    Conflict when there is a newer one. Nothing is written when nothing is changed."""
    provider = lock(provider, edit)
    require(actor, "provider.keep", provider)
    for name, value in values.items():
        setattr(provider, name, value)
    save_checked(provider)
    provider.services.set(services)
    _write_version(provider, actor)
    return provider


@transaction.atomic
def save_part(
    provider: Provider,
    part: str,
    row: models.Model | None,
    values: Mapping,
    *,
    actor: User | None,
    edit: int,
) -> models.Model:
    """Add (`row` None) or change a place, person, number of places or sub-supplier.

    `part` is a key of PARTS. Raises Conflict as `change_provider`, ValidationError with a sentence
    for each mistake.
    """
    provider = lock(provider, edit)
    require(actor, "provider.keep", provider)
    row = lock(row) if row is not None else PARTS[part](provider=provider)
    for name, value in values.items():
        setattr(row, name, value)
    if part == "capacities":
        row.from_on = monday(row.from_on)
    save_checked(row)
    _write_version(provider, actor)
    return row


def _write_version(provider: Provider, actor: User | None) -> None:
    known = provider.versions.first()
    now = says(provider)
    before = known.says if known else {}
    changed = [name for name in now if now[name] != before.get(name)]
    if known and not changed:
        return
    provider.version = known.number + 1 if known else 1
    provider.save(update_fields=["version"])
    version = ProviderVersion(
        provider=provider,
        number=provider.version,
        says=now,
        changed=changed if known else [],
        changed_by=actor,
    )
    save_checked(version)
    log.record(actor, "provider.keep", access=Access.CHANGE, obj=version, fields=changed)
