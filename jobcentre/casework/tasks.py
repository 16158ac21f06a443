from celery import shared_task
from django.utils import timezone

from jobcentre.casework import drafts
from jobcentre.casework.deadlines.round import round_of_clocks as run_round


@shared_task
def round_of_clocks() -> int:
    """Warn and escalate for today; returns the number of new notices. Safe to run again."""
    return run_round(timezone.localdate())


@shared_task
def remove_old_drafts() -> int:
    """Remove typed text that nobody has gone on with for thirty days; returns how many."""
    return drafts.remove_old(timezone.now())
