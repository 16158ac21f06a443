"""Two people at the same moment with two registrations of one person, or with a list: one wins.

As in `test_races.py`: real threads on PostgreSQL.
"""

import pytest
from django.db import IntegrityError, connection

from intake.enums import VisitPurpose
from intake.lists.reading import read_sheet
from intake.lists.tasks import run_waiting_lists
from intake.models import Visit
from intake.transitions import list_runs, lists, register_visit
from jobcentre.accounts.enums import Role
from jobcentre.casework.merged_guard import is_refusal
from jobcentre.casework.models import Person, PersonMerge
from jobcentre.casework.transitions import merging, persons
from tests.casework.test_races import at_once, db, meet_at, parted
from tests.factories import MONDAY, noon

__all__ = ["db"]  # the database of its own is a fixture here too
pytestmark = pytest.mark.skipif(
    connection.vendor != "postgresql",
    reason="two at the same moment need PostgreSQL; SQLite lets one write at a time",
)


# --- two registrations of one human --------------------------------------------------------------
def _two_registrations(town):
    return [
        persons.register_person(
            {"given_name": given, "family_name": "Åberg"}, None, town.units["north"], actor=None
        )
        for given in ("Eva", "Ewa")
    ]


def test_two_managers_merge_the_same_two_once(town, monkeypatch):
    one, other = _two_registrations(town)
    first, second = (town.user(Role.MANAGER, name=name) for name in ("Sara", "Sten"))
    meet_at(monkeypatch, merging, "_lock_persons")

    def merged(actor, kept, left):
        return lambda: merging.merge_persons(kept, left, {}, actor=actor, now=noon(MONDAY))

    done, refused = parted(at_once(merged(first, one, other), merged(second, other, one)))
    assert len(done) == len(refused) == 1
    assert PersonMerge.objects.count() == 1
    assert Person.objects.filter(merged_into__isnull=True).count() == 1


def test_a_visit_registered_while_two_are_merged_is_never_the_merged_ones(town, monkeypatch):
    kept, left = _two_registrations(town)
    chief, desk = town.user(Role.MANAGER), town.user(Role.RECEPTION)
    meeting = meet_at(monkeypatch, merging, "_choose_fields")

    def comes():
        meeting.wait()  # the merge has read what there is, and holds both persons
        return register_visit(town.units["north"], VisitPurpose.PAPERS, actor=desk, person=left)

    outcomes = at_once(
        lambda: merging.merge_persons(kept, left, {}, actor=chief, now=noon(MONDAY)), comes
    )
    assert isinstance(outcomes[0], PersonMerge)
    assert isinstance(outcomes[1], IntegrityError)
    assert is_refusal(outcomes[1])
    assert Visit.objects.count() == 0


def test_two_workers_register_a_list_once(town, monkeypatch):
    desk = town.user(Role.RECEPTION)
    sheet = read_sheet("lista.csv", b"Namn\nEva Ek\nBo Al\n")
    source = lists.upload_list(town.units["north"], "lista.csv", sheet, actor=desk)
    lists.match_columns(source, {"name": "Namn"}, actor=desk, today=MONDAY)
    lists.move_list(source, "start", actor=desk, now=noon(MONDAY))
    meet_at(monkeypatch, list_runs, "claim")
    done = at_once(run_waiting_lists, run_waiting_lists)
    assert sorted(done) == [0, 1]
    assert Person.objects.count() == 2
