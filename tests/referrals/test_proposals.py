"""What a provider proposes about an order, and what the orderer decides."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from jobcentre.accounts.enums import Role
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import Deadline
from referrals import transitions as orders
from referrals.enums import OrderState, ProposalKind
from referrals.models import Order, OrderProposal
from referrals.transitions import proposals
from referrals.transitions.proposals import decide_proposal, propose
from tests.factories import MONDAY

DAY = timedelta(days=1)


@pytest.fixture
def order(town, staff):
    order = town.ordered(town.approved(town.consented(town.opened())))
    orders.accept_order(order, first_day_on=MONDAY, contact="Bo", actor=staff, today=MONDAY)
    return orders.start_order(order, started_on=MONDAY, actor=staff, today=MONDAY)


def proposed(order, staff, kind=ProposalKind.HOURS, **values):
    if kind == ProposalKind.HOURS:
        values = {"hours": Decimal(10), **values}
    return propose(order, kind, reason="Orkar mindre.", actor=staff, today=MONDAY, **values)


def decided(proposal, coach, *, accepts=True, answer="", today=MONDAY):
    return decide_proposal(proposal, accepts=accepts, answer=answer, actor=coach, today=today)


@pytest.mark.row("J11")
def test_nothing_is_changed_until_the_coach_accepts(order, staff, coach):
    before = Order.objects.get().hours_per_week
    proposal = proposed(order, staff)
    assert Order.objects.get().hours_per_week == before != 10
    assert coach.notices.filter(text_sv__contains="föreslår").exists()
    clock = Deadline.objects.get(kind="order_proposal")
    assert (clock.started_on, clock.met_on) == (MONDAY, None)
    decided(proposal, coach)
    assert Order.objects.get().hours_per_week == 10
    assert staff.notices.filter(text_sv__contains="förslag").exists()
    assert Deadline.objects.get(kind="order_proposal").met_on == MONDAY


def test_a_refusal_has_a_reason_and_changes_nothing(order, staff, coach):
    before = Order.objects.get().hours_per_week
    proposal = proposed(order, staff)
    with pytest.raises(ValidationError):
        decided(proposal, coach, accepts=False)
    decided(proposal, coach, accepts=False, answer="Planen säger mer.")
    assert Order.objects.get().hours_per_week == before
    with pytest.raises(Refused):
        decided(proposal, coach)  # final


def test_each_side_keeps_to_its_own(order, staff, coach):
    with pytest.raises(PermissionDenied):
        proposed(order, coach)
    proposal = proposed(order, staff)
    with pytest.raises(PermissionDenied):
        decided(proposal, staff)
    assert OrderProposal.objects.get().state == "pending"


def test_one_proposal_waits_at_a_time(order, staff):
    proposed(order, staff)
    with pytest.raises(ValidationError):
        proposed(order, staff, hours=Decimal(12))
    assert OrderProposal.objects.count() == 1


@pytest.mark.parametrize(
    ("kind", "days"),
    [("extension", 0), ("extension", -5), ("ending", 5), ("ending", -400), ("start", 3)],
)
def test_a_day_that_is_not_what_the_kind_says_is_refused(order, staff, kind, days):
    with pytest.raises(Refused):
        proposed(order, staff, kind, day=order.ends_before + days * DAY)
    assert not OrderProposal.objects.exists()


def test_an_earlier_end_moves_the_last_day(order, staff, coach):
    ends = MONDAY + 10 * DAY
    decided(proposed(order, staff, "ending", day=ends), coach)
    assert Order.objects.get().ends_before == ends


def test_an_extension_past_the_plan_waits_for_the_plan(order, staff, coach):
    before = order.ends_before
    proposal = proposed(order, staff, "extension", day=before + DAY)
    with pytest.raises(Refused, match=r"plan"):
        decided(proposal, coach)
    assert (Order.objects.get().ends_before, OrderProposal.objects.get().state) == (
        before,
        "pending",
    )
    decided(proposal, coach, accepts=False, answer="Planen först.")
    Order.objects.update(ends_before=before - 5 * DAY)
    order.refresh_from_db()
    decided(proposed(order, staff, "extension", day=before), coach)  # the plan reaches as far
    assert Order.objects.get().ends_before == before


def test_unsuitable_takes_the_order_back_with_the_reason(order, staff, coach):
    decided(proposed(order, staff, "unsuitable"), coach)
    found = Order.objects.get()
    assert (found.state, found.withdrawn_reason) == (OrderState.WITHDRAWN, "Orkar mindre.")


def test_another_first_day_before_the_start(town, staff, coach):
    order = town.ordered(town.approved(town.consented(town.opened())))
    assert proposals.proposable(order) == []
    orders.accept_order(order, first_day_on=MONDAY, contact="Bo", actor=staff, today=MONDAY)
    decided(proposed(order, staff, "start", day=MONDAY + 3 * DAY), coach)
    assert Order.objects.get().first_day_on == MONDAY + 3 * DAY


def test_both_see_the_answer_and_no_other_provider_knows(order, staff, coach, town, log_in):
    decided(proposed(order, staff), coach, accepts=False, answer="Planen säger mer.")
    path = f"/bestallningar/{order.ref}/"
    for user in (staff, coach):
        page = log_in(user).get(path).content.decode()
        assert "Orkar mindre." in page
        assert "Planen säger mer." in page
    other = log_in(town.user(Role.PROVIDER_STAFF, "south"))
    for each in ("", "foresla/", "forslag/", "fraga/", "vantelista/"):
        assert other.get(f"{path}{each}").status_code == 404


def test_the_page_counts_the_last_day_in(order, staff, log_in):
    client = log_in(staff)
    path = f"/bestallningar/{order.ref}/foresla/"
    page = client.get(path).content.decode()
    token = page.split('name="token" value="')[1].split('"')[0]
    last = MONDAY + 9 * DAY
    sent = {"token": token, "version": order.version, "kind": "ending", "reason": "Klar."}
    assert client.post(path, sent).status_code == 422
    assert client.post(path, {**sent, "day": last.isoformat()}).status_code == 302
    assert client.post(path, {**sent, "day": last.isoformat()}).status_code == 302  # twice
    assert OrderProposal.objects.get().day == last + DAY
