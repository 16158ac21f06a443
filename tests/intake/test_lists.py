"""Lists read from files: what is taken, what each row is, and that a row is whole or not at all."""

import csv
import io
import zipfile
from datetime import date, timedelta
from itertools import islice

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from openpyxl import Workbook

from intake.lists import reading, rules, tasks
from intake.lists.enums import Choice, ImportState, RowState, Verdict
from intake.lists.models import ColumnMatching, ImportRow, ListImport
from intake.lists.reading import MAX_BYTES, MAX_ROWS, NotAList, read_sheet
from intake.models import ReferralIn
from intake.transitions import list_runs, lists
from jobcentre.accounts.enums import Role
from jobcentre.audit.models import Entry
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import DuplicatePair, Person
from tests.factories import MONDAY, official_number

TOKEN = "7c9e6679-7425-40de-944b-e07fc1f90ae7"
HEAD = "Förnamn;Efternamn;Personnr;Telefon;Stadsdel"


# --- files ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_csv_in_every_usual_spelling(delimiter, encoding):
    text = delimiter.join(["Förnamn", "Efternamn"]) + "\r\n" + delimiter.join(['"Åsa; Ö,"', "Ek"])
    sheet = read_sheet("Lista.CSV", text.encode(encoding))
    assert sheet.headings == ("Förnamn", "Efternamn")
    assert sheet.rows == (("Åsa; Ö,", "Ek"),)
    assert sheet.lines == (2,)


def workbook(*rows) -> bytes:
    book, file = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def test_a_sheet_gives_numbers_and_days_as_people_write_them():
    content = workbook(["Namn", "Personnr", "Född"], [], ["Eva", 199003141234, date(1990, 3, 14)])
    sheet = read_sheet("lista.xlsx", content)
    assert sheet.rows == (("Eva", "199003141234", "1990-03-14"),)
    assert sheet.lines == (3,)


def _bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (51 * 1024 * 1024))
    return file.getvalue()


def _without_a_size(rows: int) -> bytes:
    """A sheet that does not say how large it is: the reader looks for it to the end."""
    file, source = io.BytesIO(), io.BytesIO(workbook(["Namn"], ["Eva"]))
    row = b'<row><c t="inlineStr"><is><t>x</t></is></c></row>'
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            content = old.read(member)
            if member.filename == "xl/worksheets/sheet1.xml":
                space = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
                content = b'<worksheet xmlns="%s"><sheetData>%s</sheetData></worksheet>' % (
                    space,
                    row * rows,
                )
            new.writestr(member.filename, content)
    return file.getvalue()


def _with(name: str, content: bytes) -> bytes:
    file = io.BytesIO(workbook(["Namn"], ["Eva"]))
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("lista.csv", b""),
        ("lista.csv", b"Namn\n"),
        ("lista.csv", b"\n\n"),
        ("lista.csv", b"Namn\n\x00Eva\n"),
        ("lista.csv", "Namn\nEva\n".encode("utf-16")),
        ("lista.csv", b'Namn\n"Eva\n'),
        ("lista.csv", b"Namn\nEva;Ek\n"),
        ("lista.csv", b"Namn\n" + b"x" * 501),
        ("lista.csv", b"Namn\n" + b"Eva\n" * (MAX_ROWS + 1)),
        ("lista.csv", b"Namn\n" + b"x" * MAX_BYTES),
        ("lista.csv", workbook(["Namn"], ["Eva"])),
        ("lista.xlsx", b"Namn\nEva\n"),
        ("lista.xlsx", b"PK\x03\x04 no archive"),
        ("lista.exe", b"Namn\nEva\n"),
        ("lista.xlsx", _bomb()),
        ("lista.xlsx", _without_a_size(400_000)),
        ("lista.csv", b"x" * 501 + b"\nEva\n"),
        ("lista.xlsx", workbook(["x" * 501], ["Eva"])),
        ("lista.xlsx", _with("xl/vbaProject.bin", b"x")),
        ("lista.xlsx", _with("xl/more.xml", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]>')),
    ],
    ids=[
        *("empty", "headings only", "blank", "null", "utf-16", "open quotation", "more cells"),
        *("long cell", "many rows", "large", "xlsx as csv", "csv as xlsx", "no archive", "exe"),
        *("bomb", "no size", "long heading", "long heading of a sheet", "macro", "entity"),
    ],
)  # fmt: skip
def test_what_is_no_list_is_refused_with_a_sentence(name, content):
    with pytest.raises(NotAList) as refused:
        read_sheet(name, content)
    assert str(refused.value).endswith(".")


def test_a_file_that_unpacks_to_much_is_refused_before_it_is_read(monkeypatch):
    monkeypatch.setattr(reading, "load_workbook", lambda *_a, **_k: pytest.fail("it was read"))
    for content in (_bomb(), _without_a_size(400_000)):
        with pytest.raises(NotAList):
            read_sheet("lista.xlsx", content)


def test_a_cell_too_long_for_the_reader_is_called_a_long_cell():
    with translation.override("en"), pytest.raises(NotAList, match="more than 500 characters"):
        read_sheet("lista.csv", b"Namn\n" + b"x" * 200_000)


def test_a_long_list_of_repeated_words_is_no_bomb():
    """Every column filled with the same words: the most that a list that people make unpacks to."""
    row = ["Eva", "Andersson", "Jobbtorg Sydost", "F\u00f6rs\u00f6rjningsst\u00f6d", "Samtycke"]
    sheet = read_sheet("lista.xlsx", workbook(["A", "B", "C", "D", "E"], *[row] * 3000))
    assert len(sheet.rows) == 3000


# --- columns and cells ---------------------------------------------------------------------------
def test_headings_are_understood_in_both_languages():
    swedish = [
        "Nr",
        "FÖRNAMN",
        "Efternamn",
        "Personnr.",
        "Mobil nr",
        "E-post",
        "Tolkspråk",
        "Grund",
    ]
    assert rules.guessed(swedish) == {
        "given_name": "FÖRNAMN", "family_name": "Efternamn", "number": "Personnr.",
        "phone": "Mobil nr", "email": "E-post", "interpreter_language": "Tolkspråk",
        "ground": "Grund",
    }  # fmt: skip
    english = ["Full name", "Identity number", "Phone", "E-mail", "District", "Referred by"]
    assert set(rules.guessed(english)) == {
        "name", "number", "phone", "email", "district", "source",
    }  # fmt: skip
    assert rules.guessed(["Kolumn 1", "Kolumn 2"]) == {}


@pytest.mark.parametrize(
    ("values", "problems"),
    [
        ({"name": "Åberg, Eva"}, 0),
        ({"name": ""}, 1),
        ({"name": "Eva", "number": "19900314-0000"}, 1),
        ({"name": "Eva", "email": "eva@", "phone": "okänd"}, 2),
        ({"name": "Eva", "source": "mormor"}, 1),
        ({"name": "x" * 201}, 1),
    ],
)
def test_what_is_wrong_with_a_row(values, problems):
    assert len(rules.understood(values, MONDAY).problems) == problems


def test_a_row_is_understood():
    facts = rules.understood(
        {"name": "Åberg, Eva", "first_language": "dari", "interpreter_language": "Ja",
         "source": "Försörjningsstöd"}, MONDAY,
    )  # fmt: skip
    assert (facts.fields["given_name"], facts.fields["family_name"]) == ("Eva", "Åberg")
    assert facts.fields["interpreter_language"] == "dari"
    assert facts.source == "income_support"


# --- from the file to the persons ----------------------------------------------------------------
pytestmark = pytest.mark.django_db
BORN = date(1990, 3, 14)


def reception(town):
    return town.user(Role.RECEPTION)


def checked(town, *rows: str, head: str = HEAD) -> ListImport:
    sheet = read_sheet("lista.csv", "\n".join((head, *rows)).encode())
    source = lists.upload_list(town.units["north"], "lista.csv", sheet, actor=reception(town))
    return lists.match_columns(
        source, rules.guessed(sheet.headings), actor=reception(town), today=MONDAY
    )


def registered(town, source: ListImport) -> ListImport:
    moves = lists.available_moves(source)
    move = "start" if "start" in moves else "retry"
    lists.move_list(source, move, actor=reception(town), now=timezone.now())
    assert tasks.run_waiting_lists() == 1
    return ListImport.objects.get(pk=source.pk)


def rows_of(source) -> list[ImportRow]:
    return list(source.rows.order_by("line"))


def test_each_row_is_checked_and_nothing_is_registered(town):
    known = town.person()
    hidden = town.protected(town.person(), [town.user(Role.MANAGER)])
    count = Person.objects.count()
    source = checked(
        town,
        f"Nils;Ny;{official_number(BORN)};070-1740655;Stadsdel Norr",
        f"Vem;Som;{known.numbers.get().number};;",
        "Eva;Oberg;;070-174 06 50;",
        ";Utan;;;",
        f"Hemlig;Person;{hidden.numbers.get().number};;",
        f"Nils;Igen;{official_number(BORN)};;",
        "Olle;Olsson;;;Månen",
    )
    rows = rows_of(source)
    assert [row.verdict for row in rows] == [
        Verdict.NEW, Verdict.KNOWN, Verdict.POSSIBLE, Verdict.WRONG, Verdict.WRONG, Verdict.KNOWN,
        Verdict.WRONG,
    ]  # fmt: skip
    assert [row.person for row in rows[:3]] == [None, known, known]
    assert rows[4].person is None
    assert all(row.told_sv and row.told_en and row.told_sv != row.told_en for row in rows)
    assert Person.objects.count() == count


def test_rows_become_persons_one_by_one_and_their_contents_are_forgotten(town):
    source = checked(
        town,
        f"Nils;Ny;{official_number(BORN)};070-1740655;Stadsdel Norr",
        ";Utan;;;",
        "Åsa;Ek;;;",
    )
    source = registered(town, source)
    done, wrong, other = rows_of(source)
    assert source.state == ImportState.DONE
    assert [row.state for row in (done, wrong, other)] == [
        RowState.DONE, RowState.FAILED, RowState.DONE,
    ]  # fmt: skip
    person = done.person
    assert (person.name, person.phone, person.birth_date) == ("Nils Ny", "070-1740655", BORN)
    assert person.registered_unit == town.units["north"]
    assert (done.values, done.cells) == ({}, [])
    assert wrong.values["family_name"] == "Utan"
    fields = Entry.objects.filter(action="person.import", access="change").values_list(
        "fields", flat=True
    )
    assert [each for row in reversed(fields) for each in row] == [
        "uploaded", "matched", "start", "done",
    ]  # fmt: skip


def test_a_possible_duplicate_waits_for_an_answer(town):
    known = town.person()
    source = registered(town, checked(town, "Eva;Oberg;;070-174 06 50;", "Eva;Åberg;;;"))
    rows = rows_of(source)
    assert [row.state for row in rows] == [RowState.FAILED, RowState.FAILED]
    assert Person.objects.count() == 1
    for row, choice in zip(rows, (Choice.SAME, Choice.SEPARATE), strict=True):
        lists.answer_row(row, row.values, choice, actor=reception(town), today=MONDAY)
    registered(town, source)
    same, separate = rows_of(source)
    assert (same.state, same.person) == (RowState.DONE, known)
    assert separate.person != known
    assert DuplicatePair.objects.get().answer == "separate"
    assert Person.objects.count() == 2


def test_an_answer_about_somebody_is_not_used_for_somebody_else(town):
    town.person()
    source = checked(town, "Eva;Åberg;;;")
    row = source.rows.get()
    other = town.person(given_name="Olle", family_name="Ek")
    values = {**row.values, "given_name": "Olle", "family_name": "Ek"}
    row = lists.answer_row(row, values, Choice.SAME, actor=reception(town), today=MONDAY)
    assert (row.person, row.choice) == (other, "")


REFERRED = "Namn;Stadsdel;Remitterad av;Grund"


def test_a_row_that_says_by_whom_and_why_becomes_a_referral(town):
    case = town.opened()
    number = case.person.numbers.get().number
    source = checked(
        town,
        "Åsa Ek;Stadsdel Norr;Försörjningsstöd;Samtycke;",
        "Bo Al;;Försörjningsstöd;Samtycke;",
        "Cia Bok;;Projekt;;",
        "Dan Dahl;;Projekt;för att;",
        f"Eva Åberg;;Projekt;Samtycke;{number}",
        head=f"{REFERRED};Personnummer",
    )
    asa, bo, cia, dan, eva = rows_of(registered(town, source))
    referral = ReferralIn.objects.get()
    assert (referral.person, referral.centre) == (asa.person, town.units["north"])
    assert (referral.source, referral.ground) == ("income_support", "consent")
    assert referral.district == town.units["north_district"]
    # Without a district nobody would approve the plan: nothing of the row is registered.
    assert [row.state for row in (bo, cia, dan, eva)] == [
        RowState.FAILED, RowState.DONE, RowState.FAILED, RowState.FAILED,
    ]  # fmt: skip
    assert bo.person is None
    assert Person.objects.count() == 3


def test_a_corrected_row_is_registered_when_it_is_tried_again(town):
    source = registered(town, checked(town, ";Utan;;;", "Åsa;Ek;;;"))
    wrong = rows_of(source)[0]
    assert lists.available_moves(source) == []
    lists.answer_row(
        wrong, {**wrong.values, "given_name": "Nu"}, "", actor=reception(town), today=MONDAY
    )
    assert lists.available_moves(source) == ["retry"]
    registered(town, source)
    assert {row.person.name for row in rows_of(source)} == {"Nu Utan", "Åsa Ek"}
    assert Person.objects.count() == 2


def test_a_worker_that_dies_neither_loses_nor_doubles(town, monkeypatch):
    source = checked(town, "Åsa;Ek;;;", "Bo;Al;;;", "Cia;Bok;;;")
    lists.move_list(source, "start", actor=reception(town), now=timezone.now())
    original, calls = list_runs.register_rows, []
    monkeypatch.setattr(lists, "ROWS_TOGETHER", 1)

    def dying(*args, **kwargs):
        calls.append(1)
        if len(calls) == 2:
            raise SystemExit
        return original(*args, **kwargs)

    monkeypatch.setattr(list_runs, "register_rows", dying)
    with pytest.raises(SystemExit):
        tasks.run_waiting_lists()
    monkeypatch.setattr(list_runs, "register_rows", original)
    assert Person.objects.count() == 1
    assert tasks.run_waiting_lists() == 0  # its lease is not over
    ListImport.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert tasks.run_waiting_lists() == 1
    assert tasks.run_waiting_lists() == 0
    assert sorted(Person.objects.values_list("given_name", flat=True)) == ["Bo", "Cia", "Åsa"]


def test_a_worker_whose_lease_is_over_changes_nothing(town):
    source = checked(town, "Åsa;Ek;;;")
    lists.move_list(source, "start", actor=reception(town), now=timezone.now())
    late = list_runs.claim(source.pk, timezone.now())
    ListImport.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert list_runs.claim(source.pk, timezone.now()) is not None
    row = source.rows.get()
    assert not list_runs.register_rows(late, [row.pk], actor=reception(town), today=MONDAY)
    assert not list_runs.finish(late, timezone.now(), None)
    assert Person.objects.count() == 0


def test_a_row_is_whole_or_not_at_all(town, monkeypatch):
    source = checked(town, "Åsa;Ek;;;", "Bo;Al;;;")
    original = list_runs.register_together

    def failing(news, **kwargs):
        original(news, **kwargs)
        if any(person.given_name == "Åsa" for person, _fields, _number in news):
            raise RuntimeError("gone")

    monkeypatch.setattr(list_runs, "register_together", failing)
    source = registered(town, source)
    assert [row.state for row in rows_of(source)] == [RowState.FAILED, RowState.DONE]
    assert [person.given_name for person in Person.objects.all()] == ["Bo"]


def test_the_failed_rows_are_tried_again_together_without_opening_each(town, monkeypatch):
    source = checked(town, "Åsa;Ek;;;", "Bo;Al;;;", ";Ek;;;")
    with monkeypatch.context() as broken:
        broken.setattr(list_runs, "register_together", lambda *_args, **_kwargs: 1 / 0)
        source = registered(town, source)
    assert {row.state for row in rows_of(source)} == {RowState.FAILED}
    assert lists.available_moves(source) == ["retry"]
    source = registered(town, source)
    states = [RowState.DONE, RowState.DONE, RowState.FAILED]
    assert [row.state for row in rows_of(source)] == states
    assert Person.objects.count() == 2


def test_rows_that_wait_for_an_answer_are_not_tried_again(town):
    town.person(given_name="Nils", family_name="Holm", phone="070-174 06 51")
    source = registered(town, checked(town, "Nils;Holm;;070-174 06 51;"))
    assert [row.state for row in rows_of(source)] == [RowState.FAILED]
    assert lists.available_moves(source) == []


def test_the_manager_goes_on_when_the_uploaders_right_has_ended(town, log_in):
    source = checked(town, "Åsa;Ek;;;", "Bo;Al;;;")
    lists.move_list(source, "start", actor=reception(town), now=timezone.now())
    reception(town).memberships.update(valid_to=MONDAY - timedelta(days=1))
    tasks.run_waiting_lists()
    boss = log_in(town.user(Role.MANAGER))
    url = reverse("intake:list", args=[source.ref])
    assert "Försök igen" in boss.get(url).content.decode()
    assert boss.post(url, {"move": "retry", "token": TOKEN[:-1] + "9"}).status_code == 302
    assert tasks.run_waiting_lists() == 1
    assert Person.objects.count() == 2


def test_a_right_that_has_ended_registers_nobody(town):
    source = checked(town, "Åsa;Ek;;;")
    lists.move_list(source, "start", actor=reception(town), now=timezone.now())
    reception(town).memberships.update(valid_to=MONDAY - timedelta(days=1))
    assert tasks.run_waiting_lists() == 1
    assert source.rows.get().state == RowState.FAILED
    assert Person.objects.count() == 0


def test_a_list_is_not_started_twice_nor_changed_while_it_runs(town):
    source = checked(town, "Åsa;Ek;;;")
    lists.move_list(source, "start", actor=reception(town), now=timezone.now())
    for act in (
        lambda: lists.move_list(source, "start", actor=reception(town), now=timezone.now()),
        lambda: lists.match_columns(source, source.matching, actor=reception(town), today=MONDAY),
        lambda: lists.answer_row(source.rows.get(), {}, "", actor=reception(town), today=MONDAY),
    ):
        with pytest.raises(Refused):
            act()


def test_what_nobody_goes_on_with_is_forgotten(town):
    source = checked(town, ";Utan;;;")
    now = timezone.now()
    assert lists.forget_old_lists(now + timedelta(days=29)) == 0
    assert lists.forget_old_lists(now + timedelta(days=31)) == 1
    assert source.rows.get().values == {}


# --- pages ---------------------------------------------------------------------------------------
@pytest.fixture
def desk(town, log_in):
    return log_in(reception(town))


def test_a_list_from_the_file_to_the_result(town, desk):
    content = f"{HEAD}\n=1+1;Ek;;;\n;Utan;;;\n".encode("cp1252")
    answer = desk.post(
        reverse("intake:lists"),
        {
            "centre": town.units["north"].pk,
            "file": SimpleUploadedFile("lista.csv", content),
            "token": TOKEN,
        },
    )
    source = ListImport.objects.get()
    columns = reverse("intake:list_columns", args=[source.ref])
    assert answer["Location"] == columns
    assert 'value="Förnamn" selected' in desk.get(columns).content.decode()
    url = reverse("intake:list", args=[source.ref])
    assert desk.post(columns, {**source.matching, "token": TOKEN[:-1] + "1"})["Location"] == url
    assert ColumnMatching.objects.get().user == reception(town)
    assert desk.get(url).status_code == 200
    assert desk.post(url, {"move": "start", "token": TOKEN[:-1] + "2"}).status_code == 302
    tasks.run_waiting_lists()
    page = desk.get(url).content.decode()
    row = reverse("intake:list_row", args=[source.ref, 3])
    assert row in page
    file = desk.get(reverse("intake:list_result", args=[source.ref]))
    text = b"".join(file.streaming_content).decode("utf-8-sig")
    told = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert [line[:2] for line in told[1:]] == [["2", "'=1+1 Ek"], ["3", "Utan"]]
    values = {"given_name": "Nu", "family_name": "Utan", "token": TOKEN[:-1] + "3"}
    assert desk.post(row, values).status_code == 302
    assert desk.post(url, {"move": "retry", "token": TOKEN[:-1] + "4"}).status_code == 302
    tasks.run_waiting_lists()
    assert Person.objects.filter(given_name="Nu").exists()


def test_a_file_that_is_no_list_is_said_on_the_form(town, desk):
    answer = desk.post(
        reverse("intake:lists"),
        {
            "centre": town.units["north"].pk,
            "file": SimpleUploadedFile("lista.xlsx", b"MZ\x00"),
            "token": TOKEN,
        },
    )
    assert answer.status_code == 422
    assert not ListImport.objects.exists()


def test_one_who_became_protected_is_no_longer_in_the_list(town, desk):
    source = registered(town, checked(town, "Åsa;Hemlig;;;"))
    url = reverse("intake:list", args=[source.ref])
    assert "Hemlig" in desk.get(url).content.decode()
    town.protected(source.rows.get().person, [town.user(Role.MANAGER)])
    assert "Hemlig" not in desk.get(url).content.decode()
    file = desk.get(reverse("intake:list_result", args=[source.ref]))
    assert b"Hemlig" not in b"".join(file.streaming_content)


# --- many rows at once ---------------------------------------------------------------------------
def test_rows_registered_together_know_each_other(town):
    number = official_number(BORN)
    source = checked(
        town,
        f"Nils;Ny;{number};;",
        f"Nisse;Ny;{number};;",
        "Åsa;Ek;;;",
        "Åsa;Ek;;;",
        "Bo;Al;;070-1740655;",
    )
    rows = rows_of(registered(town, source))
    assert [row.state for row in rows] == [
        RowState.DONE, RowState.DONE, RowState.DONE, RowState.FAILED, RowState.DONE,
    ]  # fmt: skip
    nils, nisse, asa, again, _bo = rows
    assert (nisse.person, nisse.verdict) == (nils.person, Verdict.KNOWN)
    assert (again.person, again.verdict) == (asa.person, Verdict.POSSIBLE)
    assert again.told_sv != again.told_en
    assert Person.objects.count() == 3
    found = Person.objects.matching(number[2:8]).get()
    assert found == nils.person
    assert Entry.objects.filter(action="person.register").count() == 3


def test_one_row_that_cannot_be_saved_keeps_nobody_else_out(town):
    """A number that somebody else gets while the rows are gone through."""
    number = official_number(BORN)
    source = checked(town, "Åsa;Ek;;;", f"Nils;Ny;{number};;", "Bo;Al;;;")
    taken = town.protected(town.person(given_name="Xu"), [town.user(Role.MANAGER)]).numbers.get()
    type(taken).objects.filter(pk=taken.pk).update(number=number)
    lists_taken, list_runs.taken_numbers = list_runs.taken_numbers, lambda _numbers: set()
    try:
        source = registered(town, source)
    finally:
        list_runs.taken_numbers = lists_taken
    asa, nils, bo = rows_of(source)
    assert [asa.state, nils.state, bo.state] == [RowState.DONE, RowState.FAILED, RowState.DONE]
    assert nils.person is None
    assert not Person.objects.filter(given_name="Nils").exists()


LONG_HEAD = f"{HEAD};Remitterad av;Grund"


def _many(first: int, count: int) -> list[str]:
    """Rows of persons who are unlike each other, referred to the centre."""
    letters = "bdfgklmnprst"
    names = (f"{a}o{b}a{c}e{d}" for a in letters for b in letters for c in letters for d in letters)
    return [
        f"{name.title()};{name.title()}ström;;070-{1_000_000 + n};Stadsdel Norr;"
        "Försörjningsstöd;Samtycke"
        for n, name in enumerate(islice(names, first + count))
    ][first:]


def test_a_hundred_rows_cost_ten_queries_at_most(town):
    """Also when each row refers its person; the list itself costs some queries once."""
    costs = []
    for first, count in ((0, 100), (100, 500)):
        with CaptureQueriesContext(connection) as check:
            source = checked(town, *_many(first, count), head=LONG_HEAD)
        with CaptureQueriesContext(connection) as register:
            source = registered(town, source)
        assert source.rows.counted("state") == {RowState.DONE: count}
        costs.append((len(check), len(register)))
    assert ReferralIn.objects.count() == 600
    (check_one, run_one), (check_five, run_five) = costs
    # SQLite takes a thousand values at a time, which parts the inserts.
    most = 10 if connection.vendor == "postgresql" else 20
    assert check_five - check_one <= 4 * most, costs
    assert run_five - run_one <= 4 * most, costs


def test_a_long_list_is_shown_a_page_at_a_time(town, desk):
    source = checked(town, *_many(0, 250), ";Utan;;;", head=LONG_HEAD)
    url = reverse("intake:list", args=[source.ref])
    first = desk.get(url).content.decode()
    assert first.count('<tr role="row">') == 1 + 100
    last = desk.get(f"{url}?after=201").content.decode()
    assert last.count('<tr role="row">') == 1 + 51
    assert f"{url}?after=101" in first
    only = desk.get(f"{url}?rows=left").content.decode()
    assert only.count('<tr role="row">') == 1 + 1
    assert "Utan" in only
    file = desk.get(reverse("intake:list_result", args=[source.ref]))
    assert b"".join(file.streaming_content).count(b"\r\n") == 1 + 251
    assert desk.get(f"{url}?after=x").status_code == 200
