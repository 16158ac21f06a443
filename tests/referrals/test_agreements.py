"""Agreements: four eyes, history, prices by steps, and what is told before they end."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from activityplans.models import Service
from jobcentre.accounts.enums import Role
from jobcentre.accounts.models import Membership
from jobcentre.casework.exceptions import Conflict, Refused
from jobcentre.notices.models import Notice
from referrals import agreement_rules as rules
from referrals.enums import AgreementState
from referrals.models import AgreementVersion
from referrals.transitions import agreements
from referrals.transitions import providers as register
from tests.factories import MONDAY

SHARES = {"started": 30, "job": 30, "held_3": 40}


@pytest.fixture
def proposer(town):
    return town.user(Role.MANAGER)


@pytest.fixture
def decider(town):
    return town.user(Role.MANAGER, "south")


def terms(**changes):
    values = {
        "title": "Arbetsträning",
        "starts_on": MONDAY,
        "ends_before": MONDAY + timedelta(days=365),
        "notice_months": 3,
        "why": "Nytt avtal.",
    }
    return {**values, **changes}


def priced(**changes):
    service = Service.objects.get(key="work_training")
    values = {"requirement": "Handledare.", "price_model": "week", "price": Decimal(900)}
    return [{"service": service, "steps": {}, **values, **changes}]


@pytest.fixture
def agreement(town, proposer):
    details = {"form": "contracted", "organisation_number": "", "description": ""}
    service = Service.objects.get(key="work_training")
    unit = town.units["north_provider"]
    provider = register.add_provider(unit, details, [service], actor=None)
    return agreements.propose_agreement(provider, "A-1", terms(), priced(), actor=proposer)


def decide(agreement, actor, *, approves=True, reason=""):
    return agreements.decide_agreement(
        agreement.versions.first(), approves=approves, reason=reason, actor=actor
    )


@pytest.mark.parametrize(
    ("ends_before", "months", "last"),
    [
        (date(2027, 1, 1), 3, date(2026, 9, 30)),
        (date(2027, 6, 1), 3, date(2027, 2, 28)),
        (date(2027, 4, 16), 0, date(2027, 4, 15)),
    ],
)
def test_the_last_day_for_notice(ends_before, months, last):
    assert rules.notice_by(ends_before, months) == last


@pytest.mark.parametrize("price", [Decimal("100.00"), Decimal("99.99"), Decimal("0.01")])
def test_the_steps_are_the_whole_price_to_the_ore(price):
    amounts = rules.step_amounts(price, {"started": 33, "completed": 33, "job": 34})
    assert sum(amounts.values()) == price
    assert rules.step_amounts(Decimal("99.99"), {"started": 33, "job": 67})["started"] == Decimal(
        "33.00"
    )


def test_shares_that_are_not_all_are_refused(agreement, proposer, decider):
    decide(agreement, decider)
    by_steps = priced(price_model="steps", steps={**SHARES, "held_3": 39})
    with pytest.raises(Refused, match="100"):
        agreements.propose_change(agreement, terms(), by_steps, actor=proposer, edit=1)
    assert agreement.versions.count() == 1


@pytest.mark.row("B4")
def test_nobody_approves_the_own_proposal(agreement, proposer, decider):
    with pytest.raises(Refused):
        decide(agreement, proposer)
    agreement.refresh_from_db()
    assert agreement.in_force is None
    decide(agreement, decider)
    agreement.refresh_from_db()
    assert agreement.in_force.number == 1
    with pytest.raises(Refused):
        decide(agreement, decider)  # decided already


def test_the_database_refuses_two_eyes(agreement, proposer):
    with pytest.raises(IntegrityError, match="four_eyes"), transaction.atomic():
        AgreementVersion.objects.update(state=AgreementState.APPROVED, decided_by=proposer)


def test_the_former_wording_holds_until_the_change_is_approved(agreement, proposer, decider):
    decide(agreement, decider)
    changed = terms(title="Mer träning", why="Fler platser.")
    agreements.propose_change(agreement, changed, priced(), actor=proposer, edit=1)
    agreement.refresh_from_db()
    assert agreement.in_force.title == "Arbetsträning"
    decide(agreement, decider, approves=False, reason="För dyrt.")
    agreement.refresh_from_db()
    assert (agreement.in_force.number, agreement.versions.first().reason) == (1, "För dyrt.")
    assert proposer.notices.filter(text_sv__contains="avslogs").exists()


def test_one_proposal_at_a_time_and_no_writing_over(agreement, proposer):
    with pytest.raises(ValidationError, match=r"waits|väntar"):
        agreements.propose_change(agreement, terms(), priced(), actor=proposer, edit=1)
    with pytest.raises(Conflict):
        agreements.propose_change(agreement, terms(), priced(), actor=proposer, edit=7)


def test_the_notice_is_told_twice_and_once_each(agreement, proposer, decider):
    decide(agreement, decider)
    agreement.refresh_from_db()
    notice_on = agreement.in_force.notice_on
    told = [
        agreements.tell_of_ends(notice_on - timedelta(days=left))
        for left in (61, 60, 40, 14, 13, 0, -1)
    ]
    assert told == [0, 2, 0, 2, 0, 0, 0]


def test_the_notice_goes_to_those_who_watch_over_agreements(town, agreement, proposer, decider):
    decide(agreement, decider)
    other = agreements.propose_agreement(
        agreement.provider, "A-2", terms(), priced(), actor=town.user(Role.MANAGER, name="Tredje")
    )
    decide(other, proposer, approves=False, reason="Nej.")
    stranger = town.user(Role.MANAGER, name="Utan avtal")
    day = AgreementVersion.objects.get(agreement=agreement).notice_on - timedelta(days=60)

    def told(step) -> set[str]:
        found = Notice.objects.filter(key__startswith=f"agreement:{agreement.pk}:1:{step}")
        return set(found.values_list("user__name", flat=True))

    decider.is_active = False
    decider.save()
    agreements.tell_of_ends(day)
    assert told("notice60") == {proposer.name, "Tredje"}
    watching = Membership.objects.filter(user__in=[proposer.pk, other.versions.get().proposed_by])
    watching.update(valid_to=day)
    agreements.tell_of_ends(day + timedelta(days=46))
    assert told("notice14") == {stranger.name}


def test_an_agreement_that_ends_under_running_orders_says_so(
    agreement, proposer, decider, town, log_in
):
    order = town.ordered(town.approved(town.consented(town.opened())))
    version = agreement.versions.first()
    AgreementVersion.objects.filter(pk=version.pk).update(ends_before=MONDAY + timedelta(days=20))
    decide(agreement, decider)
    assert order.ends_before > MONDAY + timedelta(days=20)
    assert agreements.tell_of_ends(MONDAY) == 2
    page = log_in(proposer).get(f"/avtal/{agreement.pk}/").content.decode()
    assert "1 beställning pågår efter att avtalet har slutat" in page


def test_the_pages_propose_and_decide(agreement, proposer, decider, town, log_in):
    client = log_in(proposer)
    assert "Besluta" not in client.get(f"/avtal/{agreement.pk}/").content.decode()
    path = f"/avtal/{agreement.pk}/besluta/"
    page = log_in(decider).get(path).content.decode()
    token = page.split('name="token" value="')[1].split('"')[0]
    client = log_in(decider)
    assert client.post(path, {"token": token, "approves": "no"}).status_code == 422
    assert client.post(path, {"token": token, "approves": "yes"}).status_code == 302
    assert client.get(path).status_code == 404  # nothing waits
    edit = client.get(f"/avtal/{agreement.pk}/andra/").content.decode()
    assert "Handledare." in edit
    coach = log_in(town.user(Role.COACH))
    assert coach.get(f"/avtal/{agreement.pk}/").status_code == 200
    assert coach.get(f"/avtal/{agreement.pk}/andra/").status_code == 404
