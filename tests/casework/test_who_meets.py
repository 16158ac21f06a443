"""A meeting is with somebody who may know of the person: nobody else is offered, booked or told."""

from datetime import timedelta

import pytest
from django.urls import reverse

from intake.enums import PassingGround
from intake.transitions import referrals_in
from jobcentre.accounts.enums import Role
from jobcentre.casework.enums import Source
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import Appointment
from jobcentre.casework.transitions import protection
from jobcentre.casework.transitions.appointments import book_appointment, rebook_appointment
from jobcentre.notices.models import Notice
from tests.factories import MONDAY, noon

AT = noon(MONDAY) + timedelta(hours=1)


@pytest.fixture
def coach(town):
    return town.user(Role.COACH, name="Inom")


@pytest.fixture
def outside(town):
    return town.user(Role.COACH, name="Utom")


@pytest.fixture
def case(town, coach):
    case = town.opened(coach=coach)
    town.protected(case.person, [coach])
    case.refresh_from_db()
    return case


def test_a_protected_person_meets_nobody_outside_the_circle(case, coach, outside):
    with pytest.raises(Refused, match="Utom kan inte träffa"):
        book_appointment(case, outside, AT, "Plan", actor=coach)
    meeting = book_appointment(case, coach, AT, "Plan", actor=coach)
    with pytest.raises(Refused, match="Utom kan inte träffa"):
        rebook_appointment(meeting, outside, AT, actor=coach)
    assert [each.with_user for each in Appointment.objects.all()] == [coach]
    assert not Notice.objects.filter(user=outside).exists()


def test_a_colleague_with_a_conflict_of_interest_is_not_booked(town, coach, outside):
    case = town.opened(coach=coach)
    protection.declare_conflict(case, actor=outside, today=town.today)
    with pytest.raises(Refused, match="Utom kan inte träffa"):
        book_appointment(case, outside, AT, "Plan", actor=coach)


def test_the_forms_offer_only_who_may_know(case, coach, outside, log_in):
    client = log_in(coach)
    meeting = book_appointment(case, coach, AT, "Plan", actor=coach)
    for name, argument in (("appointment", case.number), ("meeting_move", meeting.ref)):
        form = client.get(reverse(f"casework:{name}", args=[argument])).context["form"]
        assert list(form.fields["with_user"].queryset) == [coach], name
    sent = {"token": form["token"].value(), "with_user": outside.pk, "on": "idag", "at": "14:00"}
    page = reverse("casework:meeting_move", args=[meeting.ref])
    assert client.post(page, sent).status_code == 422


def test_the_first_meeting_of_a_referral_is_offered_with_the_circle(town, coach, outside, log_in):
    secretary = town.user(Role.SOCIAL_SECRETARY)
    sending = referrals_in.Sending(
        source=Source.INCOME_SUPPORT,
        centre=town.units["north"],
        district=town.units["north_district"],
        ground=PassingGround.ACTIVITY,
    )
    referral = referrals_in.send_referral(
        town.person(), {}, None, sending, actor=secretary, today=town.today
    )
    town.protected(referral.person, [coach, secretary])
    page = reverse("intake:referral_in_time", args=[referral.ref])
    form = log_in(secretary).get(page).context["form"]
    assert list(form.fields["with_user"].queryset) == [coach]
    assert {free.user for free in form.offered.values()} == {coach}
    with pytest.raises(Refused, match="Utom kan inte träffa"):
        referrals_in.book_first_meeting(referral, outside, AT, actor=secretary)
