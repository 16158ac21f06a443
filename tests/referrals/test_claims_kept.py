"""What the ledger does when what it is paid for changes: budgets, order of claims, who may sign."""

from datetime import date, time, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from activityplans.transitions.attendance import plan_sessions, register_attendance
from jobcentre.accounts.enums import Role
from jobcentre.audit.enums import Access
from jobcentre.audit.models import Entry
from jobcentre.casework.enums import EmploymentForm, Subsidy
from jobcentre.casework.exceptions import Conflict
from jobcentre.casework.models import ExitReason
from jobcentre.casework.transitions import cases
from referrals import transitions as orders
from referrals.enums import ClaimBlock, ClaimState, ProposalKind
from referrals.models import Claim, Order, OrderProposal
from referrals.transitions import claims
from tests.factories import MONDAY
from tests.referrals.test_claims import agree, attest, begun, ledger

pytestmark = [pytest.mark.row("J12"), pytest.mark.row("B4")]
DAY, WEEK = timedelta(days=1), timedelta(days=7)
DECEMBER = date(2026, 12, 1)


@pytest.fixture(autouse=True)
def _later():
    with time_machine.travel("2026-11-16T11:00:00+00:00", tick=False):
        yield


@pytest.fixture
def managers(town):
    return town.user(Role.MANAGER), town.user(Role.MANAGER, name="Annan Chef")


def attended(town, staff) -> Order:
    """An order with three hours of attendance on its first day."""
    order = begun(town, staff)
    plan_sessions(order.activity, [MONDAY], time(9), 180, "", actor=staff)
    return marked(order, "present", "", staff=staff)


def marked(order: Order, *mark, staff) -> Order:
    session = order.activity.sessions.get()
    register_attendance({session.pk: mark}, actor=staff, today=MONDAY)
    return order


def states(*of: Order) -> list[str]:
    """How the newest amount of each order stands, or what stops it."""
    newest = [Claim.objects.filter(order=order, reverses=None).latest("pk") for order in of]
    return [claim.block or claim.state for claim in newest]


def test_a_reviewed_amount_that_changes_is_reviewed_anew_and_counts_once(town, staff, managers):
    agree(town, model="hour", price=Decimal(300), ceiling_person=Decimal(1000))
    order = attended(town, staff)
    claims.keep_ledger(DECEMBER)
    seen = Claim.objects.get()
    reviewed = claims.review_claim(seen, actor=managers[0], version=seen.version)
    marked(order, "late", "", 30, staff=staff)
    assert claims.keep_ledger(DECEMBER) == 1
    claim = Claim.objects.get()
    # 900 no longer counts: 750 is within 1 000.
    assert (claim.amount, claim.state) == (Decimal(750), ClaimState.OPEN)
    assert (claim.reviewed_by, claim.reviewed_at) == (None, None)
    with pytest.raises(Conflict):  # the page still shows what was reviewed
        claims.attest_claim(reviewed, actor=managers[1], version=reviewed.version)


def test_what_falls_away_or_is_taken_back_leaves_room_at_once(town, staff, managers):
    """The ceiling of the year lets one of two amounts of 900 through: the older order's."""
    agree(town, model="hour", price=Decimal(300), ceiling_year=Decimal(1000))
    first, second = attended(town, staff), attended(town, staff)
    claims.keep_ledger(DECEMBER)
    assert states(first, second) == [ClaimState.OPEN, ClaimBlock.CEILING_YEAR]
    claim = Claim.objects.get(order=first)
    claims.review_claim(claim, actor=managers[0], version=claim.version)
    marked(first, "unexcused", "Fel person.", staff=staff)
    claims.keep_ledger(DECEMBER)
    assert states(first, second) == [ClaimState.CANCELLED, ClaimState.OPEN]
    marked(first, "present", "Rätt ändå.", staff=staff)
    claims.keep_ledger(DECEMBER)
    assert states(first, second) == [ClaimState.OPEN, ClaimBlock.CEILING_YEAR]
    attest(Claim.objects.get(order=first), managers)
    marked(first, "unexcused", "Fel person.", staff=staff)
    assert claims.keep_ledger(DECEMBER) == 2  # taken back, and the other let go
    assert states(second) == [ClaimState.OPEN]
    assert Claim.objects.get(reverses__isnull=False).amount == Decimal(-900)
    # What is taken back counts before anybody has signed it.
    assert claims.keep_ledger(DECEMBER) == 0


def test_an_amount_of_another_day_is_another_amount(town, staff, managers):
    agree(town, model="steps", price=Decimal(1000), steps={"started": 100})
    order = begun(town, staff)
    claims.keep_ledger(MONDAY + WEEK)
    attest(Claim.objects.get(), managers)
    Order.objects.filter(pk=order.pk).update(started_on=MONDAY + DAY)
    claims.keep_ledger(MONDAY + WEEK)
    rows = Claim.objects.order_by("pk").values_list("amount", "starts_on", "turn")
    assert list(rows) == [
        (Decimal(1000), MONDAY, 1),
        (Decimal(-1000), MONDAY, 1),
        (Decimal(1000), MONDAY + DAY, 2),
    ]


def test_one_job_is_paid_to_one(town, staff):
    """Two orders of one person: both are paid for the start, the first for the job."""
    agree(town, model="steps", price=Decimal(1000), steps={"started": 50, "job": 50})
    order, other = begun(town, staff), begun(town, staff)
    case = order.case
    Order.objects.filter(pk=other.pk).update(case=case)
    for each in (order, other):
        Order.objects.filter(pk=each.pk).update(state="ended", ended_on=MONDAY, result="reached")
    case.refresh_from_db()
    leaving = cases.Leaving(
        reason=ExitReason.objects.get(key="work"), ended_on=MONDAY, extent_percent=100,
        employment_form=EmploymentForm.PERMANENT, subsidy=Subsidy.NONE, employer_name="Bageriet",
    )  # fmt: skip
    actor = town.user(Role.COACH)
    cases.close_case(case, leaving, actor=actor, today=MONDAY, version=case.version)
    claims.keep_ledger(MONDAY + DAY)
    assert [(key, block or state) for key, _amount, state, block in ledger()] == [
        ("started", ClaimState.OPEN),
        ("started", ClaimState.OPEN),
        ("job", ClaimState.OPEN),
    ]
    assert Claim.objects.get(key="job").order_id == other.pk  # the last that began before the job


def test_what_is_stopped_stands_in_nobodys_way(town, staff):
    """Two orders of one activity in one week; the first is stopped by a proposal."""
    agree(town)
    order, other = begun(town, staff), begun(town, staff)
    Order.objects.filter(pk=other.pk).update(
        case=order.case, activity=order.activity,
        state="ended", ended_on=MONDAY + 4 * DAY, result="reached",
    )  # fmt: skip
    OrderProposal.objects.create(
        order=order, kind=ProposalKind.ENDING, day=MONDAY + DAY, reason="Orkar inte.",
        proposed_by=staff, proposed_on=MONDAY,
    )  # fmt: skip
    claims.keep_ledger(MONDAY + WEEK)
    assert states(order, other) == [ClaimBlock.PROPOSAL, ClaimState.OPEN]


def test_only_managers_sign_and_each_signature_is_logged(town, staff, managers):
    agree(town)
    begun(town, staff)
    claims.keep_ledger(MONDAY + WEEK)
    claim = Claim.objects.get()
    with pytest.raises(PermissionDenied):
        claims.review_claim(claim, actor=town.user(Role.COACH), version=claim.version)
    reviewed = claims.review_claim(claim, actor=managers[0], version=claim.version)
    with pytest.raises(PermissionDenied):
        claims.attest_claim(reviewed, actor=town.user(Role.COACH), version=reviewed.version)
    claims.attest_claim(reviewed, actor=managers[1], version=reviewed.version)
    entries = Entry.objects.filter(action="claim.attest", access=Access.CHANGE).order_by("pk")
    assert [entry.actor for entry in entries] == list(managers)
    assert {entry.subject_ref for entry in entries} == {claim.case.person.ref}


def test_an_order_that_stands_still_is_paid_for_the_week_before(town, staff):
    agree(town)
    order = begun(town, staff)
    with time_machine.travel("2026-11-23T11:00:00+00:00", tick=False):
        orders.pause_order(
            order, starts_on=MONDAY + WEEK, reason="Sjuk.", actor=town.user(Role.COACH),
            today=MONDAY + WEEK,
        )  # fmt: skip
    claims.keep_ledger(MONDAY + 2 * WEEK)
    assert [key for key, *_rest in ledger()] == ["week:2026-47"]


def test_orders_beyond_the_first_chunk_are_kept_too(town, staff, monkeypatch):
    monkeypatch.setattr(claims, "CHUNK", 1)
    agree(town, ceiling_year=Decimal(2000))
    for _n in range(3):
        begun(town, staff)
    assert claims.keep_ledger(MONDAY + WEEK) == 3
    assert [block for *_rest, block in ledger()] == ["", "", ClaimBlock.CEILING_YEAR]
    assert claims.keep_ledger(MONDAY + WEEK) == 0


@pytest.mark.parametrize(
    ("terms", "made"),
    [
        ({"starts_on": MONDAY}, [""]),
        ({"starts_on": MONDAY + DAY}, []),
        ({"ends_before": MONDAY + DAY}, [""]),
        ({"ends_before": MONDAY}, [ClaimBlock.AGREEMENT]),
    ],
)
def test_the_price_is_the_one_that_held_on_the_first_day(town, staff, terms, made):
    agree(town, **terms)
    begun(town, staff)
    assert claims.keep_ledger(MONDAY + WEEK) == len(made)
    assert [block for _key, _amount, _state, block in ledger()] == made


@pytest.mark.parametrize(("ceiling", "stopped"), [(Decimal(1000), ""), (Decimal("999.99"), "x")])
@pytest.mark.parametrize("name", ["ceiling_person", "ceiling_year"])
def test_a_ceiling_may_be_reached(town, staff, name, ceiling, stopped):
    agree(town, **{name: ceiling})
    begun(town, staff)
    claims.keep_ledger(MONDAY + WEEK)
    assert ledger()[0][3] == (name if stopped else "")
