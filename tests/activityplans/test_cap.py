"""The button of the cap's clock leads to what can be done: to AF, out, or longer by decision."""

from datetime import date, timedelta

import pytest

from activityplans.transitions import packages
from activityplans.transitions.packages import PackageInput
from jobcentre.accounts.enums import Role
from jobcentre.accounts.models import Membership
from jobcentre.casework.models import Deadline
from jobcentre.casework.transitions.clocks import extend_cap
from jobcentre.ui import formats
from tests.conftest import noon_of
from tests.factories import MONDAY

pytestmark = pytest.mark.row("J8")
BY_LAW = PackageInput("Klarar halva dagar.", "Mer tid.", "Sara Ek, AF", "law", "OSL 10:28")


@pytest.fixture
def case(town):
    """A case whose cap is four days away."""
    town.user(Role.COACH)
    town.user(Role.MANAGER)
    Membership.objects.update(valid_from=date(2024, 1, 1))
    case = town.approved(town.opened(on=date(2025, 5, 20)), on=MONDAY)
    assert Deadline.objects.get(case=case, kind="cap").due_on == date(2026, 11, 20)
    return case


def test_it_leads_on_by_each_way_and_says_where_each_stands(case, town, log_in):
    coach = town.user(Role.COACH)
    packages.hand_over_package(case, BY_LAW, actor=coach, today=MONDAY)
    client = log_in(coach)
    start = f"/arenden/{case.number}"
    page = client.get(f"{start}/taket/").content.decode()
    assert f'href="{start}/till-af/"' in page
    assert f'href="{start}/avsluta/"' in page
    assert "Version 1 lämnades över" in page
    # Only a manager decides; the coach is told who that is.
    assert f'href="{start}/forlangning/"' not in page
    assert town.user(Role.MANAGER).name in page


def test_the_manager_decides_there_and_the_decisions_stand(case, town, log_in):
    manager = town.user(Role.MANAGER)
    client, path = log_in(manager), f"/arenden/{case.number}/taket/"
    page = client.get(path).content.decode()
    assert f'href="/arenden/{case.number}/forlangning/"' in page
    assert f'href="/arenden/{case.number}/till-af/"' not in page
    extend_cap(case, date(2027, 1, 29), "Praktiken pågår.", actor=manager, today=MONDAY)
    page = client.get(path).content.decode()
    assert "Praktiken pågår." in page
    assert formats.day_year(date(2027, 1, 29)) in page


def test_the_cap_stands_among_what_needs_me_from_its_first_warning(case, town, log_in):
    client, way = log_in(town.user(Role.COACH)), f'href="/arenden/{case.number}/taket/"'
    cap = Deadline.objects.get(case=case, kind="cap").due_on
    assert way in client.get("/nu/").content.decode()
    with noon_of(cap - timedelta(days=31)):
        assert way not in client.get("/nu/").content.decode()
