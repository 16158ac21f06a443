"""A closed day that comes or goes moves the clocks that run over it, all of them at once."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from kombu.exceptions import OperationalError

from jobcentre.accounts.enums import Role
from jobcentre.casework import tasks
from jobcentre.casework.deadlines import clock
from jobcentre.casework.deadlines.closed_days import recount
from jobcentre.casework.enums import PauseReason
from jobcentre.casework.models import Case, ClosedDay, Deadline, DeadlineRule
from jobcentre.casework.transitions.clocks import pause_clock
from tests.casework.test_clock import leave, plan_clock
from tests.conftest import noon_of
from tests.factories import MONDAY

pytestmark = [pytest.mark.django_db, pytest.mark.row("J5")]
WEDNESDAY = MONDAY + timedelta(days=2)


@pytest.fixture
def cases(town):
    """Clocks in working days in every state: running, met, paused, cancelled, stopped, waiting."""
    coach = town.user(Role.COACH)
    town.opened()
    town.submitted(town.opened())
    town.approved(town.opened())
    pause_clock(town.opened(), WEDNESDAY, WEDNESDAY + timedelta(days=2), "illness", "", actor=coach)
    pause_clock(town.opened(), MONDAY, None, PauseReason.ILLNESS, "", actor=coach)
    leave(town.opened(), MONDAY)
    leave(town.opened(on=MONDAY - timedelta(days=6)), MONDAY + timedelta(days=1))
    leave(town.opened(on=MONDAY - timedelta(days=30)), MONDAY)
    return list(Case.objects.order_by("pk"))


def _rows() -> list[tuple]:
    return list(Deadline.objects.order_by("pk").values_list())


@pytest.mark.parametrize("back", [-4, 0, 1, 2, 4, 7])
def test_it_says_what_every_computation_from_the_facts_says(cases, back):
    day = MONDAY + timedelta(days=back)
    closed = ClosedDay.objects.create(on=day, name="Planeringsdag")
    for change in ("closed", "opened"):
        if change == "opened":
            closed.delete()
        recount(day, day)
        rows = _rows()
        next_days = list(Case.objects.order_by("pk").values_list("next_deadline_on", flat=True))
        assert [clock.recompute(case) for case in cases] == [[]] * len(cases)
        assert _rows() == rows
        assert next_days == [
            case.deadlines.running().exclude(due_on=None).order_by("due_on").first()
            and case.deadlines.running().exclude(due_on=None).order_by("due_on").first().due_on
            for case in cases
        ]


def test_a_running_clock_moves_and_a_second_time_nothing_is_written(town):
    case = town.opened()
    ClosedDay.objects.create(on=WEDNESDAY, name="Planeringsdag")
    assert recount(WEDNESDAY, WEDNESDAY) > 0
    assert plan_clock(case).due_on == date(2026, 11, 24)
    case.refresh_from_db()
    assert case.next_deadline_on == date(2026, 11, 24)
    with CaptureQueriesContext(connection) as captured:
        assert recount(WEDNESDAY, WEDNESDAY) == 0
    assert not [each for each in captured if each["sql"].startswith("UPDATE")]


def test_a_case_that_ended_on_the_new_last_day_is_no_longer_late(town):
    case = town.opened(on=MONDAY - timedelta(days=6))  # due on the 17th
    leave(case, date(2026, 11, 18))
    assert plan_clock(case).stopped_on == date(2026, 11, 18)
    ClosedDay.objects.create(on=MONDAY, name="Planeringsdag")
    recount(MONDAY, MONDAY)
    row = plan_clock(case)
    assert (row.due_on, row.stopped_on, row.cancelled_on) == (
        date(2026, 11, 18),
        None,
        date(2026, 11, 18),
    )


def test_a_clock_that_a_decision_may_move_is_computed_from_its_facts(town):
    DeadlineRule.objects.create(kind="cap", length=5, unit="workdays", warn_before=[])
    case = town.opened()
    ClosedDay.objects.create(on=WEDNESDAY, name="Planeringsdag")
    recount(WEDNESDAY, WEDNESDAY)
    assert Deadline.objects.get(case=case, kind="cap").due_on == date(2026, 11, 24)


def test_more_cases_cost_no_more_statements(town):
    def statements() -> int:
        day = ClosedDay.objects.count() + WEDNESDAY.day
        closed = ClosedDay.objects.create(on=date(2026, 11, day), name="Planeringsdag")
        with CaptureQueriesContext(connection) as captured:
            assert recount(closed.on, closed.on)
        return len(captured)

    town.opened()
    few = statements()
    for _n in range(5):
        town.opened()
    assert statements() == few


def test_the_administrator_closes_moves_and_opens_a_day(
    town, log_in, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(tasks.recount_clocks, "delay", tasks.recount_clocks)
    case = town.opened()
    client = log_in(town.user(Role.ADMINISTRATOR))
    add = reverse("admin:casework_closedday_add")
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(add, {"on": "2026-11-18", "name": "Planering"}).status_code == 302
    assert plan_clock(case).due_on == date(2026, 11, 24)
    closed = ClosedDay.objects.get()
    change = reverse("admin:casework_closedday_change", args=[closed.pk])
    with django_capture_on_commit_callbacks(execute=True):
        client.post(change, {"on": "2026-12-18", "name": "Planering"})
    assert plan_clock(case).due_on == date(2026, 11, 23)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(change, {"on": "2026-11-19", "name": "Planering"})
    assert plan_clock(case).due_on == date(2026, 11, 24)
    delete = reverse("admin:casework_closedday_delete", args=[closed.pk])
    with django_capture_on_commit_callbacks(execute=True):
        client.post(delete, {"post": "yes"})
    assert plan_clock(case).due_on == date(2026, 11, 23)


def test_with_the_broker_down_the_next_night_reckons(town, monkeypatch):
    def down(*_days):
        raise OperationalError

    monkeypatch.setattr(tasks.recount_clocks, "delay", down)
    case = town.opened()
    ClosedDay.objects.create(on=WEDNESDAY, name="Planeringsdag")
    tasks.recount_soon([WEDNESDAY])
    assert plan_clock(case).due_on == date(2026, 11, 23)
    with noon_of(WEDNESDAY):
        assert tasks.recount_recent_clocks() > 0
    assert plan_clock(case).due_on == date(2026, 11, 24)
