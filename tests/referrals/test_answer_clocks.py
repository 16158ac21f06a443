"""The clocks of an answer that comes in steps: what was met stays met, and nothing is taken away."""

from datetime import timedelta

import pytest
import time_machine

from jobcentre.accounts.enums import Role
from jobcentre.casework.models import Deadline
from referrals import transitions as orders
from referrals.models import Order, OrderQuestion
from tests.factories import MONDAY

pytestmark = pytest.mark.row("T4")
DAY = timedelta(days=1)


@pytest.fixture
def order(town):
    return town.ordered(town.approved(town.consented(town.opened())))


def clocks(kind) -> list[tuple]:
    rows = Deadline.objects.filter(kind=kind).order_by("pk")
    return [(row.started_on, row.met_on, row.cancelled_on) for row in rows]


def waiting(order, staff, today=MONDAY):
    with time_machine.travel(f"{today}T11:00:00+00:00", tick=False):
        return orders.put_on_waiting_list(
            Order.objects.get(pk=order.pk), reason="Fullt.", expected_on=today + 10 * DAY,
            actor=staff, today=today,
        )  # fmt: skip


def test_a_place_declined_after_sixty_days_waited_for_sixty_days(order, staff, log_in):
    waiting(order, staff)
    late = MONDAY + 60 * DAY
    with time_machine.travel(f"{late}T11:00:00+00:00", tick=False):
        found = orders.decline_order(
            Order.objects.get(pk=order.pk), reason="full", note="", actor=staff, today=late
        )
    assert clocks("order_waiting") == [(MONDAY, late, None)]
    assert clocks("referral_answer") == [(MONDAY, MONDAY, None)]  # the first answer was in time
    assert (found.answered_on, found.ended_on) == (MONDAY, late)


def test_a_question_in_time_stays_when_the_answer_is_the_waiting_list(town, order, staff, log_in):
    orders.ask_about_order(order, "Vad gäller?", actor=staff, today=MONDAY)
    later = MONDAY + 9 * DAY
    waiting(order, staff, later)
    assert OrderQuestion.objects.get().text == "Vad gäller?"
    assert clocks("referral_answer") == [(MONDAY, MONDAY, None)]
    assert clocks("order_question") == [(MONDAY, later, None)]
    page = log_in(town.user(Role.COACH)).get(f"/bestallningar/{order.ref}/").content.decode()
    assert "Vad gäller?" in page
    assert "besvarades utan" in page
