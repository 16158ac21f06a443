"""Changes that come into force without approval: place, contact, spelling, and nothing else."""

from dataclasses import replace

import pytest

from activityplans.free_changes import is_spelling
from activityplans.models import PlanFieldRule
from activityplans.transitions import plans
from activityplans.views.printing import Printed, approval_of, plan_context
from jobcentre.casework.models import Approval, CaseEvent, Deadline
from jobcentre.notices.models import Notice
from tests.factories import MONDAY

pytestmark = pytest.mark.row("B3")


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("Arbete i kök.", "arbete i kök", True),
        ("Tränar i verkstad.", "Tränar i verkstadt.", True),
        ("Tränar i verkstad.", "Tränar i verksatd.", True),
        ("möjlig", "omöjlig", False),
        ("heltid", "deltid", False),
        ("Du kan inte", "Du kan nu", False),
        ("Du kan", "Du ska", False),
        ("kl 9", "kl 8", False),
        ("Träna kassa", "Träna kassa och servering", False),
        ("verkstaden", "verkstäder", False),
        (None, "Träna", False),
    ],
)
def test_spelling_is_a_slip_of_one_letter_in_a_long_word(old, new, same):
    assert is_spelling(old, new) is same


def changed(town, case, **changes):
    """The plan in force, written again with `changes` of its one line."""
    line = case.plan_versions.in_force().get().lines.get()
    plan = town.plan_input(case, MONDAY, change_reason="Ny lokal.")
    plan.lines[0] = replace(plan.lines[0], activity=line.activity, **changes)
    version = plans.save_draft(case, plan, actor=None, today=MONDAY)
    return version, plans.submit_plan(version, actor=None, today=MONDAY)


@pytest.mark.parametrize("changes", [{"place": "Sal 2"}, {"description": "Tränar i verkstadt."}])
def test_what_needs_no_approval_is_in_force_at_once_and_told(town, changes):
    case, secretary = town.approved(town.opened()), town.user("social_secretary")
    version, approval = changed(town, case, **changes)
    assert approval is None
    assert case.plan_versions.in_force().get() == version
    assert case.plan_versions.get(number=1).state == "superseded"
    assert Approval.objects.count() == 1
    assert not Deadline.objects.running().filter(case=case, kind="approval").exists()
    told = CaseEvent.objects.get(case=case, kind="plan.corrected").payload["changes"]
    assert next(iter(changes.values())) in told
    assert Notice.objects.filter(user=secretary, key=f"plan-corrected:{version.pk}:{secretary.pk}")


@pytest.mark.parametrize("changes", [{"hours_per_week": 35}, {"expected_result": "Något annat."}])
def test_everything_else_waits_while_the_plan_in_force_goes_on(town, changes):
    case = town.approved(town.opened())
    _version, approval = changed(town, case, place="Sal 2", **changes)
    assert approval.state == "pending"
    assert case.plan_versions.in_force().get().number == 1


def test_another_activity_always_waits(town):
    case = town.approved(town.opened())
    approval = town.submitted(case, change_reason="Ny aktivitet.")
    assert approval.state == "pending"


def test_the_municipality_decides_which_fields(town):
    case = town.approved(town.opened())
    PlanFieldRule.objects.filter(field="place").update(needs_approval=True)
    _version, approval = changed(town, case, place="Sal 2")
    assert approval.state == "pending"


def test_the_first_plan_always_waits(town):
    PlanFieldRule.objects.update(needs_approval=False)
    assert town.submitted(town.opened()).state == "pending"


def test_the_paper_after_a_free_change_says_who_approved_what_it_rests_on(town):
    case = town.approved(town.opened())
    approval = Approval.objects.get()
    version, _none = changed(town, case, place="Sal 2")
    assert approval_of(version) == approval
    context = plan_context(Printed(case, version, False, version.ends_before), None, MONDAY)
    assert (context["approval"], context["approved_on"]) == (approval, MONDAY.isoformat())
    # A later version that was approved itself rests on its own answer.
    plan = town.plan_input(case, MONDAY, goal="Studier.", change_reason="Nytt mål.")
    third = plans.save_draft(case, plan, actor=None, today=MONDAY)
    newer = plans.submit_plan(third, actor=None, today=MONDAY)
    assert approval_of(third) == approval
    town.approve(newer, town.user("social_secretary"))
    assert approval_of(third) == newer
    assert approval_of(version) == approval
