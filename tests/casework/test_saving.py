"""A row is checked with few questions, and every mistake in it still gets its sentence."""

from datetime import time

import pytest
from django.core.exceptions import ValidationError

from activityplans.enums import AttendanceOutcome
from activityplans.models import Activity, Session
from jobcentre.casework.saving import check


def session(case, **fields):
    values = {"starts_at": time(9), "minutes": 60, "on": case.started_on, **fields}
    return Session(case=case, activity=Activity.objects.get(case=case), **values)


@pytest.fixture
def case(town):
    return town.approved(town.opened())


def sentences(call, row):
    with pytest.raises(ValidationError) as caught:
        call(row)
    return caught.value.message_dict


@pytest.mark.parametrize(
    ("fields", "mistakes"),
    [
        ({"minutes": 5}, 1),
        ({"minutes": 5, "late_minutes": 3}, 2),
        ({"minutes": 5, "late_minutes": 3, "absence_reason": "care"}, 3),
        ({"minutes": None}, 1),  # a field that is wrong
        ({"minutes": 5, "place": "x" * 201}, 2),  # a field and a constraint
    ],
)
def test_each_mistake_has_the_sentence_that_django_gives_it(case, fields, mistakes):
    row = session(case, **fields)

    said = sentences(check, row)

    assert said == sentences(Session.full_clean, row)
    assert sum(len(told) for told in said.values()) == mistakes


def test_what_is_there_once_already_is_said_too(case):
    session(case).save()
    row = session(case)

    said = sentences(check, row)

    assert said == sentences(Session.full_clean, row)
    assert said == {"__all__": ["Det finns redan ett tillfälle då."]}


def test_a_right_row_is_asked_about_once_for_all_its_constraints(
    case, django_assert_max_num_queries
):
    row = session(case, outcome=AttendanceOutcome.NOT_REGISTERED)
    checks = [one for one in Session._meta.constraints if hasattr(one, "condition")]
    assert len(checks) >= 5

    # The rows it points at, whether it is there already, and one question between two savepoints.
    with django_assert_max_num_queries(6):
        check(row)
