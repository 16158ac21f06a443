"""A plan that came back, one that a colleague sent meanwhile, and a service that is no longer offered."""

from datetime import timedelta

import pytest

from activityplans.models import PlanVersion, Service
from activityplans.transitions import plans
from jobcentre.casework.approvals.writer import decide
from jobcentre.casework.enums import ApprovalState
from jobcentre.casework.models import Approval, FormDraft
from jobcentre.casework.registries import case_panels
from jobcentre.casework.views.case import case_rows
from tests.activityplans.test_answering import sent
from tests.activityplans.test_plan_content import FORM, posted
from tests.factories import MONDAY

pytestmark = pytest.mark.row("J6")


@pytest.fixture
def coach(town):
    return town.user("coach")


def refused(town, log_in, case, **more):
    approval = town.submitted(case)
    client = log_in(town.user("social_secretary"))
    sent(client, approval, verdict="refused", reason="Målet är för vagt.", **more)
    return approval


def test_a_refused_first_plan_is_written_anew_from_what_was_written(town, log_in, coach):
    case = town.opened()
    goal = refused(town, log_in, case) and case.plan_versions.get().goal
    client = log_in(coach)
    page = client.get(f"/arenden/{case.number}/plan/skriv/").content.decode()
    assert goal in page
    assert case.plan_versions.get().lines.get().description in page
    assert "Målet är för vagt." in page
    assert "Varför planen ändras" not in page
    answer = posted(client, case, send="1", target_reason="Börjar mjukt.")
    assert answer.status_code == 302
    assert case.plan_versions.get(state="submitted").number == 2
    queue = log_in(town.user("social_secretary")).get("/planer/att-ta-stallning/").content.decode()
    assert "Första plan" in queue
    assert "Ändring, version" not in queue


def test_a_change_still_says_why(town, log_in, coach):
    case = town.approved(town.opened())
    answer = posted(log_in(coach), case, send="1", target_reason="Börjar mjukt.")
    assert answer.status_code == 422
    assert "Skriv varför planen ändras." in answer.content.decode()


def test_the_tab_says_why_the_plan_came_back_and_at_which_line(town, log_in, coach):
    case = town.opened()
    approval = town.submitted(case)
    client = log_in(town.user("social_secretary"))
    page = client.get(f"/planer/svar/{approval.pk}/")
    field = next(
        change["comment_field"].html_name
        for change in page.context["changes"]
        if change["title"] == case.activities.get().service.label
    )
    sent(
        client, approval, verdict="returned", reason="Skriv vilka dagar.", **{field: "Vilket kök?"}
    )
    for path in ("", "del/plan/", "plan/skriv/"):  # the overview too
        shown = log_in(coach).get(f"/arenden/{case.number}/{path}").content.decode()
        assert "Skriv vilka dagar." in shown
        assert shown.count("Vilket kök?") == 1


def test_the_overview_says_why_in_one_query_more(town, coach, django_assert_max_num_queries):
    """Of a returned change too, whose lines are other ones than those in force."""
    case = town.approved(town.opened())
    panel = case_panels["plan_overview"]
    shown = case_rows().get(pk=case.pk)
    with django_assert_max_num_queries(20) as before:
        assert panel.context(shown, coach, MONDAY)["answer"] is None
    approval = town.submitted(case, goal="Arbete i kök.", change_reason="Nytt mål.")
    activity = case.plan_versions.get(state="submitted").lines.get().activity
    decide(
        approval,
        ApprovalState.RETURNED,
        actor=town.user("social_secretary"),
        today=MONDAY,
        seen_hash=approval.content_hash,
        reason="Skriv vilka dagar.",
        comments={f"line:{activity.ref}": "Vilket kök?", "goal": "För brett."},
    )
    shown = case_rows().get(pk=case.pk)
    with django_assert_max_num_queries(len(before) + 1):
        answer = panel.context(shown, coach, MONDAY)["answer"]
    assert answer.approval.reason == "Skriv vilka dagar."
    assert {each.title for each in answer.comments} == {activity.service.label, "Mål"}


def test_a_refusal_stands_on_the_overview_with_its_grounds(town, log_in, coach):
    case = town.opened()
    refused(town, log_in, case)
    page = log_in(coach).get(f"/arenden/{case.number}/").content.decode()
    assert "Målet är för vagt." in page


def test_what_is_saved_after_a_colleague_sent_is_told_and_kept(town, log_in, coach):
    case = town.opened()
    client = log_in(coach)
    path = f"/arenden/{case.number}/plan/skriv/"
    token = client.get(path).content.decode().split('name="token" value="')[1][:36]
    approval = town.submitted(case)
    service = Service.objects.get(key="work_training").pk
    values = {**FORM, "lines-0-service": service, "token": token, "goal": "Mitt eget mål."}
    answer = client.post(path, values)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "En version väntar på svar." in text
    assert "Mitt eget mål." in text
    assert PlanVersion.objects.get().goal != "Mitt eget mål."
    assert FormDraft.objects.get().user == coach
    again = client.get(path).content.decode()
    assert "Mitt eget mål." in again
    assert approval.requested_by.name in again
    assert 'name="send"' not in again
    town.approve(approval, town.user("social_secretary"))
    assert "Mitt eget mål." in client.get(path).content.decode()


def test_who_presses_send_twice_is_not_told_of_the_own_version(town, log_in, coach):
    case, client = town.opened(), log_in(coach)
    path = f"/arenden/{case.number}/plan/skriv/"
    token = client.get(path).content.decode().split('name="token" value="')[1][:36]
    more = {"token": token, "send": "1", "target_reason": "Börjar mjukt."}
    service = Service.objects.get(key="work_training").pk
    values = {**FORM, "lines-0-service": service, **more}
    first, second = client.post(path, values), client.post(path, values)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first.url == second.url
    assert not FormDraft.objects.exists()
    assert Approval.objects.count() == 1


def test_an_activity_goes_on_with_a_service_that_is_no_longer_offered(town, log_in, coach):
    case = town.approved(town.opened())
    activity = case.activities.get()
    Service.objects.filter(pk=activity.service_id).update(valid_to=MONDAY - timedelta(days=1))
    client = log_in(coach)
    page = client.get(f"/arenden/{case.number}/plan/skriv/")
    kept, empty = page.context["lines"].forms
    assert kept["service"].value() == activity.service_id
    assert activity.service in kept.fields["service"].queryset
    assert activity.service not in empty.fields["service"].queryset
    assert f"{activity.service.label} erbjuds inte längre." in page.content.decode()
    own = {"lines-0-service": activity.service_id, "change_reason": "Nytt mål."}
    answer = posted(client, case, **own)  # a line of its own: not the activity that goes on
    assert answer.status_code == 422
    answer = posted(client, case, **own, **{"lines-0-activity": str(activity.ref)})
    assert answer.status_code == 302
    assert plans.version_being_written(case).lines.get().activity == activity


def test_who_does_not_answer_for_the_unit_is_not_offered_to(town, log_in):
    approval = town.submitted(town.opened())
    page = log_in(town.user("manager")).get(f"/planer/svar/{approval.pk}/")
    if page.status_code == 200:
        assert 'value="approved"' not in page.content.decode()
        assert approval.unit.name in page.content.decode()
    page = log_in(town.user("social_secretary")).get(f"/planer/svar/{approval.pk}/")
    assert 'value="approved"' in page.content.decode()
