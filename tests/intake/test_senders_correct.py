"""Who has sent a person, or follows them in the outreach register, puts obvious errors right."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from intake.enums import PassingGround, ReferralEnd
from intake.models import ReferralIn
from intake.transitions import referrals_in as moves
from intake.youth.enums import Origin
from intake.youth.transitions import register
from jobcentre.accounts.enums import Role
from jobcentre.audit.models import Entry
from jobcentre.casework.enums import Protection, Source
from jobcentre.casework.exceptions import Conflict, Refused
from jobcentre.casework.models import Case, CaseEvent, Person, PersonCorrection

pytestmark = [pytest.mark.django_db, pytest.mark.row("J1")]
TOKEN = "0f8fad5b-d9cb-469f-a165-70867728950e"
RIGHT = {"given_name": "Amina", "family_name": "Öst", "phone": "070-174 06 59", "email": ""}


@pytest.fixture
def secretary(town):
    return town.user(Role.SOCIAL_SECRETARY)


@pytest.fixture
def referral(town, secretary):
    sending = moves.Sending(
        source=Source.INCOME_SUPPORT,
        centre=town.units["north"],
        district=town.units["north_district"],
        ground=PassingGround.ACTIVITY,
    )
    names = {"given_name": "Amnia", "family_name": "Öst", "phone": "070-174 06 51"}
    return moves.send_referral(None, names, None, sending, actor=secretary, today=town.today)


def address(referral):
    return reverse("intake:referral_in_person", args=[referral.ref])


def filled(person, **changes):
    return {"token": TOKEN, "version": person.version, **RIGHT, **changes}


# --- a referral in -----------------------------------------------------------------------------------
def test_the_sender_puts_name_and_phone_right_with_history_and_log(referral, secretary, log_in):
    client = log_in(secretary)
    page = client.get(reverse("intake:referral_in", args=[referral.ref])).content.decode()
    assert address(referral) in page
    assert "Amnia" in client.get(address(referral)).content.decode()
    assert client.post(address(referral), filled(referral.person)).status_code == 302
    person = Person.objects.get()
    assert (person.name, person.phone) == ("Amina Öst", "070-174 06 59")
    made = PersonCorrection.objects.get()
    assert (made.corrected_by, made.fields) == (secretary, ["given_name", "phone"])
    entry = Entry.objects.get(action="referral_in.correct", access="change")
    assert (entry.subject_ref, entry.fields) == (person.ref, ["given_name", "phone"])
    page = client.get(reverse("intake:referral_in", args=[referral.ref])).content.decode()
    assert "Förnamn, telefon" in page
    # The centre sees that it was done too.
    assert person.search_text.startswith("amina")


def test_another_unit_and_another_role_may_not(referral, town, log_in):
    assert (
        log_in(town.user(Role.SOCIAL_SECRETARY, "south")).get(address(referral)).status_code == 404
    )
    # The centre has its own page for it.
    assert log_in(town.user(Role.COACH)).get(address(referral)).status_code == 404
    with pytest.raises(PermissionDenied):
        moves.correct_sent_person(
            referral, RIGHT, actor=town.user(Role.COACH), version=referral.person.version
        )


def test_somebody_elses_correction_is_not_written_over(referral, secretary, log_in):
    stale = filled(referral.person)
    Person.objects.update(phone="070-174 06 58", version=referral.person.version + 1)
    answer = log_in(secretary).post(address(referral), stale)
    assert answer.status_code == 422
    assert Person.objects.get().phone == "070-174 06 58"
    with pytest.raises(Conflict):
        moves.correct_sent_person(referral, RIGHT, actor=secretary, version=1)


def test_only_while_it_is_open_and_nobody_has_the_case(referral, town, secretary, log_in):
    town.opened(person=referral.person)
    assert ReferralIn.objects.get().state == "met"
    refused = log_in(secretary).post(address(referral), filled(Person.objects.get()))
    assert refused.status_code == 422
    assert "Remissen är redan" in refused.content.decode()
    assert Person.objects.get().given_name == "Amnia"


def test_the_form_of_one_that_is_met_leads_back_to_the_referral(referral, town, secretary, log_in):
    client, url = log_in(secretary), address(referral)
    assert client.get(url).status_code == 200
    town.opened(person=referral.person)
    assert client.get(url)["Location"] == reverse("intake:referral_in", args=[referral.ref])


def test_an_ended_referral_gives_no_right(referral, secretary, town):
    ended = moves.end_referral(
        referral, ReferralEnd.WITHDRAWN, "", actor=secretary, today=town.today
    )
    with pytest.raises(Refused):
        moves.correct_sent_person(ended, RIGHT, actor=secretary, version=ended.person.version)


def test_a_person_who_became_protected_is_hidden_from_the_sender(referral, secretary, log_in):
    Person.objects.update(protection=Protection.MARKED)
    assert log_in(secretary).get(address(referral)).status_code == 404
    with pytest.raises(PermissionDenied):
        moves.correct_sent_person(referral, RIGHT, actor=secretary, version=referral.person.version)


# --- the outreach register ---------------------------------------------------------------------------
@pytest.fixture
def coordinator(town):
    return town.user(Role.YOUTH_COORDINATOR)


@pytest.fixture
def young(town, coordinator):
    row = register.OutreachRow(
        origin=Origin.POPULATION,
        given_name="Lo",
        family_name="Eck",
        birth_date=town.today.replace(year=2009),
        phone="070-174 06 50",
    )
    return register.register_from_row(
        row, unit=town.units["youth"], actor=coordinator, today=town.today, coordinator=coordinator
    ).entry


def details(client, young, **changes):
    page = client.get(reverse("intake:youth_details", args=[young.ref]))
    form = page.context["form"]
    values = {name: form[name].value() or "" for name in form.fields}
    return values | changes


def test_the_coordinator_puts_the_name_right_while_there_is_no_case(young, coordinator, log_in):
    client = log_in(coordinator)
    url = reverse("intake:youth_details", args=[young.ref])
    sent = client.post(url, details(client, young, family_name="Ek"))
    assert sent.status_code == 302
    person = Person.objects.get()
    assert person.name == "Lo Ek"
    assert PersonCorrection.objects.get().fields == ["family_name"]
    assert "Efternamn" in client.get(sent["Location"]).content.decode()


def test_with_a_case_the_name_is_its_staffs_and_the_phone_stands_on_its_timeline(
    young, coordinator, town, log_in
):
    case = town.opened(person=young.person)
    client = log_in(coordinator)
    url = reverse("intake:youth_details", args=[young.ref])
    values = details(client, young, phone="070-174 06 59")
    assert "given_name" not in values
    assert client.post(url, values | {"family_name": "Ek"}).status_code == 302
    person = Person.objects.get()
    assert (person.family_name, person.phone) == ("Eck", "070-174 06 59")
    assert CaseEvent.objects.filter(case=Case.objects.get(pk=case.pk), kind="person.corrected")


def test_a_phone_changed_elsewhere_is_not_written_over_by_the_register(young, coordinator, log_in):
    client = log_in(coordinator)
    stale = details(client, young, school="Västra")
    Person.objects.update(phone="070-174 06 58", version=young.person.version + 1)
    answer = client.post(reverse("intake:youth_details", args=[young.ref]), stale)
    assert answer.status_code == 422
    assert Person.objects.get().phone == "070-174 06 58"
