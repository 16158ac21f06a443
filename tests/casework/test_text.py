"""People's text sorts and is found as Swedish wants it, whatever the database."""

import pytest

from jobcentre import text
from jobcentre.casework.models import Person

IN_SWEDISH_ORDER = [
    "Abel", "Andersson", "André", "Bergdahl", "Müller", "Muller Ek", "Vik", "Wik", "Zetterlund",
    "Åberg", "Ågren", "Äng", "Öberg", "Östlund",
]  # fmt: skip


def test_the_swedish_letters_come_last_and_case_does_not_matter():
    shuffled = sorted(IN_SWEDISH_ORDER, key=str.lower, reverse=True)
    assert sorted(shuffled, key=text.sort_key) == IN_SWEDISH_ORDER
    assert text.sort_key("åberg") == text.sort_key("ÅBERG")


def test_keys_are_ascii_digits_so_that_no_collation_changes_the_order():
    assert text.sort_key("Åsa Öström 3").isascii()
    assert text.sort_key("Åsa Öström 3").isdigit()


@pytest.mark.parametrize(
    ("written", "found"),
    [("+46 70-123 45 67", "0701234567"), ("0046701234567", "0701234567"), ("08-17 40", "081740")],
)
def test_phones_are_found_however_written(written, found):
    assert text.phone_digits(written) == found


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("Åsa-Märta", ["åsa", "märta"]),
        ("Ödegård\u2013Ek", ["ödegård", "ek"]),
        ("19860309-2388", ["198603092388"]),
        ("880209-T050", ["880209t050"]),
        ("08-174 06 21", ["081740621"]),
        ("2026-0012", ["20260012"]),
        ("556016\u20110680", ["5560160680"]),
        ("Åsa 19860309-2388", ["åsa", "19860309", "2388"]),
        ("-", ["-"]),  # something is asked for, and it is nowhere
        ("", []),
    ],
)
def test_a_hyphen_parts_a_name_and_no_number(query, words):
    assert text.terms(query) == words


@pytest.mark.parametrize(
    ("written", "is_right"),
    [
        ("070-174 06 50", True),
        ("+46 70 174 06 50", True),
        ("0046-70 174 06 50", True),
        ("(08) 174 06 50", True),
        ("08-174 06 50 anknytning 12", True),
        ("08/174 06 50, ankn. 12", True),
        ("08\u2013174\u00a006 50", True),
        ("11414", True),
        ("abc", False),
        ("ring 12", False),
        ("----", False),
        ("+46", False),
        ("eva@demo.invalid", False),
        ("<08-174 06 50>", False),
        ("1" * 26, False),
        ("\u0661\u0662\u0663\u0664\u0665", False),  # digits that no telephone has
    ],
)
def test_a_phone_is_what_people_write_with_digits(written, is_right):
    assert text.is_phone(written) is is_right


def test_a_part_of_name_number_or_phone_finds_the_person(town):
    person = town.person(given_name="Åsa", family_name="Étienne-Öström", phone="070-174 06 61")
    number = person.numbers.get().number
    for query in ("åsa", "ÖSTR", "etienne", "740661", number[2:8], f"{number[2:8]}-{number[8:]}"):
        assert list(Person.objects.matching(query)) == [person], query
    assert not Person.objects.matching("asa").exists()


def test_rows_made_in_bulk_are_found_too(town):
    Person.objects.bulk_create([Person(given_name="Örjan", registered_unit=town.units["north"])])
    assert Person.objects.matching("örj").count() == 1


@pytest.mark.parametrize("letter", ["Å", "山", "\U00020000", "\U0001d400"])
def test_the_longest_names_of_any_letters_are_kept_and_found(town, letter):
    person = town.person(given_name=letter * 200, family_name=letter * 200)
    assert len(person.search_text.encode()) <= text.MAX_SEARCHED_BYTES
    assert Person.objects.matching(letter * 3).get() == person
