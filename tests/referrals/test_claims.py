"""The ledger makes an amount when what it is paid for has happened, stops it, and takes it back."""

from datetime import date, time, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from activityplans.models import Service
from activityplans.transitions.attendance import plan_sessions, register_attendance
from jobcentre.accounts.enums import Role
from jobcentre.casework.enums import EmploymentForm, Subsidy
from jobcentre.casework.exceptions import Conflict, Refused
from jobcentre.casework.models import ExitReason
from jobcentre.casework.transitions import cases
from referrals import transitions as orders
from referrals.enums import ClaimBlock, ClaimState, ReportKind
from referrals.models import Claim, Order
from referrals.transitions import agreements, claims
from referrals.transitions import providers as register
from tests.factories import MONDAY

pytestmark = [pytest.mark.row("J12"), pytest.mark.row("B4")]
FINAL = orders.ReportInput(ReportKind.FINAL, "Kassa.", "Tar ansvar.")
STEPS = {"started": 30, "completed": 20, "job": 50}


@pytest.fixture
def managers(town):
    return town.user(Role.MANAGER), town.user(Role.MANAGER, name="Annan Chef")


def agree(town, *, model="week", price=Decimal(1000), steps=None, **terms):
    """An agreement with the provider of the north on every service a provider may carry out."""
    proposer, decider = town.user(Role.MANAGER), town.user(Role.MANAGER, "south")
    services = list(Service.objects.filter(at_provider=True))
    details = {"form": "contracted", "organisation_number": "", "description": ""}
    provider = register.add_provider(town.units["north_provider"], details, services, actor=None)
    agreement = agreements.propose_agreement(
        provider,
        "A-1",
        {
            "title": "Arbetsträning",
            "starts_on": MONDAY - timedelta(days=300),
            "ends_before": MONDAY + timedelta(days=700),
            "reports_monthly": False,
            "why": "Nytt.",
            **terms,
        },
        [
            {
                "service": service,
                "requirement": "Handledare.",
                "price_model": model,
                "price": price,
                "steps": steps or {},
            }
            for service in services
        ],
        actor=proposer,
    )
    agreements.decide_agreement(agreement.versions.first(), approves=True, reason="", actor=decider)
    agreement.refresh_from_db()
    return agreement


def begun(town, staff):
    order = town.ordered(town.approved(town.consented(town.opened())))
    orders.accept_order(order, first_day_on=MONDAY, contact="Bo", actor=staff, today=MONDAY)
    return orders.start_order(order, started_on=MONDAY, actor=staff, today=MONDAY)


def ledger() -> list[tuple]:
    rows = Claim.objects.order_by("pk")
    return [(row.key, row.amount, row.state, row.block) for row in rows]


def attest(claim: Claim, managers) -> Claim:
    first, second = managers
    claim = claims.review_claim(claim, actor=first, version=claim.version)
    return claims.attest_claim(claim, actor=second, version=claim.version)


def test_weeks_are_claimed_when_they_are_over_and_a_second_run_writes_nothing(town, staff):
    agree(town)
    begun(town, staff)
    assert claims.keep_ledger(MONDAY + timedelta(days=6)) == 0
    assert claims.keep_ledger(MONDAY + timedelta(days=14)) == 2
    assert ledger() == [
        ("week:2026-47", Decimal(1000), ClaimState.OPEN, ""),
        ("week:2026-48", Decimal(1000), ClaimState.OPEN, ""),
    ]
    assert claims.keep_ledger(MONDAY + timedelta(days=14)) == 0


def test_without_an_agreement_nothing_is_claimed(town, staff):
    begun(town, staff)
    assert claims.keep_ledger(MONDAY + timedelta(days=30)) == 0


def test_an_unregistered_session_stops_the_week_until_it_is_registered(town, staff):
    agree(town)
    order, after = begun(town, staff), MONDAY + timedelta(days=7)
    plan_sessions(order.activity, [MONDAY], time(9), 180, "", actor=staff)
    claims.keep_ledger(after)
    assert ledger()[0][2:] == (ClaimState.BLOCKED, ClaimBlock.ATTENDANCE)
    session = order.activity.sessions.get()
    register_attendance({session.pk: ("present", "")}, actor=staff, today=MONDAY)
    assert claims.keep_ledger(after) == 1
    assert ledger()[0][2:] == (ClaimState.OPEN, "")


def test_hours_follow_the_attendance_and_what_is_attested_is_taken_back(town, staff, managers):
    agree(town, model="hour", price=Decimal("300.00"))
    order, after = begun(town, staff), date(2026, 12, 1)
    plan_sessions(order.activity, [MONDAY], time(9), 180, "", actor=staff)
    session = order.activity.sessions.get()
    register_attendance({session.pk: ("present", "")}, actor=staff, today=MONDAY)
    claims.keep_ledger(after)
    assert ledger() == [("hour:2026-11", Decimal(900), ClaimState.OPEN, "")]
    attest(Claim.objects.get(), managers)
    assert claims.keep_ledger(after) == 0
    # The provider had marked the wrong person: nobody was there after all.
    register_attendance({session.pk: ("unexcused", "Fel person.")}, actor=staff, today=MONDAY)
    assert claims.keep_ledger(after) == 1
    back = Claim.objects.get(reverses__isnull=False)
    assert (back.amount, back.state) == (Decimal(-900), ClaimState.OPEN)
    attest(back, managers)
    assert claims.keep_ledger(after) == 0
    assert sum(row.amount for row in Claim.objects.filter(state=ClaimState.ATTESTED)) == 0
    # And there after all: it is claimed anew.
    register_attendance({session.pk: ("present", "Rätt ändå.")}, actor=staff, today=MONDAY)
    assert claims.keep_ledger(after) == 1
    assert Claim.objects.latest("pk").turn == 2


def test_a_step_by_step_price_to_the_job_and_back(town, staff, managers):
    agree(town, model="steps", price=Decimal(10000), steps=STEPS)
    order = begun(town, staff)
    claims.keep_ledger(MONDAY)
    assert ledger() == [("started", Decimal(3000), ClaimState.OPEN, "")]
    orders.end_order(order, FINAL, ended_on=MONDAY, result="reached", actor=staff, today=MONDAY)
    case = order.case
    case.refresh_from_db()
    cases.close_case(
        case,
        cases.Leaving(
            reason=ExitReason.objects.get(key="work"),
            ended_on=MONDAY,
            employment_form=EmploymentForm.PERMANENT,
            extent_percent=100,
            subsidy=Subsidy.NONE,
            employer_name="Bageriet",
        ),
        actor=town.user("coach"),
        today=MONDAY,
        version=case.version,
    )
    claims.keep_ledger(MONDAY + timedelta(days=1))
    assert [(key, amount) for key, amount, _state, _block in ledger()] == [
        ("started", Decimal(3000)),
        ("completed", Decimal(2000)),
        ("job", Decimal(5000)),
    ]


def test_a_waiting_change_of_the_agreement_stops_new_amounts(town, staff):
    agreement = agree(town)
    begun(town, staff)
    version = agreement.in_force
    services = [
        {
            "service": row.service,
            "requirement": row.requirement,
            "price_model": row.price_model,
            "price": Decimal(1100),
            "steps": {},
        }
        for row in version.services.all()
    ]
    terms = {"title": "T", "starts_on": version.starts_on, "ends_before": version.ends_before}
    agreements.propose_change(
        agreement, {**terms, "why": "Nytt pris."}, services, actor=town.user(Role.MANAGER),
        edit=agreement.version,
    )  # fmt: skip
    claims.keep_ledger(MONDAY + timedelta(days=7))
    assert ledger()[0][2:] == (ClaimState.BLOCKED, ClaimBlock.PROPOSAL)


@pytest.mark.parametrize(
    ("ceiling", "block"),
    [("ceiling_person", ClaimBlock.CEILING_PERSON), ("ceiling_year", ClaimBlock.CEILING_YEAR)],
)
def test_what_is_above_a_ceiling_is_stopped_and_the_rest_is_not(town, staff, ceiling, block):
    agree(town, **{ceiling: Decimal(2500)})
    begun(town, staff)
    after = MONDAY + timedelta(days=28)
    claims.keep_ledger(after)
    assert [row[2:] for row in ledger()] == [
        (ClaimState.OPEN, ""),
        (ClaimState.OPEN, ""),
        (ClaimState.BLOCKED, block),
        (ClaimState.BLOCKED, block),
    ]
    assert claims.keep_ledger(after) == 0


def test_two_activities_of_one_week_are_both_paid_and_one_activity_once(town, staff):
    """A claim of another order stands in the way only for the same activity."""
    agree(town)
    order, after = begun(town, staff), MONDAY + timedelta(days=7)
    claims.keep_ledger(after)
    first = Claim.objects.get()
    other = begun(town, staff)
    Order.objects.filter(pk=other.pk).update(case=order.case)
    claims.keep_ledger(after)
    assert Claim.objects.get(order=other).state == ClaimState.OPEN
    # The first provider has ended; the activity is carried on by another from the same week.
    Order.objects.filter(pk=order.pk).update(
        state="ended", ended_on=MONDAY + timedelta(days=6), result="reached"
    )
    Order.objects.filter(pk=other.pk).update(activity=first.order.activity)
    claims.keep_ledger(after)
    second = Claim.objects.get(order=other)
    assert (second.state, second.block) == (ClaimState.BLOCKED, ClaimBlock.OVERLAP)
    first.refresh_from_db()
    assert first.state == ClaimState.OPEN


def test_two_sign_and_the_database_refuses_one(town, staff, managers):
    agree(town)
    begun(town, staff)
    claims.keep_ledger(MONDAY + timedelta(days=7))
    first, second = managers
    claim = Claim.objects.get()
    with pytest.raises(Refused):
        claims.attest_claim(claim, actor=second, version=claim.version)
    reviewed = claims.review_claim(claim, actor=first, version=claim.version)
    with pytest.raises(Conflict):  # opened before the review
        claims.review_claim(claim, actor=second, version=claim.version)
    with pytest.raises(Refused):
        claims.attest_claim(reviewed, actor=first, version=reviewed.version)
    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.update(attested_by=first)
    attested = claims.attest_claim(reviewed, actor=second, version=reviewed.version)
    assert attested.state == ClaimState.ATTESTED


def test_the_pages_say_why_so_much_and_lead_through_review_and_attest(
    town, staff, managers, log_in
):
    agreement = agree(town, ceiling_year=Decimal(12_000))
    begun(town, staff)
    claims.keep_ledger(MONDAY + timedelta(days=7))
    claim = Claim.objects.get()
    first, second = (log_in(manager) for manager in managers)
    page = first.get("/ersattningar/").content.decode()
    assert "1 belopp att granska" in page
    page = first.get(f"/ersattningar/{claim.pk}/").content.decode()
    assert "En påbörjad vecka" in page
    for client in (first, second):
        form = client.get(f"/ersattningar/{claim.pk}/").context["form"]
        sent = {"token": form["token"].value(), "version": form["version"].value()}
        assert client.post(f"/ersattningar/{claim.pk}/", sent).status_code == 302
    claim.refresh_from_db()
    assert (claim.state, claim.attested_by) == (ClaimState.ATTESTED, managers[1])
    lines = b"".join(first.get("/ersattningar/fakturaunderlag.csv")).decode().split("\r\n")
    assert "1000,00" in lines[1]
    for month, n in (("2026-11-01", 1), ("2026-10-01", 0)):
        path = f"/ersattningar/fakturaunderlag.csv?state=open&attested_in={month}"
        assert len(b"".join(first.get(path)).decode().split("\r\n")) == 2 + n
    assert claim.case.person.family_name not in lines[1]
    page = first.get(f"/avtal/{agreement.pk}/").content.decode()
    assert "4\xa0000\xa0kr" in page  # left of the ceiling: 1 000 attested, 7 000 to come


def test_the_queries_do_not_grow_with_the_orders(town, staff):
    agree(town)
    for _n in range(2):
        begun(town, staff)
    with CaptureQueriesContext(connection) as few:
        claims.keep_ledger(MONDAY + timedelta(days=7))
    for _n in range(6):
        begun(town, staff)
    with CaptureQueriesContext(connection) as many:
        claims.keep_ledger(MONDAY + timedelta(days=14))
    assert len(many) == len(few)
    assert Order.objects.count() == 8
    assert Claim.objects.count() == 16


@pytest.fixture(autouse=True)
def _later():
    """The clock of the machine stands still; the days of the ledger are given."""
    with time_machine.travel("2026-11-16T11:00:00+00:00", tick=False):
        yield
