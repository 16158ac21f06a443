"""The provider reads its own ledger: amounts, states, reasons and sums; no person, nothing of others."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine

from jobcentre.accounts.enums import Role
from referrals import aliases
from referrals.enums import ClaimBlock, ClaimState
from referrals.models import Claim
from tests.factories import MONDAY, claimed, noon
from tests.referrals.test_claims import agree, begun

pytestmark = pytest.mark.row("J12")
PAGE, FILE = "/utforare/ersattning/", "/utforare/ersattning/ersattningar.csv"


@pytest.fixture
def claim(town, staff):
    agreement = agree(town)
    return claimed(begun(town, staff), agreement)


def body(client, path) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode()


def test_an_amount_with_its_state_reason_and_sum(town, claim, staff, log_in):
    client, code = log_in(staff), aliases.code_of(claim.order.ref)
    Claim.objects.update(state=ClaimState.BLOCKED, block=ClaimBlock.ATTENDANCE)
    page = body(client, PAGE)
    assert "1 belopp är spärrat" in page
    assert code in page
    assert "Närvaron är inte registrerad" in page
    Claim.objects.update(state=ClaimState.OPEN, block="")
    claim.refresh_from_db()
    Claim.objects.update(
        state=ClaimState.ATTESTED,
        reviewed_by=town.user(Role.MANAGER),
        attested_by=town.user(Role.MANAGER, name="Annan Chef"),
        attested_at=noon(MONDAY),
    )
    page = body(client, PAGE)
    assert "900" in page
    assert "A-1" in page
    lines = body(client, FILE).splitlines()
    assert len(lines) == 2
    assert code in lines[1]
    assert lines[1].split(";")[8] == "900,00"


def test_no_person_stands_in_it_and_an_order_that_is_no_longer_seen_stays(
    town, claim, staff, log_in
):
    person = claim.case.person
    hidden = (person.family_name, person.name, claim.case.number, person.numbers.get().number)
    for day in (MONDAY, MONDAY + timedelta(days=300)):
        claim.case.involvements.update(visible_before=MONDAY + timedelta(days=1))
        with time_machine.travel(f"{day.isoformat()}T11:00:00+00:00", tick=False):
            text = body(log_in(staff), PAGE) + body(log_in(staff), FILE)
        assert aliases.code_of(claim.order.ref) in text
        assert [word for word in hidden if word in text] == []


def test_that_another_is_paid_for_the_same_is_not_said(claim, staff, log_in):
    Claim.objects.update(state=ClaimState.BLOCKED, block=ClaimBlock.OVERLAP)
    text = body(log_in(staff), PAGE) + body(log_in(staff), FILE)
    assert "samma sak betalas" not in text.lower()
    assert str(ClaimBlock.OVERLAP.label) not in text.lower()
    assert "jobbtorget ser på det" in text.lower()


def test_another_provider_and_a_coach_see_nothing_of_it(town, claim, log_in):
    other = log_in(town.user(Role.PROVIDER_STAFF, "south"))
    page, file = body(other, PAGE), body(other, FILE)
    assert aliases.code_of(claim.order.ref) not in page + file
    assert "A-1" not in page + file
    assert len(file.splitlines()) == 1
    assert log_in(town.user(Role.COACH)).get(PAGE).status_code == 404
    assert list(Claim.objects.of_provider(town.user(Role.COACH))) == []


def test_an_agreement_shows_its_ceiling_and_what_is_left_also_before_any_amount(
    town, staff, log_in
):
    agreement = agree(town, ceiling_year=Decimal(40_000))
    client = log_in(staff)
    page = body(client, PAGE)
    assert "A-1" in page
    assert "40 000" in page.replace("\xa0", " ").replace("&nbsp;", " ")
    claim = claimed(begun(town, staff), agreement)
    assert claim.amount == 900
    assert "7 000" in body(client, PAGE).replace("\xa0", " ")  # to come: seven weeks of the year
    assert "32 100" in body(client, PAGE).replace("\xa0", " ")
    assert "A-1" not in body(log_in(town.user(Role.PROVIDER_STAFF, "south")), PAGE)


def test_without_a_ceiling_it_says_so_and_one_that_is_not_in_force_is_not_shown(
    town, staff, log_in
):
    agreement = agree(town)
    assert "Inget tak" in body(log_in(staff), PAGE)
    agreement.in_force = None
    agreement.save()
    assert "A-1" not in body(log_in(staff), PAGE)
