"""The one next step of a case for the user who looks at it."""

from django.urls import reverse
from django.utils.translation import gettext as _

from jobcentre.casework.access.checks import can
from jobcentre.casework.access.pages import action_of
from jobcentre.casework.deadlines.explain import Explanation
from jobcentre.casework.deadlines.rules import Unit
from jobcentre.casework.enums import WaitsFor
from jobcentre.casework.models import Case
from jobcentre.casework.registries import DeadlineKind, NextStep, deadline_kinds


def next_step(case: Case, user, running: list[tuple[str, str, Explanation]]) -> NextStep | None:
    """The running clock with least time left whose step the user may do, as a button.

    `running` holds (kind key, waits for, explanation) in the order of their due dates. Without
    one, an open case offers a note; a closed one nothing.
    """
    for key, waits_for, explanation in running:
        kind = deadline_kinds[key]
        if explanation.sign == "paused":
            continue  # it waits for the person's return
        if explanation.sign == "ok" and kind.length.unit is not Unit.WORKDAYS:
            continue  # weeks or months away: nothing to do about it today
        if waits_for == WaitsFor.COACH and may_step(user, kind, case):
            return NextStep(kind.step, explanation.url, explanation.words)
    if case.is_open and can(user, "note.write", case):
        return NextStep(_("Write a note"), reverse("casework:note", args=[case.number]))
    return None


def may_step(user, kind: DeadlineKind, case: Case) -> bool:
    """Whether the page where a clock is met is open to the user for this case."""
    action = action_of(kind.url_name)
    return action is not None and can(user, action, case)
