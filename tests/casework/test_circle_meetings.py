"""Meetings booked before a person became protected, with somebody who may not know any longer."""

from datetime import timedelta
from uuid import uuid4

import pytest

from jobcentre.accounts.enums import Role
from jobcentre.casework.circle_meetings import outside_circle
from jobcentre.casework.enums import Protection
from jobcentre.casework.models import Person
from jobcentre.casework.transitions.appointments import book_appointment
from jobcentre.casework.transitions.protection import protect_person
from jobcentre.notices.models import Notice
from tests.factories import MONDAY, noon

pytestmark = [pytest.mark.django_db, pytest.mark.row("B7")]
TUESDAY = noon(MONDAY) + timedelta(days=1)


@pytest.fixture
def told(town):
    """(the case, its coach, the manager, the colleague outside, the meeting with that one)."""
    case, manager = town.opened(given_name="Bodil"), town.user(Role.MANAGER)
    other = town.user(Role.COACH, name="Utanför")
    book_appointment(case, case.coach, TUESDAY, "Plan", actor=None)
    meeting = book_appointment(case, other, TUESDAY, "Plan", actor=None)
    return case, case.coach, manager, other, meeting


def test_the_coach_of_the_circle_is_told_and_nobody_else(town, told):
    case, coach, manager, other, meeting = told
    assert outside_circle(case.person) == []
    person = protect_person(
        case.person, Protection.MARKED, [coach, manager], actor=manager, today=MONDAY
    )
    assert outside_circle(person) == [meeting]
    notice = Notice.objects.get(key__startswith="circle-meeting")
    assert notice.user == coach
    assert "Bodil" not in notice.text_sv
    assert not Notice.objects.filter(user=other, key__startswith="circle").exists()
    # Told again of a circle that is changed, and no more when the colleague is let in.
    everybody = [coach, manager, other]
    person = protect_person(person, Protection.MARKED, everybody, actor=manager, today=MONDAY)
    assert outside_circle(person) == []
    assert Notice.objects.filter(key__startswith="circle-meeting").count() == 1


def test_a_coach_outside_the_circle_is_not_told(town, told):
    case, _coach, manager, _other, _meeting = told
    protect_person(case.person, Protection.MARKED, [manager], actor=manager, today=MONDAY)
    assert len(outside_circle(Person.objects.get(pk=case.person_id))) == 2
    assert not Notice.objects.filter(key__startswith="circle-meeting").exists()


def test_the_one_who_protects_reads_which_meetings_to_move(town, told, log_in):
    case, coach, manager, other, meeting = told
    client = log_in(manager)
    values = {
        "token": str(uuid4()),
        "version": case.person.version,
        "level": "marked",
        "circle": [coach.pk, manager.pk],
    }
    answer = client.post(f"/arenden/{case.number}/skydd/", values, follow=True)
    page = answer.content.decode()
    assert "Flytta mötena" in page
    assert "Utanför" in page
    assert str(meeting.ref) not in log_in(other).get("/moten/").content.decode()
