"""Imports and the demo write a story in one transaction, without a savepoint for each step."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from jobcentre.accounts.models import Unit
from jobcentre.gathering import all_or_nothing

pytestmark = pytest.mark.django_db


def _savepoints(captured) -> int:
    return sum(query["sql"].startswith("SAVEPOINT") for query in captured)


def test_steps_inside_make_no_savepoints_and_steps_after_do_again():
    with CaptureQueriesContext(connection) as inside, all_or_nothing(), transaction.atomic():
        pass
    with CaptureQueriesContext(connection) as after, transaction.atomic():
        pass
    # The test itself runs in a transaction, so that the whole is one savepoint.
    assert _savepoints(inside) == 1
    assert _savepoints(after) == 1


def _write_and_fail() -> None:
    with transaction.atomic():
        Unit.objects.create(name="Halvfärdig", kind="municipality")
    raise ZeroDivisionError


def test_an_error_inside_undoes_all_of_it():
    with pytest.raises(ZeroDivisionError), all_or_nothing():
        _write_and_fail()
    assert not Unit.objects.filter(name="Halvfärdig").exists()
