"""Contacts outside the organisation: noted, changed over the version that was seen, ended."""

from dataclasses import asdict, dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from jobcentre.accounts.models import User
from jobcentre.audit import log
from jobcentre.audit.enums import Access
from jobcentre.casework.access.checks import require
from jobcentre.casework.concurrency import lock
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import Case, OutsideContact
from jobcentre.casework.saving import save_checked
from jobcentre.casework.timeline import record_event


@dataclass(frozen=True)
class ContactInput:
    """What is known of a contact. `ends_before` is the day on which it no longer is one."""

    kind: str
    name: str
    organisation: str = ""
    phone: str = ""
    email: str = ""
    contacted_on: date | None = None
    next_step: str = ""
    next_on: date | None = None
    ends_before: date | None = None


def _log(actor, contact: OutsideContact, fields) -> None:
    log.record(
        actor,
        "contact.record",
        access=Access.CHANGE,
        subject=contact.case.person.ref,
        obj=contact,
        fields=fields,
    )


@transaction.atomic
def note_contact(
    case: Case, said: ContactInput, *, actor: User | None, today: date
) -> OutsideContact:
    """Note somebody outside who works with the person from `today`.

    Raises Refused in a closed case, ValidationError when a field is wrong.
    """
    case = lock(case)
    require(actor, "contact.record", case)
    if not case.is_open:
        raise Refused(_("The case is closed."))
    contact = OutsideContact(
        case=case, starts_on=today, recorded_by=actor or case.coach, **asdict(said)
    )
    save_checked(contact)
    record_event(case, "contact.noted", actor=actor)
    _log(actor, contact, ["contact"])
    return contact


@transaction.atomic
def change_contact(
    contact: OutsideContact, said: ContactInput, *, actor: User, version: int
) -> list[str]:
    """Change what is known of a contact, or end it; returns the names of what changed.

    Raises Conflict when somebody else has changed it since `version`.
    """
    contact = lock(contact, version)
    require(actor, "contact.record", contact)
    changed = [name for name, value in asdict(said).items() if getattr(contact, name) != value]
    if not changed:
        return []
    for name in changed:
        setattr(contact, name, getattr(said, name))
    contact.changed_by = actor
    contact.version += 1
    save_checked(contact)
    if "ends_before" in changed and contact.ends_before is not None:
        record_event(
            contact.case,
            "contact.ended",
            actor=actor,
            payload={"last_on": contact.ends_before - timedelta(days=1)},
        )
    _log(actor, contact, changed)
    return changed
