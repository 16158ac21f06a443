"""Two at the same moment with one case and other centres: one wins, the other is told.

As in `test_races.py`: real threads on PostgreSQL.
"""

from datetime import timedelta

import pytest
from django.db import connection

from intake.models import EmergencyNote
from intake.transitions import first_day
from jobcentre.accounts.enums import Role
from jobcentre.casework.exceptions import Conflict
from jobcentre.casework.models import Case, CaseEvent, CentreLoan
from jobcentre.casework.moving import Moving
from jobcentre.casework.transitions import loans, moving
from tests.casework.test_races import at_once, db, meet_at, parted
from tests.factories import MONDAY

__all__ = ["db"]  # the database of its own is a fixture here too
pytestmark = pytest.mark.skipif(
    connection.vendor != "postgresql",
    reason="two at the same moment need PostgreSQL; SQLite lets one write at a time",
)


def test_two_managers_move_one_case_once(town, monkeypatch):
    case = town.opened()
    managers = [town.user(Role.MANAGER, name=name) for name in ("Maj", "Mats")]
    plan = Moving(town.units["south"], town.units["south_district"], "Har flyttat.")
    meet_at(monkeypatch, moving, "save_checked")
    done, refused = parted(
        at_once(
            *(
                lambda manager=manager: moving.move_case(
                    case, plan, actor=manager, today=MONDAY, version=case.version
                )
                for manager in managers
            )
        )
    )
    assert len(done) == len(refused) == 1
    assert isinstance(refused[0], Conflict)
    assert Case.objects.get().centre == town.units["south"]
    assert CaseEvent.objects.filter(kind="case.moved").count() == 1


def test_a_person_is_lent_once_for_a_time(town, monkeypatch):
    case, coach = town.opened(), town.user(Role.COACH)
    lending = loans.Lending(
        town.units["south"], "Verkstad", "Nära.", MONDAY, MONDAY + timedelta(days=9)
    )
    meet_at(monkeypatch, loans, "save_checked")
    lend = lambda: loans.lend_case(case, lending, actor=coach, today=MONDAY)  # noqa: E731
    done, refused = parted(at_once(lend, lend))
    assert len(done) == len(refused) == 1
    assert CentreLoan.objects.count() == 1


def test_two_who_fill_in_the_same_step_are_told(town, monkeypatch):
    case, coach = town.opened(), town.user(Role.COACH)
    meet_at(monkeypatch, first_day, "save_checked")
    done, refused = parted(
        at_once(
            *(
                lambda text=text: first_day.note_emergency(case, text, actor=coach, seen=0)
                for text in ("Anna", "Bror")
            )
        )
    )
    assert len(done) == len(refused) == 1
    assert isinstance(refused[0], Conflict)
    assert EmergencyNote.objects.get().text == done[0].text
