"""Who may be the same human: how names sound, what counts, and who is never shown."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jobcentre.accounts.enums import Role
from jobcentre.casework.duplicates import alike, facts_from, facts_of, unanswered_pairs
from jobcentre.casework.enums import PairAnswer
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.identity import parse_identity
from jobcentre.casework.likeness import CERTAIN, ENOUGH, Facts, Why, reasons, weight
from jobcentre.casework.models import ConflictOfInterest, Person
from jobcentre.casework.sounds import sound_key, sound_of
from jobcentre.casework.transitions.merging import answer_pair
from jobcentre.casework.transitions.persons import register_person
from tests.factories import MONDAY, official_number


# --- how a name sounds ---------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Carlsson", "Karlsson"),
        ("Ericson", "Eriksson"),
        ("Lindquist", "Lindkvist"),
        ("Gustafsson", "Gustavsson"),
        ("Christina", "Kristina"),
        ("Mohammed", "Muhamad"),
        ("Youssef", "Jusuf"),
        ("Sjöberg", "Schöberg"),
        ("Hjalmar", "Jalmar"),
        ("Göran", "Jöran"),
        ("Philip", "Filip"),
        ("Sarah", "Zara"),
        ("Hansen", "Hanson"),
        ("Åkesson", "Okesson"),
        ("René", "Rene"),
    ],
)
def test_names_said_alike(one, other):
    assert sound_of(one) == sound_of(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Cecilia", "Silla"),
        ("Åberg", "Öberg"),
        ("Anna", "Hanna"),
        ("Karlsson", "Larsson"),
        ("Mohammed", "Mehdi"),
        ("Nilsson", "Olsson"),
    ],
)
def test_names_said_apart(one, other):
    assert sound_of(one) != sound_of(other)


def test_a_whole_name_is_its_first_given_and_last_family_name_in_any_order():
    assert sound_key("Anna Maria", "Ek-Svensson") == sound_key("Svenson", "Ana")
    assert sound_key("Madonna", "") == sound_of("Madonna")
    assert sound_key("", "") == sound_key("李", "王") == ""


# --- what counts ---------------------------------------------------------------------------------
BORN = date(1990, 5, 17)
EVA = Facts("Eva", "Karlsson", BORN, "070-174 06 50")


@pytest.mark.parametrize(
    ("other", "why", "enough"),
    [
        (Facts("Eva", "Karlsson"), (Why.NAME,), True),
        (Facts("EVA", "Carlson"), (Why.SOUND,), True),
        (Facts("Eva", "Nyberg", BORN), (Why.GIVEN, Why.BIRTH), True),
        (Facts("Eva", "Nyberg"), (Why.GIVEN,), False),
        (Facts("Olle", "Berg", BORN), (Why.BIRTH,), False),
        (Facts("Olle", "Berg", phone="+46 70 174 06 50"), (Why.PHONE,), True),
        (Facts("Olle", "Berg", phone="0701"), (), False),
    ],
)
def test_what_two_registrations_have_in_common(other, why, enough):
    assert reasons(EVA, other) == reasons(other, EVA) == why
    assert (weight(EVA, other) >= ENOUGH) is enough


def test_a_number_is_certain_and_two_personal_numbers_are_two_humans():
    one, two = official_number(BORN), official_number(BORN, woman=False)
    first = Facts("Eva", "Karlsson", BORN, "", frozenset([one]), one)
    assert weight(first, Facts("Helt", "Annan", numbers=frozenset([one]))) >= CERTAIN
    second = Facts("Eva", "Karlsson", BORN, "", frozenset([two]), two)
    assert weight(first, second) < ENOUGH
    assert weight(first, Facts("Eva", "Karlsson", BORN)) > weight(first, second)


# --- who is shown to whom ------------------------------------------------------------------------
def asked(town, user=None, **fields):
    values = {"given_name": "Eva", "family_name": "Oberg", **fields}
    return alike(user or town.user(Role.RECEPTION), facts_from(values, None))


def test_the_desk_is_shown_who_it_may_be_and_why(town):
    near = town.person()
    far = town.person(where="south")
    found = asked(town, phone="0701740650")
    assert [(each.person, each.why, each.elsewhere) for each in found] == [
        (near, (Why.SOUND, Why.PHONE), False),
        (far, (Why.SOUND, Why.PHONE), True),
    ]
    assert found[0].because == f"{Why.SOUND.label}, {Why.PHONE.label}"
    # By the name alone another centre's persons are not shown.
    assert [each.person for each in asked(town)] == [near]


def test_the_hidden_never_appear(town):
    desk = town.user(Role.RECEPTION)
    guarded, related = town.person(), town.person()
    assert len(asked(town, phone="0701740650")) == 2
    town.protected(guarded, [town.user(Role.MANAGER)])
    ConflictOfInterest.objects.create(person=related, user=desk, declared_on=MONDAY)
    assert asked(town, phone="0701740650") == []
    number = parse_identity(guarded.numbers.get().number, MONDAY)
    assert alike(desk, facts_from({"given_name": "X"}, number)) == []
    assert [each.person for each in asked(town, town.user(Role.MANAGER))] == [guarded, related]


def test_a_hidden_persons_number_is_refused_with_a_sentence_that_tells_nothing(town):
    guarded = town.protected(town.person(), [town.user(Role.MANAGER)])
    number = parse_identity(guarded.numbers.get().number, MONDAY)
    before = Person.objects.count()
    with pytest.raises(Refused) as refused:
        register_person({"given_name": "X"}, number, town.units["north"], actor=None)
    assert Person.objects.count() == before
    told = str(refused.value).casefold()
    for word in ("person", "skydd", "protect", "already", "redan", guarded.given_name.casefold()):
        assert word not in told


def test_somebody_else_is_not_proposed_again(town):
    desk = town.user(Role.RECEPTION)
    one, other = (
        register_person(
            {"given_name": given, "family_name": "Åberg", "phone": "070-174 06 50"},
            None,
            town.units["north"],
            actor=None,
        )
        for given in ("Eva", "Ewa")
    )
    assert [each.person for each in alike(desk, facts_of(other), other)] == [one]
    assert [(new, like.person) for new, like in unanswered_pairs(desk)] == [(other, one)]
    answer_pair(other, one, PairAnswer.SEPARATE, actor=desk)
    assert alike(desk, facts_of(other), other) == alike(desk, facts_of(one), one) == []
    assert unanswered_pairs(desk) == []


def test_the_number_of_queries_does_not_grow(town):
    desk = town.user(Role.RECEPTION)
    counts = []
    for more in (1, 12):
        desk.remembered_relations = {}  # as at the beginning of a request
        for _person in range(more):
            town.person()
        number = parse_identity(Person.objects.latest("pk").numbers.get().number, MONDAY)
        with CaptureQueriesContext(connection) as queries:
            found = alike(desk, facts_from({"given_name": "Eva", "family_name": "Åberg"}, number))
        counts.append(len(queries))
        assert found
    assert counts[0] == counts[1] <= 5
