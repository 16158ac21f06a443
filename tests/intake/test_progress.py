"""Progression: rated apart, kept, drawn, and asked for again after ninety days."""

from datetime import date, timedelta

import pytest

from intake.mapping import rules
from intake.mapping.progress import Progress
from intake.models import ProgressIndicator, ProgressMeasure
from intake.transitions.progress import MeasureInput, record_measure
from jobcentre.accounts.enums import Role
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import Deadline
from jobcentre.casework.transitions.clocks import pause_clock
from tests.factories import MONDAY
from tests.reporting.pdf_text import words_of

pytestmark = pytest.mark.row("J4")
D = date


@pytest.mark.parametrize(
    ("measured", "found"),
    [
        ([], [(D(2026, 1, 1), None)]),
        ([D(2026, 1, 1)], [(D(2026, 1, 1), None)]),  # the first day begins the count
        (
            [D(2026, 3, 1), D(2026, 2, 1), D(2026, 3, 1)],
            [(D(2026, 1, 1), D(2026, 2, 1)), (D(2026, 2, 1), D(2026, 3, 1)), (D(2026, 3, 1), None)],
        ),
    ],
)
def test_each_measure_begins_a_new_interval(measured, found):
    got = [(each.started_on, each.met_on) for each in rules.intervals(D(2026, 1, 1), measured)]
    assert got == found


def test_only_what_is_rated_both_times_is_compared():
    assert rules.changed({1: 3, 2: 2, 3: 5, 4: 1}, {1: 2, 2: 2, 3: 6, 5: 1}) == (1, 1, 1)


@pytest.fixture
def case(town):
    return town.opened(on=MONDAY - timedelta(days=120))


@pytest.fixture
def rate(town, case):
    def act(day, rater="person", comment="", **steps):
        told = MeasureInput(rater, day, steps, comment)
        return record_measure(case, told, actor=town.user("coach"), today=town.today)

    return act


def clocks(case):
    rows = Deadline.objects.filter(case=case, kind="progress").order_by("started_on")
    return [(row.started_on, row.due_on, row.met_on) for row in rows]


def test_the_clock_runs_ninety_days_from_the_last_measure(case, rate):
    start = case.started_on
    rate(start + timedelta(days=30), goal=2)
    rate(start + timedelta(days=100), rater="coach", goal=3)
    days = [start, start + timedelta(days=30), start + timedelta(days=100)]
    ninety = timedelta(days=90)
    assert clocks(case) == [
        (days[0], days[0] + ninety, days[1]),
        (days[1], days[1] + ninety, days[2]),
        (days[2], days[2] + ninety, None),
    ]


def test_an_interruption_moves_it(town, case, rate):
    start = case.started_on
    coach = town.user("coach")
    back = start + timedelta(days=20)
    pause_clock(case, start + timedelta(days=10), back, "illness", "", actor=coach)
    assert clocks(case)[0][1] == start + timedelta(days=100)


def test_the_coach_is_asked_and_the_step_leads_to_the_page(town, case, log_in):
    page = log_in(town.user("coach")).get("/nu/").content.decode()
    assert f"/arenden/{case.number}/skattning/" in page


def test_far_from_its_day_it_is_not_the_next_step(town, log_in):
    case = town.approved(town.opened())
    page = log_in(town.user("coach")).get(f"/arenden/{case.number}/")
    assert page.context["next_step"].url != f"/arenden/{case.number}/skattning/"


def test_the_same_day_again_replaces_and_keeps(case, rate):
    rate(MONDAY, goal=2)
    rate(MONDAY, rater="coach", goal=5)
    rate(MONDAY, goal=4)
    assert ProgressMeasure.objects.filter(is_current=True).count() == 2
    former = ProgressMeasure.objects.get(is_current=False)
    assert former.ratings.get().step == 2
    assert [row.measured_on for row in Progress.of(case).by("person")] == [MONDAY]


@pytest.mark.parametrize("days", [-121, 1])
def test_the_day_lies_in_the_case(days, rate):
    with pytest.raises(Refused, match="första besöket"):
        rate(MONDAY + timedelta(days=days), goal=3)


def test_only_what_the_rater_is_asked_about_is_rated(rate):
    with pytest.raises(Refused, match="indikatorerna"):
        rate(MONDAY, coach_belief=3)
    with pytest.raises(Refused, match="minst en"):
        rate(MONDAY)
    rate(MONDAY, rater="coach", coach_belief=3)


def test_the_page_asks_both_apart_with_described_steps(town, case, log_in):
    client, path = log_in(town.user("coach")), f"/arenden/{case.number}/skattning/"
    answer = client.get(path)
    page = answer.content.decode()
    assert "Hälsan stoppar det mesta." in page
    assert 'name="person_coach_belief"' not in page
    assert 'name="coach_coach_belief"' in page
    sent = {"token": answer.context["form"]["token"].value(), "measured_on": "idag"}
    assert client.post(path, sent).status_code == 422
    assert client.post(path, {**sent, "person_goal": "6"}).status_code == 422
    rated = {**sent, "person_goal": "4", "coach_goal": "2", "comment_person": "Går bra."}
    assert client.post(path, rated).status_code == 302
    steps = {each.rater: each.ratings.get().step for each in ProgressMeasure.objects.all()}
    assert steps == {"person": 4, "coach": 2}


def test_an_indicator_of_the_administrator_is_asked(town, case, log_in):
    goal = ProgressIndicator.objects.get(key="goal")
    goal.pk, goal.key, goal.question_sv = None, "pride", "Hur stolt är du?"
    goal.save()
    ProgressIndicator.objects.filter(key="goal").update(valid_to=MONDAY)
    page = log_in(town.user("coach")).get(f"/arenden/{case.number}/skattning/").content.decode()
    assert "Hur stolt är du?" in page
    assert "Hur tydligt är ditt mål?" not in page


def test_the_last_two_are_drawn_with_a_table(town, case, rate, log_in):
    before = MONDAY - timedelta(days=80)
    rate(before - timedelta(days=20), goal=1, search=1, belief=1)
    rate(before, goal=2, search=3, belief=2)
    rate(MONDAY, goal=3, search=3, belief=1)
    radar = Progress.of(case).radar("person")
    assert [tuple(each.values) for each in radar.series] == [(3, 1, 3), (2, 2, 3)]
    assert radar.title.startswith("1 har ökat, 1 är oförändrade och 1 har minskat")
    answer = log_in(town.user("coach")).get(f"/arenden/{case.number}/del/progress/")
    page = answer.content.decode()
    assert "<table" in page
    assert "Mål: från 1 till 3" in page


def test_two_ratings_make_no_radar(case, rate):
    rate(MONDAY, goal=3, search=3)
    progress = Progress.of(case)
    assert progress.radar("person") is None
    assert progress.radar("coach") is None
    assert len(progress.trends()) == 2


def test_the_paper_has_the_persons_own_rating_and_not_the_coachs(town, case, rate, log_in):
    town.mapped(case)
    rate(MONDAY - timedelta(days=80), goal=1)
    rate(MONDAY, goal=4, comment="Det går bra nu.")
    rate(MONDAY, rater="coach", goal=2, coach_belief=1, comment="Tveksam.")
    text = words_of(
        log_in(town.user("coach")).get(f"/arenden/{case.number}/kartlaggning/utskrift/").content
    )
    assert "4 – Jag har ett mål och de första stegen." in text
    assert "Det går bra nu." in text
    for hidden in ("Tveksam.", "Inte troligt.", "Coachens tro"):
        assert hidden not in text


def test_others_than_those_of_the_mapping_see_no_rating(town, case, rate, log_in):
    rate(MONDAY, goal=3, search=3, belief=3)
    path = f"/arenden/{case.number}/del/progress/"
    for role in (Role.SOCIAL_SECRETARY, Role.RECEPTION):
        assert log_in(town.user(role)).get(path).status_code in (403, 404)
    assert log_in(town.user("coach", name="Mona")).get(path).status_code == 404
