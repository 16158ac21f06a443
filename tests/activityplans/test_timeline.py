"""The plan as a timeline: what it says, what it draws, what it costs."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from activityplans.enums import FollowUpResult, NextMove
from activityplans.models import PlanReview
from activityplans.panels import _plan
from activityplans.transitions import follow_ups, plans
from jobcentre.casework.transitions.clocks import pause_clock
from jobcentre.casework.views.case import case_rows
from jobcentre.ui import charts, formats


def shown(case, today, user):
    """The timeline that the panel shows, with the case read as the page reads it."""
    return _plan(case_rows().get(pk=case.pk), user, today)["timeline"]


@pytest.fixture
def coach(town):
    return town.acting(town.user("coach"))


def three_lines(town, case):
    """One line that has ended, one that goes on, one that comes."""
    one = town.plan_input(case, town.today).lines[0]
    first = town.today - timedelta(days=60)
    periods = [
        (first, town.today - timedelta(days=10)),
        (first, town.today + timedelta(days=10)),
        (town.today + timedelta(days=10), town.today + timedelta(days=40)),
    ]
    lines = [
        plans.LineInput(
            **{**one.__dict__, "starts_on": starts, "ends_before": ends, "hours_per_week": 20}
        )
        for starts, ends in periods
    ]
    return first, lines


@pytest.fixture
def planned(town):
    first = town.today - timedelta(days=60)
    case = town.opened(on=first)
    _first, lines = three_lines(town, case)
    return town.approved(case, first, lines=lines, target_reason="Börjar lugnt.")


def test_the_title_says_what_the_picture_shows(town, planned, coach):
    chart = shown(planned, town.today, coach)
    assert chart.title == "3 aktiviteter: 1 pågår, 1 kommer, 1 har slutat"
    assert [each.state for each in chart.activities] == ["done", "running", "running"]


def test_a_plan_that_waits_is_drawn_as_proposed(town, coach):
    case = town.opened()
    town.submitted(case)
    chart = shown(case, town.today, coach)
    assert [each.state for each in chart.activities] == ["proposed"]
    assert "väntar på godkännande" in chart.title


def test_pauses_are_cut_to_each_activity(town, planned, coach):
    pause_clock(
        planned,
        town.today - timedelta(days=20),
        town.today - timedelta(days=5),
        "illness",
        "",
        actor=coach,
    )
    chart = shown(planned, town.today, coach)
    day = timedelta(days=1)
    assert [each.pauses for each in chart.activities] == [
        ((town.today - 20 * day, town.today - 10 * day),),
        ((town.today - 20 * day, town.today - 5 * day),),
        (),
    ]


def test_reviews_are_marked_and_said_in_the_table(town, planned, coach):
    follow_ups.review_plan(planned, "Går bra.", actor=coach, today=town.today)
    chart = shown(planned, town.today, coach)
    assert chart.marks[0].on == PlanReview.objects.get().reviewed_on == town.today
    assert chart.marks[0].label in [row[0] for row in chart.table().rows]
    assert chart.marks[0].label in [item.label for item in chart.legend()]
    assert chart.note.startswith("Omprövad")


def test_a_followed_up_activity_ends_on_its_day(town, planned, coach):
    line = planned.plan_versions.get().lines.order_by("ends_before").first()
    ended = town.today - timedelta(days=15)
    follow_ups.follow_up_activity(
        line.activity,
        ended_on=ended,
        result=FollowUpResult.values[0],
        comment="Klar.",
        next_move=NextMove.values[0],
        actor=coach,
        today=town.today,
    )
    first = shown(planned, town.today, coach).activities[0]
    assert first.ends_before == ended + timedelta(days=1)
    assert first.words.startswith("klar")


def queries(client, path: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(path).status_code == 200
    return len(caught)


def test_three_lines_with_reviews_cost_what_one_costs(town, planned, coach, log_in):
    client = log_in(coach)
    one = town.approved(town.opened(), town.today)
    follow_ups.review_plan(planned, "Går bra.", actor=coach, today=town.today)
    for path in ("/arenden/{}/", "/arenden/{}/del/plan/"):
        client.get(path.format(one.number))
        few = queries(client, path.format(one.number))
        assert queries(client, path.format(planned.number)) == few


def test_the_axis_has_week_numbers_that_fit():

    chart = charts.Timeline(
        title="t",
        activities=(charts.Activity("A", date(2026, 11, 2), date(2027, 5, 1)),),
        starts_on=date(2026, 11, 2),
        ends_before=date(2027, 5, 1),
        today=date(2026, 11, 26),
    )
    weeks = [day.isocalendar().week for day in chart._weeks()]
    assert weeks[:3] == [45, 47, 49]
    assert len(weeks) == 13
    with translation.override("sv"):
        assert f">{formats.week(date(2026, 11, 2))}<" in chart.axis("g", "#123456")
