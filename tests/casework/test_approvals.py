"""Four eyes: somebody else, once, on what they saw."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from activityplans.models import PlanVersion
from jobcentre.casework.approvals.writer import decide
from jobcentre.casework.enums import ApprovalState
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import Approval, Deadline
from tests.factories import MONDAY

pytestmark = pytest.mark.row("J6")


def test_the_income_support_unit_approves_and_the_plan_is_in_force(town):
    case = town.opened()
    town.approved(case)
    assert case.plan_versions.in_force().get().number == 1
    assert Deadline.objects.get(case=case, kind="approval").met_on == MONDAY


def test_another_unit_may_not(town):
    approval = town.submitted(town.opened())
    with pytest.raises(PermissionDenied):
        town.approve(approval, town.user("social_secretary", "south"))


def test_a_manager_may_not_decide_for_the_income_support_unit(town):
    approval = town.submitted(town.opened())
    with pytest.raises(PermissionDenied):
        town.approve(approval, town.user("manager"))


def test_without_an_income_support_unit_the_centres_manager_decides(town):
    case = town.opened(support_unit=False, source="own")
    town.approve(town.submitted(case), town.user("manager"))
    assert case.plan_versions.in_force().exists()


def test_nobody_decides_what_they_wrote_themselves(town):
    case = town.opened()
    approval = town.submitted(case)
    secretary = town.user("social_secretary")
    Approval.objects.filter(pk=approval.pk).update(last_edited_by=secretary)
    with pytest.raises(Refused):
        town.approve(approval, secretary)


def test_the_database_refuses_it_too(town):
    approval = town.submitted(town.opened())
    with pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.filter(pk=approval.pk).update(
            state=ApprovalState.APPROVED, decided_by=approval.requested_by, decided_on=MONDAY
        )


def test_what_was_changed_since_it_was_seen_is_refused(town):
    approval = town.submitted(town.opened())
    PlanVersion.objects.filter(pk=approval.subject_id).update(goal="Något annat.")
    with pytest.raises(Refused):
        decide(
            approval,
            ApprovalState.APPROVED,
            actor=town.user("social_secretary"),
            today=MONDAY,
            seen_hash=approval.content_hash,
        )


def test_a_decision_is_final(town):
    approval, secretary = town.submitted(town.opened()), town.user("social_secretary")
    town.approve(approval, secretary)
    with pytest.raises(Refused):
        town.approve(approval, secretary, state=ApprovalState.REFUSED, reason="Nej.")


def test_a_return_says_why_and_starts_a_new_clock_at_the_next_sending(town):
    case, secretary = town.opened(), town.user("social_secretary")
    approval = town.submitted(case)
    with pytest.raises(Refused):
        town.approve(approval, secretary, state=ApprovalState.RETURNED)
    town.approve(approval, secretary, state=ApprovalState.RETURNED, reason="Skriv tider.")
    town.submitted(case, change_reason="Tider.")
    assert Deadline.objects.filter(case=case, kind="approval").count() == 2
    assert Deadline.objects.running().filter(case=case, kind="approval").count() == 1
