"""The clocks of reports that are owed beside the monthly ones: the final one, and what is returned."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jobcentre.accounts.enums import Role
from jobcentre.casework.deadlines import subjects
from jobcentre.casework.deadlines.facts import rows_of
from jobcentre.casework.deadlines.rules import Length, Unit
from jobcentre.casework.enums import WaitsFor
from jobcentre.casework.registries import ClockFact, DeadlineKind, deadline_kinds
from referrals.deadlines import levels_in, orders_of
from referrals.enums import OrderState, ReportKind
from referrals.models import ReportReturn

_LABELS = {kind.value: kind.label for kind in ReportKind}


def final_report_facts(case):
    """From the last day of a started order until it is ended with the final report.

    One that ends earlier never begins; an extension moves it.
    """
    facts = []
    for order in orders_of(case):
        last_on = order.ends_before - timedelta(days=1)
        if order.started_on is None or (order.ended_on is not None and order.ended_on < last_on):
            continue
        facts.append(
            ClockFact(
                started_on=last_on,
                met_on=order.ended_on if order.state == OrderState.ENDED else None,
                cancelled_on=order.ended_on if order.state == OrderState.WITHDRAWN else None,
                subject_key=order.subject_key,
                subject_label=order.provider.name,
                unit_id=order.provider_id,
                url=reverse("referrals:order", args=[order.ref]),
                length=levels_in(case)[order.pk].final_report,
            )
        )
    return facts


@rows_of("report__order__case")
def _returned():
    return ReportReturn.objects.select_related("report__completed_by").order_by("pk")


def completion_facts(case):
    """From each return of a report until its new version is sent."""
    if not orders_of(case):
        return []
    orders = {order.pk: order for order in orders_of(case)}
    facts = []
    for row in _returned(case):
        order, completed = orders[row.report.order_id], getattr(row.report, "completed_by", None)
        facts.append(
            ClockFact(
                started_on=row.returned_on,
                met_on=completed.submitted_on if completed else None,
                cancelled_on=order.ended_on
                if completed is None and order.state == OrderState.WITHDRAWN
                else None,
                subject_key=f"{order.subject_key}:report{row.report_id}",
                subject_label=subjects.named(order.provider.name, row.report.kind),
                unit_id=order.provider_id,
                url=reverse("referrals:order", args=[order.ref]),
            )
        )
    return facts


def register() -> None:
    common = {
        "escalate_to": Role.MANAGER,
        "waits_for": WaitsFor.PROVIDER,
        "pausable": False,
        "warn_before": (1,),
    }
    deadline_kinds.register(
        DeadlineKind(
            key="final_report",
            label=_("Final report"),
            length=Length(5, Unit.WORKDAYS),
            met_by=_("the order is ended with the final report"),
            step=_("End with a final report"),
            url_name="referrals:order",
            facts=final_report_facts,
            **common,
        ),
        DeadlineKind(
            key="report_completion",
            label=_("Completion of a report"),
            length=Length(3, Unit.WORKDAYS),
            met_by=_("the completed report is sent"),
            step=_("Complete the report"),
            url_name="referrals:order",
            facts=completion_facts,
            tell_subject=subjects.with_name(subjects.coded(_LABELS)),
            survives_closing=True,
            **common,
        ),
    )
