"""What ends at the former centre when a case moves: the person's places in its coming group meetings,
which nobody who works with the person could give up from the new one."""

from intake.closing import place_sentences
from intake.transitions import groups
from jobcentre.accounts.models import Unit
from jobcentre.casework.models import Case
from jobcentre.casework.registries import MovingStep, moving_steps


def goes_with(case: Case) -> list[str]:
    """A sentence for each place at the present home centre."""
    return place_sentences(groups.coming_places(case, case.centre))


def run(case: Case, former: Unit, *, actor) -> None:
    groups.cancel_coming(case, actor=actor, centre=former)


def register() -> None:
    moving_steps.register(MovingStep("group_places", goes_with, run, groups.hold_coming))
