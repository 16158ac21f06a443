"""A case begins, changes hands and ends."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from jobcentre.casework.exceptions import Conflict, Refused
from jobcentre.casework.models import Case, CoachAssignment, Exit, ExitReason
from jobcentre.casework.transitions.cases import Leaving, assign_coach, close_case
from tests.factories import MONDAY


def test_a_person_has_at_most_one_open_case(town):
    case = town.opened()
    with pytest.raises(Refused):
        town.opened(person=case.person)
    case.pk, case.number = None, "2026-9999"
    with pytest.raises(IntegrityError), transaction.atomic():
        case.save(force_insert=True)


@pytest.mark.row("J2")
def test_the_coach_changes_and_the_history_stays(town):
    case, other = town.opened(), town.user("coach", name="Mona")
    assign_coach(
        case, other, "Föräldraledig", actor=town.user("manager"), today=MONDAY, version=case.version
    )
    case.refresh_from_db()
    assert case.coach == other
    assert CoachAssignment.objects.filter(case=case).count() == 2
    assert other.notices.count() == 1


def test_a_stale_page_does_not_overwrite(town):
    case, manager = town.opened(), town.user("manager")
    stale = case.version
    other, third = town.user("coach", name="Mona"), town.user("coach", name="Ali")
    assign_coach(case, other, "x", actor=manager, today=MONDAY, version=stale)
    with pytest.raises(Conflict):
        assign_coach(case, third, "y", actor=manager, today=MONDAY, version=stale)


@pytest.mark.row("F2")
@pytest.mark.row("F3")
def test_an_exit_to_work_needs_its_form(town):
    case = town.opened()
    work = ExitReason.objects.get(key="work")
    with pytest.raises(ValidationError):
        close_case(case, Leaving(work, MONDAY), actor=None, today=MONDAY, version=case.version)
    assert Case.objects.get(pk=case.pk).is_open
    leaving = Leaving(work, MONDAY, employment_form="permanent", extent_percent=75, subsidy="none")
    close_case(case, leaving, actor=None, today=MONDAY, version=case.version)
    assert Exit.objects.get(case=case).outcome == "work"


def test_what_is_under_way_stops_the_closing(town):
    case = town.opened()
    town.submitted(case)
    leaving = Leaving(ExitReason.objects.get(key="moved"), MONDAY)
    with pytest.raises(Refused, match=r"väntar på svar|waits for an answer"):
        close_case(case, leaving, actor=None, today=MONDAY, version=case.version)


def test_the_last_day_is_not_in_the_future(town):
    case = town.opened()
    leaving = Leaving(ExitReason.objects.get(key="moved"), MONDAY + timedelta(days=1))
    with pytest.raises(Refused):
        close_case(case, leaving, actor=None, today=MONDAY, version=case.version)
