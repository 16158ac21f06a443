"""What providers report of the goals, and reports that were returned and completed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q

from referrals import rules
from referrals import transitions as orders
from referrals.enums import GoalProgress, OrderState, ReportKind
from referrals.models import Order, ProviderReport

if TYPE_CHECKING:
    from jobcentre.demo.stories import Teller

EACH = 2  # returned and completed, and as many that still are to be
LACKING = "Skriv hur det går med närvaron på morgonen, och vad som är nästa steg."
STEPS = (GoalProgress.NEARER, GoalProgress.NEARER, GoalProgress.UNCHANGED, GoalProgress.REACHED)


def progress_of(teller: Teller, order: Order) -> tuple[tuple[str, str], ...]:
    """How it goes with each goal of the order."""
    return tuple((teller.random.choice(STEPS), "") for _goal in rules.goals_of(order.goals))


def _workday(teller: Teller, day: date) -> date:
    """The day itself, or the last working day before it."""
    while not teller.calendar.is_workday(day):
        day -= timedelta(days=1)
    return day


def tell_returned(teller: Teller) -> None:
    """The latest reports of some orders lacked something; half of them are completed."""
    today = _workday(teller, teller.today)
    day = _workday(teller, today - timedelta(days=1))
    latest = (
        ProviderReport.objects.filter(
            kind__in=[ReportKind.MONTHLY, ReportKind.FINAL],
            submitted_on__lt=day,
            order__case__person__protection="none",
        )
        .filter(
            Q(order__state__in=[OrderState.STARTED, OrderState.PAUSED])
            | Q(order__state=OrderState.ENDED, order__ended_on__gt=today - timedelta(days=10))
        )
        .select_related("order__case__person", "order__case__centre", "order__provider")
        .order_by("-submitted_on", "-pk")
    )
    for number, report in enumerate(latest[: 2 * EACH]):
        order = report.order
        with teller.on(day, 9):
            orders.return_report(
                report, reason=LACKING, actor=teller.coach_of(order.case), today=day
            )
        if number % 2 == 0:
            continue
        staff = teller.world.provider_staff[order.provider_id]
        with teller.on(today, 8):
            orders.complete_report(
                report,
                orders.ReportInput(
                    report.kind,
                    report.done,
                    f"{report.development} Kommer i tid fyra dagar av fem.",
                    "Börjar en halvtimme senare under två veckor.",
                    report.month,
                    progress_of(teller, order),
                ),
                actor=staff,
                today=today,
            )
