"""The clocks that go on after the exit. Each row has its own day, so the facts carry it."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jobcentre.accounts.enums import Role
from jobcentre.casework.deadlines.facts import rows_of
from jobcentre.casework.deadlines.rules import Length, Unit
from jobcentre.casework.enums import WaitsFor
from jobcentre.casework.registries import ClockFact, DeadlineKind, deadline_kinds
from reporting.enums import FollowUpKind, FollowUpState
from reporting.models import FollowUp


@rows_of("case")
def _planned():
    return FollowUp.objects.order_by("due_on", "pk")


def _facts(case, kind: FollowUpKind) -> list[ClockFact]:
    if case.is_open:
        return []
    return [
        ClockFact(
            started_on=follow_up.starts_on,
            met_on=None if follow_up.state == FollowUpState.CANCELLED else follow_up.answered_on,
            cancelled_on=follow_up.answered_on
            if follow_up.state == FollowUpState.CANCELLED
            else None,
            subject_key=f"follow_up:{follow_up.kind}:{follow_up.months}",
            owner_id=case.coach_id,
            extended_to=follow_up.due_on,
            length=Length(follow_up.months, Unit.MONTHS),
            url=reverse("reporting:followup", args=[follow_up.ref]),
        )
        for follow_up in _planned(case)
        if follow_up.kind == kind
    ]


def follow_up_facts(case):
    """One clock for each follow-up after the exit, met by an answer or by knowing of none."""
    return _facts(case, FollowUpKind.AFTER_EXIT)


def job_check_facts(case):
    """One month after the job began: does it last?"""
    return _facts(case, FollowUpKind.JOB_CHECK)


def register() -> None:
    deadline_kinds.register(
        DeadlineKind(
            key="follow_up",
            label=_("Follow-up after the exit"),
            length=Length(3, Unit.MONTHS),
            pausable=False,
            warn_before=(7,),
            escalate_to=Role.MANAGER,
            waits_for=WaitsFor.COACH,
            met_by=_("the answer is recorded"),
            step=_("Record the answer"),
            url_name="reporting:followup",
            facts=follow_up_facts,
            survives_closing=True,
            says_length=True,
        ),
        DeadlineKind(
            key="job_check",
            label=_("One-month check of the job"),
            length=Length(1, Unit.MONTHS),
            pausable=False,
            warn_before=(3,),
            escalate_to=Role.MANAGER,
            waits_for=WaitsFor.COACH,
            met_by=_("it is recorded whether the job has lasted"),
            step=_("Check the job"),
            url_name="reporting:followup",
            facts=job_check_facts,
            survives_closing=True,
        ),
    )
