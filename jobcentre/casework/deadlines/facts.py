"""Rows that several clocks of a case are computed from, read once a computation."""

from collections.abc import Callable
from functools import wraps

from jobcentre.casework.deadlines.calendar import municipal_calendar
from jobcentre.casework.deadlines.rules import Length, Unit
from jobcentre.casework.models import DeadlineRule
from jobcentre.workdays import Calendar


def read_once(read: Callable[[object], list]) -> Callable[[object], list]:
    """For a function from a case to rows: asked again in the same computation of the case's clocks
    it gives what it gave before. Outside a computation it reads anew each time.
    """

    @wraps(read)
    def known(case) -> list:
        memory = getattr(case, "rows_of_computation", None)
        if memory is None:
            return read(case)
        if read not in memory:
            memory[read] = read(case)
        return memory[read]

    return known


def own_rule(case, kind: str) -> DeadlineRule | None:
    """What the municipality has decided about a kind of clock; no query inside a computation."""
    lengths = getattr(case, "lengths_of_computation", None)
    if lengths is None:
        return DeadlineRule.objects.filter(kind=kind).first()
    return lengths.rules.get(kind)


def own_length(case, kind: str, usual: Length) -> Length:
    """How long the municipality has decided that a clock runs, or `usual`; like `own_rule`."""
    rule = own_rule(case, kind)
    return Length(rule.length, Unit(rule.unit)) if rule else usual


def own_calendar(case) -> Calendar:
    """The municipality's working days; no query inside a computation."""
    lengths = getattr(case, "lengths_of_computation", None)
    return municipal_calendar() if lengths is None else lengths.calendar
