"""Clocks that a day begins, not somebody: the nightly round starts them for all cases at once."""

from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activityplans.transitions.attendance import plan_sessions
from jobcentre.accounts.enums import Role
from jobcentre.accounts.models import Membership
from jobcentre.casework.deadlines import clock
from jobcentre.casework.deadlines.beginning import begin_by_themselves
from jobcentre.casework.deadlines.clock import Lengths
from jobcentre.casework.models import Case, Deadline
from referrals.transitions import orders
from tests.conftest import noon_of
from tests.factories import MONDAY

pytestmark = [pytest.mark.django_db, pytest.mark.row("J5")]
DECEMBER_1 = date(2026, 12, 1)  # a month has ended, and the cap is on the 25th
OF_A_DAY = ("af_package", "monthly_report", "statement")


def _case(town):
    """Begun long ago, with an attended activity that was ordered and has started."""
    coach = town.user(Role.COACH)
    staff = town.user(Role.PROVIDER_STAFF)
    Membership.objects.update(valid_from=date(2024, 1, 1))
    case = town.approved(town.consented(town.opened(on=date(2025, 6, 25))), on=MONDAY)
    order = town.ordered(case)
    orders.accept_order(order, first_day_on=MONDAY, contact="Bo", actor=staff, today=MONDAY)
    orders.start_order(order, started_on=MONDAY, actor=staff, today=MONDAY)
    plan_sessions(order.activity, [MONDAY], time(9), 180, "", actor=coach)
    return case


def _of_the_day() -> list[tuple]:
    rows = Deadline.objects.filter(kind__in=OF_A_DAY).order_by("case", "kind", "subject_key")
    fields = [field.attname for field in Deadline._meta.concrete_fields if field.name != "id"]
    return list(rows.values_list(*fields))


def _begin(today: date) -> int:
    with noon_of(today):
        return begin_by_themselves(today, Lengths.load())


def test_each_begins_as_the_facts_of_its_case_say(town):
    case = _case(town)
    assert _begin(DECEMBER_1) == 3
    begun = _of_the_day()
    kinds = Deadline.objects.filter(kind__in=OF_A_DAY).values_list("kind", flat=True)
    assert sorted(kinds) == list(OF_A_DAY)
    with noon_of(DECEMBER_1):
        case.refresh_from_db()
        first = case.deadlines.running().exclude(due_on=None).order_by("due_on").first()
        assert case.next_deadline_on == first.due_on
        assert clock.recompute(case) == []
    assert _of_the_day() == begun


def test_a_second_night_writes_nothing(town):
    _case(town)
    assert _begin(DECEMBER_1) == 3
    with CaptureQueriesContext(connection) as queries:
        assert _begin(DECEMBER_1) == 0
    assert not [
        each["sql"] for each in queries if each["sql"].startswith(("INSERT", "UPDATE", "DELETE"))
    ]


def test_nothing_begins_before_its_day(town):
    _case(town)
    assert _begin(DECEMBER_1 - timedelta(days=15)) == 0


def test_the_case_that_ended_in_between_gets_none(town):
    """What is asked with the lock held decides, not what the list of cases said before."""
    case = _case(town)
    Case.objects.filter(pk=case.pk).update(income_support_unit=None)
    assert _begin(DECEMBER_1) == 2
    assert not Deadline.objects.filter(kind="statement").exists()


def test_the_number_of_statements_does_not_grow_with_the_cases(town):
    def spent() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert _begin(DECEMBER_1) > 0
        return len(queries)

    _case(town)
    one = spent()
    for _each in range(3):
        _case(town)
    assert spent() == one
