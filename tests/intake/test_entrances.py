"""The agreed entrance of a protected person: the circle's alone."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from intake.models import PlannedEntrance, Visit
from intake.transitions.entrances import agree_entrance, let_in
from jobcentre.casework.enums import AppointmentState
from jobcentre.casework.exceptions import Refused
from tests.factories import noon

pytestmark = pytest.mark.row("B7")


@pytest.fixture
def appointment(front):
    """A booking of a protected person; Per at the desk and the coach are the circle."""
    booked = front.booked(hours=1, given_name="Skyddad")
    front.town.protected(booked.person, [front.per, front.coach])
    booked.person.refresh_from_db()
    return booked


def agreed(front, appointment, **changes):
    at = changes.pop("at", noon(front.town.today))
    return agree_entrance(appointment, at, "Gårdsporten", "Per", actor=front.coach)


def test_agreed_on_the_case_page_and_used_at_the_door(front, appointment, log_in):
    client = log_in(front.per)
    path = f"/arenden/{appointment.case.number}/ingang/{appointment.pk}/"
    assert path in client.get(f"/arenden/{appointment.case.number}/").content.decode()
    token = re.search(r'name="token" value="([^"]+)"', client.get(path).content.decode()).group(1)
    client.post(path, {"token": token, "at": "12:50", "entrance": "Gårdsporten", "met_by": "Per"})
    planned = PlannedEntrance.objects.get()
    assert (planned.entrance, planned.agreed_by) == ("Gårdsporten", front.per)
    assert "Gårdsporten" in client.get("/mottagning/avtalade/").content.decode()
    client.post(f"/mottagning/avtalade/{planned.pk}/")
    visit = Visit.objects.get()
    appointment.refresh_from_db()
    assert (visit.ticket, visit.state, visit.appointment) == ("", "meeting", appointment)
    assert appointment.state == AppointmentState.ARRIVED
    assert front.coach.notices.filter(key=f"visit:{visit.pk}:{front.coach.pk}").exists()
    again = client.post(f"/mottagning/avtalade/{planned.pk}/", follow=True)
    assert "redan insläppt" in again.content.decode()


def test_nobody_outside_the_circle_knows(front, appointment, log_in):
    planned = agreed(front, appointment)
    client = log_in(front.noor)
    assert "Gårdsporten" not in client.get("/mottagning/avtalade/").content.decode()
    assert (
        client.get(f"/arenden/{appointment.case.number}/ingang/{appointment.pk}/").status_code
        == 404
    )
    assert client.post(f"/mottagning/avtalade/{planned.pk}/").status_code == 404
    visit = let_in(planned, actor=front.per)
    assert client.get(f"/besok/{visit.ref}/").status_code == 404
    for path in ("/mottagning/", "/mottagning/ko/", "/besok/"):
        shown = client.get(path).content.decode()
        assert "Skyddad" not in shown
        assert str(visit.ref) not in shown
    assert front.noor.notices.count() == 0


def test_not_even_the_circle_sees_it_on_the_board(front, appointment, log_in):
    let_in(agreed(front, appointment), actor=front.per)
    assert "Skyddad" not in log_in(front.per).get("/mottagning/").content.decode()


def test_only_for_the_protected_only_on_the_day_only_while_booked(front, appointment):
    with pytest.raises(Refused, match="skyddade uppgifter"):
        agreed(front, front.booked(hours=3))
    with pytest.raises(Refused, match="samma dag"):
        agreed(front, appointment, at=noon(front.town.today) + timedelta(days=1))
    first = agreed(front, appointment)
    assert agreed(front, appointment, at=noon(front.town.today) + timedelta(hours=1)) == first
    let_in(first, actor=front.per)
    with pytest.raises(Refused):
        agreed(front, appointment)


def test_one_outside_the_circle_cannot_agree(front, appointment):
    with pytest.raises(PermissionDenied):
        agree_entrance(appointment, noon(front.town.today), "Gårdsporten", "", actor=front.noor)
    assert not PlannedEntrance.objects.exists()
