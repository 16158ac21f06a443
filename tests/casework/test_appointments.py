"""Meetings booked, held, missed, called off."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from jobcentre.accounts.enums import Role
from jobcentre.casework.enums import AppointmentState
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import Appointment, CaseEvent
from jobcentre.casework.transitions.appointments import book_appointment, move_appointment
from tests.factories import MONDAY, noon


@pytest.fixture
def case(town):
    return town.opened(given_name="Bodil")


@pytest.fixture
def coach(case, town):
    return town.user(Role.COACH)


def book(case, coach, at=None, **more):
    return book_appointment(case, coach, at or noon(MONDAY), "Planering", actor=coach, **more)


def sent(coach, **fields):
    values = {
        "with_user": coach.pk,
        "on": "idag",
        "at": "13:30",
        "minutes": "45",
        "purpose": "Plan",
    }
    return {"token": str(uuid4()), "place": "Rum 4", **values, **fields}


def test_a_meeting_is_booked_on_the_page_and_stands_on_the_day(case, coach, town, log_in):
    client = log_in(coach)
    answer = client.post(f"/arenden/{case.number}/tid/", sent(coach, at="13.30"))
    assert answer.status_code == 302
    kept = Appointment.objects.get()
    assert kept.starts_at == noon(MONDAY) + timedelta(minutes=90)
    assert (kept.minutes, kept.place, kept.state) == (45, "Rum 4", AppointmentState.BOOKED)
    assert CaseEvent.objects.filter(kind="appointment.booked").count() == 1
    assert "Bodil" in client.get("/nu/").content.decode()
    assert "Bodil" in log_in(town.user(Role.RECEPTION)).get("/mottagning/").content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"at": "25:00"},
        {"at": ""},
        {"on": "30/2"},
        {"minutes": "0"},
        {"purpose": ""},
        {"with_user": "0"},
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(wrong, case, coach, log_in):
    answer = log_in(coach).post(f"/arenden/{case.number}/tid/", sent(coach, **wrong))
    assert answer.status_code == 422
    assert 'value="Rum 4"' in answer.content.decode()
    assert not Appointment.objects.exists()


def test_only_those_who_work_at_the_centre_are_booked(case, coach, town, log_in):
    stranger = town.user(Role.COACH, "south")
    answer = log_in(coach).post(f"/arenden/{case.number}/tid/", sent(stranger))
    assert answer.status_code == 422


def test_nobody_is_booked_twice_at_once(case, coach, town, log_in):
    book(town.opened(), coach, noon(MONDAY) + timedelta(minutes=90))
    answer = log_in(coach).post(f"/arenden/{case.number}/tid/", sent(coach))
    assert answer.status_code == 422
    assert "har redan en bokad tid då, " in answer.content.decode()


def test_a_time_that_is_called_off_is_free_again(case, coach):
    move_appointment(book(case, coach), "cancel", actor=coach)
    assert book(case, coach).state == AppointmentState.BOOKED


@pytest.mark.parametrize(
    ("moves", "state"),
    [
        (["cancel"], "cancelled"),
        (["miss"], "missed"),
        (["hold"], "held"),
        (["arrive", "hold"], "held"),
        (["arrive", "cancel"], None),
        (["arrive", "miss"], None),
        (["cancel", "arrive"], None),
        (["miss", "hold"], None),
        (["hold", "hold"], None),
    ],
)
def test_the_moves_of_a_meeting(moves, state, case, coach):
    meeting = book(case, coach)
    for move in moves[:-1]:
        meeting = move_appointment(meeting, move, actor=coach)
    if state is None:
        before = meeting.state
        with pytest.raises(Refused, match="redan"):
            move_appointment(meeting, moves[-1], actor=coach)
        assert Appointment.objects.get().state == before
    else:
        assert move_appointment(meeting, moves[-1], actor=coach).state == state
        assert Appointment.objects.get().state == state


def test_what_is_called_off_stands_on_no_day(case, coach, town, log_in):
    move_appointment(book(case, coach), "cancel", actor=coach)
    assert "Bodil" not in log_in(town.user(Role.RECEPTION)).get("/mottagning/").content.decode()


def test_a_meeting_is_moved_by_those_who_may_book(case, coach, town):
    meeting = book(case, coach)
    for role, where in ((Role.COACH, "south"), (Role.SOCIAL_SECRETARY, "north")):
        with pytest.raises(PermissionDenied):
            move_appointment(meeting, "cancel", actor=town.user(role, where))


def test_a_meeting_has_a_length(case, coach):
    with pytest.raises(ValidationError):
        book(case, coach, minutes=-5)
