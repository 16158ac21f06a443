"""What the clocks of a case are computed from, read once a computation: of one case, or of all cases
that are computed together."""

from collections import defaultdict
from collections.abc import Callable, Collection
from functools import wraps
from operator import attrgetter
from typing import Any, TypeVar

from django.db.models import F, QuerySet

from jobcentre.casework.deadlines.calendar import municipal_calendar
from jobcentre.casework.deadlines.rules import Length, Unit
from jobcentre.casework.models import DeadlineRule
from jobcentre.workdays import Calendar

Answer = TypeVar("Answer")


class Computation:
    """Cases whose clocks are computed together, with the lengths they are computed with. A case
    knows its own by `begin`."""

    def __init__(self, case_ids: Collection[int], lengths):
        self.case_ids = list(case_ids)
        self.lengths = lengths
        self._rows: dict[Callable, dict[int, list]] = {}
        self._once: dict[Callable, Any] = {}

    def begin(self, case) -> None:
        """`case` is computed now."""
        case.computation, case.known_of_computation = self, {}

    def rows(self, build: Callable[[], QuerySet], path: str) -> dict[int, list]:
        """The rows of `build` by the id of the case that `path` leads to; one query."""
        if build not in self._rows:
            rows = build().filter(**{f"{path}__in": self.case_ids})
            if path != "case":
                rows = rows.annotate(case_of_row=F(path))
            case_of = attrgetter("case_id" if path == "case" else "case_of_row")
            found = self._rows[build] = defaultdict(list)
            for row in rows:
                found[case_of(row)].append(row)
        return self._rows[build]

    def once(self, read: Callable[[], Answer]) -> Answer:
        """What `read` gives, asked once for all cases."""
        if read not in self._once:
            self._once[read] = read()
        return self._once[read]


def _computation(case) -> Computation | None:
    return getattr(case, "computation", None)


def rows_of(path: str) -> Callable[[Callable[[], QuerySet]], Callable[[Any], list]]:
    """For a function that gives rows of all cases: makes of it one from a case to its rows, in
    their order. `path` leads from a row to its case.

    Inside a computation one query reads the rows of all its cases; outside, those of the case.
    """

    def of_case(build: Callable[[], QuerySet]) -> Callable[[Any], list]:
        @wraps(build)
        def rows(case) -> list:
            computation = _computation(case)
            if computation is None:
                return list(build().filter(**{path: case.pk}))
            return computation.rows(build, path).get(case.pk, [])

        return rows

    return of_case


def read_once(read: Callable[[object], Answer]) -> Callable[[object], Answer]:
    """For a function from a case to what is reckoned of its rows: asked again in the same computation
    it gives what it gave before. Outside a computation it reckons anew each time.
    """

    @wraps(read)
    def known(case) -> Answer:
        if _computation(case) is None:
            return read(case)
        memory = case.known_of_computation
        if read not in memory:
            memory[read] = read(case)
        return memory[read]

    return known


def shared(case, read: Callable[[], Answer]) -> Answer | None:
    """What `read` gives, once for many cases that are computed together; None for a case alone,
    which needs less than that."""
    computation = _computation(case)
    if computation is None or len(computation.case_ids) == 1:
        return None
    return computation.once(read)


def own_rule(case, kind: str) -> DeadlineRule | None:
    """What the municipality has decided about a kind of clock; no query inside a computation."""
    computation = _computation(case)
    if computation is None:
        return DeadlineRule.objects.filter(kind=kind).first()
    return computation.lengths.rules.get(kind)


def own_length(case, kind: str, usual: Length) -> Length:
    """How long the municipality has decided that a clock runs, or `usual`; like `own_rule`."""
    return decided_length(own_rule(case, kind), usual)


def decided_length(rule: DeadlineRule | None, usual: Length) -> Length:
    """The length that the municipality's rule says; `usual` when it has none."""
    return Length(rule.length, Unit(rule.unit)) if rule else usual


def own_calendar(case) -> Calendar:
    """The municipality's working days; no query inside a computation."""
    computation = _computation(case)
    return municipal_calendar() if computation is None else computation.lengths.calendar
