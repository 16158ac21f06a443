"""The catalogue kept: every change is a new version, and old plans show what was offered then."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from activityplans.models import Service, ServiceVersion
from jobcentre.accounts.models import User
from jobcentre.audit import log
from jobcentre.audit.enums import Access
from jobcentre.casework.access.checks import require
from jobcentre.casework.concurrency import lock
from jobcentre.casework.exceptions import Conflict
from jobcentre.casework.saving import save_checked

# What a version tells, beside the target groups.
FIELDS = (
    *("label_sv", "label_en", "description_sv", "description_en", "activity_type", "track"),
    *("usual_weeks", "usual_hours", "at_provider", "places", "given_by", "cost"),
    *("valid_from", "valid_to"),
)


def says(service: Service) -> dict:
    """What the service says now, as plain values."""
    values = {name: getattr(service, name) for name in FIELDS}
    return {
        **{
            name: value if value is None or isinstance(value, (str, int, bool)) else str(value)
            for name, value in values.items()
        },
        "target_groups": sorted(group.key for group in service.target_groups.all()),
    }


def current(service: Service) -> ServiceVersion | None:
    """The version that holds now."""
    return service.versions.select_related("changed_by").first()


@transaction.atomic
def add_service(values: Mapping, groups, *, actor: User | None) -> Service:
    """A new service with its first version. Raises ValidationError with a sentence a mistake."""
    require(actor, "catalogue.keep", None)
    service = Service(key=free_key(Service, values["label_sv"]), **values)
    save_checked(service)
    service.target_groups.set(groups)
    _write_version(service, actor)
    return service


@transaction.atomic
def change_service(
    service: Service, values: Mapping, groups, *, actor: User | None, edit: int
) -> Service:
    """The service says something else from now on. `edit` is the number of the version that the
    page showed. Raises Conflict when there is a newer one. Nothing is written when nothing is
    changed."""
    service = lock(service)
    require(actor, "catalogue.keep", None)
    known = current(service)
    if known is not None and known.number != edit:
        raise Conflict(
            _("Somebody else has changed this since you opened it. What you wrote is still here.")
        )
    before = says(service)
    for name, value in values.items():
        setattr(service, name, value)
    save_checked(service)
    service.target_groups.set(groups)
    service.refresh_from_db()
    if says(service) != before:
        _write_version(service, actor)
    return service


def _write_version(service: Service, actor: User | None) -> None:
    known = current(service)
    version = ServiceVersion(
        service=service,
        number=known.number + 1 if known else 1,
        says=says(service),
        changed_by=actor,
    )
    save_checked(version)
    log.record(
        actor,
        "catalogue.keep",
        access=Access.CHANGE,
        obj=version,
        fields=[*FIELDS, "target_groups"],
    )


def free_key(model, label: str) -> str:
    """A code of the label that no row of the code list has."""
    base = slugify(label)[:36].replace("-", "_") or "service"
    taken = set(model.objects.filter(key__startswith=base).values_list("key", flat=True))
    return next(key for key in (base, *(f"{base}_{n}" for n in range(2, 99))) if key not in taken)
