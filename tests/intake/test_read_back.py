"""A number that is typed is shown back as it was read before anything is saved, on every form."""

import re
from datetime import date

import pytest
from django.urls import reverse

from intake.models import ReferralIn, Visit
from intake.youth.models import OutreachEntry
from jobcentre.accounts.enums import Role
from jobcentre.casework.models import Person
from jobcentre.casework.transitions.persons import register_person
from tests.factories import official_number

pytestmark = [pytest.mark.django_db, pytest.mark.row("J1")]
BORN = date(2008, 3, 4)
NUMBER = official_number(BORN)
OTHER = official_number(date(2007, 3, 5))
TOKEN = "0f8fad5b-d9cb-469f-a165-70867728950e"
NAMES = {"token": TOKEN, "given_name": "Zyx", "family_name": "Ödegård", "phone": "070-174 06 50"}


@pytest.fixture
def forms(front, log_in):
    """(client, address, what is filled in beside the number, what is counted) of each form."""
    town = front.town
    visit = front.comes()
    district = town.units["north_district"].pk
    sender, youth = town.user(Role.SOCIAL_SECRETARY), town.user(Role.YOUTH_COORDINATOR)
    sent = {"source": "income_support", "district": district, "ground": "consent"}
    return {
        "desk": (front.per, reverse("intake:register"), {"purpose": "question"}, Visit),
        "ticket": (front.per, reverse("intake:identify", args=[visit.ref]), {}, Person),
        "referral": (sender, reverse("intake:referral_in_new"), sent, ReferralIn),
        "youth": (youth, reverse("intake:youth_new"), {"origin": "population"}, OutreachEntry),
    }


def hidden(page: str, name: str = "read") -> str:
    field = re.search(rf'<input[^>]*name="{name}"[^>]*>', page).group()
    return re.search(r'value="([^"]*)"', field).group(1)


@pytest.mark.parametrize("which", ["desk", "ticket", "referral", "youth"])
def test_a_typed_number_is_shown_back_and_the_second_press_saves(which, forms, log_in):
    user, path, beside, counted = forms[which]
    client, before = log_in(user), counted.objects.count()
    typed = {**NAMES, **beside, "identity": NUMBER}
    shown = client.post(path, typed)
    page = shown.content.decode()
    assert shown.status_code == 200
    assert "Så här lästes numret" in page
    assert f"{NUMBER[:8]}-{NUMBER[8:]}, född tis 4\xa0mars 2008, 18 år, personnummer" in page
    assert "Inget är sparat än" in page
    assert counted.objects.count() == before
    for kept in ("Zyx", "Ödegård", "070-174 06 50"):
        assert f'value="{kept}"' in page
    assert hidden(page) == NUMBER
    # Another number than the one that was shown is shown first too.
    again = client.post(path, {**typed, "identity": OTHER, "read": NUMBER})
    assert hidden(again.content.decode()) == OTHER
    assert counted.objects.count() == before
    assert client.post(path, {**typed, "read": NUMBER}).status_code == 302
    assert counted.objects.count() == before + 1
    assert Person.objects.get(given_name="Zyx").birth_date == BORN


@pytest.mark.parametrize("which", ["desk", "ticket", "referral", "youth"])
def test_without_a_number_one_press_saves(which, forms, log_in):
    user, path, beside, counted = forms[which]
    before = counted.objects.count()
    sent = log_in(user).post(path, {**NAMES, **beside, "birth_date": BORN.isoformat()})
    assert sent.status_code == 302
    assert counted.objects.count() == before + 1


@pytest.mark.parametrize("which", ["ticket", "referral", "youth"])
def test_a_known_number_is_shown_with_the_name(which, forms, front, log_in):
    known = front.town.person(given_name="Zyx", family_name="Ödegård", where="north")
    user, path, beside, counted = forms[which]
    before = counted.objects.count()
    typed = {**NAMES, **beside, "identity": known.numbers.get().number}
    page = log_in(user).post(path, typed).content.decode()
    assert "<strong>Zyx Ödegård</strong>" in page
    assert counted.objects.count() == before


def test_what_else_is_wrong_is_said_together_with_the_number(forms, log_in):
    user, path, beside, counted = forms["referral"]
    client, typed = log_in(user), {**NAMES, **beside, "identity": NUMBER}
    refused = client.post(path, {**typed, "ground": ""})
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "Så här lästes numret" in page
    assert client.post(path, {**typed, "read": hidden(page)}).status_code == 302
    assert counted.objects.count() == 1


def test_a_number_that_was_searched_for_is_not_asked_about_again(front, log_in):
    client = log_in(front.per)
    page = client.post(reverse("intake:lookup"), {"q": NUMBER}).content.decode()
    assert "född tis 4\xa0mars 2008" in page
    typed = {**NAMES, "purpose": "question", "identity": hidden(page, "identity")}
    saved = client.post(reverse("intake:register"), {**typed, "read": hidden(page)})
    assert saved.status_code == 302
    assert Visit.objects.get().person.birth_date == BORN


def test_a_reserve_number_is_named(front, log_in):
    typed = {**NAMES, "purpose": "question", "identity": "860309-T050"}
    page = log_in(front.per).post(reverse("intake:register"), typed).content.decode()
    assert "född sön 9\xa0mars 1986, 40 år, reservnummer" in page


def test_the_page_that_asks_who_it_is_shows_the_number_too(front, log_in):
    names = {"given_name": "Zyx", "family_name": "Ödegård", "phone": "070-174 06 50"}
    like = register_person(names, None, front.town.units["north"], actor=None)
    typed = {**NAMES, "purpose": "question", "identity": NUMBER}
    client = log_in(front.per)
    page = client.post(reverse("intake:register"), typed).content.decode()
    assert "Är det någon av dessa?" in page
    assert "Så här lästes numret" in page
    said = {**typed, "somebody_else": str(like.ref), "read": hidden(page)}
    assert client.post(reverse("intake:register"), said).status_code == 302


def test_a_refused_registration_keeps_its_button_and_the_search(front, log_in):
    client = log_in(front.per)
    refused = client.post(reverse("intake:register"), {**NAMES, "identity": "850230-1234"})
    page = refused.content.decode().split("<main", 1)[1]
    assert refused.status_code == 422
    assert "Registrera personen" in page
    assert 'name="q"' in page
    assert "autofocus" not in page
