"""What a provider has before it today, in a fixed number of queries."""

from datetime import time, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activityplans.transitions.attendance import plan_sessions, register_attendance
from jobcentre.accounts.enums import Role
from jobcentre.casework.models import CaseEvent
from jobcentre.notices.models import Notice
from referrals import transitions as orders
from referrals.enums import ProposalKind, ReportKind
from referrals.provider_day import day_of
from referrals.transitions.proposals import decide_proposal, propose
from tests.factories import MONDAY

pytestmark = pytest.mark.row("J11")
DAY = timedelta(days=1)


def sent(town, name="Eva"):
    return town.ordered(town.approved(town.consented(town.opened(given_name=name))))


def started(town, staff, name="Eva"):
    order = sent(town, name)
    orders.accept_order(order, first_day_on=MONDAY, contact="Bo", actor=staff, today=MONDAY)
    return orders.start_order(order, started_on=MONDAY, actor=staff, today=MONDAY)


def test_who_comes_today_and_what_is_left_to_register(town, staff, log_in):
    order = started(town, staff)
    plan_sessions(order.activity, [MONDAY, MONDAY + DAY], time(9), 180, "Köket", actor=staff)
    day = day_of(staff, MONDAY)
    assert [(s.starts_at, o.called) for s, o in day.sessions] == [(time(9), "Eva Åberg")]
    assert (day.left, day.left_today) == (0, 1)
    page = log_in(staff).get("/utforare/").content.decode()
    assert "Köket" in page
    assert "09:00" in page
    later = day_of(staff, MONDAY + DAY)
    assert later.unregistered == [(MONDAY, 1)]
    register_attendance(
        {order.activity.sessions.get(on=MONDAY).pk: ("present", "")}, actor=staff, today=MONDAY
    )
    assert day_of(staff, MONDAY + DAY).unregistered == []


def test_answers_starts_reports_and_completions_wait_with_their_clock(town, staff, coach):
    sent(town, "Ny")
    order = started(town, staff)
    written = orders.ReportInput(ReportKind.DEVIATION, "Kassa.", "Frågar.")
    report = orders.send_report(order, written, actor=staff, today=MONDAY)
    orders.return_report(report, reason="Mer.", actor=coach, today=MONDAY)
    day = day_of(staff, MONDAY)
    assert {(row.order.called, row.explanation.name.split(" – ")[0]) for row in day.waiting} >= {
        ("Ny Åberg", day.waiting[0].explanation.name.split(" – ")[0])
    }
    assert len(day.waiting) == 2
    assert [order.called for order in day.to_answer] == ["Ny Åberg"]


def test_what_the_job_centre_has_said_and_what_waits_for_it(town, staff, coach):
    asked, order = sent(town, "Fråga"), started(town, staff)
    orders.ask_about_order(asked, "Körkort?", actor=staff, today=MONDAY)
    proposal = propose(
        order, ProposalKind.HOURS, hours=Decimal(10), reason="Trött.", actor=staff, today=MONDAY
    )
    day = day_of(staff, MONDAY)
    assert [(o.called, str(kind)) for o, kind in day.asked] == [
        ("Eva Åberg", ProposalKind.HOURS.label), ("Fråga Åberg", ""),
    ]  # fmt: skip
    assert day.news == []
    decide_proposal(proposal, accepts=True, answer="", actor=coach, today=MONDAY)
    orders.reply_about_order(asked, "Nej.", actor=coach, today=MONDAY)
    orders.write_message(asked, "Ring mig.", actor=coach, today=MONDAY)
    orders.write_message(order, "Vi ringer.", actor=staff, today=MONDAY)
    day = day_of(staff, MONDAY)
    assert day.asked == []
    assert {(each.kind, each.order.called) for each in day.news} == {
        ("accepted", "Eva Åberg"), ("reply", "Fråga Åberg"), ("message", "Fråga Åberg"),
    }  # fmt: skip
    assert day_of(staff, MONDAY + 15 * DAY).news == []


def test_the_timeline_tells_that_there_was_a_message_and_not_what(town, staff, log_in):
    order = started(town, staff)
    coach = town.user(Role.COACH)
    orders.write_message(order, "HEMLIG fråga.", actor=coach, today=MONDAY)
    orders.write_message(order, "HEMLIGT svar.", actor=staff, today=MONDAY)
    events = CaseEvent.objects.filter(case=order.case, kind="order.message").order_by("pk")
    assert [event.payload["by"] for event in events] == ["centre", "provider"]
    assert "HEMLIG" not in str([(event.payload, event.text) for event in events])
    page = log_in(coach).get(f"/arenden/{order.case.number}/").content.decode()
    assert f"{order.provider.name}, från utföraren." in page


def test_the_portal_of_another_provider_has_nothing_of_it(town, staff):
    started(town, staff)
    day = day_of(town.user(Role.PROVIDER_STAFF, "south"), MONDAY)
    assert (day.orders, day.sessions, day.waiting, day.news) == ([], [], [], [])


@pytest.mark.row("B9")
def test_forty_people_cost_eight_queries(town, staff, log_in):
    for n in range(40):
        order = started(town, staff, f"Deltagare{n}")
        plan_sessions(order.activity, [MONDAY], time(9), 180, "Köket", actor=staff)
    Notice.objects.all().delete()
    client = log_in(staff)
    client.get("/utforare/")
    with CaptureQueriesContext(connection) as asked:
        page = client.get("/utforare/").content.decode()
    assert page.count("Deltagare") > 80
    assert len(asked) <= 8, "\n".join(query["sql"][:150] for query in asked)
