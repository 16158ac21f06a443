"""What the small forms of a case say when something is wrong, in both languages, losing nothing."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine

from jobcentre.accounts.enums import Role
from jobcentre.casework.models import Case, CaseEvent, ClockPause, Exit, ExitReason, Person
from jobcentre.casework.transitions.clocks import pause_clock
from tests.factories import MONDAY

LAST_WEEK = MONDAY - timedelta(days=7)
NO_DAY = (
    "Skriv en dag, till exempel 2026-12-03, 3/12 eller imorgon.",
    "Write a day, for example 2026-12-03, 3/12 or tomorrow.",
)
CALENDAR = ("Den dagen finns inte i kalendern.", "There is no such day in the calendar.")
FUTURE = ("Dagen kan inte ligga i framtiden.", "The day cannot be in the future.")
BACK = (
    "Dagen för återkomst måste vara efter den första dagen.",
    "The day back must be after the first day.",
)
# (form, who, what is sent, the sentence in Swedish, in English)
WRONG = [
    (
        "anteckning",
        Role.COACH,
        {"text": ""},
        "Detta fält måste fyllas i.",
        "This field is required.",
    ),
    ("anteckning", Role.COACH, {"text": "x" * 20_001}, "20000", "20000"),
    (
        "oppna",
        Role.MANAGER,
        {"reason": "nyfiken"},
        "Skriv med minst 20 tecken varför du behöver öppna det här.",
        "Say in at least 20 characters why you need to open this.",
    ),
    ("samtycke", Role.COACH, {"given_on": "17/11"}, *FUTURE),
    ("samtycke", Role.COACH, {"given_on": "32/1"}, *CALENDAR),
    (
        "avbrott",
        Role.COACH,
        {"starts_on": "2026-11-16", "ends_before": "2026-11-16", "reason": "illness"},
        *BACK,
    ),
    (
        "avbrott",
        Role.COACH,
        {"starts_on": "2026-11-08", "ends_before": "", "reason": "illness"},
        "Avbrottet kan inte börja före ärendet.",
        "The interruption cannot begin before the case.",
    ),
    ("avbrott", Role.COACH, {"starts_on": "igår kväll"}, *NO_DAY),
    (
        "flytta",
        Role.COACH,
        {"reason": "Ingen"},
        "Ärendet är redan på det jobbtorget och i den stadsdelen.",
        "The case is at that centre and in that district already.",
    ),
    (
        "coach",
        Role.MANAGER,
        {"reason": "Ny fördelning"},
        "Coach north är redan coach.",
        "Coach north is already the coach.",
    ),
    (
        "avsluta",
        Role.COACH,
        {"reason": "work", "ended_on": "2026-11-16"},
        "Välj anställningsform.",
        "Choose the form of employment.",
    ),
    (
        "avsluta",
        Role.COACH,
        {"reason": "work", "ended_on": "2026-11-16"},
        "Skriv omfattningen, till exempel 75.",
        "Write the extent, for example 75.",
    ),
    ("avsluta", Role.COACH, {"reason": "studies", "ended_on": "2026-11-17"}, *FUTURE),
    (
        "person",
        Role.RECEPTION,
        {"given_name": "Eva", "email": "eva(at)example.org"},
        "Fyll i en giltig e-postadress.",
        "Enter a valid email address.",
    ),
    (
        "dokument",
        Role.COACH,
        {"title": "Intyg"},
        "Detta fält måste fyllas i.",
        "This field is required.",
    ),
]


@pytest.fixture
def case(town):
    return town.opened(on=LAST_WEEK)


def filled(case, town, form: str, data: dict) -> dict:
    """What the page would send: the token, the version, and ids for the names above."""
    values = {"token": str(uuid4()), "version": case.version, **data}
    if form == "person":
        values["version"] = case.person.version
    if form == "flytta":
        values |= {"centre": case.centre_id, "district": case.district_id}
    if form == "coach":
        values["coach"] = case.coach_id
    if form == "avsluta":
        values["reason"] = ExitReason.objects.get(key=data["reason"]).pk
    return values


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize(
    ("form", "role", "data", "swedish", "english"),
    WRONG,
    ids=[f"{row[0]}-{index}" for index, row in enumerate(WRONG)],
)
def test_what_is_wrong_is_said(form, role, data, swedish, english, language, case, town, log_in):
    before = CaseEvent.objects.count(), Case.objects.get().version
    user = town.user(role)
    user.name = "Coach north" if role == Role.COACH else user.name
    user.save()
    type(user).objects.filter(pk=case.coach_id).update(name="Coach north")
    client = log_in(user, language)
    answer = client.post(f"/arenden/{case.number}/{form}/", filled(case, town, form, data))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert f'<html lang="{language}"' in page
    assert {"sv": swedish, "en": english}[language] in page
    assert {"sv": "<title>Fel: ", "en": "<title>Error: "}[language] in page
    assert (CaseEvent.objects.count(), Case.objects.get().version) == before
    assert not ClockPause.objects.exists()
    assert not Exit.objects.exists()


@pytest.mark.parametrize("language", ["sv", "en"])
def test_what_was_written_is_still_there(language, case, town, log_in):
    client = log_in(town.user(Role.COACH), language)
    written = {"title": "Ett intyg & <b>", "note": "Ringde i går", "starts_on": "snart"}
    page = client.post(
        f"/arenden/{case.number}/avbrott/", filled(case, town, "avbrott", written)
    ).content.decode()
    assert 'value="Ringde i går"' in page
    assert 'value="snart"' in page
    assert 'aria-invalid="true"' in page


def test_one_interruption_at_a_time_and_an_end_after_its_start(case, town, log_in):
    coach = town.user(Role.COACH)
    pause_clock(case, MONDAY, None, "illness", "", actor=coach)
    client = log_in(coach)
    again = client.post(
        f"/arenden/{case.number}/avbrott/",
        {"token": str(uuid4()), "starts_on": "2026-11-20", "ends_before": "", "reason": "other"},
    )
    assert again.status_code == 422
    assert "Ärendet är redan avbrutet under en del av den tiden." in again.content.decode()
    url = f"/arenden/{case.number}/avbrott/slut/"
    early = client.post(url, {"token": str(uuid4()), "ends_before": "2026-11-16"})
    assert early.status_code == 422
    assert BACK[0] in early.content.decode()
    assert client.post(url, {"token": str(uuid4()), "ends_before": "17/11"}).status_code == 302
    assert ClockPause.objects.get().ends_before == MONDAY + timedelta(days=1)
    assert client.get(url).status_code == 404  # nothing is left to end


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("sv", "Någon annan har ändrat sedan du öppnade sidan. Det du skrev finns kvar här."),
        ("en", "Somebody else has changed this since you opened it. What you wrote is still here."),
    ],
)
def test_a_page_that_is_too_old_says_so_and_keeps_what_was_written(
    language, sentence, case, town, log_in
):
    client = log_in(town.user(Role.RECEPTION), language)
    fields = {
        "given_name": "Evelina",
        "family_name": "Åberg",
        "sex": "woman",
        "birth_date": "1980-01-02",
    }
    stale = {**fields, "token": str(uuid4()), "version": case.person.version}
    Person.objects.filter(pk=case.person_id).update(version=case.person.version + 1)
    answer = client.post(f"/arenden/{case.number}/person/", stale)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert sentence in page
    assert 'value="Evelina"' in page
    assert Person.objects.get().given_name == "Eva"


def test_a_form_sent_twice_leads_to_the_first_result(case, town, log_in):
    client = log_in(town.user(Role.COACH))
    form = {"token": str(uuid4()), "text": "Ringde."}
    answers = [client.post(f"/arenden/{case.number}/anteckning/", form) for _time in range(2)]
    assert {answer["Location"] for answer in answers} == {f"/arenden/{case.number}/"}
    assert CaseEvent.objects.filter(kind="note.written").count() == 1


def test_a_case_opened_today_is_told_in_swedish_days(case, town, log_in):
    with time_machine.travel("2026-11-17T23:30:00+00:00", tick=False):  # the 18th in Sweden
        client = log_in(town.user(Role.COACH))
        answer = client.post(
            f"/arenden/{case.number}/avbrott/",
            {"token": str(uuid4()), "starts_on": "idag", "ends_before": "", "reason": "illness"},
        )
        assert answer.status_code == 302
    assert ClockPause.objects.get().starts_on == MONDAY + timedelta(days=2)
