"""What a caseload weighs, which coach is proposed and why, and the page of all coaches."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from intake.transitions import register_visit
from jobcentre.accounts.enums import Role
from jobcentre.casework.caseloads import loads, rules, words
from jobcentre.casework.enums import CaseloadKey, Track
from jobcentre.casework.models import CaseloadRule, CoachProfile, Language, Specialisation
from jobcentre.casework.transitions import cover, hours, protection
from jobcentre.casework.transitions.coaches import save_profile
from tests.factories import MONDAY
from tests.test_rules_document import DOCUMENT, examples

pytestmark = pytest.mark.row("J2")
NUMBERS = rules.Numbers(
    Decimal(30),
    {Track.DIRECT: Decimal(1), Track.LATER: Decimal(1), Track.SUPPORT: Decimal("1.5")},
)


# --- the arithmetic, as docs/rules.md says -----------------------------------------------------------
@pytest.mark.parametrize("row", examples(DOCUMENT.read_text(), "caseloads"), ids=" ".join)
def test_loads_as_the_document_says(row):
    direct, later, support, percent, weighed, target, room = row
    cases = {Track.DIRECT: int(direct), Track.LATER: int(later), Track.SUPPORT: int(support)}
    load = rules.Load(
        1,
        "Eva",
        cases,
        rules.weighed(cases, NUMBERS),
        rules.target_of(NUMBERS, int(percent)),
    )
    assert [load.weighed, load.target, load.room] == [
        Decimal(cell) for cell in (weighed, target, room)
    ]


def _load(text: str) -> rules.Load:
    """ "Bo 18 of 30 speaks so knows youth away" as a load."""
    name, weighed, target = re.match(r"(\w+) ([\d.]+) of ([\d.]+)", text).groups()
    skills = {
        word: tuple(
            rules.Skill(key, frozenset({key})) for key in re.findall(rf"{word} (\w+)", text)
        )
        for word in ("speaks", "knows")
    }
    return rules.Load(
        sum(map(ord, name)),
        name,
        {},
        Decimal(weighed),
        Decimal(target),
        skills["speaks"],
        skills["knows"],
        "away" in text,
    )


def _order(coaches: str, wanted: str) -> str:
    asked = set(wanted.split())
    track = next((each for each in asked if each in Track.values), "")
    found = rules.proposals(
        [_load(each.strip()) for each in coaches.split(",")],
        rules.Wanted(frozenset(asked), frozenset(asked - {track}), track),
        NUMBERS,
    )
    return ", ".join(each.load.name for each in found)


@pytest.mark.parametrize("row", examples(DOCUMENT.read_text(), "coaches proposed"), ids=" ".join)
def test_proposals_as_the_document_says(row):
    coaches, wanted, order = row
    assert _order(coaches, wanted) == order


def test_a_wrong_example_is_found():
    assert _order("Bo 18 of 30, Eva 10 of 30", "") != "Bo, Eva"


def test_cases_are_spread_as_if_each_were_given_in_turn():
    two = [_load("Bo 10 of 30"), _load("Eva 11.5 of 30")]
    bo, eva = (load.coach_id for load in two)
    wanted = [rules.Wanted(track=Track.SUPPORT), rules.Wanted(track=Track.DIRECT)]
    # Bo has 11.5 after the first, as Eva; of two as full the first name comes first.
    assert rules.spread([*wanted, wanted[0]], two, NUMBERS) == [bo, bo, eva]


@pytest.mark.parametrize(
    ("text", "languages"),
    [
        ("Somaliska", {"somaliska"}),
        ("arabiska, svenska och Engelska", {"arabiska", "engelska"}),
        ("Dari/persiska", {"dari", "persiska"}),
        ("svenska", set()),
        ("", set()),
    ],
)
def test_languages_written_in_free_text(text, languages):
    assert loads.languages_in(text) == languages


# --- what is proposed, in words ----------------------------------------------------------------------
@pytest.fixture
def known(town):
    """Two coaches: one who speaks Somali and knows the young, one who has nothing noted."""
    one, other = town.user(Role.COACH), town.user(Role.COACH, name="Andra")
    save_profile(
        one,
        Language.objects.filter(key="so"),
        Specialisation.objects.filter(key="youth"),
        percent=50,
        actor=None,
    )
    return one, other


def said(case, coaches, language="en"):
    with translation.override(language):
        found = loads.proposed_for(case, coaches, MONDAY)
        return [words.in_words(each).split(" – ") for each in found]


def test_the_reason_of_a_proposal_is_said(town, known):
    one, other = known
    case = town.opened(
        coach=town.user(Role.COACH, name="Nu"),
        interpreter_language="Somaliska",
        groups=("youth",),
    )
    assert said(case, known) == [
        [one.name, "speaks Somali, specialised in young people, 15 under target"],
        [other.name, "30 under target"],
    ]
    assert (
        said(case, known, "sv")[0][1] == "talar somaliska, särskilt kunnig om unga, 15 under målet"
    )


def test_who_has_a_conflict_of_interest_or_is_outside_the_circle_is_not_proposed(town, known):
    one, other = known
    third = town.user(Role.COACH, name="Tredje")
    case = town.opened(coach=town.user(Role.COACH, name="Nu"))
    protection.declare_conflict(case, actor=one, today=MONDAY)
    assert {name for name, _why in said(case, [one, other, third])} == {"Andra", "Tredje"}
    town.protected(case.person, [other])
    case.person.refresh_from_db()
    assert [name for name, _why in said(case, [one, other, third])] == ["Andra"]


def test_who_is_away_comes_last(town, known):
    one, other = known
    case = town.opened(coach=town.user(Role.COACH, name="Nu"))
    hours.add_absence(other, MONDAY, MONDAY + timedelta(days=3), actor=other)
    assert [name for name, _why in said(case, known)] == [one.name, "Andra"]
    assert said(case, known)[1][1] == "away today, 30 under target"


# --- the municipality's numbers ----------------------------------------------------------------------
@pytest.mark.parametrize(
    ("key", "value"), [("target", 4), ("target", 201), ("direct", 0), ("support", "5.1")]
)
def test_numbers_out_of_bounds_are_refused_by_form_and_database(db, key, value):
    row = CaseloadRule.objects.get(key=key)
    row.value = Decimal(value)
    with pytest.raises(ValidationError, match="200"):
        row.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_other_numbers_work_at_once(town):
    coach = town.user(Role.COACH)
    town.opened()
    CaseloadRule.objects.filter(key=CaseloadKey.LATER).update(value=2)
    CaseloadRule.objects.filter(key=CaseloadKey.TARGET).delete()  # then the usual one
    load = loads.loads_of([coach], MONDAY, loads.numbers_now())[0]
    assert (load.weighed, load.target) == (Decimal(2), Decimal(30))


# --- pages -------------------------------------------------------------------------------------------
def test_the_page_shows_load_late_clocks_absence_and_cover(town, known, log_in):
    one, other = known
    manager = town.user(Role.MANAGER)
    late = town.opened(coach=other, on=MONDAY - timedelta(days=30))
    town.opened(coach=one)
    hours.add_absence(other, MONDAY, MONDAY + timedelta(days=3), actor=other)
    page = log_in(manager, "en").get(reverse("casework:caseloads")).content.decode()
    assert "nobody stands in" in page
    cover.cover_cases([late], one, MONDAY, MONDAY + timedelta(days=3), actor=manager)
    page = log_in(manager, "en").get(reverse("casework:caseloads")).content.decode()
    assert "29 under target" in page
    assert "14 under target" in page  # half time
    assert "covered by" in page
    assert "nobody stands in" not in page
    assert "stands in for 1 case" in page
    row = next(part for part in page.split("<tr ") if ">Andra<" in part)
    assert re.search(r"ei-tag--late[^>]*>.*?\b\d+\b", row, re.DOTALL)


def test_a_coach_sees_colleagues_loads_but_not_their_late_clocks(town, known, log_in):
    one, other = known
    town.opened(coach=other, on=MONDAY - timedelta(days=30))
    page = log_in(one, "en").get(reverse("casework:caseloads")).content.decode()
    assert "29 under target" in page
    assert "ei-tag--late" not in page
    assert "Hand over cases" not in page


def test_cases_left_by_somebody_who_no_longer_works_here_are_on_the_page(town, log_in):
    gone = town.user(Role.COACH, name="Slutat")
    town.opened(coach=gone)
    gone.memberships.update(valid_to=MONDAY)
    client = log_in(town.user(Role.MANAGER), "en")
    page = client.get(reverse("casework:caseloads")).content.decode()
    assert "Slutat" in page
    assert "no longer works here" in page
    assert client.get(reverse("casework:hand_over_many", args=[gone.pk])).status_code == 302


def test_a_coach_writes_the_own_profile_and_the_manager_the_share(town, log_in):
    coach = town.user(Role.COACH)
    somali = Language.objects.get(key="so")
    page = log_in(coach).get(reverse("casework:my_profile")).content.decode()
    token = page.split('name="token" value="')[1][:36]
    log_in(coach).post(reverse("casework:my_profile"), {"token": token, "languages": [somali.pk]})
    assert list(CoachProfile.objects.get(user=coach).languages.all()) == [somali]
    client = log_in(town.user(Role.MANAGER))
    address = reverse("casework:coach", args=[coach.pk])
    token = client.get(address).content.decode().split('name="token" value="')[1][:36]
    assert client.post(address, {"token": token, "percent": 5}).status_code == 422
    client.post(address, {"token": token, "percent": 60, "languages": [somali.pk]})
    assert CoachProfile.objects.get(user=coach).percent == 60
    south = log_in(town.user(Role.MANAGER, "south"))
    assert south.get(address).status_code == 404


def test_the_front_desk_is_offered_the_coach_who_speaks_the_language(town, known, log_in):
    one, _other = known
    desk = town.user(Role.RECEPTION)
    person = town.person(interpreter_language="somaliska")
    visit = register_visit(town.units["north"], "enrol", actor=desk, person=person)
    page = log_in(desk, "en").get(reverse("intake:enrol", args=[visit.ref])).content.decode()
    assert f"{one.name} – speaks Somali, 15 under target" in page
    first = page.split('name="coach"')[1]
    assert f'value="{one.pk}"' in first.split(">")[0]
