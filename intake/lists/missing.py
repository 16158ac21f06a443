"""Who is in the outreach register and not on a list of everybody."""

from datetime import datetime, timedelta

from intake.lists.enums import ImportState
from intake.lists.models import ListImport
from intake.transitions.lists import KEPT_DAYS
from intake.youth.models import OutreachEntry


def not_on_list(source: ListImport, user, now: datetime):
    """The open entries that were in the register on the day of a full list that is done, and that
    no row of it is of; none for other lists. Nobody leaves the register by this.

    Rows that could not be registered count, as far as their number says whom they are of. They
    are forgotten after KEPT_DAYS, and the comparison is not made any longer.
    """
    is_compared = source.is_full and source.state == ImportState.DONE
    if not is_compared or source.uploaded_at <= now - timedelta(days=KEPT_DAYS):
        return OutreachEntry.objects.none()
    on_list = source.rows.filter(person__isnull=False).values("person")
    return (
        OutreachEntry.objects.visible_to(user)
        .open()
        .filter(unit=source.centre_id, registered_on__lte=source.listed_on)
        .exclude(person__in=on_list)
    )
