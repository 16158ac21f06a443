"""The interpreter of a meeting: proposed, changed for the one meeting, followed, booked, moved."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from jobcentre.accounts.enums import Role
from jobcentre.audit.models import Entry
from jobcentre.casework.enums import AppointmentState
from jobcentre.casework.exceptions import Conflict, Refused
from jobcentre.casework.models import Appointment, Person
from jobcentre.casework.transitions.appointments import (
    book_appointment,
    give_appointment,
    move_appointment,
    rebook_appointment,
)
from jobcentre.casework.transitions.interpreters import book_interpreter, set_interpreter
from jobcentre.casework.transitions.merging import merge_persons, undo_merge
from jobcentre.casework.transitions.persons import correct_person
from jobcentre.notices.models import Notice
from tests.factories import MONDAY, noon
from tests.test_rules_document import DOCUMENT, examples

TUESDAY = noon(MONDAY) + timedelta(days=1)


@pytest.fixture
def coach(town):
    return town.user(Role.COACH)


def booked(town, coach, need="", language=None, is_booked=False, **person):
    """A meeting of tomorrow, of a person with that need; in `language` when it is another."""
    case = town.opened(**person)
    needs(case.person, need, actor=coach)
    meeting = book_appointment(
        case,
        coach,
        TUESDAY,
        "Planering",
        actor=coach,
        interpreter_language=need if language is None else language,
    )
    return book_interpreter(meeting, True, actor=coach) if is_booked else meeting


def needs(person, language, *, actor):
    person = Person.objects.get(pk=person.pk)
    said = {"interpreter_language": language}
    correct_person(person, said, actor=actor, version=person.version)


def now_of(meeting) -> tuple[str, bool]:
    kept = Appointment.objects.get(pk=meeting.pk)
    return kept.interpreter_language, kept.interpreter_booked


def _read(cell: str) -> tuple[str, bool]:
    language, _comma, word = cell.partition(", ")
    return ("", False) if cell == "–" else (language, word == "booked")


@pytest.mark.parametrize(
    ("person", "before", "act", "after"), examples(DOCUMENT.read_text(), "interpreters")
)
def test_examples(town, coach, person, before, act, after):
    language, is_booked = _read(before)
    need = "" if person == "–" else person
    meeting = booked(town, coach, need, language, is_booked)
    word = act.rpartition(" ")[2]
    if act.startswith("the person needs"):
        needs(meeting.person, "" if word == "none" else word, actor=coach)
    elif act == "the meeting is moved":
        meeting = rebook_appointment(meeting, coach, TUESDAY + timedelta(hours=1), actor=coach)
    elif act == "a colleague takes it":
        other = town.user(Role.COACH, name="Andra")
        meeting = give_appointment(meeting, other, actor=coach)
    else:
        set_interpreter(meeting, word, actor=coach)
    assert now_of(meeting) == _read(after)


def test_only_booked_meetings_ahead_follow(town, coach):
    gone = booked(town, coach, "somali")
    move_appointment(gone, "cancel", actor=coach)
    today = book_appointment(
        gone.case,
        coach,
        noon(MONDAY) - timedelta(hours=1),
        "Möte",
        actor=coach,
        interpreter_language="somali",
    )
    needs(gone.person, "dari", actor=coach)
    assert now_of(gone)[0] == now_of(today)[0] == "somali"


def test_whom_the_meeting_is_with_is_told_without_a_name(town, coach):
    meeting = booked(town, coach, "somali", is_booked=True, given_name="Bodil")
    desk = town.user(Role.RECEPTION)
    for hours, language in enumerate(("dari", "", "dari")):
        with time_machine.travel(timezone.now() + timedelta(hours=hours), tick=False):
            needs(meeting.person, language, actor=desk)
    needs(meeting.person, "", actor=coach)  # who acts is not told
    told = list(
        Notice.objects.filter(user=coach, key__startswith="appointment-interpreter").order_by("pk")
    )
    assert len(told) == 3
    texts = " ".join(text for notice in told for text in (notice.text_sv, notice.text_en))
    assert not any(word in texts for word in ("Bodil", "dari", "somali"))
    entry = Entry.objects.filter(action="appointment.interpreter").first()
    assert entry.subject_ref == meeting.person.ref


def test_a_meeting_that_is_over_is_left_as_it_was(town, coach):
    meeting = booked(town, coach, "somali")
    move_appointment(meeting, "cancel", actor=coach)
    for act in (
        lambda: set_interpreter(meeting, "dari", actor=coach),
        lambda: book_interpreter(meeting, True, actor=coach),
    ):
        with pytest.raises(Refused):
            act()


def test_nobody_is_booked_for_no_language_and_nothing_is_written_over(town, coach):
    meeting = booked(town, coach)
    with pytest.raises(Refused):
        book_interpreter(meeting, True, actor=coach)
    set_interpreter(meeting, "dari", actor=coach, seen="")
    with pytest.raises(Conflict):
        set_interpreter(meeting, "somali", actor=coach, seen="")
    # Said by both alike: it is so already.
    set_interpreter(meeting, "dari", actor=coach, seen="")
    assert now_of(meeting) == ("dari", False)
    with pytest.raises(PermissionDenied):
        set_interpreter(meeting, "", actor=town.user(Role.SOCIAL_SECRETARY))


def test_a_merge_and_its_end_are_followed(town, coach):
    manager = town.user(Role.MANAGER)
    meeting = booked(town, coach, "somali", is_booked=True)
    other = town.person(given_name="Ewa", interpreter_language="dari")
    chosen = {"interpreter_language": "merged"}
    merge = merge_persons(meeting.person, other, chosen, actor=manager, now=noon(MONDAY))
    assert now_of(meeting) == ("dari", False)
    undo_merge(merge, actor=manager, now=noon(MONDAY))
    assert now_of(meeting) == ("somali", False)


# --- the pages -----------------------------------------------------------------------------------
def sent(coach, **fields):
    values = {"with_user": coach.pk, "on": "imorgon", "at": "13:30", "minutes": "45"}
    return {"token": str(uuid4()), "place": "", "purpose": "Plan", **values, **fields}


def test_the_need_is_proposed_and_may_be_another_for_the_meeting(town, coach, log_in):
    case = town.opened()
    needs(case.person, "somali", actor=coach)
    client, url = log_in(coach), f"/arenden/{case.number}/tid/"
    assert 'value="somali"' in client.get(url).content.decode()
    assert client.post(url, sent(coach, interpreter_language="dari")).status_code == 302
    assert client.post(url, sent(coach, at="15:00")).status_code == 302
    kept = Appointment.objects.order_by("starts_at")
    assert [row.interpreter_language for row in kept] == ["dari", ""]


def test_the_meeting_says_it_and_takes_another_language(town, coach, log_in):
    meeting = booked(town, coach, "somali", is_booked=True)
    client, url = log_in(coach), f"/moten/{meeting.ref}/"
    page = client.get(url).content.decode()
    assert 'value="no_interpreter"' in page
    assert 'value="somali"' in page
    assert "Tolkar att boka" not in client.get("/moten/").content.decode()
    values = {"move": "language", "token": str(uuid4()), "seen": "somali"}
    said = client.post(url, {**values, "interpreter_language": "dari"}, follow=True)
    assert "Säg till den som var bokad" in said.content.decode()
    assert now_of(meeting) == ("dari", False)
    # Typed on an old page: nothing is written over, and what was typed stands there still.
    old = client.post(url, {**values, "token": str(uuid4()), "interpreter_language": "arabiska"})
    assert old.status_code == 422
    assert 'value="arabiska"' in old.content.decode()
    long = client.post(url, {**values, "token": str(uuid4()), "interpreter_language": "x" * 61})
    assert long.status_code == 422
    assert now_of(meeting) == ("dari", False)


def test_meetings_without_a_booked_interpreter_stand_first(town, coach, log_in):
    meeting = booked(town, coach, "somali")
    later = rebook_appointment(meeting, coach, TUESDAY + timedelta(days=21), actor=coach)
    client = log_in(coach)
    assert f"/moten/{later.ref}/#interpreter" in client.get("/moten/").content.decode()
    other = log_in(town.user(Role.COACH, name="Andra"))
    assert f"{later.ref}" not in other.get("/moten/").content.decode()
    assert f"{later.ref}" in other.get("/moten/?alla=1").content.decode()
    book_interpreter(later, True, actor=coach)
    assert f"{later.ref}" not in client.get("/moten/").content.decode()
    assert Appointment.objects.get(pk=meeting.pk).state == AppointmentState.CANCELLED
