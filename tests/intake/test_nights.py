"""What is done at night: visits ended, names removed."""

from datetime import timedelta

import pytest
from django.urls import reverse

from intake import tasks
from intake.enums import VisitPurpose, VisitResult, VisitState
from intake.models import Visit
from intake.transitions import nights, register_visit
from intake.transitions import visits as moves
from jobcentre.audit.models import Entry
from jobcentre.casework.models import Appointment
from jobcentre.casework.transitions.appointments import book_appointment
from tests.factories import noon


def test_what_nobody_ended_is_ended_the_next_night(front):
    waiting, called, met = front.comes(), front.comes(), front.comes()
    moves.call_visit(called, actor=front.per, desk=front.one)
    moves.begin_meeting(met, actor=front.per, desk=front.two)
    assert tasks.end_visits_left_over() == 0
    with front.tomorrow():
        assert tasks.end_visits_left_over() == 3
        assert tasks.end_visits_left_over() == 0
    states = [Visit.objects.get(pk=each.pk).state for each in (waiting, called, met)]
    assert states == [VisitState.LEFT, VisitState.LEFT, VisitState.DONE]
    assert Visit.objects.get(pk=met.pk).result == VisitResult.MET


def test_a_meeting_before_any_case_is_met_and_forgotten(front):
    """A first meeting is booked before there is a case; the row of the visit keeps no way to it."""
    person = front.town.person()
    appointment = Appointment.objects.create(
        person=person,
        centre=front.centre,
        with_user=front.coach,
        starts_at=noon(front.town.today),
        purpose="Första mötet",
        booked_by=front.coach,
    )
    visit = front.comes(VisitPurpose.BOOKED, person=person)
    assert (visit.appointment, visit.case, visit.host) == (appointment, None, front.coach)
    assert front.coach.notices.filter(key=f"visit:{visit.pk}:{front.coach.pk}").exists()
    moves.leave(visit, actor=front.per)
    with front.later(days=40):
        assert tasks.make_visits_nameless() == 1
    visit.refresh_from_db()
    assert (visit.person, visit.appointment) == (None, None)


@pytest.mark.row("B7")
def test_old_visits_without_a_case_lose_their_names(front, settings):
    settings.VISIT_NAME_DAYS = 30
    person = front.town.person(given_name="Tillfällig")
    nameless = front.comes(person=person, language="somaliska")
    company = front.comes(VisitPurpose.COMPANY, company_name="Holm AB")
    kept = front.comes(person=front.town.opened().person)
    later = front.comes(person=front.town.person())
    still_open = front.comes(visitor_name="Kvar")
    for visit in (nameless, company, kept, later):
        moves.finish_visit(visit, VisitResult.UNSOLVED, actor=front.per, answer="Fråga om Holm")
    front.town.opened(person=later.person)
    with front.later(days=30):
        assert tasks.make_visits_nameless() == 0
    with front.later(days=31):
        assert tasks.make_visits_nameless() == 2
        assert tasks.make_visits_nameless() == 0
    for visit in (nameless, company):
        visit.refresh_from_db()
        assert (visit.person, visit.shown_name, visit.answer) == (None, "", "")
        assert visit.nameless_at is not None
        assert visit.language == ""
    for visit in (kept, later):
        visit.refresh_from_db()
        assert visit.person is not None
    still_open.refresh_from_db()
    assert still_open.visitor_name == "Kvar"
    assert (nameless.purpose, nameless.came_on) == ("question", front.town.today)
    entries = Entry.objects.filter(action="visit.make_nameless")
    assert {(entry.actor, entry.subject_ref) for entry in entries} == {(None, None)}


def test_more_than_a_batch_is_done_in_rounds(front, monkeypatch):
    monkeypatch.setattr(nights, "BATCH", 2)
    for _n in range(5):
        moves.leave(front.comes(), actor=front.per)
    with front.later(days=40):
        assert tasks.make_visits_nameless() == 5


def test_the_visits_page_says_that_the_names_are_gone(front, log_in):
    moves.leave(front.comes(visitor_name="Zebulon"), actor=front.per)
    with front.later(days=40):
        nights.make_nameless(front.town.today + timedelta(days=40), 30)
    page = log_in(front.per).get("/besok/").content.decode()
    assert "Namnen är borttagna" in page
    assert "Zebulon" not in page


def test_the_appointment_of_a_visit_left_over_does_not_stay_arrived(front, log_in):
    """Who left has a meeting that can still be noted; who was in a meeting has held it."""
    waited, met = front.booked(hours=-1), front.booked(hours=1)
    front.comes(VisitPurpose.BOOKED, person=waited.person, appointment=waited)
    inside = front.comes(VisitPurpose.BOOKED, person=met.person, appointment=met)
    moves.begin_meeting(inside, actor=front.per)
    # Somebody protected is in the meeting from the door, without the meeting being held yet.
    case = front.town.opened()
    front.town.protected(case.person, [front.coach])
    start = noon(front.town.today) + timedelta(hours=2)
    hidden = book_appointment(case, front.coach, start, "Möte", actor=front.coach)
    register_visit(
        front.centre,
        VisitPurpose.BOOKED,
        actor=front.coach,
        person=hidden.person,
        appointment=hidden,
    )
    with front.tomorrow():
        assert tasks.end_visits_left_over() == 3
        states = [Appointment.objects.get(pk=each.pk).state for each in (waited, met, hidden)]
        assert states == ["booked", "held", "held"]
        page = reverse("casework:meeting", args=[waited.ref])
        sent = {"move": "miss", "reason": "our_fault"}
        assert log_in(front.coach).post(page, sent).status_code == 302
    assert Appointment.objects.get(pk=waited.pk).state == "missed"


def test_it_is_noted_on_the_page_that_a_visitor_left_before_the_meeting(front, log_in):
    waited = front.booked(hours=-1)
    front.comes(VisitPurpose.BOOKED, person=waited.person, appointment=waited)
    client, page = log_in(front.coach), reverse("casework:meeting", args=[waited.ref])
    assert "gick innan mötet" in client.get(page).content.decode()
    assert client.post(page, {"move": "leave"}).status_code == 302
    assert Appointment.objects.get(pk=waited.pk).state == "booked"
