"""The employers that take part in a fair: put on its list and taken off."""

from django.db import transaction
from django.utils.translation import gettext as _

from employers.models import Employer, Fair, FairEmployer
from intake.groups.enums import GroupState
from jobcentre.accounts.models import User
from jobcentre.audit import log
from jobcentre.audit.enums import Access
from jobcentre.casework.access.checks import require
from jobcentre.casework.concurrency import lock
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.saving import save_checked


def _log(actor: User | None, fair: Fair) -> None:
    log.record(actor, "fair.keep", access=Access.CHANGE, obj=fair, fields=["employers"])


@transaction.atomic
def add_employer(fair: Fair, employer: Employer, *, actor: User | None) -> FairEmployer:
    """Put an employer on the list of the fair.

    Raises Refused when it stands there, has left the register, or the fair is cancelled.
    """
    fair = lock(fair)
    require(actor, "fair.keep", fair)
    if fair.state == GroupState.CANCELLED:
        raise Refused(_("The fair is cancelled."))
    if not employer.is_active:
        raise Refused(_("%(name)s is no longer in the register.") % {"name": employer.name})
    if FairEmployer.objects.filter(meeting=fair.pk, employer=employer).exists():
        raise Refused(_("%(name)s is already on the list of the fair.") % {"name": employer.name})
    row = FairEmployer(meeting_id=fair.pk, employer=employer, added_by=actor)
    save_checked(row)
    _log(actor, fair)
    return row


@transaction.atomic
def remove_employer(fair: Fair, employer_id: int, *, actor: User | None) -> None:
    """Take an employer off the list; nothing when it does not stand there."""
    fair = lock(fair)
    require(actor, "fair.keep", fair)
    gone, _rows = FairEmployer.objects.filter(meeting=fair.pk, employer=employer_id).delete()
    if gone:
        _log(actor, fair)
