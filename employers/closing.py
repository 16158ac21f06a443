from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from employers.enums import PlacementState
from employers.models import Placement
from employers.transitions import withdraw_placement
from jobcentre.casework.registries import ClosingStep, closing_steps


def obstacles(case):
    """A running placement is ended with its result before the exit."""
    return [
        gettext_lazy("The placement at %(employer)s is running. Note its result first.")
        % {"employer": placement.need.employer.name}
        for placement in Placement.objects.filter(
            case=case, state=PlacementState.RUNNING
        ).select_related("need__employer")
    ]


def run(case, left, *, actor, today) -> None:
    for placement in Placement.objects.filter(
        case=case, state__in=[PlacementState.PROPOSED, PlacementState.AGREED]
    ):
        withdraw_placement(placement, _("The case was closed."), actor=None, today=today)


def register() -> None:
    closing_steps.register(
        ClosingStep("placements", gettext_lazy("Placements"), obstacles, run, position=15)
    )
