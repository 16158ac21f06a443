"""What is told of meetings, groups and corrections is said in the reader's language, not the writer's."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from intake.transitions import groups
from jobcentre.accounts.enums import Role
from jobcentre.casework.models.appointment import FIRST_MEETING
from jobcentre.casework.timeline import in_words, record_event
from jobcentre.casework.transitions import appointments
from jobcentre.casework.transitions.persons import correct_person
from jobcentre.notices.models import Notice
from tests.factories import MONDAY, noon

pytestmark = pytest.mark.django_db
TUESDAY = noon(MONDAY) + timedelta(days=1)


@pytest.fixture
def coach(town):
    return town.user(Role.COACH)


def said(case, kind) -> tuple[str, str]:
    """The event in Swedish and in English."""
    event = case.events.get(kind=kind)
    found = []
    for language in ("sv", "en"):
        with override(language):
            found.append(in_words(event).sentence)
    return tuple(found)


@pytest.mark.parametrize("writer", ["sv", "en"])
def test_a_meeting_is_told_in_the_readers_language(town, coach, writer):
    case = town.opened()
    with override(writer):
        meeting = appointments.book_appointment(case, coach, TUESDAY, FIRST_MEETING, actor=coach)
        appointments.move_appointment(meeting, "cancel", actor=coach)
    swedish, english = said(case, "appointment.booked")
    assert swedish == f"tis 17\N{NO-BREAK SPACE}nov 2026 12:00 med {coach.name}: Första möte"
    assert english == f"Tue 17\N{NO-BREAK SPACE}Nov 2026 12:00 with {coach.name}: First meeting"
    assert [each[:3] for each in said(case, "appointment.cancelled")] == ["tis", "Tue"]


def test_a_moment_is_local_also_in_summer(town, coach):
    case = town.opened()
    when = datetime(2027, 7, 1, 9, 0, tzinfo=timezone.get_default_timezone())
    appointments.book_appointment(case, coach, when, "Planering", actor=coach)
    assert "2027 09:00" in said(case, "appointment.booked")[0]


def test_a_place_in_a_group_is_told_in_the_readers_language(town, coach):
    case = town.opened()
    planned = groups.Planned(
        kind="information",
        title="Välkommen",
        starts_at=TUESDAY,
        minutes=60,
        room="Sal 1",
        places=2,
        leader=coach,
    )
    desk = town.user(Role.RECEPTION)
    meeting = groups.plan_meeting(town.units["north"], planned, actor=desk)
    groups.sign_up(meeting, case.person, case=case, actor=desk)
    swedish, english = said(case, "group.signed_up")
    assert "tis 17" in swedish
    assert "Tue 17" in english


def test_which_details_were_corrected_is_told_in_the_readers_language(town, coach):
    case = town.opened()
    correct_person(
        case.person,
        {"phone": "070-174 06 59", "given_name": "Evy"},
        actor=coach,
        version=case.person.version,
    )
    swedish, english = said(case, "person.corrected")
    assert "förnamn, telefon" in swedish
    assert "given name, phone" in english


def test_what_was_written_in_words_before_is_shown_as_it_is(town, coach):
    case = town.opened()
    told = {"when": "tis 17 nov 2026 12:00", "with_user": "Mona", "purpose": "Planering"}
    record_event(case, "appointment.booked", actor=coach, payload=told)
    record_event(case, "person.corrected", actor=coach, payload={"fields": "telefon"})
    assert said(case, "appointment.booked")[1].startswith("tis 17 nov 2026 12:00 with Mona")
    assert "telefon" in said(case, "person.corrected")[1]


def test_a_notice_of_a_meeting_has_its_moment_in_each_language(town, coach):
    case = town.opened()
    appointments.book_appointment(
        case, coach, TUESDAY, "Planering", actor=town.user(Role.RECEPTION)
    )
    told = Notice.objects.get(key__startswith="appointment-booked")
    assert "tis 17" in told.text_sv
    assert "Tue 17" in told.text_en
