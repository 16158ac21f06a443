"""Lists registered in the worker. The rows are the queue; a lost task loses nothing."""

import structlog
from celery import shared_task
from django.utils import timezone
from kombu.exceptions import OperationalError

from intake.lists.models import ListImport
from intake.lists.rules import parts_of
from intake.transitions import list_runs, lists
from jobcentre.accounts.acting import act_as, memberships_of
from jobcentre.casework.access.checks import can

BATCH = 5
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
        source = list_runs.claim(pk, timezone.now())
        if source is not None:
            done += run(source)
    return done


def run(source: ListImport) -> bool:
    """Register the waiting rows of one claimed list; False when another worker has it."""
    today = timezone.localdate()
    user = source.uploaded_by
    if not user.is_active or source.acting not in memberships_of(user, today):
        list_runs.stop_without_right(source, timezone.now())
        return True
    act_as(user, source.acting)
    if not can(user, "person.import", source):
        list_runs.stop_without_right(source, timezone.now())
        return True
    for pks in parts_of(lists.row_numbers(source), lists.ROWS_TOGETHER):
        user.remembered_relations = {}
        if not list_runs.keep_lease(source, timezone.now()):
            return False
        if not list_runs.register_rows(source, pks, actor=user, today=today):
            return False
    return list_runs.finish(source, timezone.now(), user)


@shared_task
def forget_old_lists() -> int:
    """Forget the rows that nobody has gone on with for 30 days; returns how many."""
    return lists.forget_old_lists(timezone.now())


def wake() -> None:
    """Ask the worker to look now. With the broker down the next beat does it."""
    try:
        run_waiting_lists.delay()
    except (OperationalError, OSError) as error:
        logger.warning("worker not woken", error=type(error).__name__)
