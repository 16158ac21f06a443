"""Clocks of many cases computed together are those that each case alone would have."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jobcentre.casework.deadlines import clock
from jobcentre.casework.models import Case, Deadline

pytestmark = pytest.mark.row("T1")
SHOWN = (
    "case", "kind", "subject_key", "subject_label", "url", "length", "length_unit", "started_on",
    "due_on", "met_on", "cancelled_on", "stopped_on", "paused_days", "waits_for", "owner", "unit",
)  # fmt: skip


def _begin_anew(cases) -> None:
    Deadline.objects.all().delete()
    Case.objects.filter(pk__in=[case.pk for case in cases]).update(next_deadline_on=None)


def _clocks() -> tuple[list, list]:
    rows = Deadline.objects.order_by("case_id", "kind", "subject_key").values_list(*SHOWN)
    return list(rows), list(Case.objects.order_by("pk").values_list("pk", "next_deadline_on"))


def _together(cases) -> None:
    lengths = clock.Lengths.load()
    with clock.deferred(lengths):
        for case in cases:
            clock.recompute(case)


def test_together_or_each_alone_is_the_same(world):
    cases = list(Case.objects.order_by("pk"))
    _begin_anew(cases)
    for case in cases:
        clock.recompute(case)
    alone = _clocks()
    _begin_anew(cases)
    _together(cases)
    assert _clocks() == alone
    assert len({kind for _case, kind, *_rest in alone[0]}) > 8
    assert len(cases) > 5


def test_many_cases_need_as_many_questions_as_two(world):
    cases = list(Case.objects.order_by("pk"))

    def asked(some) -> int:
        _begin_anew(cases)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            _together(some)
        return sum(each["sql"].startswith("SELECT") for each in queries.captured_queries)

    # Those with the most behind them ask for every kind of row.
    rich = sorted(cases, key=lambda case: -case.orders.count())[:6]
    assert asked(cases) - asked(rich) <= 3


def test_an_inner_block_leaves_the_computing_to_the_outer(world):
    case = Case.objects.open().order_by("pk").first()
    _begin_anew([case])
    lengths = clock.Lengths.load()
    with clock.deferred(lengths):
        with clock.deferred(lengths):
            clock.recompute(case)
        assert not Deadline.objects.exists()
    assert Deadline.objects.filter(case=case, kind="plan").exists()
