"""A report ordered, claimed by one worker, finished or failed. The only writers of its state.

The row is the job: the broker only wakes the worker. Whoever holds the lease of the present
attempt may write; a worker that comes back after its lease ran out changes nothing.
"""

import hashlib
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from jobcentre.accounts.models import Unit, User
from jobcentre.audit import log
from jobcentre.audit.enums import Access
from jobcentre.casework.access.checks import require
from jobcentre.casework.exceptions import Refused
from reporting.enums import JobError, JobState, JobStep
from reporting.models import MAX_ATTEMPTS, PublishedFigure, ReportJob

LEASE = timedelta(minutes=10)  # the time limit of a task


def _fingerprint(starts_on: date, ends_before: date, centres: list[Unit], language: str) -> str:
    ids = ",".join(str(pk) for pk in sorted(centre.pk for centre in centres))
    text = f"{starts_on}:{ends_before}:{ids}:{language}"
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def order_report(
    starts_on: date,
    ends_before: date,
    centres: Iterable[Unit],
    language: str,
    *,
    actor: User,
    today: date,
) -> ReportJob:
    """Order the committee report of a period; the same one already in the making is returned.

    Raises Refused without a centre, with one outside the actor's unit, or for a period that has
    not begun.
    """
    centres = list(centres)
    job = ReportJob(
        starts_on=starts_on,
        ends_before=ends_before,
        language=language,
        unit=actor.acting.unit,
        requested_by=actor,
        acting=actor.acting,
        fingerprint=_fingerprint(starts_on, ends_before, centres, language),
    )
    require(actor, "report", job)
    if not centres:
        raise Refused(_("Choose at least one job centre."))
    if not all(centre.path.startswith(actor.acting.unit.path) for centre in centres):
        raise Refused(_("You can only report on your own job centres."))
    if starts_on > today:
        raise Refused(_("The period has not begun."))
    same = ReportJob.objects.active().filter(requested_by=actor, fingerprint=job.fingerprint)
    job.full_clean(validate_constraints=False)
    try:
        with transaction.atomic():
            job.save()
    except IntegrityError:
        return same.get()
    job.centres.set(centres)
    log.record(actor, "report", access=Access.CHANGE, obj=job, fields=["report"])
    return job


@transaction.atomic
def claim(pk: int, now: datetime) -> ReportJob | None:
    """Take a job; one winner, by a conditional update. None when somebody else was first."""
    taken = (
        ReportJob.objects.claimable(now)
        .filter(pk=pk)
        .update(
            state=JobState.RUNNING,
            attempts=F("attempts") + 1,
            lease_until=now + LEASE,
            progress=1,
            step=JobStep.COUNTING,
        )
    )
    if not taken:
        return None
    return ReportJob.objects.select_related("unit", "requested_by", "acting__unit").get(pk=pk)


def _held(job: ReportJob):
    return ReportJob.objects.filter(pk=job.pk, state=JobState.RUNNING, attempts=job.attempts)


def tell_progress(job: ReportJob, step: JobStep, percent: int) -> None:
    """Say how far the making has come."""
    _held(job).update(step=step, progress=percent)


@transaction.atomic
def finish(
    job: ReportJob, figures: list[PublishedFigure], pdf: bytes, *, as_of: date, now: datetime
) -> bool:
    """Freeze the figures and keep the file; False when the lease went to somebody else."""
    if not _held(job).select_for_update().exists():
        return False
    for figure in figures:
        figure.job = job
    PublishedFigure.objects.bulk_create(figures, batch_size=50)
    last = job.ends_before - timedelta(days=1)
    word = "namndrapport" if job.language == "sv" else "committee-report"
    job.file_name = f"{word}-{job.starts_on.isoformat()}-{last.isoformat()}"
    job.file.save(f"{job.ref}-{job.attempts}.pdf", ContentFile(pdf), save=False)
    job.state, job.step, job.progress = JobState.DONE, JobStep.DONE, 100
    job.lease_until, job.as_of, job.finished_at = None, as_of, now
    job.error, job.error_detail = "", ""
    job.save()
    return True


def put_back(job: ReportJob, detail: str, now: datetime) -> None:
    """The attempt failed: try again later, or give up after the third."""
    if job.attempts >= MAX_ATTEMPTS:
        fail(job, JobError.FAULT, detail, now)
        return
    _held(job).update(
        state=JobState.QUEUED,
        step=JobStep.WAITING,
        progress=0,
        lease_until=None,
        error_detail=detail[:200],
    )


def fail(job: ReportJob, error: JobError, detail: str, now: datetime) -> None:
    """Give the report up and say why."""
    _held(job).update(
        state=JobState.FAILED,
        lease_until=None,
        error=error,
        error_detail=detail[:200],
        finished_at=now,
    )


def give_up_lost(now: datetime) -> int:
    """Jobs whose worker vanished on the last attempt; returns how many."""
    return ReportJob.objects.filter(
        state=JobState.RUNNING, lease_until__lt=now, attempts__gte=MAX_ATTEMPTS
    ).update(state=JobState.FAILED, lease_until=None, error=JobError.LOST, finished_at=now)
