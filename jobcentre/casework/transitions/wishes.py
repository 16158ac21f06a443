"""How the person wants to be reached."""

from django.db import transaction

from jobcentre.accounts.models import User
from jobcentre.audit import log
from jobcentre.audit.enums import Access
from jobcentre.casework.access.checks import require
from jobcentre.casework.models import Case, ContactWish
from jobcentre.casework.saving import save_checked
from jobcentre.casework.timeline import record_event


@transaction.atomic
def note_wish(
    case: Case, channel: str, *, only: bool, times: str, actor: User | None
) -> ContactWish:
    """Note how and when the person wants to be reached from now on."""
    require(actor, "contact.record", case)
    wish = ContactWish(
        case=case, channel=channel, only=only, times=times, noted_by=actor or case.coach
    )
    save_checked(wish)
    record_event(case, "contact.wished", actor=actor, payload={"channel": channel})
    log.record(
        actor,
        "contact.record",
        access=Access.CHANGE,
        subject=case.person.ref,
        obj=wish,
        fields=["channel", "only", "times"],
    )
    return wish
