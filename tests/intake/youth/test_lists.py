"""Lists of schools and the population register: read, checked, put in the outreach register."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from intake.lists import rules, tasks
from intake.lists.enums import OF_YOUNG, ImportState, RowState, Verdict
from intake.lists.models import ImportRow, ListImport
from intake.lists.reading import read_sheet
from intake.lists.young import day_of, understood_young
from intake.transitions import list_youth, lists
from intake.youth.models import KaaPeriod, OutreachEntry
from intake.youth.transitions.register import OutreachRow, register_from_row
from jobcentre.accounts.enums import Role
from jobcentre.audit.models import Entry as AuditEntry
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.identity import parse_identity
from jobcentre.casework.models import Person
from jobcentre.casework.transitions.persons import register_person
from tests.factories import MONDAY, official_number
from tests.youth_world import coordinator_elsewhere, registered

pytestmark = [pytest.mark.row("U1"), pytest.mark.django_db]
HEAD = "Förnamn;Efternamn;Personnr;Telefon;Adress;Postnr;Ort;Skola;Avbrottsdatum"
SEVENTEEN = date(2009, 3, 4)


def checked(town, coordinator, *rows: str, head: str = HEAD, **about) -> ListImport:
    sheet = read_sheet("skola.csv", "\n".join((head, *rows)).encode())
    about = {"origin": "drop_out", "listed_on": MONDAY, **about}
    source = lists.upload_list(town.units["youth"], "skola.csv", sheet, actor=coordinator, **about)
    return lists.match_columns(source, source.matching, actor=coordinator, today=MONDAY)


def run(source: ListImport, coordinator) -> ListImport:
    move = lists.available_moves(source)[0]
    lists.move_list(source, move, actor=coordinator, now=timezone.now())
    assert tasks.run_waiting_lists() == 1
    return ListImport.objects.get(pk=source.pk)


def rows_of(source) -> list[ImportRow]:
    return list(source.rows.order_by("line"))


def person_born(town, born: date) -> Person:
    return register_person(
        {"given_name": "Känd", "family_name": "Person"},
        parse_identity(official_number(born), MONDAY),
        town.units["north"],
        actor=None,
    )


# --- what a row says -----------------------------------------------------------------------------
def test_the_headings_of_a_school_list_are_understood():
    assert rules.guessed(HEAD.split(";"), OF_YOUNG) == {
        "given_name": "Förnamn", "family_name": "Efternamn", "number": "Personnr",
        "phone": "Telefon", "street": "Adress", "postcode": "Postnr", "city": "Ort",
        "school": "Skola", "school_left_on": "Avbrottsdatum",
    }  # fmt: skip
    assert "school" not in rules.guessed(HEAD.split(";"))


@pytest.mark.parametrize(
    ("born", "values", "problems"),
    [
        (SEVENTEEN, {}, 0),
        (SEVENTEEN, {"school_left_on": "2026-06-12"}, 0),
        (SEVENTEEN, {"school_left_on": "i våras"}, 1),
        (SEVENTEEN, {"school_left_on": "2027-06-12"}, 1),
        (SEVENTEEN, {"name": ""}, 1),
        (SEVENTEEN, {"postcode": "123 45 Älvbro"}, 1),
        (SEVENTEEN, {"number": ""}, 1),
        (date(1990, 3, 14), {}, 1),
        (date(2012, 3, 14), {}, 1),
    ],
)
def test_what_is_wrong_with_a_row_of_the_young(born, values, problems):
    values = {"name": "Lo Ek", "number": official_number(born), **values}
    assert len(understood_young(values, MONDAY).problems) == problems


def test_a_day_is_read_as_lists_write_it():
    assert day_of("2026-06-12") == day_of("20260612") == date(2026, 6, 12)
    assert [day_of(text) for text in ("2026-02-30", "12/6", "2026-W10-1")] == [None] * 3


# --- from the file to the register ---------------------------------------------------------------
def test_each_row_is_told_and_the_register_gets_those_who_belong_there(town, coordinator):
    entry = registered(town, SEVENTEEN, actor=coordinator, school="", phone="070-174 06 09")
    hers = entry.person.numbers.get().number
    elsewhere = registered(town, date(2009, 3, 6), actor=coordinator_elsewhere(town))
    theirs = elsewhere.person.numbers.get().number
    known, secret = (person_born(town, day) for day in (date(2008, 3, 4), date(2008, 3, 5)))
    seen = registered(town, date(2007, 3, 4), actor=coordinator, street="").person
    town.protected(seen, [coordinator])
    hidden = town.protected(secret, [town.user(Role.MANAGER)])
    new = official_number(date(2008, 5, 6))
    count, entries = Person.objects.count(), OutreachEntry.objects.count()
    source = checked(
        town,
        coordinator,
        f"Ny;Ung;{new};070-174 06 50;Ågatan 1;123 45;Älvbro;Älvskolan;2026-10-30",
        f"Känd;Person;{known.numbers.get().number};;;;;;",
        f"Lo;Ek;{hers};070-174 06 51;;;;Älvskolan;",
        f"Skyddad;Synlig;{seen.numbers.get().number};;Hemliga vägen 1;;;;",
        f"Hemlig;Person;{hidden.numbers.get().number};;;;;;",
        f"Annan;Enhet;{theirs};;;;;;",
        f"För;Gammal;{official_number(date(1990, 3, 14))};;;;;;",
        "Utan;Nummer;;;;;;;",
        f"Ny;Igen;{new};;;;;;",
    )
    enters, kept, wrong = Verdict.ENTERS, Verdict.KNOWN, Verdict.WRONG
    assert [row.verdict for row in rows_of(source)] == [
        enters, enters, kept, kept, wrong, wrong, wrong, wrong, kept,
    ]  # fmt: skip
    told = rows_of(source)
    assert all(row.told_sv and row.told_en for row in told)
    assert "no address" in told[3].told_en
    assert (told[4].person, told[4].told_en) == (None, "This number cannot be used. Check it; "
        "if it is right, let your manager look into it.")  # fmt: skip
    assert (Person.objects.count(), OutreachEntry.objects.count()) == (count, entries)

    source = run(source, coordinator)
    done, failed = RowState.DONE, RowState.FAILED
    assert source.state == ImportState.DONE
    assert [row.state for row in rows_of(source)] == [
        done, done, done, done, failed, failed, failed, failed, done,
    ]  # fmt: skip
    assert Person.objects.count() == count + 1
    assert OutreachEntry.objects.count() == entries + 2
    fresh = OutreachEntry.objects.get(person__numbers__number=new)
    assert (fresh.origin, fresh.school, fresh.school_left_on) == (
        "drop_out", "Älvskolan", date(2026, 10, 30),
    )  # fmt: skip
    assert (fresh.unit, fresh.person.street, fresh.next_on) == (
        town.units["youth"], "Ågatan 1", MONDAY,
    )  # fmt: skip
    entry.refresh_from_db()
    assert (entry.school, entry.person.phone) == ("Älvskolan", "070-174 06 09")
    seen.refresh_from_db()
    assert seen.street == ""
    assert rows_of(source)[0].values == {}


def test_a_corrected_row_is_put_in_the_register_when_it_is_tried_again(town, coordinator):
    source = run(checked(town, coordinator, "Lo;Ek;;;;;;;"), coordinator)
    assert lists.available_moves(source) == []
    row = source.rows.get()
    values = {**row.values, "number": official_number(SEVENTEEN)}
    lists.answer_row(row, values, "", actor=coordinator, today=MONDAY)
    run(source, coordinator)
    assert source.rows.get().person == OutreachEntry.objects.get().person


def test_nothing_of_a_row_is_registered_when_something_breaks(town, coordinator, monkeypatch):
    numbers = [official_number(SEVENTEEN), official_number(date(2008, 5, 6))]
    source = checked(town, coordinator, *(f"Lo;Ek;{number};;;;;;" for number in numbers))
    original = list_youth.register_rows

    def breaking(rows, **kwargs):
        done = original(rows, **kwargs)
        if numbers[0] in [row.identity.number for row in rows]:
            raise RuntimeError
        return done

    monkeypatch.setattr(list_youth, "register_rows", breaking)
    source = run(source, coordinator)
    assert [row.state for row in rows_of(source)] == [RowState.FAILED, RowState.DONE]
    assert Person.objects.count() == OutreachEntry.objects.count() == 1
    assert not AuditEntry.objects.filter(action="youth.register").exclude(
        subject_ref=OutreachEntry.objects.get().person.ref
    )


def test_the_check_costs_the_same_for_many_rows(town, coordinator, django_assert_max_num_queries):
    numbers = [official_number(SEVENTEEN + timedelta(days=n)) for n in range(40)]
    source = checked(town, coordinator, *(f"Lo;Ek;{number};;;;;;" for number in numbers))
    with django_assert_max_num_queries(4):
        list_youth.check(source, rows_of(source), coordinator, MONDAY)


def test_a_hundred_rows_cost_ten_queries_at_most(town, coordinator):
    """Those who are new, and all of them again when the same list comes once more."""
    numbers = [official_number(SEVENTEEN + timedelta(days=n)) for n in range(250)]
    costs = []
    for part in (numbers[:50], numbers[50:], numbers[50:]):
        source = checked(
            town, coordinator, *(f"Lo;Ek;{number};;;;;Älvskolan;2026-10-30" for number in part)
        )
        with CaptureQueriesContext(connection) as register:
            source = run(source, coordinator)
        assert source.rows.counted("state") == {RowState.DONE: len(part)}
        costs.append(len(register))
    assert OutreachEntry.objects.count() == 250
    assert KaaPeriod.objects.filter(starts_on=date(2026, 10, 30)).count() == 250
    # SQLite takes a thousand values at a time, which parts the inserts.
    most = 10 if connection.vendor == "postgresql" else 20
    assert costs[1] - costs[0] <= 1.5 * most, costs
    assert costs[2] <= costs[0] + most, costs


def test_those_registered_together_are_as_those_registered_alone(town, coordinator):
    """The next contact, the KAA periods, the case and the log of both are the same."""
    days = [SEVENTEEN, SEVENTEEN + timedelta(days=1)]
    persons = [person_born(town, day) for day in days]
    for person in persons:
        town.opened(person=person, groups=("youth",), source="kaa")
    numbers = [person.numbers.get().number for person in persons]
    alone = register_from_row(
        OutreachRow(
            origin="drop_out",
            given_name="Känd",
            identity=parse_identity(numbers[0], MONDAY),
            school_left_on=date(2026, 10, 30),
        ),
        unit=town.units["youth"],
        actor=coordinator,
        today=MONDAY,
    ).entry
    run(checked(town, coordinator, f"Känd;Person;{numbers[1]};;;;;;2026-10-30"), coordinator)
    listed = OutreachEntry.objects.get(person=persons[1])
    names = ("origin", "state", "since", "next_on", "next_channel", "next_step", "next_of")
    assert [getattr(listed, name) for name in names] == [getattr(alone, name) for name in names]
    assert listed.case == persons[1].cases.get()
    assert alone.case == persons[0].cases.get()
    assert [each.starts_on for each in listed.kaa_periods.all()] == [date(2026, 10, 30)]
    logged = AuditEntry.objects.filter(action="youth.register")
    assert {entry.subject_ref for entry in logged} == {person.ref for person in persons}


def test_two_rows_of_the_same_person_fill_each_other_in(town, coordinator):
    number = official_number(SEVENTEEN)
    source = run(
        checked(
            town,
            coordinator,
            f"Lo;Ek;{number};;;;;;2026-10-30",
            f"Lo;Ek;{number};070-174 06 50;;;;Älvskolan;",
        ),
        coordinator,
    )
    assert [row.verdict for row in rows_of(source)] == [Verdict.ENTERS, Verdict.KNOWN]
    entry = OutreachEntry.objects.get()
    assert (entry.school, entry.person.phone) == ("Älvskolan", "070-174 06 50")


@pytest.mark.parametrize(
    ("unit", "origin"), [("youth", ""), ("north", "population")], ids=["youth", "centre"]
)
def test_the_register_has_lists_of_its_own(town, coordinator, unit, origin):
    actor = coordinator if unit == "youth" else town.user(Role.RECEPTION)
    sheet = read_sheet("lista.csv", b"Namn\nEva\n")
    with pytest.raises(Refused):
        lists.upload_list(town.units[unit], "lista.csv", sheet, actor=actor, origin=origin)


def test_the_number_must_be_matched(town, coordinator):
    with pytest.raises(Refused):
        checked(town, coordinator, "Eva", head="Namn")


# --- everybody of those ages ---------------------------------------------------------------------
@pytest.mark.parametrize("is_full", [True, False])
def test_who_is_not_on_a_full_list_is_shown_and_stays(town, coordinator, log_in, is_full):
    here = registered(town, SEVENTEEN, actor=coordinator, given_name="Finns")
    gone = registered(town, date(2008, 5, 6), actor=coordinator, given_name="Saknas")
    late = registered(town, date(2008, 5, 7), actor=coordinator, given_name="Senare")
    OutreachEntry.objects.filter(pk=late.pk).update(registered_on=MONDAY + timedelta(days=1))
    source = run(
        checked(
            town,
            coordinator,
            f"Finns;Ek;{here.person.numbers.get().number};;;;;;fel dag",
            origin="population",
            is_full=is_full,
        ),
        coordinator,
    )
    assert source.rows.get().state == RowState.FAILED  # and yet on the list
    client = log_in(coordinator)
    url = reverse("intake:list", args=[source.ref])
    page = client.get(url).content.decode()
    assert (reverse("intake:youth_entry", args=[gone.ref]) in page) is is_full
    for other in (here, late):
        assert reverse("intake:youth_entry", args=[other.ref]) not in page
    gone.refresh_from_db()
    assert gone.is_open
    # The file has them too, after the rows, and says what it shows to the log.
    result = reverse("intake:list_result", args=[source.ref])
    lines = b"".join(client.get(result).streaming_content).decode().splitlines()
    assert [line for line in lines if "Saknas" in line] == (lines[-1:] if is_full else [])
    assert not [line for line in lines if "Senare" in line]
    exported = AuditEntry.objects.filter(access="export").latest("pk")
    assert (str(gone.person.ref) in exported.subject_refs) is is_full
    ListImport.objects.update(uploaded_at=timezone.now() - timedelta(days=31))
    assert "Saknas" not in client.get(url).content.decode()


# --- the pages -----------------------------------------------------------------------------------
def test_a_coordinator_reads_a_list_from_the_start_page(town, coordinator, log_in):
    client = log_in(coordinator)
    assert f'href="{reverse("intake:lists")}"' in client.get("/unga/").content.decode()
    page = client.get("/listor/").content.decode()
    assert 'name="centre"' not in page
    text = f"{HEAD}\nLo;Ek;{official_number(SEVENTEEN)};;;;;Älvskolan;".encode()

    def send(**fields):
        token = client.get("/listor/").content.decode().split('name="token" value="')[1][:36]
        file = SimpleUploadedFile("skola.csv", text)
        return client.post("/listor/", {"token": token, "file": file, **fields})

    assert send().status_code == 422
    assert send(origin="guardian", listed_on="2026-11-01").status_code == 422
    answer = send(origin="population", listed_on="2026-11-01", is_full="on")
    source = ListImport.objects.get()
    assert answer.url == reverse("intake:list_columns", args=[source.ref])
    assert (source.centre, source.origin, source.listed_on, source.is_full) == (
        town.units["youth"], "population", date(2026, 11, 1), True,
    )  # fmt: skip


def test_the_lists_of_the_young_are_the_coordinators_own(town, coordinator, log_in):
    source = checked(town, coordinator, f"Lo;Ek;{official_number(SEVENTEEN)};;;;;;")
    url = reverse("intake:list", args=[source.ref])
    assert log_in(coordinator).get(url).status_code == 200
    for user in (
        town.user(Role.RECEPTION),
        town.user(Role.MANAGER),
        town.user(Role.YOUTH_COORDINATOR, name="En annan"),
        coordinator_elsewhere(town),
    ):
        assert log_in(user).get(url).status_code == 404
