"""Fairs as the business coordinator sees them: which employers come, how many persons, never who."""

from uuid import uuid4

import pytest

from employers.enums import ContactForm
from employers.fairs.transitions import add_employer, remove_employer
from employers.models import Fair, FairEmployer
from employers.transitions import note_contact, register_employer
from intake.transitions import groups
from jobcentre.accounts.enums import Role
from jobcentre.audit.models import Entry
from jobcentre.casework.exceptions import Refused
from tests.factories import MONDAY
from tests.intake.test_groups import planned, sign

pytestmark = pytest.mark.row("J16")


@pytest.fixture
def coordinator(town):
    return town.user(Role.BUSINESS_COORDINATOR)


def meeting_at(town, where="north", **changes):
    desk = town.user(Role.RECEPTION, where)
    values = {"kind": "fair", "title": f"Mässa {where}", "room": "Hallen", "leader": desk}
    return groups.plan_meeting(town.units[where], planned(town, **values | changes), actor=desk)


@pytest.fixture
def fair(town):
    return Fair.objects.get(pk=meeting_at(town).pk)


@pytest.fixture
def bakery(town, coordinator):
    return register_employer(
        {"name": "Brödbilen AB"},
        coordinator=coordinator,
        unit=town.units["top"],
        actor=coordinator,
    )


def test_the_coordinator_sees_the_fairs_of_every_centre_and_nobody_there(
    town, fair, coordinator, log_in
):
    meeting_at(town, "south", title="Träff i söder", kind="jobs")
    meeting_at(
        town, title="Motivationskurs", kind="motivation", room="Rum 2", leader=town.user(Role.COACH)
    )
    case = town.opened(given_name="Eva", family_name="Ovanlig")
    sign(fair, case, town.user(Role.RECEPTION))
    client = log_in(coordinator)
    page = client.get("/massor/").content.decode()
    assert "Mässa north" in page
    assert "Träff i söder" in page
    assert "Motivationskurs" not in page
    page = client.get(f"/massor/{fair.ref}/").content.decode()
    assert "1 av 2" in page
    assert "Ovanlig" not in page
    # The meeting with its persons is the centre's.
    assert client.get(f"/grupper/{fair.ref}/").status_code == 404


def test_an_employer_on_the_list_stands_on_the_pages_of_the_meeting_and_its_own(
    town, fair, bakery, coordinator, log_in
):
    path = f"/massor/{fair.ref}/"
    client = log_in(coordinator)
    form = {"token": str(uuid4()), "employer": bakery.pk}
    assert client.post(path, form).status_code == 302
    client.post(path, form)  # the same again is one
    row = FairEmployer.objects.get()
    assert (row.meeting_id, row.employer_id, row.added_by) == (fair.pk, bakery.pk, coordinator)
    assert Entry.objects.filter(action="fair.keep", fields=["employers"]).count() == 1
    desk = log_in(town.user(Role.RECEPTION))
    link = f'href="/arbetsgivare/{bakery.pk}/"'
    page = desk.get(f"/grupper/{fair.ref}/").content.decode()
    assert link in page
    assert f'href="{path}"' in page  # where more are chosen
    assert f'href="{path}"' in client.get(f"/arbetsgivare/{bakery.pk}/").content.decode()
    assert client.post(f"{path}ta-bort/{bakery.pk}/").status_code == 302
    assert link not in desk.get(f"/grupper/{fair.ref}/").content.decode()


def test_what_cannot_be_is_refused_with_a_sentence(town, fair, bakery, coordinator, log_in):
    add_employer(fair, bakery, actor=coordinator)
    with pytest.raises(Refused, match="Brödbilen AB"):
        add_employer(fair, bakery, actor=coordinator)
    answer = log_in(coordinator).post(f"/massor/{fair.ref}/", {"token": str(uuid4())})
    assert answer.status_code == 422
    assert "Välj en arbetsgivare." in answer.content.decode()
    remove_employer(fair, bakery.pk, actor=coordinator)
    bakery.is_active = False
    bakery.save()
    with pytest.raises(Refused):
        add_employer(fair, bakery, actor=coordinator)
    groups.cancel_meeting(fair, actor=town.user(Role.RECEPTION))
    with pytest.raises(Refused, match="inställd"):
        add_employer(fair, bakery, actor=coordinator)


def test_a_fair_is_known_to_the_staff_of_its_centre_and_to_nobody_else(town, fair, bakery, log_in):
    add_employer(fair, bakery, actor=None)
    path = f"/massor/{fair.ref}/"
    for role in (Role.COACH, Role.RECEPTION, Role.MANAGER):
        assert log_in(town.user(role)).get(path).status_code == 200
        assert log_in(town.user(role, "south")).get(path).status_code == 404
    for role in (Role.SOCIAL_SECRETARY, Role.PROVIDER_STAFF, Role.YOUTH_COORDINATOR):
        assert log_in(town.user(role)).get(path).status_code == 404
    # A meeting of another kind is no fair, not even to who sees the meeting.
    other = meeting_at(town, kind="cv", room="Datasalen", title="CV", leader=town.user(Role.COACH))
    assert log_in(town.user(Role.MANAGER)).get(f"/massor/{other.ref}/").status_code == 404


def test_the_employers_page_shows_only_fairs_one_may_see(town, fair, bakery, coordinator, log_in):
    add_employer(fair, bakery, actor=coordinator)
    note_contact(bakery, MONDAY, ContactForm.VISIT, "Kommer gärna.", actor=coordinator)
    path = f"/arbetsgivare/{bakery.pk}/"
    assert "Mässa north" in log_in(town.user(Role.COACH)).get(path).content.decode()
    assert "Mässa north" not in log_in(town.user(Role.COACH, "south")).get(path).content.decode()
