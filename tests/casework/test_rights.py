"""Who may not, or only by name or for a time, act in a case: protection, conflict, cover, the cap."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from jobcentre.accounts.enums import Role
from jobcentre.audit.models import Entry
from jobcentre.casework.deadlines.calendar import municipal_calendar
from jobcentre.casework.deadlines.explain import explain
from jobcentre.casework.enums import Protection
from jobcentre.casework.exceptions import Conflict, Refused
from jobcentre.casework.identity import parse_identity
from jobcentre.casework.models import (
    CapExtension,
    Case,
    CircleMember,
    ConflictOfInterest,
    Involvement,
    Person,
)
from jobcentre.casework.search import found_persons
from jobcentre.casework.transitions import clocks, cover, persons, protection
from jobcentre.notices.models import Notice
from jobcentre.workdays import add_months
from tests.factories import official_number

pytestmark = pytest.mark.django_db


def manager(town):
    return town.user(Role.MANAGER)


def coach(town):
    return town.user(Role.COACH)


def colleague(town):
    return town.user(Role.COACH, name="Kollegan")


def sees(user, case) -> bool:
    return Case.objects.visible_to(user).filter(pk=case.pk).exists()


# --- protection ----------------------------------------------------------------------------------
def test_protection_hides_the_person_from_all_but_the_circle_and_removes_the_address(town):
    case = town.opened()
    Person.objects.filter(pk=case.person_id).update(street="Storgatan 1", city="Malmö")
    protection.protect_person(
        case.person, Protection.REGISTRATION, [manager(town)], actor=manager(town), today=town.today
    )
    case.person.refresh_from_db()
    assert (case.person.street, case.person.city) == ("", "")
    assert sees(manager(town), case)
    assert not sees(coach(town), case)
    assert not found_persons(coach(town), case.person.family_name, town.today)


def test_who_leaves_the_circle_is_kept_in_its_history(town):
    case = town.opened()
    both = [manager(town), coach(town)]
    level = Protection.MARKED
    protection.protect_person(case.person, level, both, actor=manager(town), today=town.today)
    later = town.today + timedelta(days=3)
    protection.protect_person(case.person, level, [manager(town)], actor=manager(town), today=later)
    left = CircleMember.objects.get(person=case.person, user=coach(town))
    assert left.ends_before == later
    assert CircleMember.objects.filter(ends_before__isnull=True).count() == 1


def test_a_circle_is_never_empty_and_never_changed_over_somebody_elses_change(town):
    case = town.opened()
    with pytest.raises(Refused):
        protection.protect_person(
            case.person, Protection.MARKED, [], actor=manager(town), today=town.today
        )
    with pytest.raises(Conflict):
        protection.protect_person(
            case.person,
            Protection.MARKED,
            [manager(town)],
            actor=manager(town),
            today=town.today,
            version=case.person.version + 1,
        )


def test_only_a_manager_protects(town, log_in):
    case = town.opened()
    address = reverse("casework:protect", args=[case.number])
    # The page is no coach's at all: it answers as one that is not there.
    assert log_in(coach(town)).get(address).status_code == 404
    page = log_in(manager(town)).get(address)
    form = page.context["form"]
    assert coach(town) in form.fields["circle"].queryset
    answer = log_in(manager(town)).post(
        address,
        {
            "token": form["token"].value(),
            "version": form["version"].value(),
            "level": Protection.MARKED,
            "circle": [coach(town).pk],
        },
    )
    # The manager did not name themself, and is led away from what they no longer see.
    assert answer.headers["Location"] == reverse("start")
    assert not sees(manager(town), case)
    assert sees(coach(town), case)


# --- conflict of interest --------------------------------------------------------------------------
def test_a_declared_conflict_hides_the_case_and_tells_the_manager(town, log_in):
    case, boss = town.opened(), manager(town)
    address = reverse("casework:conflict", args=[case.number])
    client = log_in(coach(town))
    token = client.get(address).context["form"]["token"].value()
    assert client.post(address, {"token": token}).status_code == 422
    assert sees(coach(town), case)
    client.post(address, {"token": token, "sure": "on"})
    assert not sees(coach(town), case)
    assert client.get(reverse("casework:case", args=[case.number])).status_code == 404
    assert Notice.objects.filter(user=boss, key__startswith="conflict:").count() == 1
    assert Entry.objects.filter(action="conflict.declare", access="change").count() == 1


def test_a_manager_takes_a_conflict_away_but_not_their_own(town, log_in):
    case = town.opened()
    conflict = protection.declare_conflict(case, actor=coach(town), today=town.today)
    address = reverse("casework:protect", args=[case.number])
    log_in(manager(town)).post(address, {"lift": conflict.pk})
    assert sees(coach(town), case)
    own = ConflictOfInterest.objects.create(
        person=case.person, user=manager(town), declared_on=town.today
    )
    with pytest.raises((Refused, PermissionDenied)):
        protection.lift_conflict(own, case, actor=manager(town))


# --- standing in -----------------------------------------------------------------------------------
def test_a_stand_in_has_the_coachs_rights_for_the_time_and_no_longer(town, log_in):
    case = town.opened()
    address = reverse("casework:note", args=[case.number])
    edit = reverse("casework:consent", args=[case.number])
    assert log_in(colleague(town)).get(edit).status_code == 403
    given = cover.cover_cases(
        [case],
        colleague(town),
        town.today,
        town.today + timedelta(days=7),
        actor=coach(town),
    )
    assert given == 1
    assert log_in(colleague(town)).get(edit).status_code == 200
    assert log_in(colleague(town)).get(address).status_code == 200
    Involvement.objects.update(
        ends_before=town.today, visible_before=town.today, starts_on=town.today - timedelta(days=5)
    )
    assert log_in(colleague(town)).get(edit).status_code == 403


def test_all_open_cases_are_covered_at_once_and_none_twice(town, log_in):
    first, second = town.opened(), town.opened()
    client = log_in(coach(town))
    address = reverse("casework:cover", args=[first.number])
    typed = {
        "token": client.get(address).context["form"]["token"].value(),
        "stand_in": colleague(town).pk,
        "starts_on": town.today.isoformat(),
        "ends_before": (town.today + timedelta(days=4)).isoformat(),
        "whole": "on",
    }
    client.post(address, typed)
    rows = Involvement.objects.filter(kind="cover", user=colleague(town))
    assert {row.case_id for row in rows} == {first.pk, second.pk}
    assert {row.ends_before for row in rows} == {town.today + timedelta(days=5)}
    with pytest.raises(Refused):
        cover.cover_cases(
            [first],
            colleague(town),
            town.today + timedelta(days=1),
            town.today + timedelta(days=2),
            actor=coach(town),
        )
    with pytest.raises(Refused):
        cover.cover_cases(
            [first],
            colleague(town),
            town.today + timedelta(days=10),
            town.today + timedelta(days=400),
            actor=coach(town),
        )


# --- the cap ---------------------------------------------------------------------------------------
def said(deadline, town) -> str:
    return explain(
        deadline,
        pauses=(),
        calendar=municipal_calendar(),
        today=town.today,
        case_number=deadline.case.number,
    ).sentence


def test_a_decision_moves_the_cap_and_says_why(town):
    case = town.opened()
    first = case.deadlines.get(kind="cap")
    due = first.due_on
    assert "förlängt" not in said(first, town)
    wanted = add_months(due, 2)
    clocks.extend_cap(case, wanted, "Praktik pågår.", actor=manager(town), today=town.today)
    moved = case.deadlines.get(kind="cap")
    assert moved.due_on == wanted
    assert "förlängt genom beslut" in said(moved, town)
    assert case.events.filter(kind="case.cap_extended").count() == 1
    with pytest.raises(Refused):  # not earlier than what holds
        clocks.extend_cap(case, due, "Åter.", actor=manager(town), today=town.today)
    with pytest.raises(Refused):  # not for ever
        clocks.extend_cap(
            case, add_months(wanted, 7), "Länge.", actor=manager(town), today=town.today
        )
    with pytest.raises(PermissionDenied):
        clocks.extend_cap(
            case, add_months(wanted, 1), "Själv.", actor=coach(town), today=town.today
        )


def test_the_database_wants_a_reason_and_a_day_ahead(town):
    case = town.opened()
    right = {
        "case": case,
        "decided_by": manager(town),
        "decided_on": town.today,
        "reason": "Ja.",
        "extended_to": town.today + timedelta(days=1),
    }
    for wrong in ({"reason": ""}, {"extended_to": town.today}):
        with pytest.raises(IntegrityError), transaction.atomic():
            CapExtension.objects.create(**{**right, **wrong})


# --- another number --------------------------------------------------------------------------------
def test_a_new_number_is_shown_as_read_before_it_is_saved(town, log_in):
    case = town.opened()
    old = case.person.numbers.get(is_current=True).number
    new = official_number(date(1991, 5, 5))
    client = log_in(coach(town))
    address = reverse("casework:number_change", args=[case.number])
    token = client.get(address).context["form"]["token"].value()
    shown = client.post(address, {"token": token, "number": new})
    assert shown.status_code == 200
    assert parse_identity(new, town.today).formatted in shown.content.decode()
    assert case.person.numbers.get(is_current=True).number == old
    form = shown.context["form"]
    saved = client.post(
        address,
        {
            "token": form["token"].value(),
            "number": form["number"].value(),
            "read": form["read"].value(),
        },
    )
    assert saved.status_code == 302
    assert case.person.numbers.get(is_current=True).number == parse_identity(new, town.today).number
    # The former number is kept, and the person is found by the new one.
    assert case.person.numbers.filter(number=old, is_current=False).exists()
    assert [row["ref"] for row in found_persons(coach(town), new, town.today)] == [case.person.ref]


def test_somebody_elses_number_is_refused_and_nothing_is_lost(town):
    mine, other = town.opened(), town.opened()
    theirs = other.person.numbers.get(is_current=True)
    with pytest.raises(Refused), transaction.atomic():
        persons.change_number(
            mine.person, parse_identity(theirs.number, town.today), actor=coach(town)
        )
    assert mine.person.numbers.filter(is_current=True).count() == 1
