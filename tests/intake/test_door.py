"""The screen in the waiting room and the tablet at the door: nobody learns anything of anybody."""

import re
import uuid
from datetime import date, timedelta

import pytest
from django.test import Client

from intake.enums import ScreenKind, VisitPurpose
from intake.groups.enums import PlaceState
from intake.groups.models import GroupPlace
from intake.models import Screen, Visit
from intake.transitions import groups
from intake.transitions import visits as moves
from intake.transitions.desks import replace_screen
from jobcentre.accounts.enums import Role
from jobcentre.audit.models import Entry
from jobcentre.casework.enums import AppointmentState
from tests.factories import noon, official_number

pytestmark = pytest.mark.row("B7")


@pytest.fixture
def tablet(front):
    return f"/anmal/{front.screen(ScreenKind.CHECK_IN).token}/"


def number_of(person) -> str:
    return person.numbers.get().formatted


def typed(number: str, name: str, token=None) -> dict:
    return {"token": token or uuid.uuid4(), "identity": number, "given_name": name}


def shape(answer) -> str:
    """The page without the number of the ticket."""
    return re.sub(r"\d+</span>", "</span>", answer.content.decode())


# --- the tablet at the door ----------------------------------------------------------------------
def test_a_booked_person_is_checked_in(front, tablet):
    appointment = front.booked(given_name="Åsa")
    answer = Client().post(tablet, typed(number_of(appointment.person), "asa"))
    visit = Visit.objects.get()
    assert answer.status_code == 200
    assert "Ta plats, vi ropar upp dig:" in answer.content.decode()
    assert "B\u00a01" in answer.content.decode()
    appointment.refresh_from_db()
    # "asa" is not "åsa": å is a letter of its own.
    assert (visit.person, appointment.state) == (None, AppointmentState.BOOKED)
    Client().post(tablet, typed(number_of(appointment.person), " ÅSA "))
    appointment.refresh_from_db()
    visit = Visit.objects.last()
    assert (visit.person, visit.appointment) == (appointment.person, appointment)
    assert appointment.state == AppointmentState.ARRIVED
    assert front.coach.notices.filter(key__startswith="visit:").exists()
    entry = Entry.objects.get(action="visit.check_in", subject_ref=appointment.person.ref)
    assert entry.reason == f"screen {visit.screen_id}"


def group_place(front, case, **changes) -> GroupPlace:
    """A place in a group meeting of today."""
    values = {
        "kind": "information",
        "title": "Välkommen",
        "starts_at": noon(front.town.today) + timedelta(hours=1),
        "minutes": 60,
        "room": "Sal 1",
        "places": 5,
        "leader": front.coach,
        **changes,
    }
    meeting = groups.plan_meeting(front.centre, groups.Planned(**values), actor=front.per)
    return groups.sign_up(meeting, case.person, case=case, actor=front.per)


def test_a_participant_of_a_group_is_checked_in(front, tablet):
    place = group_place(front, front.town.opened(given_name="Eva"))
    wrong = Client().post(tablet, typed(number_of(place.person), "Maria"))
    place.refresh_from_db()
    assert place.state == PlaceState.BOOKED
    answer = Client().post(tablet, typed(number_of(place.person), "Eva"))
    place.refresh_from_db()
    assert place.state == PlaceState.CAME
    assert Visit.objects.order_by("pk").last().person == place.person
    assert shape(wrong) == shape(answer)


def test_a_protected_participant_is_fetched_and_not_checked_in(front, tablet):
    place = group_place(front, front.town.opened(given_name="Eva"))
    front.town.protected(place.person, [front.coach])
    Client().post(tablet, typed(number_of(place.person), "Eva"))
    place.refresh_from_db()
    assert (place.state, Visit.objects.get().person) == (PlaceState.BOOKED, None)
    assert front.coach.notices.filter(key__startswith="visit-door:").exists()


def test_known_unknown_wrong_name_protected_and_twice_look_the_same(front, tablet):
    booked = front.booked(given_name="Eva").person
    not_booked = front.town.opened(given_name="Eva").person
    hidden = front.booked(hours=2, given_name="Eva").person
    front.town.protected(hidden, [front.coach])
    stranger = official_number(date(1985, 5, 5))
    answers = [
        Client().post(tablet, typed(number, name))
        for number, name in (
            (number_of(booked), "Eva"),
            (number_of(booked), "Eva"),
            (number_of(booked), "Maria"),
            (number_of(not_booked), "Eva"),
            (number_of(hidden), "Eva"),
            (stranger, "Eva"),
        )
    ]
    assert {answer.status_code for answer in answers} == {200}
    assert len({shape(answer) for answer in answers}) == 1
    assert [visit.ticket for visit in Visit.objects.order_by("pk")] == [
        f"B\u00a0{n}" for n in range(1, 7)
    ]
    persons = [visit.person for visit in Visit.objects.order_by("pk")]
    assert persons == [booked, None, None, None, None, None]
    assert set(Visit.objects.values_list("visitor_name", flat=True)) == {""}


def test_the_circle_is_told_of_the_protected_and_nobody_else(front, tablet):
    appointment = front.booked(given_name="Eva")
    front.town.protected(appointment.person, [front.coach])
    Client().post(tablet, typed(number_of(appointment.person), "Eva"))
    visit = Visit.objects.get()
    notice = front.coach.notices.get(key__startswith="visit-door:")
    assert visit.ticket in notice.text_sv
    appointment.refresh_from_db()
    assert appointment.state == AppointmentState.BOOKED
    front.town.protected(appointment.person, [front.per])
    Client().post(tablet, typed(number_of(appointment.person), "Eva"))
    assert front.coach.notices.filter(key__startswith="visit-door:").count() == 1


def test_only_the_booked_of_today_and_of_the_centre(front, tablet):
    tomorrow = front.booked(hours=24, given_name="Eva")
    elsewhere = front.booked(given_name="Eva")
    elsewhere.case.centre = front.town.units["south"]
    elsewhere.case.save()
    for appointment in (tomorrow, elsewhere):
        Client().post(tablet, typed(number_of(appointment.person), "Eva"))
    assert not Visit.objects.filter(person__isnull=False).exists()


def test_a_second_press_gives_the_first_ticket(front, tablet):
    appointment = front.booked(given_name="Eva")
    form = typed(number_of(appointment.person), "Eva")
    first, second = Client().post(tablet, form), Client().post(tablet, form)
    assert "B\u00a01" in first.content.decode()
    assert shape(first) == shape(second)
    assert Visit.objects.count() == 1


def test_a_tablet_takes_twenty_and_sends_the_rest_to_the_desk(front, tablet):
    known = front.booked(given_name="Eva").person
    stranger = official_number(date(1985, 5, 5))
    for _n in range(20):
        assert Client().post(tablet, typed(stranger, "Eva")).status_code == 200
    refused = [Client().post(tablet, typed(n, "Eva")) for n in (stranger, number_of(known))]
    assert [answer.status_code for answer in refused] == [429, 429]
    assert "Gå till disken" in refused[0].content.decode()
    assert shape(refused[0]) == shape(refused[1])
    assert Visit.objects.count() == 20
    with front.later(minutes=11):
        assert Client().post(tablet, typed(number_of(known), "Eva")).status_code == 200


def test_a_wrong_number_is_explained_in_both_languages(tablet):
    swedish = Client().post(tablet, typed("850230-1234", "Eva"))
    english = Client().post(f"{tablet}?lang=en", typed("850230-1234", "Eva"))
    assert (swedish.status_code, english.status_code) == (422, 422)
    assert "datum som finns" in swedish.content.decode()
    assert 'lang="en"' in english.content.decode()
    assert "date that exists" in english.content.decode()
    assert not Visit.objects.exists()
    assert 'lang="sv"' in Client().get(f"{tablet}?lang=xx").content.decode()


def test_the_tablet_asks_for_the_token_of_the_form(tablet):
    client = Client(enforce_csrf_checks=True)
    assert client.post(tablet, typed("850230-1234", "Eva")).status_code == 403


def test_no_answer_comes_sooner_than_the_others(front, tablet, settings, monkeypatch):
    waits = []
    monkeypatch.setattr("intake.reception.views.door.time.sleep", waits.append)
    settings.CHECK_IN_SECONDS = 30.0
    Client().post(tablet, typed(official_number(date(1985, 5, 5)), "Eva"))
    assert 20 < waits[0] <= 30


def test_nothing_typed_of_a_stranger_is_kept(front, tablet):
    number = official_number(date(1985, 5, 5))
    Client().post(tablet, typed(number, "Särskild"))
    kept = str(list(Visit.objects.values())) + str(list(Entry.objects.values()))
    assert "Särskild" not in kept
    assert number not in kept


# --- the screen in the waiting room --------------------------------------------------------------
@pytest.fixture
def lobby(front):
    return f"/skarm/{front.screen().token}/"


def test_the_screen_shows_tickets_and_places_and_no_names(front, lobby):
    called = front.comes(person=front.town.opened(given_name="Mehmet").person)
    front.comes(VisitPurpose.COMPANY, company_name="Holm AB")
    moves.call_visit(called, actor=front.per, desk=front.room)
    for path in (lobby, f"{lobby}ko/"):
        shown = Client().get(path).content.decode()
        assert shown.index("C\u00a01") < shown.index("Rum 7") < shown.index("D\u00a01")
        for secret in ("Mehmet", "Åberg", "Holm", front.coach.name, front.per.name):
            assert secret not in shown, secret
    moves.begin_meeting(called, actor=front.per)
    assert "C\u00a01" not in Client().get(lobby).content.decode()


def test_the_screen_shows_no_protected_person(front, lobby):
    visit = front.comes(person=front.town.person())
    front.comes()
    front.town.protected(visit.person, [front.per])
    shown = Client().get(lobby).content.decode()
    assert "C\u00a01" not in shown
    assert "C\u00a02" in shown


def test_the_screen_sets_no_cookie_is_kept_shortly_and_found_by_no_engine(front, lobby):
    answer = Client().get(lobby)
    assert not answer.cookies
    assert answer["Cache-Control"] == "public, max-age=5"
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert answer["Referrer-Policy"] == "same-origin"
    assert b'content="noindex, nofollow"' in answer.content


def test_the_answer_to_a_user_is_kept_by_nobody(front, lobby, log_in):
    answer = log_in(front.per).get(lobby)
    assert "no-store" in answer["Cache-Control"]


def test_the_screen_renews_itself_with_a_mark(front, lobby):
    client = Client()
    mark = client.get(f"{lobby}ko/")["ETag"]
    assert client.get(f"{lobby}ko/", headers={"If-None-Match": mark}).status_code == 304
    assert client.get(f"{lobby}ko/", headers={"If-None-Match": f"W/{mark}"}).status_code == 304
    front.comes()
    assert client.get(f"{lobby}ko/", headers={"If-None-Match": mark}).status_code == 200


def test_each_centre_has_its_own_screen(front, lobby):
    front.comes()
    south = Screen.objects.create(
        centre=front.town.units["south"], kind=ScreenKind.LOBBY, name="Väntrummet"
    )
    assert "C\u00a01" not in Client().get(f"/skarm/{south.token}/").content.decode()


def test_a_replaced_address_is_a_missing_page(front, log_in):
    screen = front.screen()
    manager = front.town.user(Role.MANAGER)
    answer = log_in(manager).post(f"/mottagning/skarmar/{screen.pk}/byt/", follow=True)
    new = Screen.objects.in_use().get()
    assert new.token in answer.content.decode()
    assert len(new.token) == 43
    assert Client().get(f"/skarm/{screen.token}/").status_code == 404
    assert Client().get(f"/skarm/{new.token}/").status_code == 200
    assert Client().get(f"/anmal/{new.token}/").status_code == 404
    replaced = Client().get("/skarm/finns-inte/")
    assert replaced.status_code == 404


def test_an_ended_tablet_checks_nobody_in(front, tablet):
    replace_screen(Screen.objects.get(), actor=front.town.user(Role.ADMINISTRATOR))
    assert Client().post(tablet, typed("850230-1234", "Eva")).status_code == 404


def test_a_manager_looks_after_the_own_centre(front, log_in):
    manager, centre = front.town.user(Role.MANAGER), front.centre
    client = log_in(manager)
    assert "Jobbtorg Söder" not in client.get("/mottagning/skarmar/").content.decode()
    client.post(f"/mottagning/enheter/{centre.pk}/skarm/")
    again = client.post(f"/mottagning/enheter/{centre.pk}/skarm/", follow=True)
    assert "byt den i stället" in again.content.decode()
    form = client.get(f"/mottagning/enheter/{centre.pk}/disk/").content.decode()
    token = re.search(r'name="token" value="([^"]+)"', form).group(1)
    client.post(
        f"/mottagning/enheter/{centre.pk}/disk/",
        {"token": token, "name": "Rum 9", "kind": "room"},
    )
    page = client.get("/mottagning/skarmar/").content.decode()
    assert "Rum 9" in page
    moves.call_visit(front.comes(), actor=front.per, desk=front.one)
    busy = client.post(f"/mottagning/diskar/{front.one.pk}/stang/", follow=True)
    assert "Disk 1 har en besökare" in busy.content.decode()
    client.post(f"/mottagning/diskar/{front.two.pk}/stang/")
    assert "Disk 2" not in client.get("/mottagning/skarmar/").content.decode()


def test_a_check_in_is_logged_without_a_user(front):
    screen = front.screen(ScreenKind.CHECK_IN)
    Client().post(f"/anmal/{screen.token}/", typed(official_number(date(1985, 5, 5)), "Eva"))
    entry = Entry.objects.get(action="visit.check_in")
    assert (entry.actor, entry.subject_ref) == (None, None)
