"""A protected person before any case: registered as such, met by an agreed entrance, on no board."""

from datetime import timedelta

import pytest
from django.urls import reverse

from intake.enums import PassingGround, ScreenKind, VisitPurpose, VisitState
from intake.models import PlannedEntrance, ReferralIn, Visit
from intake.transitions.arrivals import CheckIn, check_in
from intake.transitions.entrances import agree_entrance
from intake.transitions.referrals_in import Sending, book_first_meeting, send_referral
from jobcentre.accounts.enums import Role
from jobcentre.casework.enums import AppointmentState, Protection, Source
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.identity import parse_identity
from jobcentre.casework.models import Person
from jobcentre.notices.models import Notice
from tests.factories import MONDAY, noon, official_number

pytestmark = [pytest.mark.django_db, pytest.mark.row("B7")]
TOKEN = "0f8fad5b-d9cb-469f-a165-70867728950e"
NEW = {"given_name": "Skyddad", "family_name": "Ny", "purpose": "enrol", "token": TOKEN}
NUMBER = official_number(MONDAY.replace(year=1990))


def circle_of(person) -> set:
    return {member.user for member in person.circle.filter(ends_before__isnull=True)}


@pytest.fixture
def manager(front):
    return front.town.user(Role.MANAGER)


@pytest.fixture
def referral(front, manager):
    """A new protected person referred to the centre; the manager has named the coach and Per."""
    return send_referral(
        None,
        {"given_name": "Skyddad"},
        parse_identity(NUMBER, MONDAY),
        Sending(
            Source.INCOME_SUPPORT,
            front.centre,
            PassingGround.CONSENT,
            district=front.town.units["north_district"],
        ),
        actor=front.town.user(Role.SOCIAL_SECRETARY),
        today=MONDAY,
        protection=Protection.MARKED,
    )


@pytest.fixture
def booked(front, referral):
    person = Person.objects.get(pk=referral.person_id)
    front.town.protected(person, [*circle_of(person), front.coach, front.per])
    return book_first_meeting(
        referral, front.coach, noon(MONDAY) + timedelta(hours=1), actor=front.per
    )


# --- registered as protected -----------------------------------------------------------------------
def test_registered_at_the_desk_the_visit_is_a_meeting_on_no_board(front, manager, log_in):
    client = log_in(front.per)
    client.post(reverse("intake:register"), {**NEW, "protection": "marked"})
    visit = Visit.objects.get()
    assert (visit.state, visit.ticket, visit.person.protection) == ("meeting", "", "marked")
    assert circle_of(visit.person) == {front.per, manager}
    other = log_in(front.noor)
    assert other.get(reverse("intake:visit", args=[visit.ref])).status_code == 404
    for path in ("/mottagning/", "/mottagning/ko/", "/besok/"):
        assert "Skyddad" not in other.get(path).content.decode()
        assert str(visit.ref) not in other.get(path).content.decode()


def test_without_the_choice_nobody_is_protected(front, log_in):
    log_in(front.per).post(reverse("intake:register"), NEW)
    assert Visit.objects.get().person.protection == Protection.NONE
    assert Visit.objects.get().state == VisitState.WAITING


def test_a_ticket_that_turns_out_to_be_a_protected_persons_leaves_the_queue(front, manager, log_in):
    visit = front.comes()
    assert visit.ticket
    answer = log_in(front.per).post(
        reverse("intake:identify", args=[visit.ref]),
        {"token": TOKEN, "given_name": "Skyddad", "protection": "registration"},
    )
    assert answer.status_code == 302
    visit.refresh_from_db()
    assert (visit.state, visit.ticket, visit.called_by) == ("meeting", "", front.per)
    assert circle_of(visit.person) == {front.per, manager}
    assert log_in(front.noor).get(f"/besok/{visit.ref}/").status_code == 404


# --- referred as protected -------------------------------------------------------------------------
def test_only_the_sender_and_the_manager_know_and_the_manager_is_told(
    front, manager, referral, log_in
):
    sender = front.town.user(Role.SOCIAL_SECRETARY)
    assert circle_of(Person.objects.get(pk=referral.person_id)) == {sender, manager}
    notice = Notice.objects.get(user=manager)
    assert notice.url == f"/remisser/{referral.ref}/"
    assert "Skyddad" not in notice.text_sv
    assert log_in(manager).get(notice.url).status_code == 200
    assert log_in(front.per).get(notice.url).status_code == 404
    assert Notice.objects.exclude(user=manager).count() == 0


def test_sent_on_the_page_with_the_choice_of_protection(front, manager, log_in):
    answer = log_in(front.town.user(Role.SOCIAL_SECRETARY)).post(
        reverse("intake:referral_in_new"),
        {
            "token": TOKEN,
            "given_name": "Skyddad",
            "source": "income_support",
            "district": front.town.units["north_district"].pk,
            "ground": "consent",
            "protection": "marked",
        },
    )
    referral = ReferralIn.objects.get()
    assert answer.url == reverse("intake:referral_in_time", args=[referral.ref])
    assert referral.person.protection == Protection.MARKED


def test_no_meeting_is_booked_with_one_who_may_not_see_the_person(front, manager, referral, log_in):
    sender = front.town.user(Role.SOCIAL_SECRETARY)
    with pytest.raises(Refused, match=front.coach.name):
        book_first_meeting(referral, front.coach, noon(MONDAY), actor=sender)
    page = log_in(sender).get(reverse("intake:referral_in_time", args=[referral.ref]))
    assert front.coach.name not in page.content.decode()


# --- met before a case -----------------------------------------------------------------------------
def test_the_first_meeting_has_an_agreed_entrance(front, booked, referral, log_in):
    client = log_in(front.per)
    path = reverse("intake:meeting_entrance", args=[booked.ref])
    assert path in client.get(f"/remisser/{referral.ref}/").content.decode()
    assert path in client.get(reverse("casework:meeting", args=[booked.ref])).content.decode()
    assert client.get(path).status_code == 200
    client.post(path, {"token": TOKEN, "at": "12:50", "entrance": "Gårdsporten", "met_by": "Per"})
    planned = PlannedEntrance.objects.get()
    assert "Gårdsporten" in client.get("/mottagning/avtalade/").content.decode()
    other = log_in(front.noor)
    assert other.get(path).status_code == 404
    assert other.post(f"/mottagning/avtalade/{planned.pk}/").status_code == 404
    assert "Gårdsporten" not in other.get("/mottagning/avtalade/").content.decode()
    log_in(front.per).post(f"/mottagning/avtalade/{planned.pk}/")
    visit = Visit.objects.get()
    booked.refresh_from_db()
    assert (visit.ticket, visit.state, visit.appointment) == ("", "meeting", booked)
    assert booked.state == AppointmentState.ARRIVED


def test_one_who_is_not_protected_has_none(front, log_in):
    appointment = front.booked(hours=2)
    path = reverse("intake:meeting_entrance", args=[appointment.ref])
    assert log_in(front.per).get(path).status_code == 404


def at_the_door(front):
    typed = CheckIn(parse_identity(NUMBER, MONDAY), "Skyddad", TOKEN)
    return check_in(front.screen(ScreenKind.CHECK_IN), typed, now=noon(MONDAY))


def test_at_the_door_who_is_to_meet_the_person_is_told_before_a_case_too(front, booked):
    visit = at_the_door(front)
    assert visit.person is None
    notice = Notice.objects.get(key=f"visit-door:{visit.pk}")
    assert notice.user == front.coach
    assert visit.ticket in notice.text_sv
    assert "Skyddad" not in notice.text_sv


def test_at_the_door_the_circle_is_told_when_the_coach_has_left_it(front, booked, manager):
    person = Person.objects.get(pk=booked.person_id)
    front.town.protected(person, [front.per, manager])
    visit = at_the_door(front)
    told = Notice.objects.filter(key__startswith=f"visit-door:{visit.pk}")
    assert {notice.user for notice in told} == {front.per, manager}
    planned = agree_entrance(booked, noon(MONDAY), "Gårdsporten", "", actor=front.per)
    assert planned.entrance == "Gårdsporten"
    assert visit.purpose == VisitPurpose.BOOKED
