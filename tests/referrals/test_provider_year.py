"""A year of a provider's life, every amount counted by hand.

Verkstad Norr has one agreement from 2026-01-01, with a price of each model:

    Anna    week, 1 000         19 January to 6 March, away 9-15 February
            weeks 4, 5, 6, 8, 9 and 10                                            6 000.00
    Bo      month, 6 000        on the waiting list; 2 February to 10 April, away 9-15 March
            27/28 + 24/31 + 10/30 of 6 000: 5 785.71 + 4 645.16 + 2 000          12 430.87
    Cilla   steps, 20 000       2 March to 29 May, a job from 1 June, held three months
            20 % + 30 % + 30 % + 20 %                                            20 000.00
    Dag     hour, 250           7 September to 2 October; 3 + 3 + 2.5 hours of attendance,
            of which the last proves to be somebody else's: 2 125.00, taken back, then 1 500.00
    Eva     all of it, 5 000    5 to 30 October                                   5 000.00
    Fia     place, 4 000        14 September to 13 November, after a proposal to end earlier
            three months begun                                                   12 000.00

    in all 56 930.87, and the ceiling of the year is 55 000: Fia's November is stopped until the
    agreement is extended with a ceiling of 60 000.

One more is declined and one taken back before the start; they cost nothing. In 2027 Gun comes, under
the extended agreement and a ceiling that begins anew.
"""

from datetime import date, time
from decimal import Decimal

import pytest
import time_machine

from activityplans.models import Service
from activityplans.transitions import plans
from activityplans.transitions.attendance import plan_sessions, register_attendance
from jobcentre.accounts.enums import Role
from jobcentre.casework.enums import ConsentPurpose, EmploymentForm, Subsidy
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import Case, ExitReason
from jobcentre.casework.transitions import cases
from referrals import transitions as orders
from referrals.enums import ClaimBlock, ClaimState, OrderState, ProposalKind, ReportKind
from referrals.models import Claim, Order
from referrals.money.budget import money_of
from referrals.transitions import agreements, claims
from referrals.transitions import providers as register
from referrals.transitions.proposals import decide_proposal, propose
from reporting.enums import ContactWay, FollowUpState, Occupation
from reporting.transitions.follow_ups import Answer, record_follow_up
from tests.factories import Town

pytestmark = [pytest.mark.row("J12"), pytest.mark.row("B4")]
PRICES = {
    "week": (Decimal(1000), {}),
    "month": (Decimal(6000), {}),
    "steps": (Decimal(20_000), {"started": 20, "completed": 30, "job": 30, "held_3": 20}),
    "hour": (Decimal(250), {}),
    "fixed": (Decimal(5000), {}),
    "place": (Decimal(4000), {}),
}
OPEN, BLOCKED, ATTESTED = ClaimState.OPEN, ClaimState.BLOCKED, ClaimState.ATTESTED


class Year:
    """The provider, its agreement, and the clock of the story."""

    def __init__(self, clock):
        self.clock, self.today = clock, date(2026, 1, 2)
        self.go(self.today)
        self.town = town = Town(today=self.today)
        self.coach = town.user(Role.COACH)
        self.staff = town.user(Role.PROVIDER_STAFF)
        self.first, self.second = town.user(Role.MANAGER), town.user(Role.MANAGER, name="Annan")
        services = Service.objects.filter(at_provider=True).order_by("pk")
        self.services = dict(zip(PRICES, services, strict=False))
        details = {"form": "contracted", "organisation_number": "", "description": ""}
        provider = register.add_provider(
            town.units["north_provider"], details, list(services), actor=None
        )
        self.agreement = agreements.propose_agreement(
            provider,
            "A-1",
            {**self.terms(date(2027, 1, 1), 55_000), "why": "Upphandlat 2025."},
            self.prices(),
            actor=self.first,
        )
        self.approve()

    def terms(self, ends_before, ceiling) -> dict:
        return {
            "title": "Arbetsträning och stöd",
            "starts_on": date(2026, 1, 1),
            "ends_before": ends_before,
            "extensions": 1,
            "reports_monthly": True,
            "ceiling_year": Decimal(ceiling),
        }

    def prices(self) -> list[dict]:
        return [
            {
                "service": self.services[model],
                "requirement": "Handledare på plats.",
                "price_model": model,
                "price": price,
                "steps": steps,
            }
            for model, (price, steps) in PRICES.items()
        ]

    def approve(self) -> None:
        version = self.agreement.versions.first()
        agreements.decide_agreement(version, approves=True, reason="", actor=self.second)
        self.agreement.refresh_from_db()

    def go(self, day: date) -> None:
        self.today = day
        self.clock.move_to(f"{day.isoformat()}T11:00:00+00:00")

    # --- orders ----------------------------------------------------------------------------------
    def order(self, name: str, model: str, day: date, until: date) -> Order:
        """A case, an approved plan with the service, and the order of it, all on `day`."""
        self.go(day)
        town = self.town
        case = town.consented(town.opened(given_name=name, on=day), ConsentPurpose.PROVIDERS)
        line = plans.LineInput(
            service=self.services[model],
            description="Tränar i verkstad.",
            expected_result="Klarar en hel dag.",
            starts_on=day,
            ends_before=until,
            hours_per_week=Decimal(30),
            provider=town.units["north_provider"],
        )
        return town.ordered(town.approved(case, day, lines=[line]), day)

    def begin(self, order: Order, day: date) -> Order:
        order.refresh_from_db()
        orders.accept_order(
            order, first_day_on=day, contact="Bo", actor=self.staff, today=self.today
        )
        self.go(day)
        order.refresh_from_db()
        return orders.start_order(order, started_on=day, actor=self.staff, today=day)

    def report(self, order: Order, month: date, on: date) -> None:
        self.go(on)
        written = orders.ReportInput(ReportKind.MONTHLY, "Kassa.", "Tar ansvar.", month=month)
        order.refresh_from_db()
        orders.send_report(order, written, actor=self.staff, today=on)

    def end(self, order: Order, day: date, result: str) -> None:
        self.go(day)
        order.refresh_from_db()
        final = orders.ReportInput(ReportKind.FINAL, "Kassa.", "Tar ansvar.")
        orders.end_order(order, final, ended_on=day, result=result, actor=self.staff, today=day)

    def away(self, order: Order, first: date, back: date) -> None:
        self.go(first)
        order.refresh_from_db()
        orders.pause_order(order, starts_on=first, reason="Sjuk.", actor=self.coach, today=first)
        self.go(back)
        order.refresh_from_db()
        orders.resume_order(order, back_on=back, actor=self.coach, today=back)

    # --- money -----------------------------------------------------------------------------------
    def ledger(self, day: date) -> list[tuple[str, str, str]]:
        """What the morning of `day` makes or changes: (what, amount, state), and nothing twice."""
        self.go(day)
        before = {claim.pk: (claim.version, claim.state) for claim in Claim.objects.all()}
        written = claims.keep_ledger(day)
        found = [
            (claim.key, str(claim.amount), claim.block or claim.state)
            for claim in Claim.objects.order_by("pk")
            if before.get(claim.pk) != (claim.version, claim.state)
        ]
        assert written == len(found)
        assert claims.keep_ledger(day) == 0
        return found

    def attest_all(self) -> None:
        for claim in Claim.objects.filter(state=OPEN).order_by("pk"):
            reviewed = claims.review_claim(claim, actor=self.first, version=claim.version)
            with pytest.raises(Refused):
                claims.attest_claim(reviewed, actor=self.first, version=reviewed.version)
            claims.attest_claim(reviewed, actor=self.second, version=reviewed.version)

    def money(self, year: int) -> tuple[str, str, str, str]:
        """(attested, committed, stopped, left of the ceiling) of the agreement."""
        found = money_of(self.agreement, year, self.today)
        return tuple(f"{found[name]:.2f}" for name in ("attested", "committed", "stopped", "left"))


@pytest.fixture
def year(db):
    with time_machine.travel("2026-01-02T11:00:00+00:00", tick=False) as clock:
        yield Year(clock)


def weeks(*numbers: int) -> list[tuple[str, str, str]]:
    return [(f"week:2026-{number:02d}", "1000.00", OPEN) for number in numbers]


def test_a_year_of_a_provider(year):
    # January: Anna begins, Bo waits, one is declined, one taken back.
    anna = year.order("Anna", "week", date(2026, 1, 12), date(2026, 3, 9))
    bo = year.order("Bo", "month", date(2026, 1, 12), date(2026, 5, 1))
    orders.put_on_waiting_list(
        bo, reason="Fullt.", expected_on=date(2026, 2, 2), actor=year.staff, today=year.today
    )
    declined = year.order("Doris", "week", date(2026, 1, 12), date(2026, 3, 1))
    orders.decline_order(declined, reason="unsuitable", note="", actor=year.staff, today=year.today)
    withdrawn = year.order("Vera", "week", date(2026, 1, 12), date(2026, 3, 1))
    orders.withdraw_order(withdrawn, reason="Flyttat.", actor=year.coach, today=year.today)
    year.begin(anna, date(2026, 1, 19))
    assert year.ledger(date(2026, 2, 1)) == weeks(4)  # Sunday: the week is not over
    assert year.ledger(date(2026, 2, 2)) == weeks(5)
    year.attest_all()

    # February and March: Bo gets a place, Anna is away one week and ends.
    year.begin(bo, date(2026, 2, 2))
    year.away(anna, date(2026, 2, 9), date(2026, 2, 16))
    assert year.ledger(date(2026, 3, 2)) == [
        *weeks(6, 8, 9),
        ("month:2026-02", "5785.71", ClaimBlock.REPORT),
    ]
    cilla = year.order("Cilla", "steps", date(2026, 2, 23), date(2026, 6, 1))
    year.begin(cilla, date(2026, 3, 2))
    year.report(bo, date(2026, 2, 1), date(2026, 3, 3))
    assert year.ledger(date(2026, 3, 4)) == [
        ("month:2026-02", "5785.71", OPEN),
        ("started", "4000.00", OPEN),
    ]
    year.end(anna, date(2026, 3, 6), "reached")
    year.away(bo, date(2026, 3, 9), date(2026, 3, 16))
    assert year.ledger(date(2026, 3, 16)) == weeks(10)
    year.attest_all()

    # April and May: the last month of Bo has no monthly report but the final one.
    year.report(bo, date(2026, 3, 1), date(2026, 4, 2))
    year.end(bo, date(2026, 4, 10), "partly")
    year.end(cilla, date(2026, 5, 29), "reached")
    assert year.ledger(date(2026, 6, 1)) == [
        ("month:2026-03", "4645.16", OPEN),
        ("month:2026-04", "2000.00", OPEN),
        ("completed", "6000.00", OPEN),
    ]
    year.attest_all()
    assert year.money(2026) == ("28430.87", "0.00", "0.00", "26569.13")

    # Summer: Cilla has a job, and has it still three months later.
    case = Case.objects.get(pk=cilla.case_id)
    leaving = cases.Leaving(
        reason=ExitReason.objects.get(key="work"),
        ended_on=year.today,
        begins_on=date(2026, 6, 1),
        employment_form=EmploymentForm.PERMANENT,
        extent_percent=100,
        subsidy=Subsidy.NONE,
        employer_name="Bageriet",
    )
    cases.close_case(case, leaving, actor=year.coach, today=year.today, version=case.version)
    assert year.ledger(date(2026, 6, 2)) == [("job", "6000.00", OPEN)]
    year.go(date(2026, 9, 3))
    record_follow_up(
        case.follow_ups.get(kind="after_exit", months=3),
        Answer(
            state=FollowUpState.ANSWERED, answered_on=year.today, how=ContactWay.PERSON,
            occupation=Occupation.WORK, same_job=True,
        ),
        actor=year.coach,
        today=year.today,
    )  # fmt: skip
    assert year.ledger(date(2026, 9, 4)) == [("held_3", "4000.00", OPEN)]
    year.attest_all()

    # Autumn: hours, a fixed price, a place that the provider proposes to end earlier.
    dag = year.order("Dag", "hour", date(2026, 9, 1), date(2026, 12, 1))
    fia = year.order("Fia", "place", date(2026, 9, 1), date(2027, 1, 1))
    eva = year.order("Eva", "fixed", date(2026, 9, 1), date(2026, 12, 1))
    year.go(date(2026, 9, 7))
    year.begin(dag, date(2026, 9, 7))
    days = [date(2026, 9, 7), date(2026, 9, 8), date(2026, 9, 14)]
    plan_sessions(dag.activity, days, time(9), 180, "", actor=year.staff)
    year.begin(fia, date(2026, 9, 14))
    sessions = list(dag.activity.sessions.order_by("on"))
    marks = {each.pk: ("present", "") for each in sessions[:2]}
    register_attendance(marks, actor=year.staff, today=year.today)
    year.report(dag, date(2026, 9, 1), date(2026, 10, 1))
    year.report(fia, date(2026, 9, 1), date(2026, 10, 1))
    # One session is not registered yet: the hours of the month are stopped.
    assert year.ledger(date(2026, 10, 1)) == [
        ("hour:2026-09", "1500.00", ClaimBlock.ATTENDANCE),
        ("place:2026-09", "4000.00", OPEN),
    ]
    register_attendance({sessions[2].pk: ("late", "", 30)}, actor=year.staff, today=year.today)
    assert year.ledger(date(2026, 10, 2)) == [("hour:2026-09", "2125.00", OPEN)]
    year.end(dag, date(2026, 10, 2), "not_reached")
    year.begin(eva, date(2026, 10, 5))
    year.attest_all()
    # To come: a place for October, November and December, and Eva's fixed price.
    assert year.money(2026) == ("44555.87", "17000.00", "0.00", "-6555.87")

    # The late one was somebody else: taken back by an amount of its own, and claimed anew.
    year.go(date(2026, 10, 12))
    register_attendance(
        {sessions[2].pk: ("unexcused", "Fel person.")}, actor=year.staff, today=year.today
    )
    assert year.ledger(date(2026, 10, 13)) == [
        ("hour:2026-09", "-2125.00", OPEN),
        ("hour:2026-09", "1500.00", OPEN),
    ]
    year.attest_all()
    assert year.money(2026) == ("43930.87", "17000.00", "0.00", "-5930.87")

    # A proposal waits: what is new about Fia is stopped until the coach has answered.
    year.report(fia, date(2026, 10, 1), date(2026, 10, 29))
    proposal = propose(
        Order.objects.get(pk=fia.pk), ProposalKind.ENDING, reason="Har fått annat.",
        day=date(2026, 11, 14), actor=year.staff, today=year.today,
    )  # fmt: skip
    year.end(eva, date(2026, 10, 30), "partly")
    assert year.ledger(date(2026, 11, 2)) == [
        ("place:2026-10", "4000.00", ClaimBlock.PROPOSAL),
        ("fixed", "5000.00", OPEN),
    ]
    decide_proposal(proposal, accepts=True, answer="", actor=year.coach, today=year.today)
    assert year.ledger(date(2026, 11, 3)) == [("place:2026-10", "4000.00", OPEN)]
    year.attest_all()
    year.end(fia, date(2026, 11, 13), "reached")

    # 52 930.87 and 4 000 are more than the ceiling of 55 000.
    assert year.ledger(date(2026, 11, 16)) == [
        ("place:2026-11", "4000.00", ClaimBlock.CEILING_YEAR)
    ]
    assert year.money(2026) == ("52930.87", "0.00", "4000.00", "2069.13")

    # The agreement is extended by a year with a higher ceiling: stopped while it waits, then let go.
    terms = {**year.terms(date(2028, 1, 1), 60_000), "extensions": 0, "why": "Förlängs."}
    agreements.propose_change(
        year.agreement, terms, year.prices(), actor=year.first, edit=year.agreement.version
    )
    assert year.ledger(date(2026, 11, 17)) == [("place:2026-11", "4000.00", ClaimBlock.PROPOSAL)]
    year.agreement.refresh_from_db()
    year.approve()
    assert year.ledger(date(2026, 11, 18)) == [("place:2026-11", "4000.00", OPEN)]
    year.attest_all()
    assert year.money(2026) == ("56930.87", "0.00", "0.00", "3069.13")

    # A new year under the extended agreement; the ceiling begins anew.
    gun = year.order("Gun", "week", date(2027, 1, 4), date(2027, 3, 1))
    year.begin(gun, date(2027, 1, 11))
    assert year.ledger(date(2027, 1, 25)) == [
        ("week:2027-02", "1000.00", OPEN),
        ("week:2027-03", "1000.00", OPEN),
    ]
    # Two weeks due, five to come.
    assert year.money(2027) == ("0.00", "7000.00", "0.00", "53000.00")

    # The whole year by person, what was taken back taken off.
    spent = {}
    for claim in Claim.objects.filter(starts_on__year=2026).select_related("case__person"):
        assert claim.state == ATTESTED
        assert claim.reviewed_by == year.first
        assert claim.attested_by == year.second
        name = claim.case.person.given_name
        spent[name] = spent.get(name, Decimal(0)) + claim.amount
    assert {name: f"{amount:.2f}" for name, amount in spent.items()} == {
        "Anna": "6000.00",
        "Bo": "12430.87",
        "Cilla": "20000.00",
        "Dag": "1500.00",
        "Eva": "5000.00",
        "Fia": "12000.00",
    }
    assert sum(spent.values()) == Decimal("56930.87")
    assert Order.objects.get(pk=declined.pk).state == OrderState.DECLINED
    assert not Claim.objects.filter(order__in=[declined, withdrawn]).exists()
