from django.utils.translation import gettext_lazy as _

from activityplans.enums import PlanState
from activityplans.transitions.answers import end_plan
from jobcentre.casework.registries import ClosingStep, closing_steps


def obstacles(case):
    if case.plan_versions.filter(state=PlanState.SUBMITTED).exists():
        return [_("A plan waits for an answer from the income-support unit.")]
    return []


def run(case, left, *, actor, today) -> None:
    end_plan(case, case.ended_on)


def register() -> None:
    closing_steps.register(ClosingStep("plan", _("Activity plan"), obstacles, run, position=20))
