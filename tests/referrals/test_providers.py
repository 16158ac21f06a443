"""The register of providers: kept with versions, shown with free places."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from activityplans.models import Service
from jobcentre.accounts.enums import Role
from jobcentre.casework.exceptions import Conflict, Refused
from referrals import transitions as orders
from referrals.capacity import places_of
from referrals.models import Provider, ProviderVersion
from referrals.transitions import providers as register
from tests.factories import MONDAY

DETAILS = {"form": "municipal", "organisation_number": "", "description": "Trä och lack."}
SITE = {
    "name": "Verkstaden",
    "street": "Sågvägen 1",
    "postcode": "135 40",
    "city": "Älvbro",
    "opening_hours": "8–16",
    "step_free": True,
}


@pytest.fixture
def manager(town):
    return town.user(Role.MANAGER)


@pytest.fixture
def training(town):
    return Service.objects.get(key="work_training")


@pytest.fixture
def provider(town, manager, training):
    return register.add_provider(town.units["north_provider"], DETAILS, [training], actor=manager)


@pytest.mark.row("J11")
def test_every_change_is_a_version_that_says_what_was_changed(provider, manager, training):
    changed = {**DETAILS, "description": "Bara trä."}
    register.change_provider(provider, changed, [training], actor=manager, edit=1)
    register.save_part(provider, "sites", None, SITE, actor=manager, edit=2)
    latest, second, first = provider.versions.all()
    assert (first.changed, second.changed, latest.changed) == ([], ["description"], ["sites"])
    assert first.says["description"] == "Trä och lack."
    assert latest.says["sites"][0]["street"] == "Sågvägen 1"
    assert latest.changed_by == manager


def test_nothing_changed_is_no_version(provider, manager, training):
    register.change_provider(provider, DETAILS, [training], actor=manager, edit=1)
    assert provider.versions.count() == 1


def test_two_who_change_it_do_not_write_over_each_other(provider, manager, training):
    changed = {**DETAILS, "description": "Bara trä."}
    register.change_provider(provider, changed, [training], actor=manager, edit=1)
    with pytest.raises(Conflict):
        register.save_part(provider, "sites", None, SITE, actor=manager, edit=1)
    assert not provider.sites.exists()


def test_a_coach_reads_and_does_not_keep(provider, training, town, log_in):
    coach = town.user(Role.COACH)
    with pytest.raises(PermissionDenied):
        register.change_provider(provider, DETAILS, [training], actor=coach, edit=1)
    client = log_in(coach)
    assert client.get(f"/utforarregister/{provider.pk}/").status_code == 200
    assert client.get(f"/utforarregister/{provider.pk}/andra/").status_code == 404
    assert log_in(town.user(Role.PROVIDER_STAFF)).get("/utforarregister/").status_code == 404


def test_a_unit_is_registered_once_and_is_a_provider(provider, town, manager):
    with pytest.raises(Refused):
        register.add_provider(provider.unit, DETAILS, [], actor=manager)
    with pytest.raises(Refused):
        register.add_provider(town.units["north"], DETAILS, [], actor=manager)
    assert Provider.objects.count() == 1


def test_somebody_is_written_with_a_way_to_be_reached(provider, manager):
    nobody = {"kind": "contact", "name": "Bo", "phone": "", "email": ""}
    with pytest.raises(ValidationError, match=r"phone number|telefonnummer"):
        register.save_part(provider, "people", None, nobody, actor=manager, edit=1)
    assert ProviderVersion.objects.count() == 1


def test_places_for_a_service_are_said_once_a_week(provider, manager, training):
    places = {"service": training, "from_on": MONDAY + timedelta(days=2), "places": 3}
    row = register.save_part(provider, "capacities", None, places, actor=manager, edit=1)
    assert row.from_on == MONDAY
    with pytest.raises(ValidationError):
        register.save_part(provider, "capacities", None, places, actor=manager, edit=2)


def test_an_accepted_order_takes_a_place_and_a_sent_one_asks_for_it(
    provider, manager, training, town
):
    places = {"service": training, "from_on": MONDAY, "places": 3}
    register.save_part(provider, "capacities", None, places, actor=manager, edit=1)
    order = town.ordered(town.approved(town.consented(town.opened())))

    def now():
        found = places_of([provider.unit_id], MONDAY)[provider.unit_id][training.pk]
        return found.now.free, found.asked

    assert now() == (3, 1)
    staff = town.user(Role.PROVIDER_STAFF)
    orders.accept_order(order, first_day_on=MONDAY, contact="Bo", actor=staff, today=MONDAY)
    assert now() == (2, 0)


def test_the_list_is_searched_and_filtered(provider, manager, training, town, log_in):
    cafe = register.add_provider(
        town.units["south_provider"],
        {
            **DETAILS,
            "form": "voluntary",
            "organisation_number": "559999-0001",
            "description": "Kaffe.",
        },
        [training],
        actor=manager,
    )
    register.save_part(cafe, "sites", None, SITE, actor=manager, edit=1)
    places = {"service": training, "from_on": MONDAY, "places": 1}
    register.save_part(provider, "capacities", None, places, actor=manager, edit=1)
    client = log_in(town.user(Role.COACH))

    def shown(query):
        page = client.get(f"/utforarregister/{query}").content.decode()
        return [name for name in ("Verkstad Norr", "Verkstad Söder") if f">{name}</a>" in page]

    assert shown("") == ["Verkstad Norr", "Verkstad Söder"]
    assert shown("?q=kaffe") == ["Verkstad Söder"]
    assert shown("?q=sågvägen") == ["Verkstad Söder"]
    assert shown("?q=verkstad-söder") == ["Verkstad Söder"]
    assert shown("?q=559999-0001") == shown("?q=5599990001") == ["Verkstad Söder"]
    assert shown("?form=municipal") == ["Verkstad Norr"]
    assert shown("?free=now") == ["Verkstad Norr"]
    assert shown("?service=cv") == []


def test_the_page_keeps_and_shows(provider, manager, town, log_in):
    client = log_in(manager)
    path = f"/utforarregister/{provider.pk}/"
    page = client.get(f"{path}lokaler/ny/").content.decode()
    token = page.split('name="token" value="')[1].split('"')[0]
    sent = {**SITE, "step_free": "on", "token": token, "version": 1}
    assert client.post(f"{path}lokaler/ny/", {**sent, "postcode": "12"}).status_code == 422
    assert client.post(f"{path}lokaler/ny/", sent).status_code == 302
    assert client.post(f"{path}lokaler/ny/", sent).status_code == 302  # pressed twice
    assert provider.sites.count() == 1
    assert "Sågvägen 1, 135 40 Älvbro" in client.get(path).content.decode()
    assert client.get(f"{path}nagot/ny/").status_code == 404
