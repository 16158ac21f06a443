from datetime import date

import pytest

from reporting import rules
from reporting.enums import FollowUpKind
from reporting.rules import PeriodChoice, period_of

AFTER_EXIT, JOB_CHECK = FollowUpKind.AFTER_EXIT, FollowUpKind.JOB_CHECK


def _days(planned):
    return [(each.kind, each.months, each.due_on) for each in planned]


@pytest.mark.row("F4")
def test_a_job_is_checked_a_month_after_it_began_and_the_person_asked_as_set():
    planned = rules.planned_follow_ups("work", date(2026, 3, 31), date(2026, 4, 15), [12, 3, 6])
    assert _days(planned) == [
        (JOB_CHECK, 1, date(2026, 5, 15)),
        (AFTER_EXIT, 3, date(2026, 6, 30)),
        (AFTER_EXIT, 6, date(2026, 9, 30)),
        (AFTER_EXIT, 12, date(2027, 3, 31)),
    ]


def test_a_job_that_began_before_the_exit_is_checked_a_month_after_the_exit():
    planned = rules.planned_follow_ups("work", date(2026, 3, 31), date(2026, 1, 1), [])
    assert _days(planned) == [(JOB_CHECK, 1, date(2026, 4, 30))]


@pytest.mark.parametrize(("outcome", "kinds"), [("studies", [AFTER_EXIT]), ("excluded", [])])
def test_only_work_is_checked_and_who_moved_is_not_asked(outcome, kinds):
    planned = rules.planned_follow_ups(outcome, date(2026, 1, 1), None, [3])
    assert [each.kind for each in planned] == kinds


def test_an_answer_counts_two_weeks_early_but_a_job_check_never():
    assert rules.earliest_answer(AFTER_EXIT, date(2026, 6, 30)) == date(2026, 6, 16)
    assert rules.earliest_answer(JOB_CHECK, date(2026, 6, 30)) == date(2026, 6, 30)


@pytest.mark.parametrize(
    ("how", "consent", "allowed"),
    [("phone", True, True), ("phone", False, False), ("person", False, True)],
)
def test_contact_needs_a_consent(how, consent, allowed):
    assert rules.may_ask(how, consent) is allowed


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        (PeriodChoice.THIS_YEAR, (date(2026, 1, 1), date(2026, 7, 2))),
        (PeriodChoice.MONTHS_12, (date(2025, 7, 2), date(2026, 7, 2))),
        (PeriodChoice.QUARTER, (date(2026, 4, 1), date(2026, 7, 1))),
        (PeriodChoice.LAST_YEAR, (date(2025, 1, 1), date(2026, 1, 1))),
    ],
)
def test_named_periods(choice, expected):
    assert period_of(choice, date(2026, 7, 1)) == expected


def test_the_quarter_of_january_is_that_of_last_autumn():
    expected = (date(2025, 10, 1), date(2026, 1, 1))
    assert period_of(PeriodChoice.QUARTER, date(2026, 2, 1)) == expected


def test_an_own_period_has_no_days_of_its_own():
    with pytest.raises(ValueError, match="own"):
        period_of(PeriodChoice.OWN, date(2026, 7, 1))
