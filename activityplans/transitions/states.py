"""The moves of a version of the plan, and what may be done with it now."""

from django.utils.translation import gettext as _

from activityplans.enums import PlanState
from activityplans.models import (
    PlanVersion,
)
from jobcentre.casework.access.checks import can
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import Case

# {action: (from, to)}: the moves of a version.
MOVES = {
    "submit": ((PlanState.DRAFT, PlanState.RETURNED), PlanState.SUBMITTED),
    "approve": ((PlanState.SUBMITTED,), PlanState.APPROVED),
    # Only what needs no approval was changed (`transitions.free_changes`).
    "enter": ((PlanState.DRAFT, PlanState.RETURNED), PlanState.APPROVED),
    "return": ((PlanState.SUBMITTED,), PlanState.RETURNED),
    "refuse": ((PlanState.SUBMITTED,), PlanState.REFUSED),
    "supersede": ((PlanState.APPROVED,), PlanState.SUPERSEDED),
    "end": ((PlanState.APPROVED, PlanState.DRAFT, PlanState.RETURNED), PlanState.ENDED),
}


def move(version: PlanVersion, move: str) -> None:
    sources, target = MOVES[move]
    if version.state not in sources:
        raise Refused(
            _("Version %(number)s is %(state)s.")
            % {"number": version.number, "state": version.get_state_display()}
        )
    version.state = target


def available_moves(case: Case, user, versions: list[PlanVersion]) -> frozenset[str]:
    """What the user may do with the plan of the case now: edit, submit, sign, review, print.

    `versions` are all of the case.
    """
    versions = {version.state: version for version in versions}
    moves = set()
    if case.is_open and can(user, "plan.edit", case):
        if PlanState.SUBMITTED not in versions:
            moves.add("edit")
        if PlanState.DRAFT in versions or PlanState.RETURNED in versions:
            moves.add("submit")
        if PlanState.APPROVED in versions:
            moves.add("review")
        if versions.keys() & {*MOVES["submit"][0], PlanState.SUBMITTED, PlanState.APPROVED}:
            moves.add("sign")
    if PlanState.APPROVED in versions and can(user, "plan.print", case):
        moves.add("print")
    return frozenset(moves)
