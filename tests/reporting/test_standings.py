"""The two clocks of the first plan, each in time, late and still running, counted by hand."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from jobcentre.casework.models import Case
from reporting.figures.measuring import measure
from reporting.figures.publishing import rows_of, sections_of
from reporting.figures.registry import FIGURES
from reporting.figures.standings import standings
from tests.reporting.world import AFTER, TODAY

pytestmark = [pytest.mark.row("J5"), pytest.mark.row("F5")]
KEYS = (
    *("plans_in_time", "plans_late", "plans_running"),
    *("approvals_in_time", "approvals_late", "approvals_running"),
)
DUE = date(2026, 3, 9)  # a Monday; the answer is due on the 11th


@pytest.fixture
def counted(town):
    """Sent: 3 in time, 2 late, 2 running. Approved: 2 in time, 3 late, 2 running."""
    cases = {
        name: town.case(started=date(2026, 3, 2))
        for name in ("quick", "early", "slow", "sent_late", "never", "gone")
    }
    town.clock(cases["quick"], DUE, met_on=DUE)
    town.approved(cases["quick"], date(2026, 3, 11))
    town.clock(cases["early"], DUE, met_on=date(2026, 3, 5))
    town.approved(cases["early"], date(2026, 3, 6))
    town.clock(cases["slow"], DUE, met_on=DUE)
    town.approved(cases["slow"], date(2026, 3, 12))
    town.clock(cases["sent_late"], DUE, met_on=date(2026, 3, 10))
    town.approved(cases["sent_late"], date(2026, 3, 13))
    town.clock(cases["never"], DUE)
    town.clock(cases["gone"], DUE, cancelled_on=date(2026, 3, 5))
    # Two that run: one has its last day today, one is away and has no day.
    begun = TODAY - timedelta(days=7)
    cases["today"], cases["away"] = town.case(started=begun), town.case(started=begun)
    town.clock(cases["today"], TODAY, started=begun)
    town.clock(cases["away"], None, started=begun)
    return cases


def _values(scope) -> list[int]:
    measured = measure(scope, [FIGURES[key] for key in KEYS])
    return [int(measured[key].whole.value) for key in KEYS]


def test_in_time_late_and_running_are_counted_by_hand(town, counted):
    assert _values(town.scope()) == [3, 2, 2, 2, 3, 2]


def test_they_agree_with_the_shares(town, counted):
    measured = measure(town.scope(), [FIGURES["plan_in_time"], FIGURES["approved_in_time"]])
    assert (measured["plan_in_time"].whole.value, measured["plan_in_time"].whole.population) == (
        60,
        5,
    )
    assert measured["approved_in_time"].whole.value == 40


def test_a_past_period_tells_what_ran_on_its_last_day(town, counted):
    past = town.scope(starts_on=date(2026, 2, 1), ends_before=date(2026, 3, 6))
    # On the 5th one had been sent and none approved; the cancelled counts nowhere.
    assert _values(past) == [0, 0, 4, 0, 0, 5]


def test_the_answer_still_runs_when_the_five_days_were_before_the_period(town):
    case = town.case(started=date(2026, 6, 22))
    town.clock(case, date(2026, 6, 29), met_on=date(2026, 6, 29), started=date(2026, 6, 22))
    scope = town.scope(starts_on=date(2026, 6, 30), ends_before=AFTER)
    assert _values(scope) == [0, 0, 0, 0, 0, 1]


def test_shares_are_of_all_three(town, counted):
    sections = sections_of(rows_of(measure(town.scope()), {}, {}))
    plan, approval = standings(sections)
    assert [state.share for state in plan.states] == ["43\u00a0%", "29\u00a0%", "29\u00a0%"]
    assert [state.number for state in approval.states] == ["2", "3", "2"]
    hidden = sections_of(rows_of(measure(town.scope(suppresses=True)), {}, {}))
    assert [state.share for state in standings(hidden)[0].states] == ["", "", ""]


def test_the_manager_sees_them_and_the_cases_behind(town, counted, browse, today):
    client = browse(town.manager)
    page = client.get(reverse("reporting:dashboard")).content.decode()
    for key in KEYS:
        assert reverse("reporting:figure", args=[key]) in page
    url = reverse("reporting:figure", args=["plans_late"])
    rows = client.get(url, {"period": "year"}).context["rows"]
    late = {counted["sent_late"].pk, counted["never"].pk}
    assert {row["number"] for row in rows} == set(
        Case.objects.filter(pk__in=late).values_list("number", flat=True)
    )


def test_follow_ups_of_activities_are_counted_midway_and_at_the_end(town):
    case = town.case(started=date(2026, 3, 2))
    due = date(2026, 4, 8)
    town.clock(case, due, kind="activity_midway", met_on=due)
    town.clock(case, due, kind="activity_end", met_on=due + timedelta(days=1))
    town.clock(town.case(), due, kind="activity_end")
    town.clock(town.case(), due, kind="activity_end", cancelled_on=due)
    town.clock(town.case(), AFTER, kind="activity_end")
    measured = measure(town.scope(), [FIGURES["activities_followed_up"]])
    assert measured["activities_followed_up"].whole.value == 33  # 1 of 3
