"""The clocks of an order: the answer, the first meeting, monthly reports; as long as the agreement with
the provider says, else as the municipality has decided."""

from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobcentre.accounts.enums import Role
from jobcentre.casework.deadlines import subjects
from jobcentre.casework.deadlines.facts import read_once, rows_of, shared
from jobcentre.casework.deadlines.rules import Length, Unit
from jobcentre.casework.enums import WaitsFor
from jobcentre.casework.registries import Beginning, ClockFact, DeadlineKind, deadline_kinds
from jobcentre.replay import moment_now
from jobcentre.workdays import add_months
from referrals import rules
from referrals.enums import OrderState, ReportKind
from referrals.models import Order, OrderPause, OrderProposal, OrderQuestion, ProviderReport
from referrals.money.prices import Prices
from referrals.service_levels import Levels, levels_of


@rows_of("case")
def orders_of():
    """The orders of the case, the oldest first."""
    return Order.objects.select_related("provider", "activity").order_by("pk")


@read_once
def levels_in(case) -> dict[int, Levels]:
    """{id of the order: what its agreement promises} of the orders of the case."""
    return levels_of(orders_of(case), shared(case, Prices))


def _url(order) -> str:
    return reverse("referrals:order", args=[order.ref])


@rows_of("order__case")
def _asked():
    return OrderQuestion.objects.order_by("pk")


@read_once
def _questions(case) -> dict[int, list[OrderQuestion]]:
    """By the id of the order; no query without orders."""
    found: dict[int, list[OrderQuestion]] = {}
    for question in _asked(case) if orders_of(case) else ():
        found.setdefault(question.order_id, []).append(question)
    return found


def _taken_back(order, since):
    """The day an order was taken back before it had an answer."""
    return order.ended_on or since if order.state == OrderState.WITHDRAWN else None


def _declined_on(order):
    """The day of the no, which may come long after the first answer: a place on the waiting list."""
    return (order.ended_on or order.answered_on) if order.state == OrderState.DECLINED else None


def answer_facts(case):
    """Met by accept, decline, a place on the waiting list or a question; each reply to a question
    starts a new one. Cancelled when the orderer takes the order back first."""
    facts = []
    for order in orders_of(case):
        asked = _questions(case).get(order.pk, [])
        start = order.sent_on
        for number, question in enumerate(asked):
            facts.append(_answer(case, order, start, number, met_on=question.asked_on))
            start = question.replied_on
        if start is not None:
            facts.append(_answer(case, order, start, len(asked), met_on=order.answered_on))
    return facts


def _answer(case, order, start, number: int, *, met_on):
    return ClockFact(
        length=levels_in(case)[order.pk].answer,
        started_on=start,
        met_on=met_on,
        cancelled_on=None if met_on else _taken_back(order, start),
        subject_key=f"{order.subject_key}:again{number}" if number else order.subject_key,
        subject_label=order.provider.name,
        unit_id=order.provider_id,
        url=_url(order),
    )


def question_facts(case):
    """From each question until the orderer replies, or the provider answers without."""
    return [
        ClockFact(
            started_on=question.asked_on,
            met_on=question.replied_on or order.answered_on,
            cancelled_on=_taken_back(order, question.asked_on)
            if question.replied_on is None and order.answered_on is None
            else None,
            subject_key=f"{order.subject_key}:question{question.pk}",
            subject_label=order.provider.name,
            url=_url(order),
        )
        for order in orders_of(case)
        for question in _questions(case).get(order.pk, [])
    ]


def waiting_facts(case):
    """From the day on the waiting list until the provider accepts or declines."""
    return [
        ClockFact(
            started_on=order.answered_on,
            met_on=order.accepted_on or _declined_on(order),
            cancelled_on=_taken_back(order, order.answered_on)
            if order.accepted_on is None
            else None,
            subject_key=order.subject_key,
            subject_label=order.provider.name,
            unit_id=order.provider_id,
            url=_url(order),
        )
        for order in orders_of(case)
        if order.waiting_reason and order.answered_on is not None
    ]


def pause_facts(case):
    """From the first day of a pause until the activity goes on or ends."""
    if not orders_of(case):
        return []
    orders = {order.pk: order for order in orders_of(case)}
    return [
        ClockFact(
            started_on=pause.starts_on,
            met_on=pause.ends_before,
            subject_key=f"{orders[pause.order_id].subject_key}:pause{pause.pk}",
            subject_label=orders[pause.order_id].provider.name,
            url=_url(orders[pause.order_id]),
        )
        for pause in _pauses(case)
    ]


@rows_of("order__case")
def _pauses():
    return OrderPause.objects.order_by("pk")


@rows_of("order__case")
def _proposals():
    return OrderProposal.objects.order_by("pk")


def proposal_facts(case):
    """From each proposal of the provider until the orderer decides, or the order has ended."""
    if not orders_of(case):
        return []
    orders = {order.pk: order for order in orders_of(case)}
    facts = []
    for proposal in _proposals(case):
        order = orders[proposal.order_id]
        facts.append(
            ClockFact(
                started_on=proposal.proposed_on,
                met_on=proposal.decided_on,
                cancelled_on=order.ended_on if proposal.decided_on is None else None,
                subject_key=f"{order.subject_key}:proposal{proposal.pk}",
                subject_label=order.provider.name,
                url=_url(order),
            )
        )
    return facts


def first_meeting_facts(case):
    """From acceptance until the person has started."""
    return [
        ClockFact(
            length=levels_in(case)[order.pk].first_meeting,
            started_on=order.accepted_on,
            met_on=order.started_on,
            cancelled_on=_taken_back(order, order.accepted_on)
            if order.started_on is None
            else None,
            subject_key=order.subject_key,
            subject_label=order.provider.name,
            unit_id=order.provider_id,
            url=_url(order),
        )
        for order in orders_of(case)
        if order.accepted_on is not None
    ]


@rows_of("order__case")
def _reports():
    # A returned report came when it first came; what completes it has a clock of its own.
    return ProviderReport.objects.filter(completes__isnull=True).order_by("pk")


def monthly_report_facts(case):
    """One for each month that has ended with the order running, unless the agreement asks for none;
    met by that month's report, or by
    the final report, which covers what is left."""
    if not orders_of(case):
        return []
    final, sent = {}, {}
    for report in _reports(case):
        if report.kind == ReportKind.FINAL:
            final[report.order_id] = report.submitted_on
        else:
            sent[report.order_id, report.month] = report.submitted_on
    facts = []
    for order in orders_of(case):
        if order.started_on is None or order.state == OrderState.WITHDRAWN:
            continue
        if not levels_in(case)[order.pk].reports_monthly:
            continue
        through = order.ended_on or case.ended_on or timezone.localdate(moment_now())
        for month in rules.months_to_report(order.started_on, through):
            met_on = sent.get((order.pk, month)) or final.get(order.pk)
            facts.append(_report_due(order, month, met_on))
    return facts


def _report_due(order, month: date, met_on: date | None) -> ClockFact:
    return ClockFact(
        started_on=rules.last_day(month),
        met_on=met_on,
        subject_key=f"{order.subject_key}:{month:%Y-%m}",
        subject_label=subjects.named(order.provider.name, f"{month:%Y-%m}"),
        unit_id=order.provider_id,
        url=_url(order),
    )


def _owing(today: date):
    """Orders whose provider owes a report on the month that has just ended."""
    return Order.objects.filter(
        state__in=[OrderState.STARTED, OrderState.PAUSED], started_on__lt=today.replace(day=1)
    )


def cases_with_new_month(today: date) -> list[int]:
    """Cases with a clock to begin because a month has just ended."""
    if today.day > 7:
        return []
    return list(_owing(today).order_by("case_id").values_list("case_id", flat=True).distinct())


def facts_of_new_month(case_ids: list[int], today: date) -> list[tuple[int, ClockFact]]:
    """What `monthly_report_facts` says of that month, for many cases."""
    month = add_months(today.replace(day=1), -1)
    owing = _owing(today).filter(case__in=case_ids).select_related("provider", "activity")
    orders = list(owing)
    levels = levels_of(orders)
    reports = ProviderReport.objects.filter(order__in=orders, completes__isnull=True).filter(
        Q(kind=ReportKind.FINAL) | Q(month=month)
    )
    sent_on = dict(reports.order_by("pk").values_list("order", "submitted_on"))
    return [
        (order.case_id, _report_due(order, month, sent_on.get(order.pk)))
        for order in orders
        if levels[order.pk].reports_monthly
        and month in rules.months_to_report(order.started_on, today)
    ]


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
            met_by=_("the provider accepts, declines, asks or has a waiting list"),
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
            tell_subject=subjects.with_name(subjects.month),
            begins_by_itself=Beginning(cases_with_new_month, facts_of_new_month),
            **common,
        ),
        DeadlineKind(
            key="order_waiting",
            label=_("Place on the waiting list"),
            length=Length(30, Unit.DAYS),
            pausable=False,
            met_by=_("the provider accepts or declines"),
            step=_("See whether there is a place"),
            facts=waiting_facts,
            **common,
        ),
        DeadlineKind(
            key="order_question",
            label=_("Reply to the provider"),
            length=Length(1, Unit.WORKDAYS),
            pausable=False,
            met_by=_("the reply is sent"),
            step=_("Reply"),
            facts=question_facts,
            **{**common, "waits_for": WaitsFor.COACH},
        ),
        DeadlineKind(
            key="order_proposal",
            label=_("Answer on a proposal"),
            length=Length(2, Unit.WORKDAYS),
            pausable=False,
            met_by=_("the proposal is accepted or refused"),
            step=_("Answer the proposal"),
            facts=proposal_facts,
            **{**common, "waits_for": WaitsFor.COACH},
        ),
        DeadlineKind(
            key="order_pause",
            label=_("Pause of an order"),
            length=Length(30, Unit.DAYS),
            pausable=False,
            met_by=_("the activity goes on or ends"),
            step=_("See whether it goes on"),
            facts=pause_facts,
            **{**common, "waits_for": WaitsFor.COACH},
        ),
    )
