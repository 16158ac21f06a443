"""What is known of many orders at once, for the rules of money. The number of queries does not grow
with the orders."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from django.db.models import F, IntegerField, QuerySet, Sum
from django.db.models.functions import Coalesce, Greatest, TruncMonth

from activityplans.enums import AttendanceOutcome
from activityplans.models import ActivityBreak
from jobcentre.casework.enums import Outcome
from jobcentre.casework.models import ClockPause, Exit
from jobcentre.casework.registries import job_facts
from referrals.enums import OrderResult, OrderState, PriceModel, ReportKind
from referrals.models import Order, OrderPause, ProviderReport
from referrals.money.rules import Facts, Job
from referrals.own_days import with_sessions

ATTENDED = (AttendanceOutcome.PRESENT, AttendanceOutcome.LATE)
BY_ATTENDANCE = (PriceModel.HOUR, PriceModel.WEEK)  # not paid before all of it is registered


def facts_of(
    orders: Sequence[Order],
    paid_by: Mapping[int, str],
    today: date,
    sold_by_steps: Collection[tuple[int, int]],
) -> dict[int, Facts]:
    """{id of the order: what is known of it}; at most nine queries, and those of the registry.

    `paid_by` is {id of the order: price model}: what the price does not ask about is not read.
    `sold_by_steps` are (provider's unit, service) of all that jobs may be paid for.
    """

    def paid(*models: str) -> list[Order]:
        return [order for order in orders if paid_by.get(order.pk) in models]

    reports = _reports(orders)
    minutes = _minutes(paid(PriceModel.HOUR), today)
    unregistered = _unregistered(paid(*BY_ATTENDANCE), today)
    jobs = _jobs(paid(PriceModel.STEPS), sold_by_steps)
    stopped = _broken_off(orders)
    pauses, interruptions = defaultdict(list), _interruptions(orders)
    for order, first, back in OrderPause.objects.filter(
        order__in=[order.pk for order in orders]
    ).values_list("order_id", "starts_on", "ends_before"):
        pauses[order].append((first, back))
    found = {}
    for order in orders:
        monthly, final, returned = reports[order.pk]
        is_withdrawn = order.state == OrderState.WITHDRAWN
        last_on = stopped.get(order.activity_id)
        found[order.pk] = Facts(
            started_on=order.started_on,
            ended_on=min(order.ended_on or last_on, last_on) if last_on else order.ended_on,
            result=OrderResult.INTERRUPTED if is_withdrawn else order.result,
            is_withdrawn=is_withdrawn,
            final_report_on=final,
            reports=monthly,
            returned=returned,
            minutes=minutes[order.pk],
            unregistered=frozenset(unregistered[order.pk]),
            pauses=(*pauses[order.pk], *interruptions[order.case_id]),
            job=jobs.get(order.pk),
        )
    return found


def _broken_off(orders: Sequence[Order]) -> dict[int, date]:
    """{activity: its last day} of those that the coach has broken off; nothing is paid after it,
    however long it takes until the order is ended."""
    rows = ActivityBreak.objects.filter(activity__in={order.activity_id for order in orders})
    return dict(rows.values_list("activity_id", "last_on"))


def _interruptions(orders: Sequence[Order]) -> dict[int, list[tuple[date, date | None]]]:
    """{case: its interruptions, half-open}: what does not go on is not paid by the day."""
    found: dict = defaultdict(list)
    rows = ClockPause.objects.filter(case__in={order.case_id for order in orders})
    for case, first, back in rows.values_list("case_id", "starts_on", "ends_before"):
        found[case].append((first, back))
    return found


def _reports(orders) -> dict:
    """{order: (reports by month, day of the final one, days of return of those not completed)}."""
    found: dict = defaultdict(lambda: ({}, None, {}))
    rows = (
        ProviderReport.objects.filter(
            order__in=[order.pk for order in orders],
            kind__in=[ReportKind.MONTHLY, ReportKind.FINAL],
        )
        .order_by("submitted_on", "pk")
        .values_list("order_id", "kind", "month", "submitted_on", "returned__returned_on")
    )
    for order, kind, month, sent_on, returned_on in rows:
        monthly, _final, returned = found[order]
        # A report that is returned is no evidence until it is completed.
        if returned_on is not None:
            returned[month] = returned_on
            continue
        returned.pop(month, None)
        if kind == ReportKind.FINAL:
            found[order] = (monthly, sent_on, returned)
        else:
            monthly[month] = sent_on
    return found


def _held(orders: Sequence[Order], today: date, *outcomes: str) -> QuerySet[Order]:
    """The orders joined with the sessions of their own days that have such an outcome."""
    keys = [order.pk for order in orders]
    return with_sessions(keys, on__lt=today, outcome__in=outcomes)


def _minutes(orders: Sequence[Order], today: date) -> dict[int, dict[date, int]]:
    """Minutes of attendance of each order by calendar month, summed by the database."""
    found: dict = defaultdict(dict)
    late = Coalesce("activity__sessions__late_minutes", 0, output_field=IntegerField())
    there = Greatest(F("activity__sessions__minutes") - late, 0, output_field=IntegerField())
    sums = (
        _held(orders, today, *ATTENDED)
        .values("pk", month=TruncMonth("activity__sessions__on"))
        .annotate(minutes=Sum(there))
    )
    for order, month, minutes in sums.values_list("pk", "month", "minutes"):
        found[order][month] = minutes
    return found


def _unregistered(orders: Sequence[Order], today: date) -> dict[int, set[date]]:
    """The days with a session that nobody has registered, of each order."""
    found: dict = defaultdict(set)
    held = _held(orders, today, AttendanceOutcome.NOT_REGISTERED)
    for order, day in held.values_list("pk", "activity__sessions__on"):
        found[order].add(day)
    return found


def _jobs(orders: Sequence[Order], sold_by_steps) -> dict[int, Job]:
    """{id of the order that led to it: the job its case was closed with, and when it was verified}.

    A job is the result of one order: of those by steps that were carried out, the last one that
    began by then.
    """
    cases = {order.case_id for order in orders}
    if not cases:
        return {}
    verified: dict = defaultdict(set)
    for fact in job_facts:
        for case, days in fact.held(cases).items():
            verified[case].update(days)
    exits = Exit.objects.filter(case__in=cases, outcome=Outcome.WORK).values_list(
        "case_id", "begins_on", "case__ended_on"
    )
    jobs = {
        case: Job(begins_on or ended_on, tuple(sorted(verified[case])))
        for case, begins_on, ended_on in exits.order_by("pk")
        if begins_on or ended_on
    }
    carried_out = Order.objects.filter(case__in=jobs, state__in=OrderState.begun()).exclude(
        result=OrderResult.INTERRUPTED
    )
    began = carried_out.order_by("started_on", "pk").values_list(
        "pk", "case_id", "provider_id", "activity__service_id", "started_on"
    )
    led = {
        case: order
        for order, case, unit, service, started_on in began
        if (unit, service) in sold_by_steps and started_on <= jobs[case].started_on
    }
    return {order: jobs[case] for case, order in led.items()}
