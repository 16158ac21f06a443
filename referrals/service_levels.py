"""What the agreement promises of an order: within how long it is answered, begun and reported.

The wording that held when the order was sent counts. Without an agreement (a unit of the
municipality's own) the rules of the municipality do.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from jobcentre.casework.deadlines.rules import Length, Unit
from referrals.models import Order
from referrals.money.prices import Agreed, Prices


@dataclass(frozen=True)
class Levels:
    """Lengths of the clocks of an order; None: what the municipality has decided. Attendance is no
    clock: it is registered for many at once, and reminded by the night (`late_attendance`)."""

    answer: Length | None = None
    first_meeting: Length | None = None
    final_report: Length | None = None
    reports_monthly: bool = True
    attendance_weekly: bool = True


def levels_of(orders: Sequence[Order], agreed: Prices | None = None) -> dict[int, Levels]:
    """{id of the order: what is agreed of it}; without `agreed` one query, none without orders."""
    if not orders:
        return {}
    agreed = agreed or Prices({order.provider_id for order in orders})
    found = {}
    for order in orders:
        row = agreed.held(order, order.sent_on)
        found[order.pk] = _levels(row) if row else Levels()
    return found


def _levels(row: Agreed) -> Levels:
    return Levels(
        answer=Length(row.answer_workdays, Unit.WORKDAYS),
        first_meeting=Length(row.first_meeting_days, Unit.DAYS),
        final_report=Length(row.final_report_days, Unit.DAYS),
        reports_monthly=row.reports_monthly,
        attendance_weekly=row.attendance_weekly,
    )
