"""The pages of group meetings: signing up, planning, attendance for all, calendar, papers."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from django.urls import reverse
from icalendar import Calendar
from pypdf import PdfReader

from intake.groups.enums import GroupState
from intake.groups.models import GroupMeeting, GroupPlace
from intake.transitions import groups
from jobcentre.accounts.enums import Role
from jobcentre.audit.models import Entry
from tests.factories import MONDAY
from tests.intake.test_groups import TUESDAY, planned, series, sign, states


@pytest.fixture
def desk(town):
    return town.user(Role.RECEPTION)


@pytest.fixture
def meeting(town, desk):
    return groups.plan_meeting(town.units["north"], planned(town), actor=desk)


def token_of(page: str) -> str:
    return page.split('name="token" value="')[1][:36]


def test_the_desk_finds_a_person_and_signs_up(town, meeting, desk, log_in):
    case = town.opened(given_name="Eva", family_name="Ovanlig")
    client = log_in(desk, "en")
    address = reverse("intake:group_sign_up", args=[meeting.ref])
    page = client.post(address, {"q": "ovanlig"}).content.decode()
    token = page.split('name="token" value="')[1][:36]
    form = {"token": token, "person": case.person.ref}
    client.post(address, form)
    client.post(address, form)  # twice sent is signed up once
    assert states(meeting) == ["booked"]
    elsewhere = town.opened(where="south")
    page = client.post(address, {"q": elsewhere.person.numbers.get().formatted}).content.decode()
    assert str(elsewhere.person.ref) not in page


def test_only_when_somebody_waited_is_the_place_said_to_have_gone_on(town, meeting, desk, log_in):
    places = [sign(meeting, town.opened(), desk) for _n in range(4)]
    client = log_in(desk, "en")
    said = []
    for place in (places[0], places[3], places[1]):
        client.post(reverse("intake:place_cancel", args=[place.ref]))
        page = client.get(reverse("intake:group", args=[meeting.ref])).content.decode()
        said.append(("The place is cancelled." in page, "The next in turn has got it." in page))
    # One moved up, one who waited left, and nobody was there to get the last.
    assert said == [(True, True), (True, False), (True, False)]


def test_a_coach_signs_up_from_the_case_and_sees_it_there(town, meeting, log_in):
    case = town.opened()
    client = log_in(town.user(Role.COACH), "en")
    address = reverse("intake:case_sign_up", args=[case.number])
    page = client.get(address).content.decode()
    assert "2 of 2 places free" in page
    token = page.split('name="token" value="')[1][:36]
    answer = client.post(address, {"token": token, "meeting": meeting.pk})
    assert "Välkommen" in client.get(answer["Location"]).content.decode()
    assert states(meeting) == ["booked"]


def test_a_meeting_is_planned_on_its_page(town, desk, log_in):
    client = log_in(desk, "en")
    page = client.get(reverse("intake:group_new")).content.decode()
    form = {
        "token": page.split('name="token" value="')[1][:36],
        "kind": "rights",
        "title": "Rättigheter",
        "on": "2026-11-18",
        "at": "9.30",
        "minutes": 90,
        "room": "Sal 2",
        "places": 12,
        "leader": desk.pk,
        "interpreter_booked": "on",
    }
    refused = client.post(reverse("intake:group_new"), form)
    assert refused.status_code == 422
    assert "Write the interpreter" in refused.content.decode()
    client.post(reverse("intake:group_new"), {**form, "interpreter_language": "somaliska"})
    assert GroupMeeting.objects.get().room == "Sal 2"
    assert GroupMeeting.objects.get().series is None


def test_the_calendar_file_says_neither_who_nor_why(town, meeting, desk, log_in):
    place = sign(meeting, town.opened(given_name="Egon"), desk)
    answer = log_in(desk).get(reverse("intake:place_file", args=[place.ref]))
    text = answer.content.decode()
    event = next(iter(Calendar.from_ical(text).walk("VEVENT")))
    assert event.decoded("dtstart") == TUESDAY
    assert str(event["uid"]).startswith(str(place.ref))
    assert "Egon" not in text
    assert "Välkommen" not in text


def test_a_series_is_planned_on_the_page_without_the_closed_days(town, desk, log_in):
    client = log_in(desk, "en")
    form = {
        "token": token_of(client.get(reverse("intake:group_new")).content.decode()),
        "kind": "motivation",
        "title": "Motivationsgrupp",
        "on": "2026-12-18",
        "at": "9.00",
        "minutes": 120,
        "room": "Sal 2",
        "places": 12,
        "leader": desk.pk,
        "repeats": "1",
    }
    refused = client.post(reverse("intake:group_new"), form)
    assert refused.status_code == 422
    assert "how many dates" in refused.content.decode()
    answer = client.post(reverse("intake:group_new"), {**form, "dates": "3"}, follow=True)
    assert "3 dates are planned" in answer.content.decode()
    days = [
        each.date().isoformat() for each in GroupMeeting.objects.values_list("starts_at", flat=True)
    ]
    assert sorted(days) == ["2026-12-18", "2027-01-08", "2027-01-15"]  # two holidays left out
    assert GroupMeeting.objects.values("series").distinct().count() == 1


def test_the_later_dates_are_signed_up_for_from_the_case_and_are_one_calendar_file(
    town, desk, log_in
):
    first, *_rest = series(town, desk)
    case = town.opened()
    client = log_in(town.user(Role.COACH), "en")
    address = reverse("intake:case_sign_up", args=[case.number])
    page = client.get(address).content.decode()
    client.post(address, {"token": token_of(page), "meeting": first.pk, "later": "on"})
    place = GroupPlace.objects.get(meeting=first)
    assert GroupPlace.objects.filter(case=case).count() == 3
    text = client.get(reverse("intake:place_file", args=[place.ref])).content.decode()
    assert len(list(Calendar.from_ical(text).walk("VEVENT"))) == 3


def attendance_form(page: str) -> dict:
    """What the browser sends of the attendance form as it was shown."""
    form = {"token": token_of(page)}
    for name, options in re.findall(
        r'<select class="form-select[^>]* name="((?:state|reason)_\d+)"[^>]*>(.*?)</select>',
        page,
        re.DOTALL,
    ):
        chosen = re.search(r'value="([^"]*)" selected', options)
        form[name] = chosen[1] if chosen else ""
    form |= dict(re.findall(r'name="(began_\d+)" value="([^"]*)"', page))
    return form


def test_fifteen_are_registered_with_what_differs_and_one_button(town, desk, log_in):
    meeting = groups.plan_meeting(town.units["north"], planned(town, places=15), actor=desk)
    cases = [town.opened(given_name=f"Eva {n}") for n in range(15)]
    places = [sign(meeting, case, desk) for case in cases]
    with time_machine.travel(TUESDAY, tick=False):
        client = log_in(desk, "en")
        page = client.get(reverse("intake:group", args=[meeting.ref])).content.decode()
        form = attendance_form(page) | {f"state_{places[3].pk}": "missed", "rest": "1"}
        answer = client.post(
            reverse("intake:group_attendance", args=[meeting.ref]), form, follow=True
        )
    assert "14 came, 1 did not" in answer.content.decode()
    assert states(meeting).count("came") == 14
    assert cases[3].events.filter(kind="group.missed").count() == 1
    # Once more with nothing changed writes nothing.
    events = cases[0].events.count()
    with time_machine.travel(TUESDAY, tick=False):
        again = attendance_form(client.get(answer.request["PATH_INFO"]).content.decode())
        client.post(reverse("intake:group_attendance", args=[meeting.ref]), {**again, "save": "1"})
    assert cases[0].events.count() == events


def test_a_wrong_attendance_is_refused_beside_the_row_and_nothing_typed_is_lost(
    town, meeting, desk, log_in
):
    one, other = (sign(meeting, town.opened(given_name=name), desk) for name in ("Eva", "Bo"))
    with time_machine.travel(TUESDAY, tick=False):
        client = log_in(desk, "en")
        page = client.get(reverse("intake:group", args=[meeting.ref])).content.decode()
        form = attendance_form(page) | {
            f"state_{one.pk}": "late",
            f"state_{other.pk}": "excused",
            f"reason_{other.pk}": "no_word",
            "save": "1",
        }
        refused = client.post(reverse("intake:group_attendance", args=[meeting.ref]), form)
    text = refused.content.decode()
    assert refused.status_code == 422
    assert "Write how many minutes late." in text
    assert "Choose why the absence is valid." in text
    kept = attendance_form(text)
    assert kept[f"state_{one.pk}"] == "late"
    assert kept[f"reason_{other.pk}"] == "no_word"
    assert states(meeting) == ["booked", "booked"]


def test_a_colleagues_attendance_is_not_written_over_and_what_was_chosen_stays(
    town, meeting, desk, log_in
):
    place = sign(meeting, town.opened(given_name="Eva", family_name="Ek"), desk)
    with time_machine.travel(TUESDAY, tick=False):
        client = log_in(desk, "en")
        page = client.get(reverse("intake:group", args=[meeting.ref])).content.decode()
        groups.register_attendance(
            meeting, {place.pk: groups.Attended("came")}, actor=town.user(Role.COACH)
        )
        form = attendance_form(page) | {f"state_{place.pk}": "missed", "save": "1"}
        refused = client.post(reverse("intake:group_attendance", args=[meeting.ref]), form)
    assert refused.status_code == 422
    assert "Eva Ek was registered as came by somebody else" in refused.content.decode()
    assert attendance_form(refused.content.decode())[f"state_{place.pk}"] == "missed"
    assert states(meeting) == ["came"]


def test_closing_says_who_is_missing(town, meeting, desk, log_in):
    sign(meeting, town.opened(given_name="Eva", family_name="Ek"), desk)
    with time_machine.travel(TUESDAY, tick=False):
        client = log_in(desk, "en")
        address = reverse("intake:group_close", args=[meeting.ref])
        assert "Not registered: Eva Ek." in client.post(address, follow=True).content.decode()
        open_ones = client.get(reverse("intake:groups") + "?state=open").content.decode()
        assert "Välkommen" in open_ones
        groups.register_attendance(meeting, {}, rest_came=True, actor=desk)
        open_ones = client.get(reverse("intake:groups") + "?state=open").content.decode()
    assert "Välkommen" not in open_ones
    meeting.refresh_from_db()
    assert meeting.state == GroupState.HELD


def test_lists_are_by_kind_and_the_calendar_shows_four_weeks(town, desk, log_in):
    series(town, desk, dates=5)
    fair = planned(
        town, kind="fair", title="Mässa", company="Älvbro AB", room="Hallen", leader=desk
    )
    groups.plan_meeting(town.units["north"], fair, actor=desk)
    client = log_in(desk, "en")
    page = client.get(reverse("intake:groups") + "?kind=fair").content.decode()
    assert "Älvbro AB" in page
    assert "Motivationsgrupp</a>" not in page
    page = client.get(reverse("intake:group_calendar")).content.decode()
    assert page.count("ei-cal__item") == 5  # four of the series and the fair
    later = client.get(
        reverse("intake:group_calendar") + f"?vecka={MONDAY + timedelta(weeks=4)}&kind=motivation"
    )
    assert later.content.decode().count("ei-cal__item") == 1
    for wrong in ("?vecka=0001-01-01", "?vecka=9999-12-31", "?vecka=igår"):
        assert client.get(reverse("intake:group_calendar") + wrong).status_code == 200


@pytest.mark.row("B7")
def test_papers_name_those_with_a_place_and_never_a_protected_person(town, desk, log_in):
    coach = town.user(Role.COACH)
    meeting = groups.plan_meeting(town.units["north"], planned(town, places=4), actor=desk)
    sign(meeting, town.opened(given_name="Eva", family_name="Öppen"), coach)
    hidden = town.opened(given_name="Skyddad", family_name="Person")
    sign(meeting, hidden, coach)
    town.protected(hidden.person, [coach])
    for name, shown in (("group_participants", "Eva Öppen"), ("group_door", "Eva Ö")):
        for user in (coach, desk):
            answer = log_in(user).get(reverse(f"intake:{name}", args=[meeting.ref]))
            text = PdfReader(BytesIO(answer.content)).pages[0].extract_text()
            assert shown in text
            assert "Skyddad" not in text
            assert hidden.number not in text
    assert "Eva Öppen" not in text  # the door has no last names
    printed = Entry.objects.filter(access="print", action="group.manage")
    named = {ref for entry in printed for ref in entry.subject_refs}
    named |= {str(entry.subject_ref) for entry in printed}
    assert str(hidden.person.ref) not in named
    assert str(GroupPlace.objects.get(person__given_name="Eva").person.ref) in named
