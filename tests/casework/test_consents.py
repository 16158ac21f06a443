"""A consent given, ended, withdrawn; what it opened closes at the next request."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from employers.transitions import save_profile
from jobcentre.accounts.enums import Role
from jobcentre.casework.consents import covers
from jobcentre.casework.enums import ConsentForm, ConsentPurpose
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import Case, CaseEvent, Consent
from jobcentre.casework.transitions.records import give_consent, withdraw_consent
from tests.factories import MONDAY
from tests.test_rules_document import DOCUMENT, examples
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


# --- one receiver ------------------------------------------------------------------------------------
@pytest.mark.parametrize("row", examples(DOCUMENT.read_text(), "consents"), ids=" ".join)
def test_what_a_consent_covers_as_the_document_says(row):
    given, name, found = row
    consents = []
    for each in filter(None, (part.strip() for part in given.split(","))):
        words, _, receiver = each.partition(":")
        days = dict(zip(words.split()[::2], words.split()[1::2], strict=True))
        consents.append(
            Consent(
                purpose=ConsentPurpose.PROVIDERS,
                receiver=receiver,
                given_on=date.fromisoformat(days["from"]),
                ends_before=days.get("until") and date.fromisoformat(days["until"]),
                withdrawn_on=days.get("withdrawn") and date.fromisoformat(days["withdrawn"]),
            )
        )
    assert covers(consents, ConsentPurpose.PROVIDERS, MONDAY, name) is (found == "yes")
    assert not covers(consents, ConsentPurpose.HEALTH, MONDAY, name)


def test_the_database_keeps_a_receiver_to_exchanges(case, coach):
    wrong = Consent(
        case=case, purpose=BANK, receiver="X", form="oral", given_on=MONDAY, recorded_by=coach
    )
    with pytest.raises(ValidationError, match=r"mottagare|receiver"):
        wrong.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        wrong.save()


def test_a_consent_to_one_provider_opens_no_other(town):
    case = town.approved(town.opened())
    coach = town.user(Role.COACH)
    name = town.units["north_provider"].name
    give_consent(
        case, "providers", ConsentForm.ORAL, MONDAY, None, actor=coach, receiver="Annan verkstad"
    )
    with pytest.raises(Refused):
        town.ordered(case)
    give_consent(case, "providers", ConsentForm.ORAL, MONDAY, None, actor=coach, receiver=name)
    assert town.ordered(case).provider.name == name


def test_only_who_reads_the_sensitive_areas_sees_which_clinic(case, coach, town, log_in):
    give_consent(
        case, "health", ConsentForm.ORAL, MONDAY, None, actor=coach, receiver="Rosens klinik"
    )
    own = log_in(coach, "en").get(f"/arenden/{case.number}/").content.decode()
    assert "only Rosens klinik" in own
    other = log_in(town.user(Role.COACH, name="Kollega"), "en")
    page = other.get(f"/arenden/{case.number}/").content.decode()
    assert "Rosens klinik" not in page
    assert "only one named receiver" in page
    assert "Rosens klinik" not in other.get(f"/arenden/{case.number}/tidslinje/").content.decode()
