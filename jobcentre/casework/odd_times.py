"""What is odd about a time that somebody typed for a meeting: a day when nobody works, hours when the
colleague cannot be booked, days away. It is asked about, not refused: people do meet then."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from jobcentre.accounts.models import User
from jobcentre.casework.deadlines.calendar import municipal_calendar
from jobcentre.casework.free_times import bookable_spans
from jobcentre.casework.models import StaffAbsence
from jobcentre.ui import formats


def odd_about(user: User, starts_at: datetime, minutes: int) -> str:
    """Why nobody would have offered the time, as a sentence; "" when it could have been offered, but
    for what is booked then. At most three queries."""
    local = timezone.localtime(starts_at)
    day = local.date()
    if not municipal_calendar().is_workday(day):
        return _("%(day)s is no working day.") % {"day": formats.day_year(day).capitalize()}
    away = StaffAbsence.objects.filter(user=user, starts_on__lte=day, ends_before__gt=day)
    if away.exists():
        return _("%(name)s is away that day.") % {"name": user.name}
    spans = bookable_spans(user, day)
    ends_at = local + timedelta(minutes=minutes)
    if any(begins <= local and ends_at <= ends for begins, ends in spans):
        return ""
    if not spans:
        return _("%(name)s has no hours for meetings that day.") % {"name": user.name}
    hours = ", ".join(
        f"{formats.clock_time(begins)}–{formats.clock_time(ends)}" for begins, ends in spans
    )
    return _("%(name)s has hours for meetings %(hours)s that day.") % {
        "name": user.name,
        "hours": hours,
    }
