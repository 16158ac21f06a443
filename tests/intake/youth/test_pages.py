"""The coordinator's pages, and what others see of the register: nothing, but that it exists."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.urls import reverse

from intake.youth import figures, kaa, tasks
from intake.youth.enums import (
    ContactChannel,
    ContactResult,
    ExtractState,
    KnownFrom,
    MeasureKind,
    OccupationKind,
)
from intake.youth.models import ContactAttempt, KaaExtract, OutreachEntry
from intake.youth.transitions import contacts, register, upkeep
from jobcentre.accounts.enums import Role
from jobcentre.audit.enums import Access
from jobcentre.audit.models import Entry as AuditEntry
from jobcentre.casework.enums import Source, Track
from tests.factories import MONDAY, official_number
from tests.youth_world import TWENTY_ONE, contract_of, registered, tried

pytestmark = pytest.mark.row("U1")


@pytest.fixture
def client(log_in, coordinator):
    return log_in(coordinator)


def sent(client, url: str, data: dict):
    """The form of the page, filled in and sent."""
    page = client.get(url).content.decode()
    values = {"token": page.split('name="token" value="')[1][:36], **data}
    if 'name="version" value="' in page:
        values["version"] = page.split('name="version" value="')[1].split('"')[0]
    return client.post(url, values)


def text_of(answer) -> str:
    return answer.content.decode()


def test_the_short_address_leads_to_the_start_page(client, log_in, town):
    assert client.get("/unga/").status_code == 200
    assert text_of(client.get("/unga/")).count("/unga/registret/") > 0
    assert log_in(town.user(Role.RECEPTION)).get("/unga/").status_code == 404
    assert reverse("intake:youth_start") == "/unga/nu/"


def test_a_young_person_is_registered_by_hand_and_stands_on_the_start_page(client, coordinator):
    number = official_number(date(2009, 3, 4))
    form = {"origin": "drop_out", "given_name": "Lo", "family_name": "Ek"}
    refused = sent(client, "/unga/registrera/", form)
    assert refused.status_code == 422
    answer = sent(
        client,
        "/unga/registrera/",
        {
            **form,
            "identity": number,
            "read": number,
            "coordinator": coordinator.pk,
            "school": "Västra",
        },
    )
    entry = OutreachEntry.objects.get()
    assert answer["Location"] == reverse("intake:youth_entry", args=[entry.ref])
    start = text_of(client.get("/unga/nu/"))
    assert "Lo Ek" in start
    assert reverse("intake:youth_attempt", args=[entry.ref]) in start
    again = sent(client, "/unga/registrera/", {**form, "identity": number, "read": number})
    assert again["Location"] == answer["Location"]
    assert OutreachEntry.objects.count() == 1


def test_an_attempt_is_noted_and_a_home_visit_alone_refused(client, followed):
    entry = followed()
    url = reverse("intake:youth_attempt", args=[entry.ref])
    alone = {"channel": "home_visit", "on": "2026-11-16", "result": "no_answer"}
    assert sent(client, url, alone).status_code == 422
    assert not ContactAttempt.objects.exists()
    answer = sent(client, url, {**alone, "companion": "Bo Ek", "safety": "Inget känt."})
    assert answer.status_code == 302
    assert ContactAttempt.objects.get().companion == "Bo Ek"
    assert "Bo Ek" in text_of(client.get(answer["Location"]))


def test_the_register_is_filtered(client, town, coordinator):
    young = registered(town, date(2009, 3, 4), actor=coordinator, given_name="Yngst")
    older = registered(town, TWENTY_ONE, actor=coordinator, given_name="Äldre", coordinator=None)
    tried(older, town, coordinator)
    late = registered(town, date(2008, 3, 4), actor=coordinator, given_name="Sen", school="Östra")
    OutreachEntry.objects.filter(pk=late.pk).update(next_on=MONDAY - timedelta(days=1))
    expected = {
        "": {"Yngst", "Äldre", "Sen"},
        "band=under_20": {"Yngst", "Sen"},
        "band=from_20": {"Äldre"},
        "band=kaa": {"Yngst", "Sen"},
        "state=in_contact": {"Äldre"},
        "state=ended": set(),
        "when=late": {"Sen"},
        "when=week": {"Yngst", "Sen"},
        "whose=nobody": {"Äldre"},
        "whose=mine": {"Yngst", "Sen"},
        "school=Östra": {"Sen"},
        "after=nonsense_x": {"Yngst", "Äldre", "Sen"},
        f"after={young.next_on}_{young.pk}": {"Äldre"},
    }
    for query, names in expected.items():
        page = text_of(client.get(f"/unga/registret/?{query}"))
        assert {name for name in ("Yngst", "Äldre", "Sen") if f"{name} Ek" in page} == names, query


def test_the_search_takes_names_and_numbers_by_post_and_is_logged(client, followed):
    entry = followed()
    for words in ("lo e", official_number(date(2009, 3, 4)), "070-174 06 50"):
        answer = client.post("/unga/sok/", {"q": words})
        assert str(entry.ref) in text_of(answer), words
    logged = AuditEntry.objects.filter(access=Access.SEARCH)
    assert {tuple(each.subject_refs) for each in logged} == {(str(entry.person.ref),)}
    assert str(entry.ref) not in text_of(client.post("/unga/sok/", {"q": "Någon Annan"}))


def test_every_read_of_a_young_person_is_logged_with_the_person(client, town, coordinator):
    entry = registered(town, TWENTY_ONE, actor=coordinator)
    contract = contract_of(entry, town, coordinator)
    for url in (
        reverse("intake:youth_entry", args=[entry.ref]),
        reverse("intake:youth_attempt", args=[entry.ref]),
        reverse("intake:youth_contract", args=[contract.ref]),
    ):
        before = AuditEntry.objects.filter(subject_ref=entry.person.ref).count()
        assert client.get(url).status_code == 200
        assert AuditEntry.objects.filter(subject_ref=entry.person.ref).count() == before + 1


def test_the_whole_number_is_shown_once_it_is_asked_for_and_logged(client, followed):
    entry = followed()
    number = entry.person.numbers.get().formatted
    page = text_of(client.get(reverse("intake:youth_entry", args=[entry.ref])))
    assert number not in page
    answer = client.post(reverse("intake:youth_unmask", args=[entry.ref]))
    assert number in text_of(answer)
    assert AuditEntry.objects.filter(subject_ref=entry.person.ref, fields=["number"]).exists()


@pytest.mark.row("B7")
def test_a_protected_person_is_in_no_list_count_or_file(client, followed, town, coordinator):
    hidden = followed(given_name="Skyddad")
    shown = followed(date(2009, 3, 5), given_name="Öppen")
    extract = KaaExtract.objects.get(pk=_ordered(client).pk)
    town.protected(hidden.person, [town.user(Role.MANAGER)])
    for url in ("/unga/nu/", "/unga/registret/"):
        page = text_of(client.get(url))
        assert "Öppen" in page
        assert "Skyddad" not in page
    assert str(hidden.ref) not in text_of(client.post("/unga/sok/", {"q": "Skyddad"}))
    lines = _file(client, extract)
    assert [line["personnummer"] for line in lines] == [shown.person.numbers.get().number]
    town.protected(hidden.person, [coordinator])
    assert len(_file(client, extract)) == 2


def _ordered(client) -> KaaExtract:
    answer = sent(client, "/unga/kaa/", {"starts_on": "2026-07-01"})
    assert answer.status_code == 302
    tasks.run_waiting_extracts()
    return KaaExtract.objects.latest("pk")


def _file(client, extract) -> list[dict]:
    answer = client.get(reverse("intake:youth_extract_file", args=[extract.ref]))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_the_extract_holds_the_half_year_and_each_measure(client, followed, town, coordinator):
    entry = followed(school_left_on=date(2026, 8, 20))
    followed(TWENTY_ONE)  # not in the KAA register
    turned = followed(date(2006, 11, 10), school_left_on=date(2026, 8, 20))  # 20 a week ago
    tried(entry, town, coordinator)
    act = {"actor": coordinator, "today": MONDAY}
    measure = contacts.offer_measure(
        OutreachEntry.objects.get(pk=entry.pk),
        MeasureKind.GUIDANCE,
        "",
        offered_on=MONDAY,
        **act,
    )
    contacts.move_measure(measure, "begin", MONDAY, version=measure.version, **act)
    contacts.record_occupation(
        OutreachEntry.objects.get(pk=entry.pk),
        {
            "kind": OccupationKind.WORK,
            "starts_on": date(2026, 10, 1),
            "known_from": KnownFrom.PERSON,
        },
        **act,
    )
    extract = _ordered(client)
    assert extract.state == ExtractState.DONE
    lines = _file(client, extract)
    assert tuple(lines[0]) == kaa.FIELDS
    by_number = {line["personnummer"]: line for line in lines}
    assert len(lines) == 2
    line = by_number[entry.person.numbers.get().number]
    assert (line["kaa_fran"], line["kaa_till"]) == ("2026-08-20", "")
    assert line["sysselsattning"] == kaa.OCCUPATION_CODES[OccupationKind.WORK]
    assert (line["kontaktforsok"], line["atgard_fran"]) == ("1", "2026-11-16")
    left = by_number[turned.person.numbers.get().number]
    assert (left["kaa_till"], left["avregistreringsorsak"]) == ("2026-11-09", "1")
    assert left["sysselsattning"] == kaa.UNKNOWN_OCCUPATION
    page = text_of(client.get(reverse("intake:youth_extract", args=[extract.ref])))
    assert kaa.FIELDS[0] in page
    taken_out = [
        each for each in AuditEntry.objects.filter(access=Access.EXPORT) if each.subject_refs
    ]
    assert set(taken_out[0].subject_refs) == {str(entry.person.ref), str(turned.person.ref)}


def test_an_extract_stays_as_it_was_and_a_new_one_is_new(client, followed):
    entry = followed()
    first = _ordered(client)
    fresh = OutreachEntry.objects.get(pk=entry.pk)
    register.end_entry(fresh, "moved", MONDAY, actor=None, today=MONDAY, version=fresh.version)
    assert len(_file(client, first)) == 1
    assert len(_file(client, _ordered(client))) == 0  # registered and left the same day


def test_an_extract_is_made_with_the_rights_of_who_ordered_it(client, followed, coordinator):
    followed()
    sent(client, "/unga/kaa/", {"starts_on": "2026-07-01"})
    coordinator.memberships.update(valid_to=MONDAY)
    assert tasks.run_waiting_extracts() == 0
    assert KaaExtract.objects.get().state == ExtractState.FAILED


def test_the_coach_of_a_linked_case_sees_that_the_entry_exists_and_no_more(
    town, log_in, followed, coordinator
):
    entry = followed(guardian="Hemlig Förälder")
    tried(entry, town, coordinator, note="Hemlig anteckning.")
    coach = town.user(Role.COACH)
    case = register.open_case_of(
        OutreachEntry.objects.get(pk=entry.pk),
        centre=town.units["north"],
        coach=coach,
        track=Track.LATER,
        source=Source.KAA,
        target_groups=[],
        actor=coordinator,
        today=MONDAY,
    )
    page = text_of(log_in(coach).get(f"/arenden/{case.number}/"))
    panel = page.split('id="outreach"')[1].split("</section>")[0]
    assert coordinator.name in panel
    assert "Hemlig" not in page
    assert log_in(coach).get(reverse("intake:youth_entry", args=[entry.ref])).status_code == 404
    for other in (town.user(Role.COACH, name="Mona"), town.user(Role.MANAGER)):
        page = text_of(log_in(other).get(f"/arenden/{case.number}/"))
        assert case.number in page
        assert 'id="outreach"' not in page


def test_a_case_is_opened_from_the_page(client, town, followed, coordinator):
    entry = followed()
    coach = town.user(Role.COACH)
    url = reverse("intake:youth_case", args=[entry.ref])
    form = {
        "centre": town.units["north"].pk,
        "district": town.units["south_district"].pk,
        "coach": coach.pk,
        "source": "kaa",
        "track": "later",
    }
    assert sent(client, url, form).status_code == 422
    assert sent(client, url, {**form, "district": ""}).status_code == 302
    entry.refresh_from_db()
    assert entry.case.coach == coach
    assert entry.case.number in text_of(client.get(reverse("intake:youth_entry", args=[entry.ref])))


@pytest.mark.row("U2")
def test_a_contract_is_signed_followed_up_and_ended_on_the_pages(client, town, coordinator):
    entry = registered(town, TWENTY_ONE, actor=coordinator)
    form = {
        "kind": "adult_education",
        "school": "Komvux",
        "programme": "Vård",
        "percent": 50,
        "combined_with": "work",
        "starts_on": "2026-11-16",
        "ends_before": "2027-06-11",
    }
    url = reverse("intake:youth_contract_new", args=[entry.ref])
    assert sent(client, url, form).status_code == 422
    answer = sent(client, url, {**form, "combined_percent": 50})
    assert answer.status_code == 302
    contract = entry.contracts.get()
    assert contract.ends_before == date(2027, 6, 12)
    assert "Komvux" in text_of(client.get("/unga/kontrakt/"))
    url = answer["Location"]
    noted = sent(client, url, {"on": "2026-11-16", "progress": "behind", "note": "Sjuk en vecka."})
    assert "Sjuk en vecka." in text_of(client.get(noted["Location"]))
    end = sent(client, f"{url}avsluta/", {"ended_on": "2026-11-16", "result": "broken_off"})
    assert end.status_code == 302
    contract.refresh_from_db()
    assert contract.result == "broken_off"


@pytest.mark.row("U6")
def test_the_yearly_needs_count_each_person_once_for_each_need(client, town, coordinator):
    young = registered(town, date(2009, 3, 4), actor=coordinator)
    older = registered(town, TWENTY_ONE, actor=coordinator)
    for entry, needs in ((young, ("work", "health")), (young, ("work",)), (older, ("work",))):
        tried(entry, town, coordinator, needs=needs)
    page = text_of(client.get("/unga/behov/"))
    row = page.split("Hjälp till arbete")[1].split("</tr>")[0]
    assert [cell.split("<")[0] for cell in row.split('">')[1:]] == ["2", "1", "1"]
    assert figures.needs_between(date(2026, 1, 1), date(2027, 1, 1)).count() == 4
    earlier = text_of(client.get("/unga/behov/?year=2025"))
    row = earlier.split("Hjälp till arbete")[1].split("</tr>")[0]
    assert [cell.split("<")[0] for cell in row.split('">')[1:]] == ["0", "0", "0"]


def test_the_figures_count_what_they_say(town, coordinator, followed):
    entry, other = followed(), followed(date(2009, 3, 5))
    first, before = date(2026, 11, 1), date(2026, 12, 1)
    tried(entry, town, coordinator)
    tried(
        other,
        town,
        coordinator,
        channel=ContactChannel.LETTER,
        result=ContactResult.SENT,
        needs=(),
    )
    contract = contract_of(followed(TWENTY_ONE), town, coordinator)
    assert figures.registered_on(MONDAY).count() == 3
    assert figures.registered_on(MONDAY - timedelta(days=1)).count() == 0
    assert figures.in_kaa_on(MONDAY).count() == 2
    assert figures.sought_between(first, before).count() == 2
    assert figures.reached_between(first, before).get() == entry
    assert figures.found_between(first, before).get() == contract.entry
    assert figures.contracts_during(first, before).get() == contract
    assert not figures.contracts_during(date(2026, 10, 1), first).exists()


def test_clocks_of_own_cases_stand_on_the_start_page(client, town, followed, coordinator):
    case = register.open_case_of(
        followed(),
        centre=town.units["north"],
        coach=coordinator,
        track=Track.LATER,
        source=Source.KAA,
        target_groups=[],
        actor=coordinator,
        today=MONDAY,
    )
    assert case.number in text_of(client.get("/unga/nu/"))


def test_nobody_is_forgotten(town, coordinator, followed):
    """Whatever has happened, an open entry has a day of the next contact."""
    entry = followed()
    tried(entry, town, coordinator)
    for after in (0, 30, 90, 400):
        upkeep.round_of_outreach(MONDAY + timedelta(days=after))
        entry.refresh_from_db()
        assert entry.next_on is not None
    assert OutreachEntry.objects.late_on(MONDAY + timedelta(days=61)).get() == entry
