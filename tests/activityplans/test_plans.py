"""The plan: what it must hold, what changed, and who overwrites whom."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from activityplans import rules
from activityplans.attendance_rules import attendance_sum
from activityplans.content import content
from activityplans.models import HoursRule, PlanVersion, Service
from activityplans.schedule import Planned
from activityplans.transitions import follow_ups, plans
from jobcentre.casework.exceptions import Conflict, Refused
from jobcentre.casework.models import Deadline
from tests.factories import MONDAY

END = rules.latest_end(MONDAY)
LINE = Planned("a", MONDAY, END, Decimal(30))


def draft(**changes) -> rules.Draft:
    values = {
        "starts_on": MONDAY,
        "ends_before": rules.latest_end(MONDAY),
        "goal": "Arbete.",
        "target": Decimal(40),
        "target_reason": "",
        "own_search": Decimal(10),
        "lines": (LINE,),
    }
    return rules.Draft(**{**values, **changes})


@pytest.mark.row("J7")
@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"goal": " "}, rules.Problem.NO_GOAL),
        ({"lines": ()}, rules.Problem.NO_LINES),
        ({"ends_before": rules.latest_end(MONDAY) + timedelta(days=1)}, rules.Problem.TOO_LONG),
        ({"lines": (replace(LINE, starts_on=date(2026, 11, 1)),)}, rules.Problem.LINE_OUTSIDE),
        ({"own_search": Decimal(9)}, rules.Problem.NO_TARGET_REASON),
        ({"target": Decimal(20)}, rules.Problem.NO_TARGET_REASON),
        ({"is_change": True}, rules.Problem.NO_CHANGE_REASON),
    ],
)
def test_what_is_missing_stops_the_sending(changes, problem):
    assert problem in rules.problems(draft(**changes))


def test_a_whole_plan_can_be_sent():
    assert rules.problems(draft()) == []


@pytest.mark.row("B11")
@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        # One after the other is never added, and overlapping ones are.
        ((("15", 0, 91), ("15", 91, 181)), ("15", "15", "15", 26)),
        ((("15", 0, 181), ("15", 0, 181)), ("30", "30", "0", 0)),
        # One full week and empty ones after it.
        ((("30", 0, 7),), ("0", "30", "30", 25)),
        # They meet on a Wednesday: by days, the week is as full as the others.
        ((("30", 0, 93), ("30", 93, 181)), ("30", "30", "0", 0)),
        # From Tuesday on: four fifths of the first week.
        ((("30", 1, 181),), ("24", "30", "6", 1)),
    ],
)
def test_the_hours_are_judged_by_the_weeks_as_they_are(lines, expected):
    planned = tuple(
        Planned(n, MONDAY + timedelta(days=first), MONDAY + timedelta(days=before), Decimal(hours))
        for n, (hours, first, before) in enumerate(lines)
    )
    found = draft(lines=planned).balance
    *hours, weeks = expected
    assert [found.least, found.most, found.missing] == [Decimal(each) for each in hours]
    assert found.short_weeks == weeks
    assert found.needs_reason is (weeks > 0)


def test_holidays_and_the_cut_weeks_of_a_plan_need_no_reason():
    tuesday = MONDAY + timedelta(days=1)
    over_christmas = draft(
        starts_on=tuesday, lines=(replace(LINE, starts_on=tuesday),), own_search=Decimal(10)
    )
    assert not over_christmas.balance.needs_reason


@pytest.mark.row("B11")
def test_full_time_is_the_municipalitys(town, log_in):
    case = town.opened()
    line = replace(
        town.plan_input(case, MONDAY).lines[0],
        ends_before=rules.latest_end(MONDAY),
        hours_per_week=Decimal(25),
    )
    written = {"lines": [line], "target_reason": "", "weekly_target": Decimal(35)}
    with pytest.raises(Refused):
        town.submitted(case, **written)
    HoursRule.objects.update(full_time=35)
    town.approve(town.submitted(case, **written), town.user("social_secretary"))
    client = log_in(town.user("coach"))
    tab = client.get(f"/arenden/{case.number}/del/attendance/")
    assert "25 h" in tab.content.decode()
    empty = client.get(f"/arenden/{town.opened().number}/plan/skriv/")
    assert empty.context["form"]["weekly_target"].value() == 35


def test_the_approver_and_the_coach_see_the_emptiest_and_the_fullest_week(town, log_in):
    case = town.opened()
    approval = town.submitted(case)  # 30 hours, and nothing in the last weeks
    page = log_in(town.user("social_secretary")).get(f"/planer/svar/{approval.pk}/")
    text = page.content.decode()
    assert "0\u201330 h" in text
    assert "som mest, i " in text
    town.approve(approval, town.user("social_secretary"))
    tab = log_in(town.user("coach")).get(f"/arenden/{case.number}/del/attendance/")
    assert "0\u201330 h" in tab.content.decode()


@pytest.mark.row("B2")
def test_unregistered_hours_are_nobodys_absence():
    total = attendance_sum([(60, "present"), (60, "not_registered"), (60, "elsewhere")])
    assert (total.present, total.unexcused, total.not_registered) == (2, 0, 1)


@pytest.mark.row("B3")
def test_the_approver_sees_only_what_changed(town):
    case = town.approved(town.opened())
    first = case.plan_versions.get()
    line = first.lines.get()
    changed = town.plan_input(case, MONDAY, goal="Arbete i kafé.", change_reason="Nytt mål.")
    changed.lines[0] = plans.LineInput(
        **{**changed.lines[0].__dict__, "activity": line.activity, "hours_per_week": Decimal(35)}
    )
    second = plans.save_draft(case, changed, actor=None, today=MONDAY)
    found = {
        change.key: set(change.fields)
        for change in rules.differences(content(first), content(second))
    }
    assert found == {"goal": {"goal"}, f"line:{line.activity.ref}": {"hours_per_week"}}


def test_the_old_version_is_in_force_until_the_new_one_is_approved(town):
    case = town.approved(town.opened())
    approval = town.submitted(case, change_reason="Nytt mål.")
    assert case.plan_versions.in_force().get().number == 1
    town.approve(approval, town.user("social_secretary"))
    assert case.plan_versions.in_force().get().number == 2
    assert case.plan_versions.get(number=1).state == "superseded"


def test_a_save_since_the_page_was_opened_is_not_overwritten(town):
    case = town.opened()
    version = plans.save_draft(case, town.plan_input(case, MONDAY), actor=None, today=MONDAY)
    seen = version.edit
    plans.save_draft(case, town.plan_input(case, MONDAY), actor=None, today=MONDAY, edit=seen)
    with pytest.raises(Conflict):
        plans.save_draft(case, town.plan_input(case, MONDAY), actor=None, today=MONDAY, edit=seen)


def test_nothing_is_written_while_a_version_waits(town):
    case = town.opened()
    town.submitted(case)
    with pytest.raises(Refused):
        plans.save_draft(case, town.plan_input(case, MONDAY), actor=None, today=MONDAY)


@pytest.mark.row("J8")
def test_a_review_meets_the_six_month_clock(town):
    case = town.approved(town.opened())
    assert Deadline.objects.get(case=case, kind="review").due_on == date(2027, 5, 16)
    follow_ups.review_plan(case, "Går bra.", actor=None, today=MONDAY)
    assert Deadline.objects.get(case=case, kind="review").met_on == MONDAY


def test_an_activity_is_followed_up_once(town):
    case = town.approved(town.opened())
    activity = case.activities.get()
    told = {
        "ended_on": MONDAY,
        "result": "reached",
        "comment": "Klart.",
        "next_move": "done",
        "actor": None,
        "today": MONDAY,
    }
    follow_ups.follow_up_activity(activity, **told)
    with pytest.raises(Refused):
        follow_ups.follow_up_activity(activity, **told)
    assert Deadline.objects.get(case=case, kind="activity_end").met_on == MONDAY


@pytest.mark.row("J10")
def test_the_catalogue_holds_every_kind_of_service(db):
    assert Service.objects.count() == 22
    assert set(Service.objects.values_list("activity_type", flat=True)) >= {
        "work_ability",
        "language",
        "job_search",
        "workplace",
    }


def test_a_form_sent_twice_gives_one_version(town, log_in):
    case, client = town.opened(), log_in(town.user("coach"))
    path = f"/arenden/{case.number}/anteckning/"
    page = client.get(path).content.decode()
    token = page.split('name="token" value="')[1][:36]
    for _press in range(2):
        assert client.post(path, {"token": token, "text": "Ringde."}).status_code == 302
    assert case.events.filter(kind="note.written").count() == 1
    assert PlanVersion.objects.count() == 0
