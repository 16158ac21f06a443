"""What is known of many orders at once, for the rules of money. The number of queries does not grow
with the orders."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from activityplans.enums import AttendanceOutcome
from activityplans.models import Session
from jobcentre.casework.enums import Outcome
from jobcentre.casework.models import Exit
from jobcentre.casework.registries import job_facts
from referrals.enums import ReportKind
from referrals.models import Order, OrderPause, ProviderReport
from referrals.money.rules import Facts, Job

ATTENDED = (AttendanceOutcome.PRESENT, AttendanceOutcome.LATE)


def facts_of(orders: Sequence[Order], today: date) -> dict[int, Facts]:
    """{id of the order: what is known of it}; six queries, and those of the registry."""
    reports = _reports(orders)
    minutes, unregistered = _attendance(orders, today)
    jobs = _jobs(orders)
    pauses = defaultdict(list)
    for order, first, back in OrderPause.objects.filter(
        order__in=[order.pk for order in orders]
    ).values_list("order_id", "starts_on", "ends_before"):
        pauses[order].append((first, back))
    found = {}
    for order in orders:
        monthly, final = reports[order.pk]
        found[order.pk] = Facts(
            started_on=order.started_on,
            ended_on=order.ended_on,
            result=order.result,
            final_report_on=final,
            reports=monthly,
            minutes=minutes[order.pk],
            unregistered=frozenset(unregistered[order.pk]),
            pauses=tuple(pauses[order.pk]),
            job=jobs.get(order.case_id),
        )
    return found


def _reports(orders) -> dict:
    found: dict = defaultdict(lambda: ({}, None))
    rows = ProviderReport.objects.filter(
        order__in=[order.pk for order in orders], kind__in=[ReportKind.MONTHLY, ReportKind.FINAL]
    ).order_by("submitted_on", "pk")
    for report in rows:
        monthly, final = found[report.order_id]
        if report.kind == ReportKind.FINAL:
            found[report.order_id] = (monthly, report.submitted_on)
        else:
            found[report.order_id] = ({**monthly, report.month: report.submitted_on}, final)
    return found


def _attendance(orders, today: date) -> tuple[dict, dict]:
    """Minutes of attendance by day, and the days that nobody has registered, for each order."""
    minutes: dict = defaultdict(lambda: defaultdict(int))
    unregistered: dict = defaultdict(set)
    of_activity = defaultdict(list)
    for order in orders:
        of_activity[order.activity_id].append(order)
    sessions = Session.objects.filter(activity__in=of_activity, on__lt=today).values_list(
        "activity_id", "on", "minutes", "outcome", "late_minutes"
    )
    for activity, on, length, outcome, late in sessions.order_by("on", "pk"):
        for order in of_activity[activity]:
            if on < order.started_on or (order.ended_on is not None and on > order.ended_on):
                continue
            if outcome == AttendanceOutcome.NOT_REGISTERED:
                unregistered[order.pk].add(on)
            elif outcome in ATTENDED:
                minutes[order.pk][on] += max(0, length - (late or 0))
    return minutes, unregistered


def _jobs(orders) -> dict[int, Job]:
    """{id of the case: the job it was closed with}, and how long that has been held."""
    cases = {order.case_id for order in orders}
    held: dict = defaultdict(dict)
    for fact in job_facts:
        for case, months in fact.held(cases).items():
            held[case].update(months)
    exits = Exit.objects.filter(case__in=cases, outcome=Outcome.WORK).values_list(
        "case_id", "begins_on", "case__ended_on"
    )
    return {
        case: Job(begins_on or ended_on, held[case])
        for case, begins_on, ended_on in exits.order_by("pk")
        if begins_on or ended_on
    }
