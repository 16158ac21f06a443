"""What the front desk can count: visits by day and errand, waiting time, solved at the desk.

For the board and for reports. Protected persons are in no figure: a count that differs from the
list would tell that one of them came.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from intake.enums import COMPANY_PURPOSES, DESK_PURPOSES, VisitResult, VisitState
from intake.models import Visit
from intake.reception.rules import median_wait, waited_minutes
from jobcentre.accounts.models import Unit


@dataclass(frozen=True)
class DeskFigures:
    """One period of one or more centres. Waits are in whole minutes, from the registration to
    the call, of those who were called; `solved` of `solvable` are the visits with an errand that
    a desk can solve by itself which have ended."""

    visits: int
    companies: int
    called: int
    median_wait: float | None
    longest_wait: int | None
    solved: int
    solvable: int


def counted_visits(unit: Unit, starts_on: date, ends_before: date) -> QuerySet[Visit]:
    """The visits that count in a half-open period at the centres within `unit`."""
    return Visit.objects.unprotected().filter(
        centre__path__startswith=unit.path, came_on__gte=starts_on, came_on__lt=ends_before
    )


def by_day_and_errand(visits: QuerySet[Visit]) -> QuerySet:
    """Rows of `came_on`, `purpose` and `count`, in that order; days without visits have none."""
    return (
        visits.order_by()
        .values("came_on", "purpose")
        .annotate(count=Count("pk"))
        .order_by("came_on", "purpose")
    )


def desk_figures(visits: QuerySet[Visit]) -> DeskFigures:
    """The figures of `visits`; one query."""
    rows = visits.order_by().values_list("arrived_at", "called_at", "purpose", "state", "result")
    return figures_of(rows)


def figures_of(rows: Iterable[tuple]) -> DeskFigures:
    """As `desk_figures`, of rows (arrived_at, called_at, purpose, state, result)."""
    visits = companies = solved = solvable = 0
    waits = []
    for arrived_at, called_at, purpose, state, result in rows:
        visits += 1
        companies += purpose in COMPANY_PURPOSES
        if called_at is not None:
            waits.append(waited_minutes(arrived_at, called_at))
        if purpose in DESK_PURPOSES and state in (
            VisitState.DONE,
            VisitState.SENT_ON,
            VisitState.LEFT,
        ):
            solvable += 1
            solved += result == VisitResult.SOLVED
    return DeskFigures(
        visits=visits,
        companies=companies,
        called=len(waits),
        median_wait=median_wait(waits),
        longest_wait=max(waits, default=None),
        solved=solved,
        solvable=solvable,
    )
