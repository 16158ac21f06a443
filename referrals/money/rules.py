"""What a provider is to be paid for one order, from what is known of it. Pure.

Money is kronor with öre, rounded half up once for each claim. A claim is made for a step that has
been reached or for a week or month that is over; what its evidence lacks stops it but hides nothing.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from jobcentre.workdays import add_months
from referrals.agreement_rules import step_amounts
from referrals.enums import ClaimBlock, OrderResult, PriceModel, PriceStep

ORE, WEEK = Decimal("0.01"), timedelta(weeks=1)
COMPLETED = (OrderResult.REACHED, OrderResult.PARTLY)
HELD = {
    PriceStep.HELD_1: 1,
    PriceStep.HELD_3: 3,
    PriceStep.HELD_6: 6,
    PriceStep.HELD_12: 12,
}
STEPS, OF_JOB = frozenset(PriceStep.values), frozenset((PriceStep.JOB, *HELD))


@dataclass(frozen=True)
class Price:
    """The price of a service in an agreement; `shares` in per cent by PriceStep, for steps only."""

    model: str
    amount: Decimal
    shares: Mapping[str, int] = field(default_factory=dict)
    reports_monthly: bool = False


@dataclass(frozen=True)
class Job:
    """A job that began; `verified` are the days, in order, on which it was verified that the person
    still had it."""

    started_on: date
    verified: Sequence[date] = ()


@dataclass(frozen=True)
class Facts:
    """What is known of an order. `ended_on` is its last day. `minutes` are of attendance, by the
    first day of the month; `unregistered` the days with a held session that nobody registered.
    `job` is the one that this order led to."""

    started_on: date | None = None
    ended_on: date | None = None
    result: str = ""
    final_report_on: date | None = None
    reports: Mapping[date, date] = field(default_factory=dict)  # {first of the month: sent on}
    minutes: Mapping[date, int] = field(default_factory=dict)
    unregistered: frozenset[date] = frozenset()
    pauses: Sequence[tuple[date, date | None]] = ()  # half-open; None: still paused
    job: Job | None = None
    is_withdrawn: bool = False  # by the centre, on `ended_on`
    # {first of the month, None for the final one: day on which the report was returned}, while it
    # is not completed
    returned: Mapping[date | None, date] = field(default_factory=dict)


@dataclass(frozen=True)
class Due:
    """Something to be paid. `key` names it within the order; the period is half-open; `evidence`
    is {what: day}; `block` is what the evidence lacks."""

    key: str
    kind: str
    starts_on: date
    ends_before: date
    quantity: Decimal
    unit_price: Decimal
    amount: Decimal
    evidence: Mapping[str, date]
    block: str = ""


def rounded(amount: Decimal) -> Decimal:
    """Kronor rounded half up to öre."""
    return amount.quantize(ORE, ROUND_HALF_UP)


def dues(price: Price, facts: Facts, today: date) -> list[Due]:
    """All that is to be paid for the order until today, in the order in which it fell due."""
    if facts.started_on is None or facts.started_on > today:
        return []
    if price.model == PriceModel.STEPS:
        found: Iterable[Due] = _steps(price, facts, today)
    elif price.model == PriceModel.FIXED:
        found = _fixed(price, facts)
    elif price.model == PriceModel.WEEK:
        found = _weeks(price, facts, today)
    else:
        found = _months(price, facts, today)
    return [due for due in found if due.amount > 0]


def _moment(key: str, price: Decimal, on: date, evidence: Mapping[str, date], block="") -> Due:
    return Due(
        key, key, on, on + timedelta(days=1), Decimal(1), price, price, dict(evidence), block
    )


def _steps(price: Price, facts: Facts, today: date) -> Iterator[Due]:
    amounts = step_amounts(price.amount, price.shares)
    for step in PriceStep.values:
        if step not in amounts:
            continue
        on, evidence, block = _reached(step, facts, today)
        if on is not None:
            yield _moment(step, amounts[step], on, evidence, block)


def _reached(step: str, facts: Facts, today: date) -> tuple[date | None, dict[str, date], str]:
    """The day on which a step was reached, what shows it, and what is lacking."""
    if step == PriceStep.STARTED:
        return facts.started_on, {"started": facts.started_on}, ""
    if step == PriceStep.COMPLETED:
        if facts.ended_on is None or facts.result not in COMPLETED:
            return None, {}, ""
        return facts.ended_on, *_closed(facts)
    job = facts.job
    if job is None or not facts.started_on <= job.started_on <= today:
        return None, {}, ""
    if step == PriceStep.JOB:
        return job.started_on, {"job": job.started_on}, ""
    # A later answer shows the earlier months too; one that comes too early shows nothing.
    held_on = add_months(job.started_on, HELD[PriceStep(step)])
    verified = next((day for day in job.verified if day >= held_on), None)
    if verified is None:
        return None, {}, ""
    return held_on, {"job": job.started_on, step: verified}, ""


def _closed(facts: Facts) -> tuple[dict[str, date], str]:
    if facts.final_report_on is None:
        return {"ended": facts.ended_on}, ClaimBlock.REPORT
    return {"ended": facts.ended_on, "final_report": facts.final_report_on}, ""


def _fixed(price: Price, facts: Facts) -> Iterator[Due]:
    if facts.ended_on is not None and facts.result != OrderResult.INTERRUPTED:
        evidence, block = _closed(facts)
        yield _moment(PriceModel.FIXED, price.amount, facts.ended_on, evidence, block)


def _run_until(facts: Facts, today: date) -> date:
    """The day after the last day of the order that has passed."""
    return today if facts.ended_on is None else min(facts.ended_on + timedelta(days=1), today)


def _weeks(price: Price, facts: Facts, today: date) -> Iterator[Due]:
    """A price for each ISO week in which the order ran and did not stand still all the time, when
    the week or the order is over."""
    until = _run_until(facts, today)
    monday = facts.started_on - timedelta(days=facts.started_on.weekday())
    while monday < until:
        first, after = max(monday, facts.started_on), min(monday + WEEK, until)
        is_over = monday + WEEK <= today or facts.ended_on is not None
        if is_over and _days(facts, first, after):
            year, week, _day = monday.isocalendar()
            yield Due(
                f"week:{year}-{week:02d}",
                PriceModel.WEEK,
                first,
                after,
                Decimal(1),
                price.amount,
                price.amount,
                {"ran": first},
                ClaimBlock.ATTENDANCE if _lacks(facts, first, after) else "",
            )
        monday += WEEK


def _days(facts: Facts, first: date, after: date) -> int:
    """The days of a period in which the order did not stand still."""
    days = (first + timedelta(days=n) for n in range((after - first).days))
    return sum(
        not any(begun <= day and (ended is None or day < ended) for begun, ended in facts.pauses)
        for day in days
    )


def _lacks(facts: Facts, first: date, after: date) -> bool:
    return any(first <= day < after for day in facts.unregistered)


def _months(price: Price, facts: Facts, today: date) -> Iterator[Due]:
    """A price for each calendar month that is over: of a place for every month begun, of a person
    by the days without pauses, of hours by the attendance."""
    until, first_of = _run_until(facts, today), facts.started_on.replace(day=1)
    while first_of < until:
        next_month = add_months(first_of, 1)
        first, after = max(first_of, facts.started_on), min(next_month, until)
        if next_month <= today or facts.ended_on is not None:
            yield _month(price, facts, first_of, first, after)
        first_of = next_month


def _month(price: Price, facts: Facts, first_of: date, first: date, after: date) -> Due:
    evidence = {"ran": first}
    reported = facts.reports.get(first_of)
    if reported is not None:
        evidence["report"] = reported
    elif facts.final_report_on is not None:
        # It tells of what the monthly ones have not; none can be sent after it.
        reported = evidence["final_report"] = facts.final_report_on
    block = ""
    if price.model == PriceModel.HOUR:
        minutes = facts.minutes.get(first_of, 0)
        quantity = rounded(Decimal(minutes) / 60)
        amount = rounded(price.amount * minutes / 60)
        if _lacks(facts, first, after):
            block = ClaimBlock.ATTENDANCE
    elif price.model == PriceModel.PLACE:
        quantity, amount = Decimal(1), price.amount
    else:
        days, whole = _days(facts, first, after), (add_months(first_of, 1) - first_of).days
        quantity = rounded(Decimal(days) / whole)
        amount = rounded(price.amount * days / whole)
    if (
        price.reports_monthly
        and reported is None
        and not block
        and not _is_cut_off(facts, first_of)
    ):
        block = ClaimBlock.REPORT
    return Due(
        f"{price.model}:{first_of:%Y-%m}", price.model, first, after,
        quantity, price.amount, amount, evidence, block,
    )  # fmt: skip


def _is_cut_off(facts: Facts, first_of: date) -> bool:
    """Whether the order was withdrawn before the report of the month was owed: none is sent then."""
    return facts.is_withdrawn and first_of >= add_months(facts.ended_on.replace(day=1), -1)


def lost_on(due: Due, facts: Facts) -> date | None:
    """The day on which the report that it was paid by was returned, while it is not completed."""
    if due.block != ClaimBlock.REPORT:
        return None
    final = facts.returned.get(None)
    if due.kind in STEPS or due.kind == PriceModel.FIXED:
        return final
    return facts.returned.get(due.starts_on.replace(day=1), final)


def overlaps(first: Due, other: Due) -> bool:
    """Whether two claims of one person pay twice: for the same step of a job, or the same days."""
    if first.kind in STEPS or other.kind in STEPS:
        return first.kind == other.kind and first.kind in OF_JOB
    return first.starts_on < other.ends_before and other.starts_on < first.ends_before
