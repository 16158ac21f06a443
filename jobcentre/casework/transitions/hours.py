"""When a coach can be booked: the week's hours, and days away."""

from datetime import date, time

from django.db import transaction
from django.utils.translation import gettext as _

from jobcentre.accounts.models import User
from jobcentre.audit import log
from jobcentre.audit.enums import Access
from jobcentre.casework.concurrency import lock
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import StaffAbsence, WorkHours
from jobcentre.casework.saving import save_checked

MAX_ABSENCE_DAYS = 400


def _log(actor, user, fields):
    log.record(actor, "hours.edit", access=Access.CHANGE, obj=user, fields=fields)


@transaction.atomic
def set_hours(user: User, spans: list[tuple[int, time, time]], *, actor: User) -> None:
    """Replace the user's bookable hours with `spans` of (weekday, from, until).

    What is already booked stays booked.
    """
    user = lock(user)
    WorkHours.objects.filter(user=user).delete()
    for weekday, begins, ends in spans:
        save_checked(WorkHours(user=user, weekday=weekday, starts_at=begins, ends_at=ends))
    _log(actor, user, ["hours"])


@transaction.atomic
def add_absence(user: User, starts_on: date, ends_before: date, *, actor: User) -> StaffAbsence:
    """Note that the user cannot be booked from `starts_on` until `ends_before`.

    Raises Refused when it overlaps another absence or is longer than MAX_ABSENCE_DAYS.
    """
    user = lock(user)
    if (ends_before - starts_on).days > MAX_ABSENCE_DAYS:
        raise Refused(_("At most %(n)d days at a time.") % {"n": MAX_ABSENCE_DAYS})
    if StaffAbsence.objects.filter(
        user=user, starts_on__lt=ends_before, ends_before__gt=starts_on
    ).exists():
        raise Refused(_("There is an absence during part of that time already."))
    absence = StaffAbsence(user=user, starts_on=starts_on, ends_before=ends_before)
    save_checked(absence)
    _log(actor, user, ["absence"])
    return absence


@transaction.atomic
def remove_absence(absence: StaffAbsence, *, actor: User) -> None:
    """The user can be booked after all."""
    user = absence.user
    absence.delete()
    _log(actor, user, ["absence"])
