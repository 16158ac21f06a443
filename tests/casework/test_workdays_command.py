"""`manage.py workdays` answers a newcomer too."""

import pytest
from django.core.management import call_command
from django.db import OperationalError

from jobcentre.casework.management.commands import workdays

pytestmark = pytest.mark.row("J5")


def test_days_are_reckoned_before_the_first_migration(db, capsys, monkeypatch):
    """The command answers on a machine where nothing has been set up yet, and says what it lacks."""

    def no_tables():
        raise OperationalError("no such table: casework_closedday")

    monkeypatch.setattr(workdays, "municipal_calendar", no_tables)
    call_command("workdays", "2026-12-21", "5", "--pause", "2026-12-22:2026-12-29")
    printed = capsys.readouterr()
    assert printed.out == "2027-01-07\n"
    assert "no tables yet" in printed.err
