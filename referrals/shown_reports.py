"""The reports of an order as the page shows them: the version that holds, and those before it."""

from dataclasses import dataclass, field

from referrals import aliases
from referrals.models import Order, ProviderReport, ReportedGoal, ReportReturn

SIGNS = {"reached": "ok", "nearer": "info", "unchanged": "plain", "further": "soon"}


@dataclass
class ShownReport:
    """One version of a report. `returned` is why it is to be completed, None when it is not;
    `former` are the versions before it, the newest first."""

    report: ProviderReport
    goals: list[ReportedGoal]
    returned: ReportReturn | None
    former: list["ShownReport"] = field(default_factory=list)

    @property
    def waits(self) -> bool:
        """Returned, and nobody has completed it."""
        return self.returned is not None


def reports_of(order: Order, *, at_provider: bool) -> list[ShownReport]:
    """The reports of the order, the newest first, each with its former versions; two queries."""
    rows = list(
        order.reports.select_related("author", "returned__returned_by")
        .prefetch_related("goals")
        .order_by("-submitted_on", "-pk")
    )
    if at_provider:
        aliases.cover(order, _texts(rows))
    found = {row.pk: _shown(row) for row in rows}
    for row in sorted(rows, key=lambda each: each.number):
        if row.completes_id in found:
            former = found.pop(row.completes_id)
            found[row.pk].former = [former, *former.former]
    return list(found.values())


def _shown(row: ProviderReport) -> ShownReport:
    goals = list(row.goals.all())
    for goal in goals:
        goal.sign = SIGNS.get(goal.progress, "plain")
    return ShownReport(row, goals, getattr(row, "returned", None))


def _texts(rows):
    for row in rows:
        yield row, ("done", "development", "recommendation")
        yield from ((goal, ("goal", "comment")) for goal in row.goals.all())
        if hasattr(row, "returned"):
            yield row.returned, ("reason",)
