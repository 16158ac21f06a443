"""Somebody without a case is put right: details, number, protection; logged, by those who see them."""

from datetime import date

import pytest
from django.urls import reverse

from jobcentre.accounts.enums import Role
from jobcentre.audit.models import Entry
from jobcentre.casework.enums import ConsentPurpose, Protection
from jobcentre.casework.models import Person
from tests.factories import official_number

pytestmark = [pytest.mark.django_db, pytest.mark.row("J1")]
TOKEN = "0f8fad5b-d9cb-469f-a165-70867728950e"


@pytest.fixture
def person(town):
    return town.person(given_name="Eva", family_name="Åberg")


@pytest.fixture
def desk(town, log_in):
    return log_in(town.user(Role.RECEPTION))


def path(name, person):
    return reverse(f"intake:{name}", args=[person.ref])


def details(person, **changes) -> dict:
    return {
        "token": TOKEN,
        "version": person.version,
        "given_name": person.given_name,
        "family_name": person.family_name,
        "birth_date": person.birth_date.isoformat(),
        "sex": person.sex,
        "phone": person.phone,
        **changes,
    }


def test_phone_and_birth_date_are_put_right_at_the_desk_and_logged(person, desk):
    assert desk.get(path("person", person)).status_code == 200
    answer = desk.post(
        path("person", person), details(person, phone="070-174 06 59", birth_date="1985-02-03")
    )
    assert answer.status_code == 302
    fresh = Person.objects.get()
    assert (fresh.phone, fresh.birth_date) == ("070-174 06 59", date(1985, 2, 3))
    assert Entry.objects.get(action="person.edit", access="change").subject_ref == person.ref
    assert Entry.objects.filter(action="person.edit", access="read").exists()


def test_somebody_elses_change_is_not_written_over(person, desk):
    stale = details(person, phone="070-174 06 59")
    Person.objects.filter(pk=person.pk).update(version=person.version + 1, phone="070-174 06 58")
    answer = desk.post(path("person", person), stale)
    assert answer.status_code == 422
    assert "070-174 06 59" in answer.content.decode()
    assert Person.objects.get().phone == "070-174 06 58"


def test_the_number_is_read_back_and_then_changed(person, desk):
    number = official_number(date(1991, 5, 6))
    shown = desk.post(path("person_number", person), {"token": TOKEN, "number": number})
    assert shown.status_code == 200
    assert "1991" in shown.content.decode()
    assert person.numbers.count() == 1
    desk.post(path("person_number", person), {"token": TOKEN, "number": number, "read": number})
    assert person.numbers.get(is_current=True).number == number
    assert person.numbers.count() == 2


def test_the_manager_protects_somebody_without_a_case_and_names_who_sees(
    person, town, desk, log_in
):
    boss, reception = town.user(Role.MANAGER), town.user(Role.RECEPTION)
    assert desk.get(path("person_protect", person)).status_code == 404
    client = log_in(boss)
    assert client.get(path("person_protect", person)).status_code == 200
    client.post(
        path("person_protect", person),
        {"token": TOKEN, "version": person.version, "level": "marked", "circle": [boss.pk]},
    )
    fresh = Person.objects.get()
    assert fresh.protection == Protection.MARKED
    assert [member.user for member in fresh.circle.all()] == [boss]
    assert log_in(reception).get(path("person", person)).status_code == 404


def test_with_a_case_the_pages_of_the_case_answer(person, town, desk):
    case = town.opened(person=person)
    assert desk.get(path("person", person)).url == f"/arenden/{case.number}/person/"


def test_a_person_of_another_centre_is_not_there(town, desk):
    assert desk.get(path("person", town.person(where="south"))).status_code == 404


def test_the_search_leads_to_who_has_no_case(person, desk):
    found = desk.post(reverse("casework:search"), {"q": "Eva Åberg"}).content.decode()
    assert path("person", person) in found


def test_who_comes_may_have_a_long_name(town, desk):
    long = "Anna" * 40
    known = town.person(given_name=long, family_name="Lång")
    found = desk.post("/mottagning/vem/", {"q": f"{long} Lång"})
    assert found.status_code == 200
    assert str(known.ref) in found.content.decode()


def test_the_exchange_with_fk_has_a_consent_of_its_own(town):
    case = town.opened()
    town.consented(case, ConsentPurpose.FK)
    given = case.consents.get()
    assert str(given.get_purpose_display()) == "utbyte med Försäkringskassan (FK)"
