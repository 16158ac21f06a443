"""What is attested stands when an agreement changes, and is counted when an order ends otherwise than
it was meant to."""

from datetime import date, time, timedelta
from decimal import Decimal

import pytest
import time_machine

from activityplans.transitions.attendance import plan_sessions, register_attendance
from activityplans.transitions.life import break_off
from jobcentre.accounts.enums import Role
from jobcentre.casework.enums import EmploymentForm, PauseReason, Subsidy
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import Exit, ExitReason
from jobcentre.casework.transitions import cases, clocks
from referrals import transitions as orders
from referrals.comparison import alternatives
from referrals.enums import ClaimBlock, ClaimState, ProposalKind
from referrals.models import Claim, Order, OrderProposal
from referrals.transitions import agreements, claims
from tests.factories import MONDAY, noon
from tests.referrals.test_claims import FINAL, agree, attest, begun, ledger

pytestmark = pytest.mark.row("J12")
WEEK = timedelta(weeks=1)
DAY = timedelta(days=1)


@pytest.fixture
def managers(town):
    return town.user(Role.MANAGER), town.user(Role.MANAGER, name="Annan Chef")


def changed(town, agreement, *, price=Decimal(1000), **terms):
    """Another wording, proposed and approved as of the clock."""
    latest = agreement.versions.order_by("number").last()
    agreements.propose_change(
        agreement,
        {
            "title": latest.title,
            "starts_on": latest.starts_on,
            "ends_before": latest.ends_before,
            "reports_monthly": False,
            "why": "Nytt pris.",
            **terms,
        },
        [
            {
                "service": each.service,
                "requirement": "Handledare.",
                "price_model": each.price_model,
                "price": price,
                "steps": each.steps,
            }
            for each in latest.services.all()
        ],
        actor=town.user(Role.MANAGER),
        edit=latest.number,
    )
    proposed = agreement.versions.order_by("number").last()
    decider = town.user(Role.MANAGER, "south")
    agreements.decide_agreement(proposed, approves=True, reason="", actor=decider)


@pytest.mark.parametrize(
    "terms",
    [
        {"price": Decimal(1200)},
        {"starts_on": MONDAY + 8 * WEEK, "ends_before": MONDAY + 60 * WEEK},
    ],
    ids=["another price", "another period"],
)
def test_another_wording_changes_nothing_that_has_begun(town, staff, managers, terms):
    agreement = agree(town)
    begun(town, staff)
    claims.keep_ledger(MONDAY + WEEK)
    attest(Claim.objects.get(), managers)
    with time_machine.travel(noon(MONDAY + WEEK), tick=False):
        changed(town, agreement, **terms)
        claims.keep_ledger(MONDAY + 2 * WEEK)
    assert [row[1:3] for row in ledger()] == [
        (Decimal(1000), ClaimState.ATTESTED),
        (Decimal(1000), ClaimState.OPEN),
    ]


def test_the_comparison_shows_the_price_of_today_when_next_years_is_approved(town):
    agreement = agree(town)
    service = agreement.in_force.services.first().service
    changed(town, agreement, starts_on=MONDAY + 8 * WEEK, ends_before=MONDAY + 60 * WEEK)
    (found,) = alternatives(service, "later", MONDAY)
    assert found.price.price == Decimal(1000)
    assert found.agreement_ends_before == MONDAY + timedelta(days=700)


def test_a_ceiling_for_a_person_holds_in_all_cases_of_the_person(town, staff, managers):
    agree(town, ceiling_person=Decimal(1500))
    first = begun(town, staff)
    claims.keep_ledger(MONDAY + WEEK)
    attest(Claim.objects.get(), managers)
    Order.objects.filter(pk=first.pk).update(
        state="ended", ended_on=MONDAY + 6 * DAY, result="reached"
    )
    second = begun(town, staff)
    case, former = second.case, first.case
    type(former).objects.filter(pk=former.pk).update(status="closed", ended_on=MONDAY + 6 * DAY)
    type(case).objects.filter(pk=case.pk).update(person=former.person)
    claims.keep_ledger(MONDAY + WEEK)
    assert Claim.objects.get(order=second).block == ClaimBlock.CEILING_PERSON


def test_a_withdrawn_order_is_paid_until_then_and_counts(town, staff):
    agree(town)
    order = begun(town, staff)
    claims.keep_ledger(MONDAY + WEEK)
    with time_machine.travel(noon(MONDAY + WEEK + DAY), tick=False):
        coach = town.user(Role.COACH)
        orders.withdraw_order(order, reason="Flyttar.", actor=coach, today=MONDAY + WEEK + DAY)
        claims.keep_ledger(MONDAY + 3 * WEEK)
    assert [(key, state) for key, _amount, state, _block in ledger()] == [
        ("week:2026-47", ClaimState.OPEN),
        ("week:2026-48", ClaimState.OPEN),
    ]


@pytest.mark.parametrize("model", ["fixed", "steps"])
def test_a_withdrawn_order_has_no_result_to_pay(town, staff, model):
    steps = {"started": 50, "completed": 50} if model == "steps" else None
    agree(town, model=model, steps=steps)
    order = begun(town, staff)
    coach = town.user(Role.COACH)
    orders.withdraw_order(order, reason="Flyttar.", actor=coach, today=MONDAY)
    claims.keep_ledger(MONDAY + WEEK)
    assert [row[0] for row in ledger()] == (["started"] if steps else [])


def test_a_start_that_was_noted_by_mistake_is_taken_back(town, staff, managers):
    agree(town, model="steps", steps={"started": 100})
    order = begun(town, staff)
    claims.keep_ledger(MONDAY)
    attest(Claim.objects.get(), managers)
    plan_sessions(order.activity, [MONDAY], time(9), 180, "", actor=staff)
    session = order.activity.sessions.get()
    register_attendance({session.pk: ("present", "")}, actor=staff, today=MONDAY)

    def withdrawn():
        return orders.withdraw_order(
            Order.objects.get(pk=order.pk), reason="Fel person.", never_started=True,
            actor=town.user(Role.COACH), today=MONDAY,
        )  # fmt: skip

    with pytest.raises(Refused, match="närvaron"):
        withdrawn()
    register_attendance({session.pk: ("unexcused", "Kom aldrig.")}, actor=staff, today=MONDAY)
    assert withdrawn().started_on is None
    assert claims.keep_ledger(MONDAY + DAY) == 1
    back = Claim.objects.get(reverses__isnull=False)
    assert (back.key, back.amount) == ("started", Decimal(-1000))
    assert claims.keep_ledger(MONDAY + DAY) == 0


def test_nothing_is_paid_after_the_coach_has_broken_the_activity_off(town, staff):
    agree(town)
    order, on = begun(town, staff), MONDAY + WEEK + DAY
    with time_machine.travel(noon(on), tick=False):
        break_off(
            order.activity, MONDAY + WEEK, "other", "Slutat.", actor=town.user(Role.COACH), today=on
        )
    claims.keep_ledger(MONDAY + 5 * WEEK)
    assert [row[0] for row in ledger()] == ["week:2026-47", "week:2026-48"]


@pytest.mark.parametrize(("back", "weeks"), [(2 * WEEK, ["week:2026-49"]), (None, [])])
def test_weeks_of_an_interruption_of_the_case_are_not_paid(town, staff, back, weeks):
    agree(town)
    case, back = begun(town, staff).case, back and MONDAY + back
    clocks.pause_clock(case, MONDAY, back, PauseReason.ILLNESS, "", actor=town.user(Role.COACH))
    claims.keep_ledger(MONDAY + 3 * WEEK)
    assert [row[0] for row in ledger()] == weeks


def _left_to_work(town, case, begins_on: date) -> None:
    leaving = cases.Leaving(
        reason=ExitReason.objects.get(key="work"), ended_on=MONDAY, extent_percent=100,
        employment_form=EmploymentForm.PERMANENT, subsidy=Subsidy.NONE, employer_name="Bageriet",
    )  # fmt: skip
    case.refresh_from_db()
    actor = town.user(Role.COACH)
    cases.close_case(case, leaving, actor=actor, today=MONDAY, version=case.version)
    Exit.objects.filter(case=case).update(begins_on=begins_on)


@pytest.mark.parametrize(("result", "paid"), [("reached", 1), ("interrupted", 0)])
def test_what_was_interrupted_led_to_no_job(town, staff, result, paid):
    agree(town, model="steps", steps={"started": 50, "job": 50})
    order = begun(town, staff)
    Order.objects.filter(pk=order.pk).update(state="ended", ended_on=MONDAY, result=result)
    _left_to_work(town, order.case, MONDAY + WEEK)
    claims.keep_ledger(MONDAY + WEEK - DAY)
    assert Claim.objects.filter(key="job").count() == 0  # the job has not begun
    claims.keep_ledger(MONDAY + WEEK)
    assert Claim.objects.filter(key="job").count() == paid


def test_a_job_that_begins_long_after_the_order_is_still_looked_at(town, staff):
    agree(town, model="steps", steps={"started": 50, "job": 50})
    order = begun(town, staff)
    Order.objects.filter(pk=order.pk).update(state="ended", ended_on=MONDAY, result="reached")
    begins_on = MONDAY + timedelta(days=300)
    _left_to_work(town, order.case, begins_on)
    claims.keep_ledger(MONDAY + claims.LOOKED_BACK + timedelta(days=250))
    assert Claim.objects.get(key="job").starts_on == begins_on


def test_a_proposal_about_an_order_that_has_ended_stops_nothing(town, staff):
    agree(town)
    order = begun(town, staff)
    OrderProposal.objects.create(
        order=order, kind=ProposalKind.ENDING, day=MONDAY + DAY, reason="Orkar inte.",
        proposed_by=staff, proposed_on=MONDAY,
    )  # fmt: skip
    claims.keep_ledger(MONDAY + WEEK)
    assert Claim.objects.get().block == ClaimBlock.PROPOSAL
    orders.end_order(order, FINAL, ended_on=MONDAY, result="reached", actor=staff, today=MONDAY)
    claims.keep_ledger(MONDAY + WEEK)
    assert Claim.objects.get().state == ClaimState.OPEN


def test_what_has_changed_since_the_morning_is_not_attested(town, staff, managers):
    agree(town, model="hour", price=Decimal(300))
    order, after = begun(town, staff), date(2026, 12, 1)
    plan_sessions(order.activity, [MONDAY], time(9), 180, "", actor=staff)
    session = order.activity.sessions.get()
    register_attendance({session.pk: ("present", "")}, actor=staff, today=MONDAY)
    claims.keep_ledger(after)
    first, second = managers
    claim = Claim.objects.get()
    reviewed = claims.review_claim(claim, actor=first, version=claim.version)
    register_attendance({session.pk: ("unexcused", "Fel person.")}, actor=staff, today=MONDAY)
    with pytest.raises(Refused, match="har ändrats"):
        claims.attest_claim(reviewed, actor=second, version=reviewed.version)
    claims.keep_ledger(after)
    assert Claim.objects.get().state == ClaimState.CANCELLED


def test_nothing_is_signed_while_a_change_of_the_agreement_waits(town, staff, managers):
    agreement = agree(town)
    begun(town, staff)
    claims.keep_ledger(MONDAY + timedelta(days=7))
    first, second = managers
    claim = Claim.objects.get()
    latest = agreement.versions.get()
    terms = {
        "title": latest.title, "starts_on": latest.starts_on, "ends_before": latest.ends_before,
        "reports_monthly": False, "why": "Nytt pris.",
    }  # fmt: skip
    service = latest.services.first()
    priced = [
        {
            "service": service.service, "requirement": "Handledare.", "price_model": "week",
            "price": Decimal(1), "steps": {},
        }
    ]  # fmt: skip
    proposed = agreements.propose_change(
        agreement, terms, priced, actor=first, edit=agreement.version
    )
    with pytest.raises(Refused, match="ändring av avtalet"):
        claims.review_claim(claim, actor=first, version=claim.version)
    agreements.decide_agreement(proposed, approves=False, reason="För dyrt.", actor=second)
    reviewed = claims.review_claim(claim, actor=first, version=claim.version)
    assert claims.attest_claim(reviewed, actor=second, version=reviewed.version).amount == 1000
