"""Employers, needs, and people proposed with their consent."""

from datetime import date

import pytest

from employers import rules
from employers import transitions as employers
from employers.models import CompetenceProfile, Employer
from jobcentre.accounts.enums import Role
from jobcentre.casework.enums import ConsentPurpose
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import Involvement
from jobcentre.casework.transitions.records import withdraw_consent
from tests.factories import MONDAY

PROFILE = {
    "headline": "Van i kök",
    "occupations": "kock, kök",
    "skills": "Sju år i restaurang",
    "languages": "svenska",
    "has_licence": False,
    "hours_per_week": 40,
    "available_from": MONDAY,
}


@pytest.fixture
def coordinator(town):
    return town.user(Role.BUSINESS_COORDINATOR)


def need_at(town, coordinator, **changes):
    employer = employers.register_employer(
        {"name": "Restaurang Saffran"},
        coordinator=coordinator,
        unit=town.units["top"],
        actor=coordinator,
    )
    fields = {
        "title": "Kock",
        "kind": "job",
        "occupation": "kock",
        "requirements": "Vana i restaurang",
        "needs_licence": False,
        "places": 1,
        "hours_per_week": 30,
        "starts_on": MONDAY,
        **changes,
    }
    return employers.open_need(employer, fields, actor=coordinator, today=MONDAY)


@pytest.mark.parametrize("query", ["bygg-kompaniet", "Bygg Kompaniet", "559999-0001", "5599990001"])
def test_an_employer_is_found_however_the_name_is_written(query, town):
    coordinator = town.user(Role.BUSINESS_COORDINATOR)
    found = employers.register_employer(
        {"name": "Bygg-Kompaniet", "organisation_number": "5599990001"},
        coordinator=coordinator,
        unit=town.units["top"],
        actor=coordinator,
    )
    assert list(Employer.objects.matching(query)) == [found]


def profiled(town):
    case = town.consented(town.opened(), ConsentPurpose.COMPETENCE_BANK)
    employers.save_profile(case, PROFILE, actor=None, today=MONDAY)
    return case


@pytest.mark.parametrize(
    ("written", "problem"),
    [("55999", "form"), ("850301-2388", "person"), ("559990-0002", "check_digit")],
)
def test_a_wrong_organisation_number_is_told_apart(written, problem):
    with pytest.raises(ValueError, match=problem):
        rules.parse_organisation_number(written)


@pytest.mark.row("T2")
def test_an_employer_is_entered_once_and_one_holds_the_contact(town, coordinator):
    fields = {"name": "Lagret", "organisation_number": "5590000005"}
    unit = town.units["top"]
    employers.register_employer(fields, coordinator=coordinator, unit=unit, actor=coordinator)
    with pytest.raises(Refused, match=coordinator.name):
        employers.register_employer(fields, coordinator=coordinator, unit=unit, actor=coordinator)


@pytest.mark.row("T5")
def test_no_profile_without_consent(town):
    with pytest.raises(Refused):
        employers.save_profile(town.opened(), PROFILE, actor=None, today=MONDAY)
    assert not CompetenceProfile.objects.exists()


@pytest.mark.row("T5")
def test_a_withdrawn_consent_cuts_at_the_next_request(town, coordinator, log_in):
    case, need = profiled(town), need_at(town, coordinator)
    client = log_in(coordinator)
    assert "Van i kök" in client.get(f"/behov/{need.pk}/").content.decode()
    withdraw_consent(case.consents.get(), actor=town.user("coach"), today=MONDAY)
    assert "Van i kök" not in client.get(f"/behov/{need.pk}/").content.decode()


@pytest.mark.row("M5")
@pytest.mark.parametrize(
    "answers",
    [
        {"replaces_staff": None, "union_consulted_on": MONDAY},
        {"replaces_staff": True, "union_consulted_on": MONDAY},
        {"replaces_staff": False, "union_consulted_on": None},
    ],
)
def test_a_placement_with_support_needs_the_displacement_check(town, coordinator, answers):
    need = need_at(town, coordinator, kind="placement", **answers)
    with pytest.raises(Refused):
        employers.propose_placement(profiled(town), need, "", actor=coordinator, today=MONDAY)


def test_a_person_is_proposed_asked_for_placed_and_hired(town, coordinator):
    case, need = profiled(town), need_at(town, coordinator)
    placement = employers.propose_placement(case, need, "", actor=coordinator, today=MONDAY)
    with pytest.raises(Refused):
        employers.propose_placement(case, need, "", actor=coordinator, today=MONDAY)
    assert Involvement.objects.filter(case=case, kind="placement").exists()
    employers.answer_placement(
        placement, says_yes=True, answer="Ja", actor=coordinator, today=MONDAY
    )
    employers.start_placement(placement, employers.Start(MONDAY), actor=coordinator, today=MONDAY)
    need.refresh_from_db()
    assert need.state == "filled"
    ended = employers.end_placement(
        placement, ended_on=MONDAY, result="hired", note="", actor=coordinator, today=MONDAY
    )
    assert ended.state == "ended"
    assert employers.placements_without_hiring(need.employer) == 0


def test_reasons_are_said_one_by_one():
    wanted = rules.Wanted("kock", "restaurang", 40, date(2026, 11, 16), needs_licence=True)
    offered = rules.Offered("kök, kock", "restaurang", 30, date(2026, 12, 1), has_licence=False)
    said = {reason.code: reason.fits for reason in rules.reasons(wanted, offered)}
    assert said == {
        "occupation": True,
        "skills": True,
        "licence": False,
        "hours": False,
        "available": False,
    }
