from collections.abc import Iterable
from datetime import date, timedelta

import structlog
from celery import shared_task
from django.utils import timezone
from kombu.exceptions import OperationalError

from jobcentre.accounts.enums import UnitKind
from jobcentre.accounts.models import Unit, User
from jobcentre.casework import drafts, reminders
from jobcentre.casework.deadlines.closed_days import recount
from jobcentre.casework.deadlines.round import round_of_clocks as run_round
from jobcentre.casework.transitions import districts, loans, merging

logger = structlog.get_logger(__name__)
LATELY = timedelta(days=30)


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


@shared_task
def recount_clocks(first: str, last: str) -> int:
    """Reckon the clocks anew that run over the days (ISO) from `first` to `last`; returns how many
    changed. Safe to run again."""
    return recount(date.fromisoformat(first), date.fromisoformat(last))


@shared_task
def recount_recent_clocks() -> int:
    """The same for all that run now or ran out lately, should a changed day have been missed."""
    today = timezone.localdate()
    return recount(today - LATELY, today)


@shared_task
def follow_district(district_id: int, user_id: int | None = None) -> int:
    """The open cases of a district go to the income-support unit that has it now; returns how many.
    Safe to run again."""
    actor = User.objects.filter(pk=user_id).first()
    return districts.follow_district(Unit.objects.get(pk=district_id), actor=actor)


@shared_task
def follow_districts() -> int:
    """The same for every district, should the worker have missed one."""
    kinds = Unit.objects.filter(kind=UnitKind.DISTRICT).order_by("pk")
    return sum(districts.follow_district(unit, actor=None) for unit in kinds)


def follow_district_soon(district_id: int, user_id: int) -> None:
    """Ask the worker to do it. With the broker down the next night does it."""
    try:
        follow_district.delay(district_id, user_id)
    except (OperationalError, OSError) as error:
        logger.warning("worker not woken", error=type(error).__name__)


def recount_soon(days: Iterable[date]) -> None:
    """Ask the worker to reckon for the days. With the broker down the next night does it."""
    days = sorted(days)
    try:
        recount_clocks.delay(days[0].isoformat(), days[-1].isoformat())
    except (OperationalError, OSError) as error:
        logger.warning("worker not woken", error=type(error).__name__)
