"""Rows that several clocks of a case are computed from, read once a computation."""

from collections.abc import Callable
from functools import wraps

from jobcentre.casework.models import DeadlineRule


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
    rules = getattr(case, "rules_of_computation", None)
    if rules is None:
        return DeadlineRule.objects.filter(kind=kind).first()
    return rules.get(kind)
