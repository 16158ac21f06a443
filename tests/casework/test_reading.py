"""A row read by its key is the row that Django would read."""

import pytest
from django.apps import apps
from django.db import connection, connections
from django.db.models import AutoField
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from jobcentre.accounts.models import Unit
from jobcentre.reading import read, read_locked

pytestmark = pytest.mark.row("T2")


def _values(row) -> dict:
    return {key: value for key, value in row.__dict__.items() if key != "_state"}


def test_every_kind_of_row_is_read_as_django_reads_it(world):
    compared = 0
    for model in apps.get_models():
        if isinstance(model._meta.pk, AutoField):
            for row in model._base_manager.order_by("pk")[:3]:
                for ours in (read(model, row.pk), read_locked(model, row.pk)):
                    assert ours == row
                    assert _values(ours) == _values(row)
                    assert (ours._state.adding, ours._state.db) == (False, "default")
                compared += 1
    assert compared > 60


def test_a_row_that_is_gone_is_not_there(db):
    with pytest.raises(Unit.DoesNotExist):
        read(Unit, 0)
    with pytest.raises(Unit.DoesNotExist):
        read_locked(Unit, 0)


def test_what_has_changed_meanwhile_is_read_anew(town):
    unit = town.units["north"]
    read(Unit, unit.pk)
    Unit.objects.filter(pk=unit.pk).update(name="Jobbtorg Öst")
    assert read(Unit, unit.pk).name == "Jobbtorg Öst"


def test_a_lock_is_asked_for_and_only_when_it_should_be(town):
    pk = town.units["north"].pk
    with CaptureQueriesContext(
        connection,
    ) as asked:
        read(Unit, pk)
        read_locked(Unit, pk)
    locks = ["FOR UPDATE" in each["sql"] for each in asked.captured_queries]
    assert locks == [False, connection.features.has_select_for_update]


def test_nothing_is_locked_outside_a_transaction(db, monkeypatch):
    with monkeypatch.context() as outside:
        outside.setattr(connections["default"], "in_atomic_block", False)
        with pytest.raises(TransactionManagementError):
            read_locked(Unit, 1)
