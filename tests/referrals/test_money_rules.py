"""What is to be paid for an order: worked examples, counted by hand."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from referrals.enums import ClaimBlock, OrderResult, PriceModel
from referrals.money.rules import Due, Facts, Job, Price, dues, overlaps

pytestmark = pytest.mark.row("J12")
STEPS = {"started": 30, "completed": 20, "job": 20, "held_3": 30}
BEGAN = date(2026, 9, 14)  # a Monday


def price(model, amount="1000.00", **more) -> Price:
    return Price(model, Decimal(amount), more.pop("shares", {}), **more)


def told(found: list[Due]) -> list[tuple]:
    return [(due.key, str(due.amount), str(due.block)) for due in found]


def test_nothing_is_due_before_the_activity_has_begun():
    assert dues(price(PriceModel.WEEK), Facts(), date(2026, 12, 1)) == []
    assert dues(price(PriceModel.WEEK), Facts(started_on=BEGAN), date(2026, 9, 1)) == []


def test_steps_are_due_one_by_one_and_are_the_whole_price():
    by_steps = price(PriceModel.STEPS, "9999.99", shares=STEPS)
    facts = Facts(
        started_on=BEGAN,
        ended_on=date(2026, 11, 30),
        result=OrderResult.REACHED,
        final_report_on=date(2026, 12, 2),
        job=Job(date(2026, 12, 1), (date(2027, 3, 3), date(2027, 6, 2))),
    )
    found = dues(by_steps, facts, date(2027, 7, 1))
    assert told(found) == [
        ("started", "3000.00", ""),
        ("completed", "2000.00", ""),
        ("job", "2000.00", ""),
        ("held_3", "2999.99", ""),
    ]
    assert sum(due.amount for due in found) == by_steps.amount
    assert found[-1].starts_on == date(2027, 3, 1)
    assert found[-1].evidence == {"job": date(2026, 12, 1), "held_3": date(2027, 3, 3)}


def test_a_step_whose_event_has_not_been_is_not_due():
    by_steps = price(PriceModel.STEPS, shares=STEPS)
    interrupted = Facts(BEGAN, date(2026, 10, 1), OrderResult.INTERRUPTED, date(2026, 10, 2))
    assert told(dues(by_steps, interrupted, date(2027, 1, 1))) == [("started", "300.00", "")]
    had_work = Facts(BEGAN, job=Job(date(2026, 9, 1), (date(2026, 12, 2),)))
    assert told(dues(by_steps, had_work, date(2027, 1, 1))) == [("started", "300.00", "")]


def test_a_job_is_held_by_the_days_since_it_began_and_not_since_the_exit():
    """The exit is in November, the job begins on 30 January; three months after the exit is no answer
    to whether it was held for three months."""
    by_steps = price(PriceModel.STEPS, shares=STEPS)
    job = Job(date(2027, 1, 30), (date(2027, 2, 17),))
    facts = Facts(BEGAN, date(2026, 11, 16), OrderResult.INTERRUPTED, job=job)
    assert told(dues(by_steps, facts, date(2027, 1, 29))) == [("started", "300.00", "")]
    assert told(dues(by_steps, facts, date(2027, 6, 1))) == [
        ("started", "300.00", ""),
        ("job", "200.00", ""),
    ]
    later = replace(facts, job=Job(job.started_on, (*job.verified, date(2027, 5, 20))))
    held = dues(by_steps, later, date(2027, 6, 1))[-1]
    assert (held.key, held.starts_on) == ("held_3", date(2027, 4, 30))
    assert held.evidence["held_3"] == date(2027, 5, 20)


def test_completed_waits_for_the_final_report():
    facts = Facts(BEGAN, date(2026, 10, 1), OrderResult.PARTLY)
    found = dues(price(PriceModel.STEPS, shares=STEPS), facts, date(2026, 10, 2))
    assert told(found)[-1] == ("completed", "200.00", ClaimBlock.REPORT)
    assert told(dues(price(PriceModel.FIXED), facts, date(2026, 10, 2))) == [
        ("fixed", "1000.00", ClaimBlock.REPORT)
    ]


def test_each_week_begun_is_paid_when_it_is_over():
    facts = Facts(started_on=date(2026, 9, 16))
    assert [due.key for due in dues(price(PriceModel.WEEK), facts, date(2026, 9, 28))] == [
        "week:2026-38",
        "week:2026-39",
    ]
    ended = Facts(started_on=date(2026, 9, 16), ended_on=date(2026, 9, 21))
    found = dues(price(PriceModel.WEEK), ended, date(2026, 9, 22))
    assert [(due.starts_on, due.ends_before) for due in found] == [
        (date(2026, 9, 16), date(2026, 9, 21)),
        (date(2026, 9, 21), date(2026, 9, 22)),
    ]


def test_a_week_with_a_day_that_nobody_has_registered_is_stopped():
    facts = Facts(started_on=BEGAN, unregistered=frozenset({date(2026, 9, 22)}))
    found = dues(price(PriceModel.WEEK), facts, date(2026, 10, 5))
    assert [due.block for due in found] == ["", ClaimBlock.ATTENDANCE, ""]


def test_a_month_is_paid_by_its_days():
    facts = Facts(started_on=BEGAN, ended_on=date(2026, 11, 10))
    found = dues(price(PriceModel.MONTH), facts, date(2026, 11, 11))
    # 17 of 30, 31 of 31, 10 of 30
    assert told(found) == [
        ("month:2026-09", "566.67", ""),
        ("month:2026-10", "1000.00", ""),
        ("month:2026-11", "333.33", ""),
    ]


def test_a_place_is_paid_for_every_month_begun():
    facts = Facts(started_on=BEGAN, ended_on=date(2026, 10, 1))
    found = dues(price(PriceModel.PLACE), facts, date(2026, 10, 2))
    assert told(found) == [("place:2026-09", "1000.00", ""), ("place:2026-10", "1000.00", "")]


def test_hours_are_those_of_attendance_and_wait_for_all_of_the_month():
    facts = Facts(
        started_on=BEGAN,
        minutes={date(2026, 9, 1): 350, date(2026, 10, 1): 60},
        unregistered=frozenset({date(2026, 10, 2)}),
    )
    found = dues(price(PriceModel.HOUR, "325.50"), facts, date(2026, 11, 1))
    assert told(found) == [  # 350 minutes are 1 898.75
        ("hour:2026-09", "1898.75", ""),
        ("hour:2026-10", "325.50", ClaimBlock.ATTENDANCE),
    ]
    assert found[0].quantity == Decimal("5.83")


def test_a_month_waits_for_its_report_where_the_agreement_asks_for_one():
    facts = Facts(started_on=BEGAN, reports={date(2026, 9, 1): date(2026, 10, 3)})
    found = dues(price(PriceModel.MONTH, reports_monthly=True), facts, date(2026, 11, 1))
    assert [due.block for due in found] == ["", ClaimBlock.REPORT]
    assert found[0].evidence["report"] == date(2026, 10, 3)


def test_the_final_report_stands_for_what_the_monthly_ones_have_not_told():
    """None can be sent after it, and the clock of the monthly report is met by it too."""
    by_month = price(PriceModel.MONTH, reports_monthly=True)
    ended = Facts(started_on=BEGAN, ended_on=date(2026, 10, 9), final_report_on=date(2026, 10, 9))
    found = dues(by_month, ended, date(2026, 11, 1))
    assert [due.block for due in found] == ["", ""]
    assert found[1].evidence["final_report"] == date(2026, 10, 9)
    silent = replace(ended, final_report_on=None)
    found = dues(by_month, silent, date(2026, 11, 1))
    assert [due.block for due in found] == [ClaimBlock.REPORT, ClaimBlock.REPORT]


def test_who_is_cut_off_owes_no_report_that_was_not_owed_before():
    """Withdrawn on 2 December: that of November was not owed yet, that of October was."""
    by_month = price(PriceModel.MONTH, reports_monthly=True)
    withdrawn = Facts(started_on=date(2026, 10, 1), ended_on=date(2026, 12, 2), is_withdrawn=True)
    found = dues(by_month, withdrawn, date(2027, 1, 1))
    assert [due.block for due in found] == [ClaimBlock.REPORT, "", ""]


def test_a_pause_is_not_paid_but_a_place_is():
    away = Facts(started_on=BEGAN, pauses=((date(2026, 9, 17), date(2026, 10, 1)),))
    after = date(2026, 10, 5)
    assert [due.key for due in dues(price(PriceModel.WEEK), away, after)] == [
        "week:2026-38",
        "week:2026-40",
    ]
    # 3 of 30 days
    assert told(dues(price(PriceModel.MONTH), away, after)) == [("month:2026-09", "100.00", "")]
    assert told(dues(price(PriceModel.PLACE), away, after)) == [("place:2026-09", "1000.00", "")]
    still = Facts(started_on=BEGAN, pauses=((BEGAN, None),))
    assert dues(price(PriceModel.WEEK), still, after) == []


def test_the_same_job_and_the_same_days_are_paid_once():
    job = dues(
        price(PriceModel.STEPS, shares={"started": 50, "job": 50}),
        Facts(BEGAN, job=Job(date(2026, 10, 1))),
        date(2026, 11, 1),
    )
    weeks = dues(price(PriceModel.WEEK), Facts(started_on=BEGAN), date(2026, 9, 28))
    assert overlaps(job[1], job[1])
    assert not overlaps(job[0], job[0])  # two activities both begin
    assert overlaps(weeks[0], weeks[0])
    assert not overlaps(weeks[0], weeks[1])
    assert not overlaps(job[0], weeks[0])
