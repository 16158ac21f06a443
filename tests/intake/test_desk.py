"""The front desk: who comes, who works with them, which coach is proposed."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from intake import desk
from intake.models import Visit
from intake.transitions import register_visit
from jobcentre.accounts.enums import Role
from jobcentre.casework.models import Case, TargetGroup
from jobcentre.casework.transitions import hours
from jobcentre.casework.transitions.appointments import book_appointment
from tests.factories import noon, official_number

pytestmark = pytest.mark.row("T1")


def test_the_proposed_time_is_one_that_the_coach_can_be_offered(town):
    """The coach's hours, meetings, days away and the days when nobody works all count."""
    coach, one = town.user(Role.COACH), noon(town.today) + timedelta(hours=1)
    assert desk.first_free_today(coach) == one
    case = town.opened()
    book_appointment(case, coach, one, "Möte", actor=coach)
    assert desk.first_free_today(coach) == one + timedelta(hours=1)
    hours.set_hours(coach, [(0, one.time(), (one + timedelta(hours=1)).time())], actor=coach)
    assert desk.first_free_today(coach) is None
    other = town.user(Role.COACH, name="Borta")
    hours.add_absence(other, town.today, town.today + timedelta(days=1), actor=other)
    assert desk.first_free_today(other) is None
    with time_machine.travel(noon(town.today) - timedelta(days=1), tick=False):
        assert desk.first_free_today(town.user(Role.COACH, name="Ledig")) is None


def test_the_enrolment_form_says_when_nobody_has_a_time_left(town, log_in):
    coach, desk_user = town.user(Role.COACH), town.user(Role.RECEPTION)
    visit = register_visit(town.units["north"], "enrol", actor=desk_user, person=town.person())
    page = reverse("intake:enrol", args=[visit.ref])
    client = log_in(desk_user)
    assert timezone.localtime(client.get(page).context["form"].initial["at"]).hour == 13
    hours.add_absence(coach, town.today, town.today + timedelta(days=1), actor=coach)
    answer = client.get(page)
    assert answer.context["form"].initial["at"] is None
    assert "har ingen ledig tid kvar i dag" in answer.content.decode()


def test_an_exact_number_finds_the_person_at_another_centre(town):
    case = town.opened(where="south")
    number = case.person.numbers.get().formatted
    reception = town.user(Role.RECEPTION)
    cards, _identity, _error = desk.cards_for(reception, number, town.today)
    assert cards[0].elsewhere
    assert cards[0].case == case
    assert desk.cards_for(reception, "Åberg", town.today)[0] == []


@pytest.mark.row("B7")
def test_a_protected_person_is_found_by_nobody_outside_the_circle(town):
    case = town.opened()
    town.protected(case.person, [town.user("coach")])
    number = case.person.numbers.get().formatted
    assert desk.cards_for(town.user(Role.RECEPTION), number, town.today)[0] == []
    assert desk.cards_for(town.user("coach"), number, town.today)[0] != []


@pytest.mark.row("B7")
def test_a_protected_visitor_stands_in_no_queue_outside_the_circle(town, log_in):
    case, reception = town.opened(given_name="Skyddad"), town.user(Role.RECEPTION)
    register_visit(town.units["north"], "papers", actor=reception, person=case.person)
    client = log_in(reception)
    assert "Skyddad" in client.get("/mottagning/").content.decode()
    town.protected(case.person, [town.user("coach")])
    assert "Skyddad" not in client.get("/mottagning/").content.decode()
    assert "Skyddad" not in client.get("/besok/").content.decode()


def test_a_new_person_is_registered_enrolled_and_met_today(town, log_in):
    coach, client = town.user("coach"), log_in(town.user(Role.RECEPTION))
    number = official_number(date(1990, 2, 3))
    page = client.post("/mottagning/vem/", {"q": number}).content.decode()
    assert "lör 3\xa0feb 1990" in page
    token = page.split('name="token" value="')[1][:36]
    answer = client.post(
        "/mottagning/registrera/",
        {
            "token": token,
            "identity": number,
            "read": number,
            "given_name": "Åsa",
            "purpose": "enrol",
        },
    )
    visit = Visit.objects.get()
    assert answer["Location"] == f"/besok/{visit.ref}/skriv-in/"
    page = client.get(answer["Location"]).content.decode()
    form = {
        "token": page.split('name="token" value="')[1][:36],
        "source": "income_support",
        "target_groups": TargetGroup.objects.get(key="income_support").pk,
        "track": "later",
        "coach": coach.pk,
        "at": "13:00",
    }
    refused = client.post(answer["Location"], form)
    assert refused.status_code == 422
    assert "Välj stadsdel" in refused.content.decode()
    form["district"] = town.units["north_district"].pk
    other = town.opened(coach=coach)
    book_appointment(other, coach, noon(town.today) + timedelta(hours=1), "Samtal", actor=coach)
    taken = client.post(answer["Location"], form)
    assert f"{coach.name} har redan en bokad tid då, 13" in taken.content.decode()
    assert "Den första lediga tiden i dag är 14:00." in taken.content.decode()
    client.post(answer["Location"], {**form, "at": "12:00"})
    case = Case.objects.exclude(pk=other.pk).get()
    assert (case.coach, case.person.birth_date) == (coach, date(1990, 2, 3))
    assert case.appointments.get().with_user == coach


def test_a_wrong_number_is_explained_and_nothing_is_lost(town, log_in):
    client = log_in(town.user(Role.RECEPTION))
    answer = client.post(
        "/mottagning/registrera/",
        {
            "token": "0b9c1bb6-9b8b-4c86-8f5c-2a8f3f6f5a11",
            "identity": "850230-1234",
            "given_name": "Åsa",
            "purpose": "enrol",
        },
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "datum som finns" in page
    assert 'value="850230-1234"' in page
    assert not Visit.objects.exists()


def test_a_phone_that_finds_somebody_is_no_wrong_number(front, log_in):
    front.town.opened(given_name="Selma", phone="070-174 06 50")
    client = log_in(front.per)
    wrong = "Skriv numret med 10 eller 12 siffror"
    found = client.post("/mottagning/vem/", {"q": "070-174 06 50"}).content.decode()
    assert "Selma" in found
    assert wrong not in found
    assert wrong in client.post("/mottagning/vem/", {"q": "070-174 06 51"}).content.decode()


@pytest.mark.parametrize("query", ["  ", "x" * 401], ids=["nothing", "too long"])
def test_what_cannot_be_looked_for_is_said(query, front, log_in):
    answer = log_in(front.per).post("/mottagning/vem/", {"q": query})
    assert answer.status_code == 422
    assert 'id="lookup-wrong"' in answer.content.decode()
