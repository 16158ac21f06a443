"""Reports made in the worker. The rows are the queue; a lost task loses nothing."""

import structlog
from celery import shared_task
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from kombu.exceptions import OperationalError

from jobcentre.accounts.acting import act_as, memberships_of
from jobcentre.casework.access.checks import require
from reporting import committee
from reporting.enums import JobError, JobStep
from reporting.models import ReportJob
from reporting.transitions import reports

BATCH = 5
# Where each step ends, in per cent of the whole.
COUNTED, COMPARED, DRAWN = 45, 60, 95
logger = structlog.get_logger(__name__)


@shared_task
def run_waiting_jobs() -> int:
    """Make what waits, at most a batch; returns how many are ready. Safe to run in parallel."""
    reports.give_up_lost(timezone.now())
    waiting = list(
        ReportJob.objects.claimable(timezone.now())
        .order_by("created_at", "pk")
        .values_list("pk", flat=True)[:BATCH]
    )
    ready = 0
    for pk in waiting:
        job = reports.claim(pk, timezone.now())
        if job is not None:
            ready += run(job)
    return ready


def run(job: ReportJob) -> bool:
    """Make one claimed report; whatever goes wrong is written on its row."""
    try:
        return _make(job)
    except PermissionDenied:
        reports.fail(job, JobError.NO_RIGHT, "", timezone.now())
    except Exception as error:
        logger.exception("report not made", report_id=job.pk, attempt=job.attempts)
        reports.put_back(job, type(error).__name__, timezone.now())
    return False


def _require_right(job: ReportJob, today) -> None:
    """The right is asked again when the report is made: it may have ended since."""
    user = job.requested_by
    if not user.is_active or job.acting not in memberships_of(user, today):
        raise PermissionDenied("report")
    act_as(user, job.acting)
    require(user, "report", job)
    paths = job.centres.values_list("path", flat=True)
    if not all(path.startswith(job.acting.unit.path) for path in paths):
        raise PermissionDenied("report")


def _make(job: ReportJob) -> bool:
    today = timezone.localdate()
    _require_right(job, today)

    def tell(done: int, of: int) -> None:
        if done < of:
            reports.tell_progress(job, JobStep.COUNTING, 1 + (COUNTED - 1) * done // of)
        else:
            reports.tell_progress(job, JobStep.COMPARING, COUNTED)

    rows = committee.figures_of(job, today, tell)
    reports.tell_progress(job, JobStep.DRAWING, COMPARED)
    pdf = committee.pdf_of(job, rows, today)
    reports.tell_progress(job, JobStep.SAVING, DRAWN)
    return reports.finish(job, rows, pdf, as_of=today, now=timezone.now())


def wake() -> None:
    """Ask the worker to look now. With the broker down the next beat does it."""
    try:
        run_waiting_jobs.delay()
    except (OperationalError, OSError) as error:
        logger.warning("worker not woken", error=type(error).__name__)
