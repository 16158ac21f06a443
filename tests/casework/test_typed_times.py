"""A time that somebody types for a meeting: what has been is refused, what is odd is asked about."""

from datetime import timedelta

import pytest
from django.urls import reverse

from jobcentre.accounts.enums import Role
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import Appointment, ClosedDay
from jobcentre.casework.odd_times import odd_about
from jobcentre.casework.transitions import hours
from jobcentre.casework.transitions.appointments import (
    book_appointment,
    move_appointment,
    rebook_appointment,
)
from tests.factories import MONDAY, noon

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
ONE = noon(MONDAY) + HOUR


@pytest.fixture
def coach(town):
    return town.user(Role.COACH, name="Karin")


@pytest.fixture
def case(town, coach):
    return town.opened(coach=coach)


def test_a_day_that_has_been_is_refused_and_earlier_today_is_not(case, coach):
    with pytest.raises(Refused, match="Den dagen har varit"):
        book_appointment(case, coach, ONE - DAY, "Plan", actor=coach)
    book_appointment(case, coach, ONE - 3 * HOUR, "Plan", actor=coach)
    later = book_appointment(case, coach, ONE, "Plan", actor=coach)
    with pytest.raises(Refused, match="Den tiden har varit"):
        rebook_appointment(later, coach, ONE - 2 * HOUR, actor=coach)


def test_nobody_has_missed_a_meeting_that_has_not_begun(case, coach, log_in):
    today = book_appointment(case, coach, ONE, "Plan", actor=coach)
    tomorrow = book_appointment(case, coach, ONE + DAY, "Plan", actor=coach)
    client, sent = log_in(coach), {"move": "miss", "reason": "no_word"}
    page = reverse("casework:meeting", args=[today.ref])
    assert client.post(page, sent).status_code == 422
    with pytest.raises(Refused, match="inte börjat"):
        move_appointment(tomorrow, "hold", actor=coach)
    # Who comes early is met early.
    assert move_appointment(today, "hold", actor=coach).state == "held"


def test_what_nobody_would_have_offered_is_odd(town, coach):
    assert odd_about(coach, ONE, 60) == ""
    assert "09:00–12:00, 13:00–16:00" in odd_about(coach, ONE + 2 * HOUR, 90)
    assert "ingen arbetsdag" in odd_about(coach, ONE - DAY, 60)
    hours.add_absence(coach, MONDAY + DAY, MONDAY + 2 * DAY, actor=coach)
    assert odd_about(coach, ONE + DAY, 60) == "Karin är borta den dagen."
    ClosedDay.objects.create(on=MONDAY + 2 * DAY, name="Planering")
    assert "ingen arbetsdag" in odd_about(coach, ONE + 2 * DAY, 60)
    hours.set_hours(coach, [(0, ONE.time(), (ONE + HOUR).time())], actor=coach)
    assert odd_about(coach, ONE + 3 * DAY, 60) == "Karin har inga mötestider den dagen."


def test_an_odd_time_is_asked_about_and_that_one_only(case, coach, log_in):
    client, page = log_in(coach), reverse("casework:appointment", args=[case.number])
    sent = {
        "token": client.get(page).context["form"]["token"].value(),
        "purpose": "Plan",
        "minutes": 60,
        "with_user": coach.pk,
        "on": "2026-11-22",
        "at": "03:00",
    }
    asked = client.post(page, sent)
    assert asked.status_code == 422
    assert "ingen arbetsdag" in asked.content.decode()
    yes = asked.context["form"].fields["anyway"].widget.attrs["value"]
    assert client.post(page, {**sent, "anyway": yes, "at": "04:00"}).status_code == 422
    assert not Appointment.objects.exists()
    assert client.post(page, {**sent, "anyway": yes}).status_code == 302
    assert Appointment.objects.count() == 1
