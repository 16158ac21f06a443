from django.utils.translation import gettext_lazy as _

from jobcentre.casework.registries import ClosingStep, closing_steps
from reporting.transitions.follow_ups import plan_follow_ups


def obstacles(case):
    """Nothing about follow-ups stops a case from closing."""
    return []


def run(case, left, *, actor, today) -> None:
    plan_follow_ups(left, actor=actor)


def register() -> None:
    closing_steps.register(ClosingStep("follow_ups", _("Follow-ups"), obstacles, run, position=90))
