"""An empty installation: the first administrator, and what an administrator can then do alone."""

import io

import pytest
from django.core.management import CommandError, call_command

from jobcentre.accounts.enums import Role, UnitKind
from jobcentre.accounts.models import Membership, Unit, User

pytestmark = pytest.mark.django_db
PASSWORD = "tre gröna bokhyllor"


def make_first(monkeypatch, password=PASSWORD, email="Eva@kommun.example"):
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
    call_command("first_administrator", email, "Eva Sundin", stdout=io.StringIO())


def logged_in(client, email="eva@kommun.example"):
    client.post("/konto/logga-in/", {"username": email, "password": PASSWORD})
    return client


def test_the_first_administrator_can_build_the_municipality(monkeypatch, client, settings):
    settings.MUNICIPALITY_NAME = "Storby kommun"
    make_first(monkeypatch)
    logged_in(client)
    top = Unit.objects.get()
    assert (top.name, top.kind, top.path) == ("Storby kommun", UnitKind.MUNICIPALITY, f"{top.pk}.")
    answer = client.post(
        "/kodlistor/accounts/unit/add/",
        {"name": "Jobbtorg Söder", "kind": "job_centre", "parent": top.pk, "is_active": "on"},
    )
    assert answer.status_code == 302
    assert Unit.objects.get(name="Jobbtorg Söder").path.startswith(top.path)


def test_an_administrator_needs_no_more_than_the_role_to_change_code_lists(monkeypatch, client):
    make_first(monkeypatch)
    second = User.objects.create_user("bo@kommun.example", PASSWORD, name="Bo Ek", is_staff=True)
    role = Membership.objects.get()
    role.pk, role.user = None, second
    role.save()
    logged_in(client, second.email)
    assert client.get("/kodlistor/accounts/user/add/").status_code == 200
    assert "/kodlistor/activityplans/service/" in client.get("/kodlistor/").content.decode()


def test_who_opens_the_code_lists_without_the_role_finds_nothing(town, client):
    coach = town.user(Role.COACH)
    coach.is_staff = True
    coach.set_password(PASSWORD)
    coach.save()
    logged_in(client, coach.email)
    assert client.get("/kodlistor/").status_code == 404
    assert not coach.has_perm("accounts.change_user")


def test_there_is_only_one_first(monkeypatch):
    make_first(monkeypatch)
    with pytest.raises(CommandError, match="administrator already"):
        make_first(monkeypatch, email="bo@kommun.example")
    assert User.objects.count() == 1


@pytest.mark.parametrize(("password", "email"), [("kort", "eva@kommun.example"), (PASSWORD, "eva")])
def test_what_is_weak_or_wrong_makes_nothing(monkeypatch, password, email):
    with pytest.raises(CommandError):
        make_first(monkeypatch, password, email)
    assert not User.objects.exists()
    assert not Unit.objects.exists()
