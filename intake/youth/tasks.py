"""The work of the night, and the extracts. The rows are the queue; a lost task loses nothing."""

import structlog
from celery import shared_task
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from kombu.exceptions import OperationalError

from intake.youth import kaa
from intake.youth.models import KaaExtract, OutreachEntry
from intake.youth.transitions import extracts, linking, upkeep
from jobcentre.accounts.acting import act_as, memberships_of
from jobcentre.casework.access.checks import require

BATCH = 5
logger = structlog.get_logger(__name__)


@shared_task
def round_of_outreach() -> int:
    """Link whoever has got a case and settle every entry for today; returns how many changed. Safe
    to run again."""
    today = timezone.localdate()
    return linking.link_missing(today) + upkeep.round_of_outreach(today)


@shared_task
def remove_old_entries() -> int:
    """Remove what has been kept long enough; returns how many. Safe to run again."""
    return upkeep.remove_old(timezone.localdate())


@shared_task
def run_waiting_extracts() -> int:
    """Make the extracts that wait, at most a batch; returns how many are ready."""
    extracts.give_up_lost(timezone.now())
    waiting = (
        KaaExtract.objects.claimable(timezone.now())
        .order_by("created_at", "pk")
        .values_list("pk", flat=True)[:BATCH]
    )
    ready = 0
    for pk in list(waiting):
        extract = extracts.claim(pk, timezone.now())
        if extract is not None:
            ready += run(extract)
    return ready


def run(extract: KaaExtract) -> bool:
    """Make one claimed extract; whatever goes wrong is written on its row."""
    try:
        return _make(extract)
    except PermissionDenied:
        extracts.fail(extract, "no_right", timezone.now())
    except Exception as error:
        logger.exception("extract not made", extract_id=extract.pk, attempt=extract.attempts)
        extracts.put_back(extract, type(error).__name__, timezone.now())
    return False


def _make(extract: KaaExtract) -> bool:
    """With the rights of who ordered it, asked again now: they may have ended since."""
    today = timezone.localdate()
    user = extract.requested_by
    if not user.is_active or extract.acting not in memberships_of(user, today):
        raise PermissionDenied("youth.extract")
    act_as(user, extract.acting)
    require(user, "youth.extract", extract)
    entries = (
        OutreachEntry.objects.visible_to(user)
        .in_kaa_during(extract.starts_on, extract.ends_before)
        .select_related("person")
        .prefetch_related("person__numbers", "kaa_periods", "occupations", "attempts", "measures")
        .order_by("person__sort_key", "pk")
    )
    lines = kaa.lines_of(entries, extract.starts_on, extract.ends_before)
    return extracts.finish(extract, lines, as_of=today, now=timezone.now())


def wake() -> None:
    """Ask the worker to look now. With the broker down the next beat does it."""
    try:
        run_waiting_extracts.delay()
    except (OperationalError, OSError) as error:
        logger.warning("worker not woken", error=type(error).__name__)
