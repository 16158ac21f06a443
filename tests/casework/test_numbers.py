"""A number changes (reserve, coordination, personal): the old one is kept and still finds."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from jobcentre.accounts.enums import Role
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.identity import parse_identity
from jobcentre.casework.models import CaseEvent, IdentityNumber, Person, TargetGroup
from jobcentre.casework.transitions import cases, persons
from jobcentre.casework.transitions.cases import Enrolment
from tests.factories import MONDAY, official_number

RESERVE = parse_identity("880209-T050", MONDAY)
PERSONAL = parse_identity(official_number(date(1988, 2, 9)), MONDAY)


@pytest.fixture
def person(town):
    """Registered with a reserve number, with a case at the north."""
    person = persons.register_person(
        {"given_name": "Amina", "family_name": "Yusuf"}, RESERVE, town.units["north"], actor=None
    )
    cases.open_case(
        person,
        Enrolment(
            centre=town.units["north"],
            source="income_support",
            track="later",
            target_groups=list(TargetGroup.objects.filter(key="income_support")),
            district=town.units["north_district"],
            coach=town.user(Role.COACH),
        ),
        actor=None,
        today=MONDAY,
    )
    return person


def change(person, town, identity=PERSONAL, actor=None):
    return persons.change_number(person, identity, actor=actor or town.user(Role.COACH))


def test_the_old_number_is_kept_and_the_new_one_is_current(person, town):
    change(person, town)
    numbers = {number.number: number.is_current for number in person.numbers.all()}
    assert numbers == {RESERVE.number: False, PERSONAL.number: True}
    assert CaseEvent.objects.filter(kind="person.number_changed").count() == 1


@pytest.mark.parametrize("identity", [RESERVE, PERSONAL], ids=["old", "new"])
def test_both_numbers_find_the_person(identity, person, town, log_in):
    change(person, town)
    for written in (identity.formatted, identity.number, identity.formatted[2:]):
        for role, url in ((Role.COACH, "/sok/"), (Role.RECEPTION, "/mottagning/vem/")):
            page = log_in(town.user(role)).post(url, {"q": written}).content.decode()
            assert "Amina" in page, (written, url)
            assert f"{PERSONAL.number[2:8]}-****" in page


def test_both_still_find_after_the_name_is_corrected(person, town, log_in):
    change(person, town)
    saved = Person.objects.get(pk=person.pk)
    persons.correct_person(
        saved, {"given_name": "Aminah"}, actor=town.user(Role.COACH), version=saved.version
    )
    for identity in (RESERVE, PERSONAL):
        page = log_in(town.user(Role.COACH)).post("/sok/", {"q": identity.number}).content.decode()
        assert "Aminah" in page


def test_the_number_of_another_is_refused_and_nothing_changes(person, town):
    other = town.person()
    theirs = parse_identity(other.numbers.get().number, MONDAY)
    with pytest.raises(Refused):
        change(person, town, theirs)
    assert person.numbers.get(is_current=True).number == RESERVE.number
    assert other.numbers.get(is_current=True).number == theirs.number
    assert not CaseEvent.objects.filter(kind="person.number_changed").exists()


def test_a_number_that_another_once_had_belongs_to_its_present_owner(person, town, log_in):
    """A number written on the wrong person and put right finds whose it is now."""
    change(person, town)
    right = persons.register_person(
        {"given_name": "Rätt", "family_name": "Person"}, RESERVE, town.units["north"], actor=None
    )
    page = log_in(town.user(Role.RECEPTION)).post("/mottagning/vem/", {"q": RESERVE.formatted})
    assert "Rätt" in page.content.decode()
    assert right.numbers.get().is_current


def test_the_database_lets_two_people_share_no_current_number(person, town):
    with pytest.raises(IntegrityError), transaction.atomic():
        IdentityNumber.objects.create(
            person=town.person(), number=RESERVE.number, kind=RESERVE.kind, is_current=True
        )


def test_only_those_who_may_correct_the_person_change_the_number(person, town):
    for role, where in (
        (Role.COACH, "south"),
        (Role.SOCIAL_SECRETARY, "north"),
        (Role.PROVIDER_STAFF, "north"),
    ):
        with pytest.raises(PermissionDenied):
            change(person, town, actor=town.user(role, where))
    assert person.numbers.count() == 1
