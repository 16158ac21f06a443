"""What a plan says beside its activities: times as people type them, what cannot be lived, the
promises of others, and the signature that a change undoes."""

from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activityplans import hours, week_checks
from activityplans.content import content
from activityplans.forms.times import parse_times
from activityplans.models import PlanVersion, Service
from activityplans.schedule import Planned, Slot, weeks
from activityplans.signing import signed
from activityplans.transitions import plans
from activityplans.transitions.follow_ups import review_plan
from activityplans.transitions.signing import sign_plan
from activityplans.week_checks import Kind
from jobcentre.accounts.enums import Role
from jobcentre.casework.approvals.rules import content_hash
from jobcentre.casework.exceptions import Conflict, Refused
from jobcentre.casework.models import CaseEvent
from jobcentre.workdays import swedish_closed_days
from tests.activityplans.test_schedule import planned, slots_in
from tests.factories import MONDAY


def closed(day: date) -> bool:
    return day in swedish_closed_days(day.year)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("9-12", [(time(9), 180)]),
        ("9.30-12, 13-16", [(time(9, 30), 150), (time(13), 180)]),
        ("09:00\u201312:15", [(time(9), 195)]),
        ("9 till 12 och 13 till 14", [(time(9), 180), (time(13), 60)]),
        ("0900-1200", [(time(9), 180)]),
    ],
)
def test_times_as_people_type_them(text, wanted):
    assert parse_times(text) == wanted


@pytest.mark.parametrize("text", ["12-9", "9", "9-9", "25-26", "9-9.10", "0-23", "nio till tolv"])
def test_times_that_are_none_are_refused_with_a_sentence(text):
    with pytest.raises(ValueError, match=r"\."):
        parse_times(text)


def found(lines, *, target=40, own=0) -> set[Kind]:
    first, before = min(e.starts_on for e in lines), max(e.ends_before for e in lines)
    all_weeks = weeks(
        lines, first, before, target=Decimal(target), own_search=Decimal(own), closed=closed
    )
    return {each.kind for each in week_checks.findings(lines, all_weeks, closed)}


@pytest.mark.row("B11")
@pytest.mark.parametrize(
    ("lines", "kind", "blocks"),
    [
        ([planned("a", "1 09:00-12:00"), planned("b", "1 11:00-13:00")], Kind.CLASH, True),
        ([planned("a", "1 06:00-13:00"), planned("b", "1 13:00-20:00")], Kind.LONG_DAY, True),
        ([planned("a", "40"), planned("b", "40")], Kind.TOO_FULL, True),
        ([planned("a", "5 09:00-12:00", "2026-12-25", "2026-12-26")], Kind.NEVER_HELD, True),
        ([planned("a", "30", "2026-12-25", "2026-12-28")], Kind.NEVER_HELD, True),
        (
            [planned("a", "4 09:00-12:00, 5 09:00-12:00", "2026-12-24", "2027-01-02")],
            Kind.NEVER_HELD,
            True,
        ),
        (
            [planned("a", "3 09:00-12:00, 5 09:00-12:00", "2026-12-21", "2027-01-02")],
            Kind.TIME_NEVER_HELD,
            False,
        ),
        ([planned("a", "30"), planned("b", "20")], Kind.OVER_FULL_TIME, False),
        ([planned("a", "30")], Kind.SHORT_WEEKS, False),
    ],
)
def test_what_cannot_be_lived_and_what_looks_odd(lines, kind, blocks):
    assert kind in found(lines)
    assert (kind in week_checks.BLOCKING) is blocks


def test_more_than_the_plan_asks_is_said():
    assert Kind.OVER_TARGET in found([planned("a", "30")], target=20)
    assert found([planned("a", "30")], target=40, own=10) == set()


def two_at_once(town, case):
    written = town.plan_input(case, MONDAY)
    times = slots_in("1 09:00-12:00, 2 09:00-12:00")
    cv = {"service": Service.objects.get(key="cv"), "provider": None}
    values = {**written.lines[0].__dict__, "times": times}
    written.lines[:] = [plans.LineInput(**values), plans.LineInput(**{**values, **cv})]
    return written


@pytest.mark.row("B11")
def test_two_activities_at_once_stop_the_sending_in_a_sentence(town):
    case = town.opened()
    written = two_at_once(town, case)
    written = plans.PlanInput(**{**written.__dict__, "target_reason": "Halvtid."})
    version = plans.save_draft(case, written, actor=None, today=MONDAY)
    with pytest.raises(Refused, match=r"same time|samtidigt"):
        plans.submit_plan(version, actor=None, today=MONDAY)
    version.refresh_from_db()
    assert version.state == "draft"


@pytest.mark.row("M2")
def test_promises_and_decisions_of_others_are_part_of_what_is_approved(town):
    case = town.opened()
    parts = {
        "sub_goals": (plans.SubGoalInput("Klara sfi C.", MONDAY + timedelta(days=40)),),
        "promises": (plans.PromiseInput("fk", "Prövar sjukersättning.", "Ulla", MONDAY),),
        "steering": (plans.SteeringInput(MONDAY, "AF, FK, vården", "Börja på halvtid."),),
    }
    bare = content(plans.save_draft(case, town.plan_input(case, MONDAY), actor=None, today=MONDAY))
    written = town.plan_input(case, MONDAY, **parts, goal_occupation="5343", applications=6)
    version = plans.save_draft(case, written, actor=None, today=MONDAY)
    full = content(version)
    assert content_hash(full) != content_hash(bare)
    assert full["promises"] == [["fk", "Ulla", "Prövar sjukersättning.", "2026-11-16"]]
    assert not {"promises", "applications_per", "steering", "sub_goals"} & set(bare)
    plans.save_draft(case, written, actor=None, today=MONDAY)
    assert version.promises.count() == version.sub_goals.count() == version.steering.count() == 1


def test_the_weeks_of_the_plan_are_told_in_stretches(town):
    case = town.approved(town.opened())
    version = PlanVersion.objects.get()
    lines = list(version.lines.select_related("activity__service").prefetch_related("times"))
    shown = hours.for_case(version, lines, case)
    # Nine weeks of work training of which Christmas and Epiphany are short, then own search only.
    assert [str(each.week.total) for each in shown.stretches][:3] == ["40.0", "24.0", "32.0"]
    assert sum(len(each.holidays) for each in shown.stretches) >= 4
    assert any("hours" in each or "timmar" in each for each in shown.warnings)


def said(version) -> str:
    return content_hash(content(version))


@pytest.mark.row("J7")
def test_a_signature_holds_until_the_plan_is_changed(town):
    case = town.opened()
    version = plans.save_draft(case, town.plan_input(case, MONDAY), actor=None, today=MONDAY)
    told = {"signed_on": MONDAY, "actor": None, "today": MONDAY}
    sign_plan(version, "typed", name="Eva  Åberg", seen_hash=said(version), **told)
    assert signed(version).holds
    assert signed(version).signature.name == "Eva Åberg"
    changed = town.plan_input(case, MONDAY, goal="Arbete i skola.")
    version = plans.save_draft(case, changed, actor=None, today=MONDAY)
    assert signed(version).is_outdated
    sign_plan(version, "informed", seen_hash=said(version), **told)
    assert signed(version).holds
    assert CaseEvent.objects.filter(case=case, kind="plan.signed").count() == 2


def test_nobody_signs_what_changed_a_second_ago(town):
    case = town.opened()
    version = plans.save_draft(case, town.plan_input(case, MONDAY), actor=None, today=MONDAY)
    seen = said(version)
    plans.save_draft(case, town.plan_input(case, MONDAY, goal="Annat."), actor=None, today=MONDAY)
    told = {"signed_on": MONDAY, "seen_hash": seen, "actor": None, "today": MONDAY}
    with pytest.raises(Conflict):
        sign_plan(version, "paper", **told)
    assert signed(version).signature is None


def test_a_typed_signature_has_a_name_and_none_is_signed_tomorrow(town):
    case = town.opened()
    version = plans.save_draft(case, town.plan_input(case, MONDAY), actor=None, today=MONDAY)
    told = {"seen_hash": said(version), "actor": None, "today": MONDAY}
    with pytest.raises(ValidationError):
        sign_plan(version, "typed", signed_on=MONDAY, **told)
    with pytest.raises(Refused):
        sign_plan(version, "paper", signed_on=MONDAY + timedelta(days=1), **told)


FORM = {
    "starts_on": "2026-11-16",
    "ends_before": "2027-05-15",
    "goal": "Arbete i kök.",
    "goal_occupation": "kockar och kallskänkor",
    "weekly_target": "40",
    "own_search_hours": "10",
    "applications": "6",
    "applications_per": "month",
    "lines-TOTAL_FORMS": "1",
    "lines-INITIAL_FORMS": "0",
    "lines-0-description": "Tränar i kök.",
    "lines-0-expected_result": "Klarar en dag.",
    "lines-0-starts_on": "2026-11-16",
    "lines-0-ends_before": "2027-01-15",
    "lines-0-day1": "9-15",
    "lines-0-day3": "9-12, 13-16",
    "sub_goals-TOTAL_FORMS": "1",
    "sub_goals-INITIAL_FORMS": "0",
    "sub_goals-0-text": "Klara sfi C.",
    "promises-TOTAL_FORMS": "1",
    "promises-INITIAL_FORMS": "0",
    "promises-0-party": "fk",
    "promises-0-text": "Prövar sjukersättning.",
    "steering-TOTAL_FORMS": "0",
    "steering-INITIAL_FORMS": "0",
}


def posted(client, case, **changes):
    path = f"/arenden/{case.number}/plan/skriv/"
    page = client.get(path).content.decode()
    token = page.split('name="token" value="')[1][:36]
    service = Service.objects.get(key="work_training").pk
    values = {**FORM, "lines-0-service": service, "token": token, **changes}
    return client.post(path, {name: value for name, value in values.items() if value is not None})


@pytest.mark.row("J7")
@pytest.mark.row("M2")
def test_the_page_saves_the_whole_plan_and_shows_it_again(town, log_in):
    case, client = town.opened(), log_in(town.user("coach"))
    assert posted(client, case).status_code == 302
    version = PlanVersion.objects.get()
    assert version.lines.get().hours_per_week == 12
    assert version.goal_occupation
    page = client.get(f"/arenden/{case.number}/plan/skriv/").content.decode()
    assert "09:00\u201312:00, 13:00\u201316:00" in page
    assert "Prövar sjukersättning." in page
    assert client.get(f"/arenden/{case.number}/del/plan/").status_code == 200


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"lines-0-day1": "nio"}, "9-12"),
        ({"lines-0-day1": None, "lines-0-day3": None}, "timmar"),
        (
            {
                "lines-0-day1": "6-18",
                "lines-0-day2": "6-18",
                "lines-0-day4": "6-18",
                "lines-0-day5": "6-18",
            },
            "högst 40",
        ),
        ({"lines-0-hours_per_week": "200"}, "40"),
        ({"goal_occupation": "xyzzy"}, "yrke"),
        ({"promises-0-party": ""}, "vem"),
        ({"sub_goals-0-text": "", "sub_goals-0-due_on": "2026-12-01"}, "delmål"),
        ({"lines-0-follow_up_on": "2028-01-01"}, "halvvägs"),
        ({"consequences_by": "Mona"}, "vilken dag"),
        ({"applications": "201"}, "200"),
    ],
)
def test_wrong_input_is_told_in_a_sentence_and_nothing_is_lost(town, log_in, changes, sentence):
    case, client = town.opened(), log_in(town.user("coach"))
    answer = posted(client, case, **changes)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "Tränar i kök." in page
    assert PlanVersion.objects.count() == 0


def test_the_page_to_sign_shows_the_plan_and_takes_the_name(town, log_in):
    case, client = town.opened(), log_in(town.user("coach"))
    version = plans.save_draft(case, town.plan_input(case, MONDAY), actor=None, today=MONDAY)
    path = f"/arenden/{case.number}/plan/underskrift/"
    page = client.get(path).content.decode()
    assert "Arbete i kök." in page
    token = page.split('name="token" value="')[1][:36]
    sent = {
        "token": token,
        "seen_hash": said(version),
        "form": "typed",
        "name": "Eva Åberg",
        "signed_on": "2026-11-16",
        "is_seen": "on",
    }
    assert client.post(path, {**sent, "name": ""}).status_code == 422
    assert client.post(path, sent).status_code == 302
    assert signed(version).holds


def test_a_slot_is_what_it_says():
    line = Planned("a", MONDAY, MONDAY + timedelta(days=7), Decimal(0), (Slot(1, time(9), 90),))
    assert line.weekly == Decimal("1.5")


@pytest.mark.row("M2")
def test_the_tab_of_the_plan_costs_the_same_for_many_versions_and_activities(town, log_in):
    """The tab is not part of the overview's budget, and has one of its own."""
    case = town.approved(town.opened())
    client = log_in(town.user(Role.COACH))
    path = f"/arenden/{case.number}/del/plan/"

    def queries() -> int:
        client.get(path)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200
        return len(captured)

    few = queries()
    plan = town.plan_input(case, MONDAY, change_reason="Fler aktiviteter.")
    keys = ("cv", "interview", "guidance", "matching")
    plan.lines.extend(
        replace(
            plan.lines[0],
            service=Service.objects.get(key=key),
            hours_per_week=Decimal(1),
            follow_up_on=MONDAY + timedelta(days=14),
        )
        for key in keys
    )
    version = plans.save_draft(case, plan, actor=None, today=MONDAY)
    town.approve(
        plans.submit_plan(version, actor=None, today=MONDAY), town.user("social_secretary")
    )
    for day in range(3):
        review_plan(case, "Går bra.", actor=None, today=MONDAY + timedelta(days=day))
    assert queries() == few
    assert few <= 24
