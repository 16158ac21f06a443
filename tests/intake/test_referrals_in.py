"""A referral in: sent to the right centre, met when the person comes, and never forgotten."""

from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from intake.enums import ContactResult, ContactWay, PassingGround, ReferralEnd, ReferralState
from intake.models import ReferralIn, SupportObstacle
from intake.transitions import enrol_visitor, register_visit
from intake.transitions import referrals_in as moves
from jobcentre.accounts.enums import Role
from jobcentre.audit.models import Entry
from jobcentre.casework.enums import AppointmentState, Source, Track
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import Person, TargetGroup
from jobcentre.casework.transitions.appointments import move_appointment
from jobcentre.casework.transitions.cases import Enrolment
from jobcentre.notices.models import Notice
from tests.factories import MONDAY, official_number

NAMES = {"given_name": "Amina", "family_name": "Öst", "phone": "070-174 06 51"}


@pytest.fixture
def secretary(town):
    return town.user(Role.SOCIAL_SECRETARY)


@pytest.fixture
def desk(town):
    return town.user(Role.RECEPTION)


@pytest.fixture
def send(town, secretary):
    def sent(person=None, **changes):
        values = {
            "source": Source.INCOME_SUPPORT,
            "centre": town.units["north"],
            "district": town.units["north_district"],
            "ground": PassingGround.ACTIVITY,
            "wishes": "Vill arbeta i kök.",
            **changes,
        }
        return moves.send_referral(
            person, NAMES, None, moves.Sending(**values), actor=secretary, today=town.today
        )

    return sent


def at(hour, day=MONDAY):
    return timezone.make_aware(datetime.combine(day, time(hour)))


# --- sending -----------------------------------------------------------------------------------------
def test_a_secretary_sends_by_the_district_and_offers_a_time_at_once(town, secretary, log_in):
    coach = town.user(Role.COACH)
    client = log_in(secretary)
    page = client.get(reverse("intake:referral_in_new"))
    form = page.context["form"]
    # Only the unit's own districts; income support is the only source.
    assert list(form.fields["district"].queryset) == [town.units["north_district"]]
    sent = client.post(
        reverse("intake:referral_in_new"),
        {
            "token": form["token"].value(),
            **NAMES,
            "identity": official_number(date(1990, 4, 4)),
            "read": official_number(date(1990, 4, 4)),
            "source": "income_support",
            "district": town.units["north_district"].pk,
            "ground": "activity",
            "obstacle": SupportObstacle.objects.get(key="unemployed").pk,
        },
    )
    referral = ReferralIn.objects.get()
    assert sent.headers["Location"] == reverse("intake:referral_in_time", args=[referral.ref])
    assert referral.centre == town.units["north"]
    # Two working days to offer a time.
    assert referral.contact_on == MONDAY + timedelta(days=2)
    offer = client.get(sent.headers["Location"]).context["form"]
    client.post(
        sent.headers["Location"],
        {"token": offer["token"].value(), "free": offer.fields["free"].choices[0][0]},
    )
    referral.refresh_from_db()
    assert referral.state == ReferralState.BOOKED
    assert referral.appointment.with_user == coach
    assert referral.appointment.case is None
    assert Notice.objects.filter(user=coach, key__startswith="appointment-booked").exists()


def test_another_centre_needs_a_reason(town, send):
    with pytest.raises(Refused):
        send(centre=town.units["south"])
    referral = send(centre=town.units["south"], exception_reason="Döva tas emot där.")
    assert referral.centre == town.units["south"]


def test_who_is_at_a_centre_or_referred_already_is_not_sent_again(town, send):
    case = town.opened()
    with pytest.raises(Refused):
        send(case.person)
    referral = send()
    with pytest.raises(Refused):
        send(referral.person)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReferralIn.objects.filter(pk=referral.pk).update(state=ReferralState.MET)


@pytest.fixture
def sent(town, secretary, log_in):
    """Send the form of a new referral with these values."""
    client = log_in(secretary)

    def send_form(**values):
        form = client.get(reverse("intake:referral_in_new")).context["form"]
        return client.post(
            reverse("intake:referral_in_new"),
            {
                "token": form["token"].value(),
                "source": "income_support",
                "district": town.units["north_district"].pk,
                "ground": "consent",
                **values,
            },
        )

    return send_form


def test_a_known_person_is_found_by_the_number(town, sent):
    person = town.person()
    number = person.numbers.get().number
    sent(given_name="Ewa", identity=number, read=number)
    assert ReferralIn.objects.get().person == person


def test_a_number_of_somebody_called_otherwise_is_asked_about(town, sent):
    """A wrong figure would send somebody else."""
    person = town.person()
    values = {"given_name": "Olle", "identity": person.numbers.get().number}
    asked = sent(**values)
    assert asked.status_code == 422
    choices = asked.context["form"].fields["known"].choices
    assert [ref for ref, _words in choices] == [str(person.ref)]
    assert not ReferralIn.objects.exists()
    assert Entry.objects.get(access="search").subject_refs == [str(person.ref)]
    sent(**values, known=str(person.ref), read=values["identity"])
    assert ReferralIn.objects.get().person == person


@pytest.mark.parametrize("is_known", [True, False])
def test_a_person_like_a_known_one_is_asked_about_before_saving(is_known, town, sent):
    known = town.person(given_name="Ewa", family_name="Carlsson", phone="070-174 06 50")
    values = {"given_name": "Eva", "family_name": "Karlsson", "phone": "0701740650"}
    asked = sent(**values)
    assert asked.status_code == 422
    assert "Ewa Carlsson" in asked.content.decode()
    assert Person.objects.count() == 1
    answer = str(known.ref) if is_known else "new"
    assert sent(**values, known=answer).status_code == 302
    assert (ReferralIn.objects.get().person == known) is is_known
    assert Person.objects.count() == (1 if is_known else 2)


def test_a_hidden_person_is_not_proposed_and_the_number_says_nothing(town, sent):
    hidden = town.protected(town.person(given_name="Ewa"), [town.user(Role.MANAGER)])
    number = hidden.numbers.get().number
    refused = sent(given_name="Ewa", identity=number, read=number)
    text = refused.content.decode()
    assert refused.status_code == 422
    assert "Numret går inte att använda" in text
    assert "Ewa" not in text.replace('value="Ewa"', "")
    assert not ReferralIn.objects.exists()


# --- who sees it -------------------------------------------------------------------------------------
def test_the_receiving_centre_and_the_sending_unit_see_it_and_nobody_else(town, send, log_in):
    referral = send()
    address = reverse("intake:referral_in", args=[referral.ref])
    for role, where, status in (
        (Role.SOCIAL_SECRETARY, "north", 200),
        (Role.RECEPTION, "north", 200),
        (Role.COACH, "north", 200),
        (Role.MANAGER, "north", 200),
        (Role.SOCIAL_SECRETARY, "south", 404),
        (Role.RECEPTION, "south", 404),
        (Role.PROVIDER_STAFF, "north", 404),
    ):
        assert log_in(town.user(role, where)).get(address).status_code == status, (role, where)
    assert Entry.objects.filter(action="referral_in.view", subject_ref=referral.person.ref).exists()


def test_a_protected_person_is_in_no_list_but_the_circles(town, send, log_in):
    referral = send()
    town.protected(referral.person, [town.user(Role.MANAGER)])
    address = reverse("intake:referrals_in")
    assert not log_in(town.user(Role.RECEPTION)).get(address).context["rows"]
    assert len(log_in(town.user(Role.MANAGER)).get(address).context["rows"]) == 1


# --- what becomes of it ------------------------------------------------------------------------------
def test_the_case_meets_the_referral_with_its_first_meeting(town, send, desk, secretary):
    coach = town.user(Role.COACH)
    referral = send()
    appointment = moves.book_first_meeting(referral, coach, at(13), actor=secretary)
    visit = register_visit(town.units["north"], "enrol", actor=desk, person=referral.person)
    case = enrol_visitor(
        visit,
        Enrolment(
            centre=town.units["north"],
            source=Source.INCOME_SUPPORT,
            track=Track.LATER,
            target_groups=list(TargetGroup.objects.filter(key="income_support")),
            district=town.units["north_district"],
            coach=coach,
        ),
        at(15),
        actor=desk,
        today=town.today,
    )
    referral.refresh_from_db()
    appointment.refresh_from_db()
    assert (referral.state, referral.case) == (ReferralState.MET, case)
    # The meeting that was booked is the case's; no second one is made.
    assert appointment.case == case
    assert case.appointments.count() == 1
    assert case.events.filter(kind="case.referred").count() == 1
    assert Notice.objects.filter(user=secretary, key=f"referral-in-ended:{referral.pk}").exists()


def test_another_time_cancels_the_first(town, send, secretary):
    coach = town.user(Role.COACH)
    referral = send()
    first = moves.book_first_meeting(referral, coach, at(13), actor=secretary)
    second = moves.book_first_meeting(
        referral, coach, at(9, MONDAY + timedelta(days=1)), actor=secretary
    )
    first.refresh_from_db()
    referral.refresh_from_db()
    assert first.state == AppointmentState.CANCELLED
    assert referral.appointment == second
    assert referral.contact_on == MONDAY + timedelta(days=2)


def test_an_attempt_sets_the_next_day_and_bounds_it(town, send, desk, secretary):
    referral = send()
    typed = {"way": ContactWay.PHONE, "result": ContactResult.NO_ANSWER, "note": ""}
    for wrong in (town.today, town.today + timedelta(days=31)):
        with pytest.raises(Refused):
            moves.note_contact(referral, **typed, next_on=wrong, actor=desk, today=town.today)
    with pytest.raises(PermissionDenied):
        moves.note_contact(
            referral,
            **typed,
            next_on=town.today + timedelta(days=3),
            actor=secretary,
            today=town.today,
        )
    next_on = town.today + timedelta(days=3)
    moves.note_contact(referral, **typed, next_on=next_on, actor=desk, today=town.today)
    referral.refresh_from_db()
    assert referral.contact_on == next_on


def test_ending_tells_the_sender_and_frees_the_time(town, send, desk, secretary):
    coach = town.user(Role.COACH)
    referral = send()
    appointment = moves.book_first_meeting(referral, coach, at(13), actor=secretary)
    moves.end_referral(referral, ReferralEnd.NEVER_CAME, "", actor=desk, today=town.today)
    appointment.refresh_from_db()
    assert appointment.state == AppointmentState.CANCELLED
    assert Notice.objects.filter(user=secretary, key__startswith="referral-in-ended").count() == 1
    with pytest.raises(Refused):
        moves.end_referral(referral, ReferralEnd.OTHER, "", actor=desk, today=town.today)


def test_a_late_referral_is_told_to_the_managers_once_a_day_missed(town, send):
    boss = town.user(Role.MANAGER)
    referral = send()
    assert moves.warn_of_late(referral.contact_on) == 0
    assert moves.warn_of_late(referral.contact_on + timedelta(days=1)) == 1
    assert moves.warn_of_late(referral.contact_on + timedelta(days=2)) == 0
    assert Notice.objects.filter(user=boss, key__startswith="referral-in-late").count() == 1


# --- the first meeting moved, missed, cancelled ------------------------------------------------------
@pytest.fixture
def first(town, send, secretary):
    """A referral with its first meeting at one o'clock."""
    referral = send()
    return moves.book_first_meeting(referral, town.user(Role.COACH), at(13), actor=secretary)


def test_a_first_meeting_moved_on_its_own_page_is_still_the_referrals(town, first, desk, log_in):
    form = log_in(desk).get(reverse("casework:meeting_move", args=[first.ref])).context["form"]
    sent = {"token": form["token"].value(), "with_user": first.with_user_id, "at": "10:00"}
    page = reverse("casework:meeting_move", args=[first.ref])
    assert log_in(desk).post(page, {**sent, "on": "2026-11-18"}).status_code == 302
    referral = ReferralIn.objects.get()
    assert referral.appointment.moved_from == first
    assert referral.state == ReferralState.BOOKED
    # One working day after the new day.
    assert referral.contact_on == MONDAY + timedelta(days=3)
    moves.end_referral(referral, ReferralEnd.NEVER_CAME, "", actor=desk, today=town.today)
    referral.appointment.refresh_from_db()
    assert referral.appointment.state == AppointmentState.CANCELLED


def test_who_did_not_come_is_followed_up_and_the_sender_told(first, desk, secretary, log_in):
    client = log_in(desk)
    with time_machine.travel(at(14), tick=False):
        page = reverse("casework:meeting", args=[first.ref])
        assert client.post(page, {"move": "miss", "reason": "no_word"}).status_code == 302
        referral = ReferralIn.objects.get()
        again = reverse("intake:referral_in_time", args=[referral.ref])
        assert f'href="{again}"' in client.get(page).content.decode()
    assert referral.state == ReferralState.WAITING
    assert referral.contact_on == MONDAY + timedelta(days=2)
    notice = Notice.objects.get(user=secretary, key=f"referral-in-missed:{first.pk}")
    assert "kom inte till första mötet" in notice.text
    assert "Amina" not in notice.text
    # Another time makes it booked again.
    moves.book_first_meeting(referral, first.with_user, at(15), actor=desk)
    assert ReferralIn.objects.get().state == ReferralState.BOOKED


def test_a_cancelled_first_meeting_leaves_a_referral_that_waits(first, desk, secretary):
    move_appointment(first, "cancel", actor=desk)
    referral = ReferralIn.objects.get()
    assert (referral.state, referral.contact_on) == (
        ReferralState.WAITING,
        MONDAY + timedelta(days=2),
    )
    assert not Notice.objects.filter(user=secretary, key__startswith="referral-in-missed").exists()
