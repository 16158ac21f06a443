"""Notes are never deleted: a wrong one is corrected by a new one, a misplaced one is struck."""

from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from jobcentre.accounts.enums import Role
from jobcentre.casework.enums import InvolvementKind
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import CaseEvent, StruckNote
from jobcentre.casework.transitions.records import (
    correct_note,
    involve,
    open_sensitive_areas,
    strike_note,
    write_note,
)

OLD, NEW = "Kommer alltid i tid.", "Kommer oftast i tid."


@pytest.fixture
def case(town):
    return town.opened()


@pytest.fixture
def coach(town, case):
    return town.user(Role.COACH)


@pytest.fixture
def note(case, coach):
    return write_note(case, OLD, actor=coach)


def sent(**fields):
    return {"token": str(uuid4()), **fields}


def timeline(client, case) -> str:
    return client.get(f"/arenden/{case.number}/tidslinje/").content.decode()


def test_a_note_is_written_on_the_page_and_stands_on_the_timeline(case, coach, log_in):
    client = log_in(coach)
    answer = client.post(f"/arenden/{case.number}/anteckning/", sent(text=f"  {OLD}\n"))
    assert answer["Location"] == f"/arenden/{case.number}/"
    assert CaseEvent.objects.get(kind="note.written").text == OLD
    assert OLD in timeline(client, case)


def test_what_is_written_is_shown_as_text(case, coach, log_in):
    client = log_in(coach)
    client.post(f"/arenden/{case.number}/anteckning/", sent(text="<b>1 < 2</b> & {{ x }}"))
    assert "&lt;b&gt;1 &lt; 2&lt;/b&gt; &amp; {{ x }}" in timeline(client, case)


def test_a_correction_keeps_the_old_text(note, case, coach, log_in):
    client = log_in(coach)
    url = f"/arenden/{case.number}/anteckning/{note.pk}/"
    assert OLD in client.get(url).content.decode()
    assert client.post(url, sent(text=NEW)).status_code == 302
    correction = CaseEvent.objects.get(kind="note.corrected")
    assert (correction.text, correction.corrects) == (NEW, note)
    note.refresh_from_db()
    assert note.text == OLD
    page = timeline(client, case)
    assert OLD in page
    assert NEW in page


def test_only_the_one_who_wrote_it_corrects_it(note, case, town):
    with pytest.raises(Refused):
        correct_note(note, NEW, actor=town.user(Role.COACH, name="Mona"))
    assert not CaseEvent.objects.filter(kind="note.corrected").exists()


def test_only_notes_are_corrected_or_struck(case, coach, town):
    opened = CaseEvent.objects.get(kind="case.opened")
    with pytest.raises(Refused):
        correct_note(opened, NEW, actor=coach)
    with pytest.raises(Refused):
        strike_note(opened, "Fel", actor=town.user(Role.MANAGER))


def test_the_database_changes_and_removes_no_note(note):
    for change in (
        lambda: CaseEvent.objects.filter(pk=note.pk).update(text=NEW),
        lambda: CaseEvent.objects.filter(pk=note.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    note.refresh_from_db()
    assert note.text == OLD


def test_a_struck_note_hides_its_text_and_keeps_the_trace(note, case, coach, town, log_in):
    manager, reason = town.user(Role.MANAGER), "Skriven i fel ärende"
    client = log_in(manager)
    url = f"/arenden/{case.number}/anteckning/{note.pk}/stryk/"
    assert client.post(url, sent(reason=reason)).status_code == 302
    struck = StruckNote.objects.get()
    assert (struck.event.text, struck.reason, struck.struck_by) == (OLD, reason, manager)
    page = timeline(log_in(coach), case)
    assert OLD not in page
    assert reason in page


def test_a_note_is_struck_once_and_with_a_reason(note, case, town, log_in):
    client = log_in(town.user(Role.MANAGER))
    url = f"/arenden/{case.number}/anteckning/{note.pk}/stryk/"
    assert client.post(url, sent(reason=" ")).status_code == 422
    assert client.post(url, sent(reason="Fel ärende")).status_code == 302
    again = client.post(url, sent(reason="Fel ärende igen"))
    assert again.status_code == 422
    assert StruckNote.objects.get().reason == "Fel ärende"


def test_a_note_belongs_to_the_case_of_its_address(note, case, town, log_in):
    other = town.opened()
    client = log_in(town.user(Role.COACH))
    url = f"/arenden/{other.number}/anteckning/{note.pk}/"
    assert client.get(url).status_code == 404
    assert client.post(url, sent(text=NEW)).status_code == 404


def test_a_colleague_reads_notes_only_after_a_stated_reason(note, case, town, log_in):
    mona = town.user(Role.COACH, name="Mona")
    client = log_in(mona)
    assert OLD not in timeline(client, case)
    with pytest.raises(Refused):
        open_sensitive_areas(case, "nyfiken", actor=mona)
    open_sensitive_areas(case, "Vikarierar för Karin i dag.", actor=mona)
    page = timeline(client, case)
    assert OLD in page
    assert "Vikarierar för Karin i dag." in timeline(log_in(town.user(Role.COACH)), case)


def test_a_counsellor_reads_again_what_was_written_and_nothing_of_the_coach(
    town, case, note, log_in
):
    counsellor = town.user(Role.STUDY_COUNSELLOR)
    involve(
        case, InvolvementKind.GUIDANCE, label="Vägledning", starts_on=town.today, user=counsellor
    )
    own = write_note(case, "Vill läsa till undersköterska.", actor=counsellor)
    client = log_in(counsellor)
    page = timeline(client, case)
    assert own.text in page
    assert OLD not in page
    address = f"/arenden/{case.number}/anteckning/"
    assert client.get(f"{address}{own.pk}/").status_code == 200
    assert client.get(f"{address}{note.pk}/").status_code == 404
