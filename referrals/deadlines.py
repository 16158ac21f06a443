"""The clocks of an order: answer in one working day, first meeting in a week, monthly reports."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobcentre.accounts.enums import Role
from jobcentre.casework.deadlines.facts import read_once
from jobcentre.casework.deadlines.rules import Length, Unit
from jobcentre.casework.enums import WaitsFor
from jobcentre.casework.registries import ClockFact, DeadlineKind, deadline_kinds
from jobcentre.replay import moment_now
from jobcentre.ui import formats
from referrals import rules
from referrals.enums import OrderState, ReportKind
from referrals.models import Order, ProviderReport

_STOPPED = (OrderState.DECLINED, OrderState.WITHDRAWN)


@read_once
def _orders(case) -> list[Order]:
    return list(Order.objects.filter(case=case).select_related("provider").order_by("pk"))


def _url(order) -> str:
    return reverse("referrals:order", args=[order.ref])


def answer_facts(case):
    """Met by accept or decline; cancelled when the orderer takes the order back first."""
    return [
        ClockFact(
            started_on=order.sent_on,
            met_on=order.answered_on,
            cancelled_on=order.ended_on or order.sent_on
            if order.state == OrderState.WITHDRAWN and order.answered_on is None
            else None,
            subject_key=order.subject_key,
            subject_label=order.provider.name,
            unit_id=order.provider_id,
            url=_url(order),
        )
        for order in _orders(case)
    ]


def first_meeting_facts(case):
    """From acceptance until the person has started."""
    return [
        ClockFact(
            started_on=order.answered_on,
            met_on=order.started_on,
            cancelled_on=order.ended_on or order.answered_on
            if order.state == OrderState.WITHDRAWN and order.started_on is None
            else None,
            subject_key=order.subject_key,
            subject_label=order.provider.name,
            unit_id=order.provider_id,
            url=_url(order),
        )
        for order in _orders(case)
        if order.answered_on is not None and order.state != OrderState.DECLINED
    ]


def monthly_report_facts(case):
    """One for each month that has ended with the order running; met by that month's report, or by
    the final report, which covers what is left."""
    if not _orders(case):
        return []
    final, sent = {}, {}
    for report in ProviderReport.objects.filter(order__case=case).order_by("pk"):
        if report.kind == ReportKind.FINAL:
            final[report.order_id] = report.submitted_on
        else:
            sent[report.order_id, report.month] = report.submitted_on
    facts = []
    for order in _orders(case):
        if order.started_on is None:
            continue
        if order.state == OrderState.WITHDRAWN:
            continue
        through = order.ended_on or case.ended_on or timezone.localdate(moment_now())
        for month in rules.months_to_report(order.started_on, through):
            facts.append(
                ClockFact(
                    started_on=rules.last_day(month),
                    met_on=sent.get((order.pk, month)) or final.get(order.pk),
                    subject_key=f"{order.subject_key}:{month:%Y-%m}",
                    subject_label=f"{order.provider.name}, {formats.month(month)}",
                    unit_id=order.provider_id,
                    url=_url(order),
                )
            )
    return facts


def cases_with_new_month(today):
    """Cases whose provider owes a report on the month that has just ended."""
    if today.day > 7:
        return []
    return list(
        Order.objects.filter(state=OrderState.STARTED)
        .order_by("case_id")
        .values_list("case_id", flat=True)
        .distinct()
    )


def register() -> None:
    common = {
        "escalate_to": Role.MANAGER,
        "waits_for": WaitsFor.PROVIDER,
        "url_name": "referrals:order",
        "warn_before": (1,),
    }
    deadline_kinds.register(
        DeadlineKind(
            key="referral_answer",
            label=_("Answer on the order"),
            length=Length(1, Unit.WORKDAYS),
            pausable=False,
            met_by=_("the provider accepts or declines"),
            step=_("Answer the order"),
            facts=answer_facts,
            **common,
        ),
        DeadlineKind(
            key="first_meeting",
            label=_("First meeting at the provider"),
            length=Length(7, Unit.DAYS),
            pausable=True,
            met_by=_("the person has started"),
            step=_("Note the start"),
            facts=first_meeting_facts,
            **common,
        ),
        DeadlineKind(
            key="monthly_report",
            label=_("Monthly report"),
            length=Length(5, Unit.WORKDAYS),
            pausable=False,
            met_by=_("the report is sent"),
            step=_("Write the report"),
            facts=monthly_report_facts,
            begins_by_itself=cases_with_new_month,
            **common,
        ),
    )
