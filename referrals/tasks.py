from celery import shared_task
from django.utils import timezone

from referrals import late_attendance, unmanned
from referrals.transitions import agreements, claims


@shared_task
def tell_of_agreements() -> int:
    """Tell of agreements that are about to end; returns how many notices were new."""
    return agreements.tell_of_ends(timezone.localdate())


@shared_task
def tell_of_unmanned() -> int:
    """Tell of providers that have lost their last user; returns how many notices were new."""
    return unmanned.tell_of_unmanned(timezone.localdate())


@shared_task
def remind_of_attendance() -> int:
    """Remind providers of weeks they have not registered; returns how many notices were new."""
    return late_attendance.remind_of_attendance(timezone.localdate())


@shared_task
def keep_ledger() -> int:
    """Bring the ledger in line with what has happened; returns how many amounts were written."""
    return claims.keep_ledger(timezone.localdate())
