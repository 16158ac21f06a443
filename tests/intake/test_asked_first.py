"""Who it may be already is asked before anything is saved, wherever a person is registered."""

from datetime import date

import pytest
from django.urls import reverse

from intake.models import Visit
from intake.youth.models import OutreachEntry
from jobcentre.accounts.enums import Role
from jobcentre.audit.models import Entry
from jobcentre.casework.enums import PairAnswer
from jobcentre.casework.models import DuplicatePair, Person
from jobcentre.casework.transitions.persons import register_person
from tests.factories import official_number

pytestmark = [pytest.mark.django_db, pytest.mark.row("J1")]
TOKEN = "0f8fad5b-d9cb-469f-a165-70867728950e"
BORN = date(2008, 3, 4)


def known_person(town, where="north", **fields) -> Person:
    values = {"given_name": "Eva", "family_name": "Åberg", "birth_date": BORN, **fields}
    return register_person(values, None, town.units[where], actor=None)


@pytest.fixture
def nameless(front):
    """A visitor without a name, and who the desk says it is."""
    visit = front.comes()
    return reverse("intake:identify", args=[visit.ref])


def said(client, path, **fields):
    return client.post(path, {"token": TOKEN, **fields})


# --- a ticket without a name -----------------------------------------------------------------------
def test_a_nameless_visitor_who_looks_known_is_asked_about(front, nameless, log_in):
    known = known_person(front.town)
    client = log_in(front.per)
    answer = said(client, nameless, given_name="Ewa", family_name="Oberg")
    assert answer.status_code == 422
    assert str(known.ref) in answer.content.decode()
    assert Person.objects.count() == 1
    assert Entry.objects.filter(access="search", subject_refs=[str(known.ref)]).exists()
    said(client, nameless, given_name="Ewa", family_name="Oberg", known=str(known.ref))
    assert Visit.objects.get().person == known
    assert Person.objects.count() == 1


def test_a_nameless_visitor_who_is_somebody_else_is_registered_and_the_answer_kept(
    front, nameless, log_in
):
    known = known_person(front.town)
    said(
        log_in(front.per), nameless, given_name="Ewa", family_name="Oberg", known="new",
        birth_date="1990-02-03", phone="070-174 06 55",
    )  # fmt: skip
    person = Visit.objects.get().person
    assert (person.given_name, person.birth_date, person.phone) == (
        "Ewa", date(1990, 2, 3), "070-174 06 55",
    )  # fmt: skip
    assert DuplicatePair.objects.get(first=known, second=person).answer == PairAnswer.SEPARATE


def test_a_number_beside_another_name_is_asked_about(front, nameless, log_in):
    known = front.town.person(given_name="Olle")
    number = known.numbers.get().number
    client = log_in(front.per)
    answer = said(client, nameless, identity=number, given_name="Fatima")
    assert answer.status_code == 422
    assert 'value="new"' not in answer.content.decode()
    said(client, nameless, identity=number, read=number)
    assert Visit.objects.get().person == known


def test_a_protected_person_is_not_asked_about(front, nameless, log_in):
    known = known_person(front.town, given_name="Hemlig")
    front.town.protected(known, [front.town.user(Role.MANAGER)])
    said(log_in(front.per), nameless, given_name="Hemlig", family_name="Åberg")
    assert Visit.objects.get().person != known
    assert Person.objects.count() == 2


def test_two_birth_dates_are_refused(front, nameless, log_in):
    answer = said(
        log_in(front.per), nameless, given_name="Eva", identity=official_number(BORN),
        birth_date="2008-03-05",
    )  # fmt: skip
    assert answer.status_code == 422
    assert "ett annat födelsedatum" in answer.content.decode()
    assert Visit.objects.get().person is None


# --- at the desk: the birth date -------------------------------------------------------------------
def test_at_the_desk_somebody_without_a_number_is_known_by_the_birth_date(front, log_in):
    known = known_person(front.town, where="south")
    new = {"given_name": "Eva", "family_name": "Åberg", "purpose": "question", "token": TOKEN}
    client, path = log_in(front.per), reverse("intake:register")
    answer = client.post(path, {**new, "birth_date": "2008-03-04"})
    assert str(known.ref) in answer.content.decode()
    client.post(path, {**new, "birth_date": "2008-03-09"})
    assert Visit.objects.get().person.birth_date == date(2008, 3, 9)


# --- the outreach register -------------------------------------------------------------------------
YOUNG = {"origin": "population", "given_name": "Eva", "family_name": "Åberg", "token": TOKEN}


@pytest.fixture
def youth(town, log_in):
    return log_in(town.user(Role.YOUTH_COORDINATOR))


def test_a_young_person_known_at_a_centre_gets_no_second_registration(town, youth):
    known, path = known_person(town), reverse("intake:youth_new")
    answer = youth.post(path, {**YOUNG, "birth_date": "2008-03-04"})
    assert answer.status_code == 422
    assert str(known.ref) in answer.content.decode()
    assert (Person.objects.count(), OutreachEntry.objects.count()) == (1, 0)
    youth.post(path, {**YOUNG, "birth_date": "2008-03-04", "known": str(known.ref)})
    assert OutreachEntry.objects.get().person == known
    assert Person.objects.count() == 1


def test_what_the_register_did_not_know_of_a_known_one_is_filled_in(town, youth):
    known = known_person(town, birth_date=None, phone="070-174 06 50")
    youth.post(
        reverse("intake:youth_new"),
        {**YOUNG, "birth_date": "2008-03-04", "phone": "070-174 06 50", "known": str(known.ref)},
    )
    known.refresh_from_db()
    assert OutreachEntry.objects.get().person == known
    assert known.birth_date == BORN


def test_by_a_name_alone_nobody_of_a_centre_is_shown_to_the_youth_unit(town, youth):
    known = known_person(town, birth_date=date(2007, 1, 2))
    answer = youth.post(reverse("intake:youth_new"), {**YOUNG, "birth_date": "2008-03-04"})
    assert str(known.ref) not in answer.content.decode()
    assert OutreachEntry.objects.get().person != known
