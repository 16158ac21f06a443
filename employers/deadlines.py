"""The clocks of a placement: the employer's answer, and the end that must be noted."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from employers.enums import PlacementState
from employers.models import Placement
from jobcentre.accounts.enums import Role
from jobcentre.casework.deadlines.facts import rows_of
from jobcentre.casework.deadlines.rules import Length, Unit
from jobcentre.casework.enums import WaitsFor
from jobcentre.casework.registries import ClockFact, DeadlineKind, deadline_kinds


@rows_of("case")
def _placements():
    return Placement.objects.select_related("need__employer").order_by("pk")


def _fact(placement, **facts):
    return ClockFact(
        subject_key=placement.subject_key,
        subject_label=placement.need.employer.name,
        owner_id=placement.need.employer.coordinator_id,
        url=reverse("employers:placement", args=[placement.pk]),
        **facts,
    )


def answer_facts(case):
    return [
        _fact(
            placement,
            started_on=placement.proposed_on,
            met_on=placement.answered_on,
            cancelled_on=placement.ended_on
            if placement.state == PlacementState.WITHDRAWN and placement.answered_on is None
            else None,
        )
        for placement in _placements(case)
    ]


def end_facts(case):
    return [
        _fact(
            placement,
            started_on=placement.ends_before - timedelta(days=1),
            met_on=placement.ended_on,
            cancelled_on=None,
        )
        for placement in _placements(case)
        if placement.ends_before is not None
        and placement.state in (PlacementState.RUNNING, PlacementState.ENDED)
    ]


def register() -> None:
    common = {
        "escalate_to": Role.MANAGER,
        "waits_for": WaitsFor.COORDINATOR,
        "url_name": "employers:placement",
        "pausable": False,
        "warn_before": (1,),
    }
    deadline_kinds.register(
        DeadlineKind(
            key="placement_answer",
            label=_("The employer's answer"),
            length=Length(5, Unit.WORKDAYS),
            met_by=_("the employer's answer is noted"),
            step=_("Note the answer"),
            facts=answer_facts,
            **common,
        ),
        DeadlineKind(
            key="placement_end",
            label=_("Result of the placement"),
            length=Length(5, Unit.WORKDAYS),
            met_by=_("the result is noted"),
            step=_("Note the result"),
            facts=end_facts,
            **common,
        ),
    )
