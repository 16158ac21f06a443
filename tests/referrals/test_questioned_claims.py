"""An attested amount whose report is returned afterwards: in question, told, and taken back in the end."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine

from jobcentre.accounts.enums import Role
from jobcentre.notices.models import Notice
from referrals import transitions as orders
from referrals.enums import ClaimBlock, ClaimState, ReportKind
from referrals.models import Claim, Order
from referrals.transitions import claims
from tests.factories import MONDAY
from tests.referrals.test_claims import agree, attest, begun

pytestmark = [pytest.mark.row("B4"), pytest.mark.row("J12")]
NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 3)
MONTHLY = orders.ReportInput(ReportKind.MONTHLY, "Kassa.", "Tar ansvar.", month=NOVEMBER)
FINAL = orders.ReportInput(ReportKind.FINAL, "Kassa.", "Tar ansvar.")
DAY = timedelta(days=1)


def at(day):
    return time_machine.travel(f"{day}T11:00:00+00:00", tick=False)


@pytest.fixture
def managers(town):
    return town.user(Role.MANAGER), town.user(Role.MANAGER, name="Annan Chef")


@pytest.fixture
def report(town, staff, managers):
    """November is reported on, claimed and attested; 3 December."""
    agree(town, model="month", price=Decimal(3000), reports_monthly=True)
    order = begun(town, staff)
    with at(DECEMBER):
        report = orders.send_report(order, MONTHLY, actor=staff, today=DECEMBER)
        claims.keep_ledger(DECEMBER)
        attest(Claim.objects.get(), managers)
    return report


def returned(report, coach, on=DECEMBER):
    with at(on):
        return orders.return_report(report, reason="Skriv om målen.", actor=coach, today=on)


def questioned() -> list[date]:
    found = Claim.objects.with_question().filter(questioned_on__isnull=False)
    return [each.questioned_on for each in found.order_by("pk")]


def states() -> list[tuple]:
    return [(int(each.amount), each.block or each.state) for each in Claim.objects.order_by("pk")]


def test_a_report_returned_after_the_attest_puts_the_amount_in_question(
    report, coach, managers, town, log_in
):
    assert questioned() == []
    returned(report, coach)
    assert questioned() == [DECEMBER]
    told = Notice.objects.filter(key__contains=":questioned:")
    assert {each.user for each in told} == set(managers)
    claim = Claim.objects.get()
    with at(DECEMBER):
        page = log_in(managers[0]).get(f"/ersattningar/{claim.pk}/").content.decode()
        assert "Beloppet är ifrågasatt" in page
        assert "1 jan" in page.replace("\xa0", " ")  # taken back when thirty days have passed
        rows = log_in(managers[0]).get("/ersattningar/?state=questioned").content.decode()
    assert "1 attesterat belopp är ifrågasatt" in rows
    assert "rapporten är återsänd" in rows
    own = log_in(town.user(Role.PROVIDER_STAFF)).get("/utforare/ersattning/").content.decode()
    assert "rapporten är återsänd" in own
    assert (
        claims.keep_ledger(DECEMBER + DAY) == 0
    )  # nothing is taken back while it can be completed


def test_completed_in_time_it_stands(report, coach, staff):
    returned(report, coach)
    with at(DECEMBER + DAY):
        orders.complete_report(report, MONTHLY, actor=staff, today=DECEMBER + DAY)
        assert questioned() == []
        claims.keep_ledger(DECEMBER + DAY)
    assert states() == [(1500, ClaimState.ATTESTED)]


def test_not_completed_it_is_taken_back_and_claimed_when_there_is_a_report(
    report, coach, staff, managers
):
    returned(report, coach)
    late = DECEMBER + 30 * DAY
    claims.keep_ledger(late - DAY)
    assert questioned() == [DECEMBER]
    claims.keep_ledger(late)
    assert [row for row in states() if row[0] in (1500, -1500)] == [
        (1500, ClaimState.ATTESTED),
        (-1500, ClaimState.OPEN),
        (1500, ClaimBlock.REPORT),
    ]
    assert questioned() == []
    assert claims.keep_ledger(late) == 0
    with at(late):
        orders.complete_report(report, MONTHLY, actor=staff, today=late)
    claims.keep_ledger(late)
    assert (1500, ClaimState.OPEN) in states()


def test_the_final_report_of_a_fixed_price(town, staff, coach, managers):
    agree(town, model="fixed", price=Decimal(5000))
    order = begun(town, staff)
    monthly = orders.send_report(order, MONTHLY, actor=staff, today=MONDAY)
    orders.end_order(
        Order.objects.get(pk=order.pk), FINAL, ended_on=MONDAY, result="reached", actor=staff,
        today=MONDAY,
    )  # fmt: skip
    claims.keep_ledger(MONDAY)
    attest(Claim.objects.get(), managers)
    returned(monthly, coach, MONDAY)
    assert questioned() == []  # it was not paid by that one
    returned(order.reports.get(kind=ReportKind.FINAL), coach, MONDAY)
    assert questioned() == [MONDAY]
    claims.keep_ledger(MONDAY + 30 * DAY)
    assert (-5000, ClaimState.OPEN) in states()
