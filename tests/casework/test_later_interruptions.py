"""An interruption that is decided for later is not one today: today's clock goes on being asked for."""

from datetime import timedelta

import pytest

from jobcentre.accounts.enums import Role
from jobcentre.casework.case_list import counted
from jobcentre.casework.models import Case
from jobcentre.casework.transitions.clocks import pause_clock
from tests.conftest import noon_of


@pytest.fixture
def coach(town):
    return town.user(Role.COACH)


@pytest.fixture
def case(town, coach):
    return town.opened()


@pytest.fixture
def away_later(town, case, coach):
    """Nobody knows until when, from Wednesday of next week."""
    starts_on = town.today + timedelta(days=9)
    pause_clock(case, starts_on, None, "illness", "", actor=coach)
    return starts_on


def shown(log_in, coach, case):
    return log_in(coach).get(f"/arenden/{case.number}/").context


def test_until_then_the_plan_is_what_comes_next(log_in, coach, case, away_later):
    page = shown(log_in, coach, case)
    assert page["pause_today"] is None
    assert page["clocks"][0].name.startswith("Plan")
    assert page["next_step"].url == page["clocks"][0].url
    row = log_in(coach).get("/arenden/").context["rows"][0]
    assert row["clock"].name == page["clocks"][0].name
    assert not row["meta"][2]


def test_it_is_one_from_its_first_day(log_in, coach, case, away_later):
    with noon_of(away_later):
        page = shown(log_in, coach, case)
        assert page["pause_today"].starts_on == away_later
        row = log_in(coach).get("/arenden/").context["rows"][0]
        assert row["meta"][2]
    cases = Case.objects.all()
    assert counted(cases, away_later - timedelta(days=1))["paused"] == 0
    assert counted(cases, away_later)["paused"] == 1


def test_one_with_a_known_day_back_is_one_until_then(town, log_in, coach, case):
    back = town.today + timedelta(days=4)
    pause_clock(case, town.today, back, "illness", "", actor=coach)
    assert shown(log_in, coach, case)["pause_today"].ends_before == back
    assert counted(Case.objects.all(), town.today)["paused"] == 1
    assert counted(Case.objects.all(), back)["paused"] == 0
