from celery import shared_task
from django.utils import timezone

from jobcentre.casework import drafts, reminders
from jobcentre.casework.deadlines.round import round_of_clocks as run_round
from jobcentre.casework.transitions import loans, merging


@shared_task
def round_of_clocks() -> int:
    """Warn and escalate for today; returns the number of new notices. Safe to run again."""
    return run_round(timezone.localdate())


@shared_task
def remove_old_drafts() -> int:
    """Remove typed text that nobody has gone on with for thirty days; returns how many."""
    return drafts.remove_old(timezone.now())


@shared_task
def remind_of_meetings() -> int:
    """Queue the reminders of tomorrow's meetings; returns how many. Safe to run again."""
    return reminders.remind_of_tomorrow(timezone.localdate())


@shared_task
def tell_of_loans() -> int:
    """Tell coaches of loans that end within a week; returns how many notices were new."""
    return loans.tell_of_ends(timezone.localdate())


@shared_task
def settle_old_merges() -> int:
    """Forget the former values of merges that can no longer be undone; returns how many."""
    return merging.settle_old_merges(timezone.now())
