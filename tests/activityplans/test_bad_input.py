"""The wrong things people do with a plan, through its pages: each gets a sentence, nothing that was
typed is lost, and nothing is written over."""

import re
from datetime import time, timedelta

import pytest

from activityplans.models import PlanVersion, Session
from activityplans.transitions import plans
from activityplans.transitions.attendance import plan_sessions
from jobcentre.casework.enums import PauseReason
from jobcentre.casework.models import Approval, ClockPause
from jobcentre.casework.transitions.clocks import pause_clock
from tests.activityplans.test_answering import sent
from tests.activityplans.test_attendance import _marked as marked
from tests.activityplans.test_plan_content import posted
from tests.factories import MONDAY

pytestmark = pytest.mark.row("J6")
DAY = timedelta(days=1)


@pytest.fixture
def coach(town):
    return town.user("coach")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        # Without an end: of the plan, and of an activity.
        ({"ends_before": ""}, "Skriv planens sista dag."),
        ({"lines-0-ends_before": ""}, "varje aktivitet har ett slut"),
        # 200 hours a week: written as a number, and summed over the activities.
        (
            {"lines-0-day1": "", "lines-0-day3": "", "lines-0-hours_per_week": "200"},
            "Högst 40 timmar i veckan.",
        ),
        ({"own_search_hours": "200"}, "Högst 40 timmar i veckan."),
        # Outside the plan: before it begins, and after it ends.
        ({"lines-0-starts_on": "2026-11-09"}, "Varje aktivitet måste ligga inom planens tid."),
        ({"lines-0-ends_before": "2027-06-30"}, "Varje aktivitet måste ligga inom planens tid."),
    ],
)
def test_what_a_plan_cannot_be_is_told_when_it_is_sent(town, log_in, coach, changes, sentence):
    case = town.opened()
    answer = posted(log_in(coach), case, send="1", **changes)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "Tränar i kök." in page
    assert "Prövar sjukersättning." in page
    for value in filter(None, changes.values()):
        assert value in page
    assert not Approval.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"goal": ""}, "goal", "Skriv planens mål."),
        (
            {"starts_on": "2027-03-01", "ends_before": "2027-06-30"},
            "starts_on",
            "En plan börjar högst tre månader från i dag.",
        ),
    ],
)
def test_what_is_missing_is_tied_to_its_field(town, log_in, coach, changes, field, sentence):
    """The summary leads to the field, and the field names its error."""
    case = town.opened()
    answer = posted(log_in(coach), case, send="1", **changes)
    assert answer.status_code == 422
    assert answer.context["form"].errors[field] == [sentence]
    page = answer.content.decode()
    assert re.search(rf'<a href="#id_{field}">[^<]*{sentence}</a>', page)
    box = re.search(rf'<(?:input|textarea)[^>]*id="id_{field}"[^>]*>', page).group()
    assert 'aria-invalid="true"' in box
    named = re.search(r'aria-describedby="([^"]*)"', box).group(1).split()
    assert f"id_{field}_error" in named
    assert f'id="id_{field}_error"' in page
    assert not Approval.objects.exists()


def test_a_plan_that_changed_a_second_ago_is_not_approved(town, log_in, coach):
    case = town.opened()
    approval = town.submitted(case)
    client = log_in(town.user("social_secretary"))
    page = client.get(f"/planer/svar/{approval.pk}/").content.decode()
    hidden = {
        name: page.split(f'name="{name}" value="')[1].split('"')[0]
        for name in ("token", "seen_hash")
    }
    # Nobody may, but somebody does: behind every door.
    PlanVersion.objects.filter(pk=approval.subject_id).update(goal="Något helt annat.")
    answer = client.post(
        f"/planer/svar/{approval.pk}/", {**hidden, "verdict": "approved", "reason": "Bra plan."}
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "ändrats" in text
    assert "Något helt annat." in text  # what it says now
    assert "Bra plan." in text
    approval.refresh_from_db()
    assert approval.state == "pending"


def test_the_slower_of_two_approvers_is_told(town, log_in):
    case = town.opened()
    approval = town.submitted(case)
    faster, slower = (
        town.user("social_secretary", name="Sara Snabb"),
        town.user("social_secretary", name="Lena Lugn"),
    )
    client = log_in(slower)
    page = client.get(f"/planer/svar/{approval.pk}/").content.decode()
    hidden = {
        name: page.split(f'name="{name}" value="')[1].split('"')[0]
        for name in ("token", "seen_hash")
    }
    sent(log_in(faster), approval, verdict="approved")
    answer = log_in(slower).post(
        f"/planer/svar/{approval.pk}/",
        {**hidden, "verdict": "returned", "reason": "Skriv vilka dagar."},
    )
    assert answer.status_code == 422
    assert "Sara Snabb" in answer.content.decode()
    approval.refresh_from_db()
    assert (approval.state, approval.decided_by) == ("approved", faster)


def pause_form(client, case, **changes):
    path = f"/arenden/{case.number}/avbrott/"
    page = client.get(path).content.decode()
    values = {
        "token": page.split('name="token" value="')[1][:36],
        "starts_on": "2026-11-17",
        "ends_before": "2026-11-20",
        "reason": PauseReason.ILLNESS,
        "note": "Ringde i morse.",
    }
    return client.post(path, {**values, **changes})


def test_a_pause_that_overlaps_another_is_refused_by_its_days(town, log_in, coach):
    case = town.opened()
    pause_clock(case, MONDAY + 2 * DAY, MONDAY + 8 * DAY, "illness", "", actor=coach)
    answer = pause_form(log_in(coach), case)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Ärendet är redan avbrutet under en del av den tiden." in text
    assert "Ringde i morse." in text
    assert "2026-11-17" in text
    assert ClockPause.objects.get().starts_on == MONDAY + 2 * DAY


def test_a_pause_that_ends_before_it_starts_is_refused_beside_the_day(town, log_in, coach):
    case = town.opened()
    answer = pause_form(log_in(coach), case, ends_before="2026-11-16")
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "ends_before" in answer.context["form"].errors
    assert "måste vara efter" in text
    assert "Ringde i morse." in text
    assert not ClockPause.objects.exists()


def test_attendance_in_the_future_is_refused_on_both_pages(town, log_in, coach):
    case = town.approved(town.opened())
    activity = case.activities.get()
    day = MONDAY + 2 * DAY
    plan_sessions(activity, [day], time(9), 60, "", actor=coach)
    session = Session.objects.get()
    client = log_in(coach)
    sentence = "Närvaro registreras när tillfället har varit."
    path = f"/narvaro/?day={day.isoformat()}"
    page = client.get(path)
    assert sentence in page.content.decode()
    answer = client.post(path, marked(page, **{f"outcome_{session.pk}": "present"}))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert 'value="present" selected' in answer.content.decode()
    path = f"/narvaro/tillfalle/{session.pk}/"
    form = client.get(path).context["form"]
    answer = client.post(
        path, {"token": str(form["token"].value()), "outcome": "present", "note": "Var där."}
    )
    assert answer.status_code == 422
    assert sentence in str(answer.context["form"].errors)
    session.refresh_from_db()
    assert not session.is_registered


def test_the_second_of_two_coaches_who_write_the_same_plan_loses_nothing(town, log_in, coach):
    case = town.opened()
    plans.save_draft(
        case, town.plan_input(case, MONDAY, goal="Från början"), actor=None, today=MONDAY
    )
    client = log_in(coach)
    shown = client.get(f"/arenden/{case.number}/plan/skriv/").context["form"]["version"].value()
    colleague = town.plan_input(case, MONDAY, goal="Kollegans mål")
    plans.save_draft(case, colleague, actor=None, today=MONDAY, edit=shown)
    answer = posted(client, case, goal="Mitt mål", version=str(shown))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Någon annan har ändrat" in text
    assert "Mitt mål" in text
    assert "Tränar i kök." in text
    assert PlanVersion.objects.get().goal == "Kollegans mål"
