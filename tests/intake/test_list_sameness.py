"""A list says before it is registered what it says when it is: also of the same person twice, and of
those who are known by their birth date only."""

from datetime import date

import pytest

from intake.lists import rules
from intake.lists.enums import Choice, RowState, Verdict
from intake.transitions import lists
from jobcentre.casework.models import DuplicatePair, Person
from tests.factories import MONDAY, official_number
from tests.intake.test_lists import checked, reception, registered, rows_of

pytestmark = pytest.mark.django_db
BORN = date(1990, 3, 14)
HEAD = "Förnamn;Efternamn;Född;Personnr;Telefon"


def said(source) -> list[tuple[str, str]]:
    return [(row.verdict, row.told_sv) for row in rows_of(source)]


@pytest.mark.parametrize(
    ("cell", "born", "problems"),
    [
        ("1990-03-14", BORN, 0),
        ("19900314", BORN, 0),
        ("", None, 0),
        ("900314", None, 1),
        ("1990-02-31", None, 1),
        ("2026-11-17", None, 1),
        ("1790-03-14", None, 1),
    ],
)
def test_a_birth_date_as_lists_write_it(cell, born, problems):
    facts = rules.understood({"given_name": "Eva", "birth_date": cell}, MONDAY)
    assert facts.fields.get("birth_date") == born
    assert len(facts.problems) == problems


def test_number_and_birth_date_agree():
    number = official_number(BORN)
    values = {"given_name": "Eva", "number": number, "birth_date": "1990-03-14"}
    assert not rules.understood(values, MONDAY).problems
    assert rules.understood({**values, "birth_date": "1991-03-14"}, MONDAY).problems


def test_who_has_no_number_is_kept_and_known_again_by_the_birth_date(town):
    assert rules.guessed(HEAD.split(";"))["birth_date"] == "Född"
    source = registered(town, checked(town, "Åsa;Ek;1990-03-14;;", head=HEAD))
    person = Person.objects.get()
    assert (person.birth_date, person.numbers.count()) == (BORN, 0)
    # The name is written otherwise, the day is the same.
    again = checked(town, "Åsa;Eriksson;1990-03-14;;", "Åsa;Eriksson;1991-03-14;;", head=HEAD)
    alike, other = rows_of(again)
    assert (alike.verdict, alike.person) == (Verdict.POSSIBLE, person)
    assert (other.verdict, other.person) == (Verdict.NEW, None)
    assert source.rows.get().person == person


def test_the_check_says_of_the_same_person_twice_what_the_registration_says(town, monkeypatch):
    number = official_number(BORN)
    rows = (
        "Åsa;Ek;;;", "Åsa;Ek;;;", f"Nils;Ny;;{number};", f"Nisse;Nu;;{number};",
        f";Utan;;{official_number(date(1991, 3, 14))};",
        f"Har;Namn;;{official_number(date(1991, 3, 14))};", "Bo;Al;;;",
    )  # fmt: skip
    source = checked(town, *rows, head=HEAD)
    before = said(source)
    assert [verdict for verdict, _told in before] == [
        Verdict.NEW, Verdict.POSSIBLE, Verdict.NEW, Verdict.KNOWN, Verdict.WRONG, Verdict.NEW,
        Verdict.NEW,
    ]  # fmt: skip
    assert "rad 2" in before[1][1]
    assert "rad 4" in before[3][1]
    after = said(registered(town, source))
    assert [verdict for verdict, _told in after] == [verdict for verdict, _told in before]
    assert after[1] == before[1]
    assert Person.objects.count() == 4


@pytest.mark.parametrize("together", [250, 1])
@pytest.mark.parametrize(("choice", "persons"), [(Choice.SAME, 1), (Choice.SEPARATE, 2)])
def test_the_answer_before_the_registration_holds_in_it(
    town, monkeypatch, choice, persons, together
):
    monkeypatch.setattr(lists, "ROWS_TOGETHER", together)
    source = checked(town, "Åsa;Ek;;;", "Åsa;Ek;;;", head=HEAD)
    again = rows_of(source)[1]
    answered = lists.answer_row(again, again.values, choice, actor=reception(town), today=MONDAY)
    assert (answered.verdict, answered.choice) == (Verdict.POSSIBLE, choice)
    first, second = rows_of(registered(town, source))
    assert (first.state, second.state) == (RowState.DONE, RowState.DONE)
    assert (first.person == second.person) is (choice == Choice.SAME)
    assert Person.objects.count() == persons
    assert DuplicatePair.objects.count() == persons - 1
