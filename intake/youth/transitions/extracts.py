"""The half-year extract of the KAA register: ordered, claimed by one worker, frozen or failed."""

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from intake.youth import rules
from intake.youth.enums import ExtractState
from intake.youth.models import KaaExtract, KaaExtractRow
from intake.youth.models.extract import MAX_ATTEMPTS
from jobcentre.accounts.models import User
from jobcentre.audit import log
from jobcentre.audit.enums import Access
from jobcentre.casework.access.checks import require
from jobcentre.casework.exceptions import Refused

LEASE = timedelta(minutes=10)


@transaction.atomic
def order_extract(starts_on: date, *, actor: User, today: date) -> KaaExtract:
    """Order the extract of the half-year that begins on `starts_on`; one in the making is returned.

    Raises Refused for a day that begins no half-year, or one that has not begun.
    """
    first, before = rules.half_year(starts_on)
    extract = KaaExtract(
        unit=actor.acting.unit,
        starts_on=first,
        ends_before=before,
        requested_by=actor,
        acting=actor.acting,
    )
    require(actor, "youth.extract", extract)
    if first != starts_on or first > today:
        raise Refused(_("Choose a half-year that has begun."))
    extract.full_clean(validate_constraints=False)
    try:
        with transaction.atomic():
            extract.save()
    except IntegrityError:
        return KaaExtract.objects.get(
            unit=extract.unit,
            starts_on=first,
            state__in=[ExtractState.QUEUED, ExtractState.RUNNING],
        )
    log.record(actor, "youth.extract", access=Access.CHANGE, obj=extract, fields=["extract"])
    return extract


@transaction.atomic
def claim(pk: int, now: datetime) -> KaaExtract | None:
    """Take an extract; one winner. None when somebody else was first."""
    taken = (
        KaaExtract.objects.claimable(now)
        .filter(pk=pk)
        .update(state=ExtractState.RUNNING, attempts=F("attempts") + 1, lease_until=now + LEASE)
    )
    if not taken:
        return None
    return KaaExtract.objects.select_related("unit", "requested_by", "acting__unit").get(pk=pk)


def _held(extract: KaaExtract):
    return KaaExtract.objects.filter(
        pk=extract.pk, state=ExtractState.RUNNING, attempts=extract.attempts
    )


@transaction.atomic
def finish(
    extract: KaaExtract, lines: list[tuple[int, list]], *, as_of: date, now: datetime
) -> bool:
    """Freeze the lines (entry id, values); False when the lease went to somebody else."""
    if not _held(extract).select_for_update().exists():
        return False
    KaaExtractRow.objects.bulk_create(
        [
            KaaExtractRow(extract=extract, entry_id=entry_id, position=position, values=values)
            for position, (entry_id, values) in enumerate(lines)
        ],
        batch_size=200,
    )
    extract.state = ExtractState.DONE
    extract.lease_until, extract.as_of, extract.finished_at = None, as_of, now
    extract.error = ""
    extract.save()
    log.record(
        extract.requested_by,
        "youth.extract",
        access=Access.EXPORT,
        obj=extract,
        fields=["rows"],
    )
    return True


def put_back(extract: KaaExtract, error: str, now: datetime) -> None:
    """The attempt failed: try again at the next round, or give up after the third."""
    if extract.attempts >= MAX_ATTEMPTS:
        fail(extract, error, now)
        return
    _held(extract).update(state=ExtractState.QUEUED, lease_until=None, error=error[:200])


def fail(extract: KaaExtract, error: str, now: datetime) -> None:
    _held(extract).update(
        state=ExtractState.FAILED, lease_until=None, error=error[:200], finished_at=now
    )


def give_up_lost(now: datetime) -> int:
    """Extracts whose worker vanished on the last attempt; returns how many."""
    return KaaExtract.objects.filter(
        state=ExtractState.RUNNING, lease_until__lt=now, attempts__gte=MAX_ATTEMPTS
    ).update(state=ExtractState.FAILED, lease_until=None, error="lost", finished_at=now)
