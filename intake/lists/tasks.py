"""Lists registered in the worker. The rows are the queue; a lost task loses nothing."""

import structlog
from celery import shared_task
from django.utils import timezone
from kombu.exceptions import OperationalError

from intake.lists.enums import RowState
from intake.lists.models import ListImport
from intake.transitions import lists as transitions
from jobcentre.accounts.acting import act_as, memberships_of
from jobcentre.casework.access.checks import can

BATCH = 5
LEASE_ROWS = 25  # the lease is renewed after so many rows
logger = structlog.get_logger(__name__)


@shared_task
def run_waiting_lists() -> int:
    """Register what waits, at most a batch of lists; returns how many are done. Safe in parallel."""
    waiting = list(
        ListImport.objects.claimable(timezone.now())
        .order_by("uploaded_at", "pk")
        .values_list("pk", flat=True)[:BATCH]
    )
    done = 0
    for pk in waiting:
        source = transitions.claim(pk, timezone.now())
        if source is not None:
            done += run(source)
    return done


def run(source: ListImport) -> bool:
    """Register the waiting rows of one claimed list; False when another worker has it."""
    today = timezone.localdate()
    user = source.uploaded_by
    if not user.is_active or source.acting not in memberships_of(user, today):
        transitions.stop_without_right(source, timezone.now())
        return True
    act_as(user, source.acting)
    if not can(user, "person.import", source):
        transitions.stop_without_right(source, timezone.now())
        return True
    rows = source.rows.filter(state=RowState.WAITING).order_by("line")
    for count, pk in enumerate(list(rows.values_list("pk", flat=True))):
        if count % LEASE_ROWS == 0 and not transitions.keep_lease(source, timezone.now()):
            return False
        user.remembered_relations = {}
        if not transitions.register_row(source, pk, actor=user, today=today):
            return False
    return transitions.finish(source, timezone.now(), user)


@shared_task
def forget_old_lists() -> int:
    """Forget the rows that nobody has gone on with for 30 days; returns how many."""
    return transitions.forget_old_lists(timezone.now())


def wake() -> None:
    """Ask the worker to look now. With the broker down the next beat does it."""
    try:
        run_waiting_lists.delay()
    except (OperationalError, OSError) as error:
        logger.warning("worker not woken", error=type(error).__name__)
