"""A consent given, ended, withdrawn; what it opened closes at the next request."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine

from employers.transitions import save_profile
from jobcentre.accounts.enums import Role
from jobcentre.casework.enums import ConsentForm, ConsentPurpose
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import Case, CaseEvent, Consent
from jobcentre.casework.transitions.records import give_consent, withdraw_consent
from tests.factories import MONDAY
from tests.world import PROFILE

BANK = ConsentPurpose.COMPETENCE_BANK


@pytest.fixture
def case(town):
    return town.opened()


@pytest.fixture
def coach(case, town):
    return town.user(Role.COACH)


def give(case, coach, given_on=MONDAY, ends_before=None, purpose=BANK):
    return give_consent(case, purpose, ConsentForm.ORAL, given_on, ends_before, actor=coach)


def sent(**fields):
    values = {"purpose": BANK, "form": "oral", "given_on": "2026-11-16", "ends_before": ""}
    return {"token": str(uuid4()), **values, **fields}


def seen_by_coordinator(town, case) -> bool:
    user = town.user(Role.BUSINESS_COORDINATOR)
    return Case.objects.visible_to(user).filter(pk=case.pk).exists()


def test_a_consent_is_recorded_on_the_page(case, coach, log_in):
    client = log_in(coach)
    answer = client.post(f"/arenden/{case.number}/samtycke/", sent(given_on="i går"))
    assert answer.status_code == 302
    kept = Consent.objects.get()
    assert (kept.purpose, kept.given_on, kept.recorded_by) == (
        BANK,
        MONDAY - timedelta(days=1),
        coach,
    )
    assert CaseEvent.objects.filter(kind="consent.given").count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"given_on": "2026-11-17"},  # tomorrow
        {"given_on": ""},
        {"given_on": "snart"},
        {"ends_before": "2026-11-16"},  # over on the day it is given
        {"purpose": "everything"},
        {"form": ""},
    ],
)
def test_dates_and_choices_are_checked(wrong, case, coach, log_in):
    answer = log_in(coach).post(f"/arenden/{case.number}/samtycke/", sent(**wrong))
    assert answer.status_code == 422
    assert not Consent.objects.exists()


def test_one_consent_to_a_purpose_at_a_time(case, coach):
    give(case, coach)
    with pytest.raises(Refused):
        give(case, coach)
    give(case, coach, purpose=ConsentPurpose.PROVIDERS)
    assert Consent.objects.count() == 2


def test_after_one_that_has_ended_another_is_given(case, coach):
    give(case, coach, MONDAY - timedelta(days=30), MONDAY)
    give(case, coach)
    assert Consent.objects.count() == 2


def test_a_withdrawal_closes_what_it_opened_at_the_next_request(case, coach, town, log_in):
    give(case, coach)
    save_profile(case, {**PROFILE, "available_from": MONDAY}, actor=None, today=MONDAY)
    assert seen_by_coordinator(town, case)
    client = log_in(coach)
    url = f"/arenden/{case.number}/samtycke/{Consent.objects.get().pk}/aterkalla/"
    assert client.post(url).status_code == 302
    assert not seen_by_coordinator(town, case)
    kept = Consent.objects.get()
    assert kept.withdrawn_on == MONDAY
    assert CaseEvent.objects.filter(kind="consent.withdrawn").count() == 1
    again = client.post(url, follow=True)
    assert "redan återkallat" in again.content.decode()
    assert CaseEvent.objects.filter(kind="consent.withdrawn").count() == 1


def test_a_consent_ends_by_itself_on_its_day(case, coach, town):
    give(case, coach, ends_before=MONDAY + timedelta(days=2))
    for days, seen in ((0, True), (1, True), (2, False)):
        with time_machine.travel(f"{MONDAY + timedelta(days=days)}T11:00:00+00:00", tick=False):
            assert seen_by_coordinator(town, case) is seen


def test_a_consent_given_later_opens_nothing_before(case, coach, town):
    Consent.objects.create(
        case=case,
        purpose=BANK,
        form="oral",
        given_on=MONDAY + timedelta(days=1),
        recorded_by=coach,
    )
    assert not seen_by_coordinator(town, case)


def test_a_withdrawal_is_never_before_the_day_it_was_given(case, coach):
    consent = give(case, coach)
    consent = withdraw_consent(consent, actor=coach, today=MONDAY - timedelta(days=3))
    assert consent.withdrawn_on == MONDAY


def test_the_consent_of_another_case_is_not_there(case, coach, town, log_in):
    consent = give(case, coach)
    other = town.opened()
    url = f"/arenden/{other.number}/samtycke/{consent.pk}/aterkalla/"
    assert log_in(coach).post(url).status_code == 404
    assert Consent.objects.get().withdrawn_on is None
