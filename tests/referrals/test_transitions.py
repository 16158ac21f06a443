"""An order from sending to the end, and what the provider sees of it."""

from datetime import time, timedelta

import pytest
import time_machine

from activityplans.enums import AttendanceOutcome
from activityplans.models import AttendanceChange, Session
from activityplans.transitions.attendance import Mark, plan_sessions, register_attendance
from jobcentre.accounts.enums import Role
from jobcentre.casework.exceptions import Conflict, Refused
from jobcentre.casework.models import Deadline
from referrals import transitions as orders
from referrals.enums import OrderState, ReportKind
from referrals.models import Order
from tests.factories import MONDAY

FINAL = orders.ReportInput(ReportKind.FINAL, "Kassa.", "Tar ansvar.")


@pytest.fixture
def order(town):
    return town.ordered(town.approved(town.consented(town.opened())))


def started(order, staff):
    orders.accept_order(order, first_day_on=MONDAY, contact="Bo", actor=staff, today=MONDAY)
    return orders.start_order(order, started_on=MONDAY, actor=staff, today=MONDAY)


@pytest.mark.row("T4")
def test_without_a_consent_an_order_says_why_it_is_necessary(town):
    with pytest.raises(Refused):
        town.ordered(town.approved(town.opened()))
    assert not Order.objects.exists()


def test_the_answer_meets_the_clock_and_the_coach_is_told(order, staff):
    orders.accept_order(order, first_day_on=MONDAY, contact="Bo", actor=staff, today=MONDAY)
    assert Deadline.objects.get(kind="referral_answer").met_on == MONDAY
    assert order.case.coach.notices.filter(text_sv__contains="tackar ja").exists()


def test_two_at_the_provider_do_not_both_answer(order, staff):
    version = order.version
    orders.accept_order(
        order, first_day_on=MONDAY, contact="Bo", actor=staff, today=MONDAY, version=version
    )
    with pytest.raises(Conflict):
        orders.decline_order(
            order, reason="full", note="", actor=staff, today=MONDAY, version=version
        )


@pytest.mark.row("B2")
def test_nothing_is_concluded_while_a_session_is_unregistered(order, staff):
    started(order, staff)
    plan_sessions(order.activity, [MONDAY], time(9), 180, "", actor=staff)
    after = MONDAY + timedelta(days=1)
    with pytest.raises(Refused, match=r"Register|Registrera"):
        orders.end_order(order, FINAL, ended_on=MONDAY, result="reached", actor=staff, today=after)
    session = Session.objects.get()
    assert session.outcome == AttendanceOutcome.NOT_REGISTERED
    register_attendance({session.pk: ("present", "")}, actor=staff, today=MONDAY)
    ended = orders.end_order(
        order, FINAL, ended_on=MONDAY, result="reached", actor=staff, today=after
    )
    assert ended.state == OrderState.ENDED


@pytest.mark.row("J13")
def test_a_changed_registration_keeps_the_former_one(order, staff):
    started(order, staff)
    plan_sessions(order.activity, [MONDAY], time(9), 180, "", actor=staff)
    session = Session.objects.get()
    register_attendance({session.pk: ("unexcused", "")}, actor=staff, today=MONDAY)
    sick_child = Mark("excused", "Sjukt barn", reason="child")
    register_attendance({session.pk: sick_child}, actor=staff, today=MONDAY)
    change = AttendanceChange.objects.get()
    assert (change.old, change.new) == ("unexcused", "excused")


def test_the_future_is_not_registered(order, staff):
    started(order, staff)
    plan_sessions(order.activity, [MONDAY + timedelta(days=1)], time(9), 180, "", actor=staff)
    with pytest.raises(Refused):
        register_attendance({Session.objects.get().pk: ("present", "")}, actor=staff, today=MONDAY)


@pytest.mark.row("J11")
def test_the_provider_sees_the_order_until_fourteen_days_after_its_end(order, staff, log_in):
    started(order, staff)
    orders.end_order(order, FINAL, ended_on=MONDAY, result="reached", actor=staff, today=MONDAY)
    path = f"/bestallningar/{order.ref}/"
    for days, status in ((13, 200), (14, 404)):
        with time_machine.travel(f"{MONDAY + timedelta(days=days)}T11:00:00+00:00", tick=False):
            assert log_in(staff).get(path).status_code == status, days


def test_the_page_shows_what_is_shared_and_nothing_else(town, order, staff, log_in):
    page = log_in(staff).get(f"/bestallningar/{order.ref}/").content.decode()
    number = order.case.person.numbers.get().number
    assert "Träna kassa" in page
    assert number[8:] not in page
    assert "Kan arbeta heltid" not in page


def test_another_provider_does_not_know_of_it(town, order, log_in):
    other = town.user(Role.PROVIDER_STAFF, "south")
    assert log_in(other).get(f"/bestallningar/{order.ref}/").status_code == 404


def test_a_declined_order_is_gone_for_the_provider(order, staff, log_in):
    orders.decline_order(order, reason="full", note="", actor=staff, today=MONDAY)
    assert log_in(staff).get(f"/bestallningar/{order.ref}/").status_code == 404
