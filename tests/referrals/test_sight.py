"""How long a provider sees an order: each by itself, whatever else of the person it has."""

import uuid
from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine

from activityplans.models import Activity, Service
from activityplans.transitions import plans
from referrals import transitions as orders
from referrals.enums import OrderState, ReportKind
from referrals.models import Order, ProviderReport
from referrals.provider_day import day_of
from tests.factories import MONDAY
from tests.referrals.test_claims import begun

pytestmark = [pytest.mark.row("B7"), pytest.mark.row("J11")]
DAY = timedelta(days=1)
FINAL = orders.ReportInput(ReportKind.FINAL, "Kassa.", "Tar ansvar.")


def at(day):
    return time_machine.travel(f"{day}T11:00:00+00:00", tick=False)


@pytest.fixture
def two(town, coach):
    """Two orders of one person to one provider, for two activities."""
    case, north = town.consented(town.opened()), town.units["north_provider"]
    common = {
        "description": "Tränar", "expected_result": "Klarar", "starts_on": MONDAY,
        "ends_before": MONDAY + 120 * DAY, "hours_per_week": Decimal(20), "provider": north,
    }  # fmt: skip
    services = Service.objects.filter(at_provider=True).order_by("pk")[:2]
    case = town.approved(case, lines=[plans.LineInput(service=each, **common) for each in services])
    return [
        orders.send_order(
            line.activity,
            orders.OrderInput(
                provider=north,
                requirement=f"KRAV {n}",
                needs_to_know=f"VETA {n}",
                starts_on=MONDAY,
                ends_before=MONDAY + 100 * DAY,
                hours_per_week=Decimal(10),
            ),
            actor=coach,
            today=MONDAY,
        )
        for n, line in enumerate(orders.orderable_lines(case))
    ]


@pytest.mark.parametrize("end", ["declined", "withdrawn", "ended"])
def test_an_order_that_is_over_goes_out_of_sight_though_another_goes_on(
    two, staff, coach, log_in, end
):
    over, other = two
    if end == "declined":
        orders.decline_order(over, reason="full", note="", actor=staff, today=MONDAY)
    elif end == "withdrawn":
        orders.withdraw_order(over, reason="Fel.", actor=coach, today=MONDAY)
    else:
        orders.accept_order(over, first_day_on=MONDAY, contact="B", actor=staff, today=MONDAY)
        over = orders.start_order(
            Order.objects.get(pk=over.pk), started_on=MONDAY, actor=staff, today=MONDAY
        )
        orders.end_order(over, FINAL, ended_on=MONDAY, result="reached", actor=staff, today=MONDAY)
    for days in (0, 13, 14, 60):
        with at(MONDAY + days * DAY):
            client = log_in(staff)
            seen = end == "ended" and days < 14
            path = f"/bestallningar/{over.ref}/"
            assert client.get(path).status_code == (200 if seen else 404), days
            page = client.get(f"/bestallningar/{other.ref}/")
            assert page.status_code == 200
            assert "VETA 0" not in page.content.decode()


def test_a_returned_final_report_stands_on_the_page_until_it_is_completed(
    town, staff, coach, log_in
):
    order = begun(town, staff)
    orders.end_order(order, FINAL, ended_on=MONDAY, result="reached", actor=staff, today=MONDAY)
    report = ProviderReport.objects.get()
    assert [row for row in day_of(staff, MONDAY).waiting if row.order == order] == []
    orders.return_report(report, reason="Mer.", actor=coach, today=MONDAY)
    path = f"/bestallningar/{order.ref}/rapport/{report.pk}/komplettera/"
    for days, status in ((0, 200), (14, 200), (29, 200), (30, 404)):
        with at(MONDAY + days * DAY):
            client = log_in(staff)
            page = client.get("/utforare/").content.decode()
            assert (str(order.ref) in page) == (status == 200), days
            assert client.get(path).status_code == status, days
    with at(MONDAY + 20 * DAY):
        day = day_of(staff, MONDAY + 20 * DAY)
        assert [row.order.ref for row in day.waiting] == [order.ref]
        assert day.orders == []  # it goes on no longer
        orders.complete_report(report, FINAL, actor=staff, today=MONDAY + 20 * DAY)
        client = log_in(staff)
        assert client.get(f"/bestallningar/{order.ref}/").status_code == 404
        assert day_of(staff, MONDAY + 20 * DAY).waiting == []


def test_a_returned_monthly_report_keeps_a_withdrawn_order_in_sight(town, staff, coach, log_in):
    order = begun(town, staff)
    written = orders.ReportInput(ReportKind.DEVIATION, "Kassa.", "Samtal.")
    report = orders.send_report(order, written, actor=staff, today=MONDAY)
    orders.return_report(report, reason="Mer.", actor=coach, today=MONDAY)
    orders.withdraw_order(Order.objects.get(pk=order.pk), reason="Slut.", actor=coach, today=MONDAY)
    for days, status in ((29, 200), (30, 404)):
        with at(MONDAY + days * DAY):
            assert log_in(staff).get(f"/bestallningar/{order.ref}/").status_code == status


def test_what_waits_for_an_answer_is_shown_however_many_there_are(town, staff, log_in, monkeypatch):
    monkeypatch.setattr(day_of, "__kwdefaults__", {"at_most": 2})
    running = [begun(town, staff)]
    for _n in range(3):
        running.append(copied(running[0]))
    newest = copied(running[0], state=OrderState.SENT, started_on=None, accepted_on=None)
    day = day_of(staff, MONDAY)
    assert day.orders[0] == newest
    assert (day.is_cut, len(day.orders)) == (True, 3)
    client = log_in(staff)
    page = client.get("/utforare/").content.decode()
    assert str(newest.ref) in page
    assert 'href="/utforare/?alla=1#participants"' in page
    assert str(running[-1].ref) not in page
    page = client.get("/utforare/?alla=1").content.decode()
    assert str(running[-1].ref) in page
    assert "?alla=1#" not in page
    monkeypatch.setattr(day_of, "__kwdefaults__", {"at_most": 4})
    day = day_of(staff, MONDAY)
    assert (day.is_cut, len(day.orders)) == (False, 5)


def copied(order, **changes):
    """The same order once more, for an activity of its own."""
    activity = Activity.objects.get(pk=order.activity_id)
    activity.pk, activity.ref, activity._state.adding = None, uuid.uuid4(), True
    activity.save()
    new = Order.objects.get(pk=order.pk)
    new.pk, new.ref, new.activity, new._state.adding = None, uuid.uuid4(), activity, True
    for name, value in changes.items():
        setattr(new, name, value)
    new.save()
    return new
