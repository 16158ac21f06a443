"""An order passed on for a consent that is withdrawn: the provider reads less and cannot accept it, the
coach knows, and gives another ground."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine

from jobcentre.casework.enums import ConsentForm, ConsentPurpose
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import CaseEvent, Consent, Person
from jobcentre.casework.transitions import records
from referrals import transitions as orders
from referrals.enums import OrderState
from referrals.models import Order
from tests.factories import MONDAY

pytestmark = [pytest.mark.row("B7"), pytest.mark.row("J11")]
DAY = timedelta(days=1)
SHARED = ("070-1740605", "HEMLIGT", "KORTARE DAGAR", "ARABISKA")
TOKEN = "5f0f8f1e-97f5-4c68-9b8d-0d0d3f6f5a0"


@pytest.fixture
def order(town, coach):
    case = town.consented(town.approved(town.opened()))
    Person.objects.filter(pk=case.person_id).update(phone=SHARED[0])
    line = orders.orderable_lines(case)[0]
    return orders.send_order(
        line.activity,
        orders.OrderInput(
            provider=line.provider,
            requirement="Kassa.",
            starts_on=MONDAY,
            ends_before=line.ends_before,
            hours_per_week=Decimal(10),
            shares=("phone",),
            needs_to_know=SHARED[1],
            adaptation=SHARED[2],
            interpreter=SHARED[3],
        ),
        actor=coach,
        today=MONDAY,
    )


def withdraw(order, coach, today=MONDAY):
    return records.withdraw_consent(
        Consent.objects.get(case=order.case, withdrawn_on=None), actor=coach, today=today
    )


def read(order, client) -> str:
    return client.get(f"/bestallningar/{order.ref}/").content.decode()


def shown(page) -> list[bool]:
    return [text in page for text in SHARED]


def accept(order, staff):
    return orders.accept_order(
        Order.objects.get(pk=order.pk), first_day_on=MONDAY, contact="Bo", actor=staff, today=MONDAY
    )


def test_the_provider_reads_it_no_longer_at_the_next_request(order, staff, coach, log_in):
    client = log_in(staff)
    assert shown(read(order, client)) == [True] * 4
    withdraw(order, coach)
    for path in ("", "tacka-ja/"):
        page = client.get(f"/bestallningar/{order.ref}/{path}").content.decode()
        assert shown(page) == [False] * 4
    page = read(order, client)
    assert "Samtycket gäller inte längre" in page
    assert "Kassa." in page
    assert "HEMLIGT" in read(order, log_in(coach))
    assert "Ange en annan grund" in read(order, log_in(coach))


def test_a_consent_that_runs_out_is_the_same(order, staff, log_in):
    Consent.objects.update(ends_before=MONDAY + DAY)
    assert shown(read(order, log_in(staff))) == [True] * 4
    with time_machine.travel(f"{MONDAY + DAY}T11:00:00+00:00", tick=False):
        assert shown(read(order, log_in(staff))) == [False] * 4


def test_the_coach_is_told_once_and_only_of_what_goes_on_for_it(town, order, coach):
    withdraw(order, coach)
    told = [
        notice.text_sv for notice in coach.notices.all() if "samtycke" in notice.text_sv.lower()
    ]
    assert len(told) == 1
    assert order.case.number in told[0]
    records.give_consent(
        order.case, ConsentPurpose.PROVIDERS, ConsentForm.ORAL, MONDAY, None, actor=coach
    )
    Order.objects.update(basis="necessary", basis_reason="Behövs.")
    withdraw(order, coach)
    Order.objects.update(basis="consent", basis_reason="", state=OrderState.DECLINED,
                         decline_reason="full")  # fmt: skip
    assert coach.notices.filter(text_sv__icontains="samtycke").count() == 1


def test_another_purpose_is_not_told_of(town, order, coach):
    records.give_consent(
        order.case, ConsentPurpose.HEALTH, ConsentForm.ORAL, MONDAY, None, actor=coach
    )
    records.withdraw_consent(Consent.objects.get(purpose="health"), actor=coach, today=MONDAY)
    assert not coach.notices.filter(text_sv__icontains="samtycke").exists()


def test_it_is_not_accepted_until_there_is_a_ground(order, staff, coach, log_in):
    withdraw(order, coach)
    with pytest.raises(Refused, match=r"consent holds no longer|samtycke gäller inte"):
        accept(order, staff)
    client, path = log_in(coach), f"/bestallningar/{order.ref}/grund/"
    typed = {
        "version": order.version,
        "basis": "necessary",
        "basis_reason": "",
        "token": TOKEN + "1",
    }
    assert client.post(path, typed).status_code == 422
    typed |= {"basis": "consent", "token": TOKEN + "2"}
    page = client.post(path, typed)
    assert page.status_code == 422  # that is the ground already
    typed |= {"basis": "necessary", "basis_reason": "Arbetet kräver det.", "token": TOKEN + "3"}
    assert client.post(path, typed).status_code == 302
    assert CaseEvent.objects.filter(kind="order.basis_changed").count() == 1
    assert staff.notices.filter(url__contains=str(order.ref), text_sv__icontains="grund").exists()
    assert shown(read(order, log_in(staff))) == [True] * 4
    assert accept(order, staff).state == OrderState.ACCEPTED
    with pytest.raises(Refused):
        orders.change_basis(
            Order.objects.get(pk=order.pk), "consent", "", actor=coach, today=MONDAY
        )


def test_a_new_consent_opens_it_again(order, staff, coach, log_in):
    withdraw(order, coach)
    records.give_consent(
        order.case, ConsentPurpose.PROVIDERS, ConsentForm.ORAL, MONDAY, None, actor=coach
    )
    assert shown(read(order, log_in(staff))) == [True] * 4
    assert accept(order, staff).state == OrderState.ACCEPTED


def test_the_ground_of_an_order_that_is_over_is_not_changed(order, staff, coach, log_in):
    orders.decline_order(order, reason="full", note="", actor=staff, today=MONDAY)
    assert log_in(coach).get(f"/bestallningar/{order.ref}/grund/").status_code == 404
    with pytest.raises(Refused):
        orders.change_basis(
            Order.objects.get(pk=order.pk), "necessary", "X.", actor=coach, today=MONDAY
        )
