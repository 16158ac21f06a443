"""What the search finds, what it never shows, and that it is logged."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jobcentre.accounts.enums import Role
from jobcentre.audit.models import Entry
from jobcentre.casework.models import Person
from tests.factories import Town


@pytest.fixture(scope="module")
def told(module_transaction):
    """Åke and Östen at the north, Åsa at the south, Åsmund protected at the north."""
    town = Town()
    cases = {
        "Åke": town.opened(given_name="Åke", family_name="Ågren", phone="+46 70 174 06 51"),
        "Östen": town.opened(given_name="Östen", family_name="Björk-Ågren"),
        "Åsa": town.opened(given_name="Åsa", family_name="Ågren", where="south"),
        "Åsmund": town.opened(given_name="Åsmund", family_name="Ågren"),
    }
    town.protected(cases["Åsmund"].person, [town.user(Role.MANAGER, "south")])
    return town, cases


@pytest.fixture
def town(told_here):
    return told_here[0]


@pytest.fixture
def names(told_here):
    return told_here[1]


def found(client, query, **headers) -> set[str]:
    page = client.post("/sok/", {"q": query}, **headers).content.decode()
    return {name for name in ("Åke", "Östen", "Åsa", "Åsmund") if name in page}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("ågren", {"Åke", "Östen"}),
        ("ÅGREN åke", {"Åke"}),
        ("björk", {"Östen"}),
        ("agren", set()),  # å is a letter of its own
        ("070-174 06 51", {"Åke"}),
        ("Åke 070-174 06 51", {"Åke"}),
        ("björk-ågren", {"Östen"}),
        ("BJÖRK-ÅGREN", {"Östen"}),
        ("Östen Björk\u2010Ågren", {"Östen"}),  # the hyphen as a word processor writes it
        ("björk-å", {"Östen"}),
        ("björk-", {"Östen"}),
        ("-", {"Östen"}),
        ("----", set()),
        ("finns inte", set()),
        ("   ", set()),
        ("%", set()),
        ("_", set()),
        ("ågren' OR 1=1 --", set()),
    ],
)
def test_what_is_found(query, expected, names, town, log_in):
    assert found(log_in(town.user(Role.COACH)), query) == expected


def test_a_case_number_finds_its_person(names, town, log_in):
    client = log_in(town.user(Role.COACH))
    assert found(client, names["Östen"].number) == {"Östen"}
    assert found(client, names["Åsa"].number) == set()
    assert found(client, names["Åsmund"].number) == set()


@pytest.mark.parametrize("query", ["Åsa-Märta", "åsa-märta", "ÅSA-MÄRTA", "Åsa Märta", "Märta"])
@pytest.mark.parametrize("registered", ["Åsa-Märta", "Åsa Märta"])
@pytest.mark.parametrize("address", ["/sok/", "/mottagning/vem/"])
def test_a_double_name_is_found_however_written(address, registered, query, town, log_in):
    town.opened(given_name=registered, family_name="Ödegård")
    page = log_in(town.user(Role.RECEPTION)).post(address, {"q": query}).content.decode()
    assert "Ödegård" in page


def test_a_number_is_found_and_never_shown_whole(names, town, log_in):
    client = log_in(town.user(Role.COACH))
    number = names["Åke"].person.numbers.get().number
    for written in (
        number,
        f"{number[:8]}-{number[8:]}",
        number[2:],
        f"{number[2:8]}-{number[8:]}",
    ):
        page = client.post("/sok/", {"q": written}).content.decode()
        assert "Åke" in page
        assert f"{number[2:8]}-****" in page
        shown = page.replace(f'value="{written}"', "")
        assert number not in shown
        assert number[8:] not in shown.split('id="found"')[-1]


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_nobody_finds_what_they_do_not_see(role, names, town, log_in):
    user = town.user(role)
    seen = {
        person.given_name
        for person in Person.objects.visible_to(user)
        if person.given_name in names
    }
    assert found(log_in(user), "ågren") == seen
    assert not seen & {"Åsa", "Åsmund"}


def test_the_circle_finds_the_protected(names, town, log_in):
    person = names["Åsmund"].person
    town.protected(person, [town.user(Role.COACH)])
    assert "Åsmund" in found(log_in(town.user(Role.COACH)), "ågren")
    assert "Åsmund" not in found(log_in(town.user(Role.MANAGER)), "ågren")


def test_a_search_is_logged_with_whom_it_showed_and_no_words(names, town, log_in):
    client = log_in(town.user(Role.COACH))
    client.get("/sok/")
    assert not Entry.objects.filter(access="search").exists()
    client.post("/sok/", {"q": "ågren"})
    entry = Entry.objects.get(access="search")
    refs = {str(names[name].person.ref) for name in ("Åke", "Östen")}
    assert set(entry.subject_refs) == refs
    assert "gren" not in f"{entry.action} {entry.reason} {entry.fields}"
    client.post("/sok/", {"q": "finns inte"})
    assert Entry.objects.filter(access="search").count() == 2


def test_the_words_are_no_part_of_an_address(names, town, log_in):
    client = log_in(town.user(Role.COACH))
    page = client.get("/sok/?q=ågren").content.decode()
    assert "Åke" not in page


def test_the_fragment_as_one_types_shows_the_same(names, town, log_in):
    client = log_in(town.user(Role.COACH))
    answer = client.post("/sok/", {"q": "ågren"}, HTTP_HX_REQUEST="true")
    assert "<html" not in answer.content.decode()
    assert found(client, "ågren", HTTP_HX_REQUEST="true") == {"Åke", "Östen"}


def test_too_long_a_question_is_said(names, town, log_in):
    answer = log_in(town.user(Role.COACH)).post("/sok/", {"q": "å" * 101})
    assert answer.status_code == 422


def test_at_most_twenty_in_swedish_order(town, log_in):
    for number in range(22):
        town.person(given_name="Anna", family_name=f"Öberg {number:02d}")
    town.person(given_name="Anna", family_name="Zetterlund Öberg")
    page = log_in(town.user(Role.RECEPTION)).post("/sok/", {"q": "öberg"}).content.decode()
    assert page.count("Anna") == 20
    assert page.index("Zetterlund") < page.index("Öberg 00")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="an index of PostgreSQL")
def test_who_it_is_comes_from_the_index_alone(names, town, log_in):
    """Reading a person for each row of the order was nine tenths of a search."""
    client = log_in(town.user(Role.COACH))
    with CaptureQueriesContext(connection) as asked:
        client.post("/sok/", {"q": "a"}, headers={"HX-Request": "true"})
    sql = next(each["sql"] for each in asked if "search_text" in each["sql"])
    asked_of_each = set(re.findall(r'\bV0\."(\w+)"', sql))
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'person_found'")
        in_index = set(re.findall(r"\w+", cursor.fetchone()[0].partition("btree")[2]))
    assert {"sort_key", "search_text", "protection"} <= asked_of_each <= in_index
