"""What every transition of intake leaves behind."""

from jobcentre.accounts.models import Unit
from jobcentre.audit import log
from jobcentre.audit.enums import Access


def log_change(actor, action, obj, person=None, fields=(), reason=""):
    """One audit entry of a change; `actor` None is a tablet at the door or the nightly round."""
    log.record(
        actor,
        action,
        access=Access.CHANGE,
        subject=person.ref if person else None,
        obj=obj,
        fields=fields,
        reason=reason,
    )


class AtCentre:
    """A centre as the object of an access question."""

    def __init__(self, unit: Unit):
        self.unit = unit

    def access_unit(self) -> Unit:
        return self.unit
