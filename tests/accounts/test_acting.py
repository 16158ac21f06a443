"""Which membership a user acts in, and when it ends."""

from datetime import timedelta

import pytest
import time_machine

from jobcentre.accounts.acting import act_as
from jobcentre.accounts.enums import Role
from jobcentre.accounts.models import Membership
from jobcentre.audit.models import Entry
from tests.factories import MONDAY


@pytest.fixture
def both(town):
    """A coach of the north who is also the manager of the south."""
    user = town.user(Role.COACH)
    user.second = Membership.objects.create(
        user=user,
        role=Role.MANAGER,
        unit=town.units["south"],
        valid_from=MONDAY - timedelta(days=30),
    )
    return user


def switch(client, membership):
    pk = membership if isinstance(membership, int) else membership.pk
    return client.post("/konto/roll/", {"membership": pk})


def test_the_role_is_chosen_and_kept(both, town, log_in):
    client = log_in(both)
    assert client.get("/oversikt/").status_code == 404
    assert switch(client, both.second).status_code == 302
    for _request in range(2):
        assert client.get("/oversikt/").status_code == 200
    assert client.get("/mottagning/").status_code == 404
    assert "Chef, Jobbtorg Söder" in client.get("/oversikt/").content.decode()


def test_the_rights_are_those_of_the_role_acted_in_only(both, town, log_in):
    north, south = town.opened(), town.opened(where="south")
    client = log_in(both)
    seen = lambda case: client.get(f"/arenden/{case.number}/").status_code  # noqa: E731
    assert (seen(north), seen(south)) == (200, 404)
    switch(client, both.second)
    assert (seen(north), seen(south)) == (404, 200)


def test_the_log_says_in_which_role_it_was_read(both, town, log_in):
    client = log_in(both)
    switch(client, both.second)
    client.get(f"/arenden/{town.opened(where='south').number}/")
    entry = Entry.objects.filter(action="case.view").first()
    assert (entry.acting_role, entry.unit_id) == (Role.MANAGER, town.units["south"].pk)


def test_the_membership_of_another_is_not_taken(both, town, log_in):
    client = log_in(both)
    assert switch(client, town.user(Role.ADMINISTRATOR).acting).status_code == 404
    assert switch(client, 999_999).status_code == 404
    assert client.post("/konto/roll/", {"membership": "x"}).status_code == 404
    assert client.get("/nu/").status_code == 200


def test_a_membership_that_ends_is_gone_at_the_next_request(both, town, log_in):
    client = log_in(both)
    switch(client, both.second)
    assert client.get("/oversikt/").status_code == 200
    Membership.objects.filter(pk=both.second.pk).update(valid_to=MONDAY)
    assert client.get("/oversikt/").status_code == 404
    assert client.get("/nu/").status_code == 200  # the other one is left
    both.memberships.update(valid_to=MONDAY)
    assert client.get("/nu/").status_code == 404
    page = client.get("/")
    assert page.status_code == 200
    assert "accounts/no_role.html" in [template.name for template in page.templates]


def test_a_membership_begins_on_its_first_day(both, town, log_in):
    Membership.objects.filter(pk=both.second.pk).update(valid_from=MONDAY + timedelta(days=1))
    client = log_in(both)
    assert switch(client, both.second).status_code == 404
    with time_machine.travel(f"{MONDAY + timedelta(days=1)}T06:00:00+00:00", tick=False):
        client = log_in(both)
        assert switch(client, both.second).status_code == 302


def test_a_unit_that_is_closed_gives_no_rights(town, log_in):
    client = log_in(town.user(Role.COACH))
    assert client.get("/nu/").status_code == 200
    town.units["north"].is_active = False
    town.units["north"].save()
    assert client.get("/nu/").status_code == 404


@pytest.mark.parametrize("has_role", [True, False])
def test_a_user_who_has_left_is_logged_out_at_the_next_request(has_role, town, log_in):
    user = town.user(Role.COACH)
    client = log_in(user)
    if not has_role:
        user.memberships.update(valid_to=MONDAY)
    assert client.get("/").status_code == (302 if has_role else 200)
    user.is_active = False
    user.save()
    assert "/konto/logga-in/" in client.get("/")["Location"]


def test_nobody_acts_in_a_membership_of_another(town):
    with pytest.raises(ValueError, match="another user"):
        act_as(town.user(Role.COACH), town.user(Role.MANAGER).acting)
