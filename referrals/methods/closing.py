"""What becomes of support by a method when a case closes: it outlives an exit to work."""

from django.utils.translation import gettext_lazy as _

from jobcentre.casework.enums import Outcome
from jobcentre.casework.registries import ClosingStep, closing_steps
from referrals.models import MethodSupport
from referrals.transitions.methods import end_with_case


def obstacles(case) -> list:
    return []


def goes_with(case) -> list:
    """Support on the job goes on after an exit to work; else it ends with the case."""
    return [
        _("%(method)s ends, unless the exit is to work: then it goes on as long as it is needed.")
        % {"method": support.get_method_display()}
        for support in MethodSupport.objects.filter(case=case).going_on()
    ]


def run(case, left, *, actor, today) -> None:
    if left.reason.outcome != Outcome.WORK:
        end_with_case(case, today)


def register() -> None:
    closing_steps.register(
        ClosingStep(
            "methods", _("Support by methods"), obstacles, run, position=15, goes_with=goes_with
        )
    )
