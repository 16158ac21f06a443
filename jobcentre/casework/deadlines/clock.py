"""The one writer of deadlines: what the facts say becomes rows, again and again the same."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date

from django.db.models import F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from jobcentre.casework.deadlines import rules
from jobcentre.casework.deadlines.calendar import municipal_calendar
from jobcentre.casework.deadlines.facts import Computation, decided_length
from jobcentre.casework.models import Case, Deadline, DeadlineRule
from jobcentre.casework.registries import ClockFact, DeadlineKind, deadline_kinds
from jobcentre.workdays import Calendar, Period

TOGETHER = 200  # cases whose clocks are computed with the same queries
_COMPARED = (
    "subject_label",
    "url",
    "length",
    "length_unit",
    "started_on",
    "due_on",
    "met_on",
    "cancelled_on",
    "stopped_on",
    "paused_days",
    "waits_for",
    "owner_id",
    "unit_id",
)


@dataclass(frozen=True)
class Lengths:
    """The municipality's lengths and warnings by kind, read once for many cases."""

    rules: dict[str, DeadlineRule]
    calendar: Calendar

    @classmethod
    def load(cls) -> "Lengths":
        return cls({rule.kind: rule for rule in DeadlineRule.objects.all()}, municipal_calendar())

    def length_of(self, kind: DeadlineKind) -> rules.Length:
        return decided_length(self.rules.get(kind.key), kind.length)

    def warnings_of(self, kind: DeadlineKind) -> tuple[int, ...]:
        own = self.rules.get(kind.key)
        return tuple(own.warn_before) if own and own.warn_before else kind.warn_before


def pauses_of(case: Case) -> tuple[Period, ...]:
    return tuple(
        Period(pause.starts_on, pause.ends_before)
        for pause in sorted(case.pauses.all(), key=lambda pause: pause.starts_on)
    )


def compute(
    case: Case,
    kind: DeadlineKind,
    fact: ClockFact,
    pauses,
    lengths: Lengths,
    begun: rules.Length | None = None,
) -> Deadline:
    """The row that a fact gives, not yet saved.

    A clock keeps the length it has `begun` with: when the municipality decides another, that is of
    the clocks that begin afterwards, and what was late is not made timely behind its back.
    """
    length = fact.length or begun or lengths.length_of(kind)
    counted = pauses if kind.pausable else ()
    due = rules.due_on(length, fact.started_on, counted, lengths.calendar)
    if due is not None and fact.earlier_days:
        due = rules.add_earlier_days(due, fact.earlier_days)
        due = max(due, fact.started_on)
    if fact.extended_to is not None:
        due = fact.extended_to
    met, cancelled, stopped = fact.met_on, fact.cancelled_on, None
    if cancelled:
        met = None
    else:
        cancelled, stopped = ending(due, met, case.ended_on, kind)
    return Deadline(
        case=case,
        kind=kind.key,
        subject_key=fact.subject_key,
        subject_label=fact.subject_label[:200],
        url=fact.url,
        length=length.n,
        length_unit=length.unit.value,
        started_on=fact.started_on,
        due_on=due,
        met_on=met,
        cancelled_on=cancelled,
        stopped_on=stopped,
        paused_days=paused_days(counted, fact.started_on, met or due),
        waits_for=kind.waits_for,
        owner_id=fact.owner_id,
        unit_id=fact.unit_id,
    )


def ending(
    due: date | None, met: date | None, ended_on: date | None, kind: DeadlineKind
) -> tuple[date | None, date | None]:
    """(cancelled, stopped) of a clock in a case that ended on `ended_on` (None: it goes on): one
    that had not run out counts nowhere, one that had stays late."""
    if ended_on is None or kind.survives_closing or met is not None:
        return None, None
    return (ended_on, None) if due is None or ended_on <= due else (None, ended_on)


def paused_days(pauses, started_on, until) -> int:
    """Calendar days of pause between start and end, for the explanation on the page."""
    if until is None:
        return 0
    days = 0
    for pause in pauses:
        first = max(pause.starts_on, started_on)
        last = min(pause.ends_before or until, until)
        days += max(0, (last - first).days)
    return days


_deferred: ContextVar[dict[int, Case] | None] = ContextVar("deferred", default=None)


@contextmanager
def deferred(lengths: Lengths) -> Iterator[None]:
    """Clocks of the cases changed inside are computed together, at the end: for imports and the demo.

    The result is the same, because clocks are always computed from the facts.
    """
    if _deferred.get() is not None:
        yield  # the outer block computes
        return
    token = _deferred.set({})
    try:
        yield
        waiting = _deferred.get()
    finally:
        _deferred.reset(token)
    ids = list(waiting)
    for first in range(0, len(ids), TOGETHER):
        _compute_all(ids[first : first + TOGETHER], lengths)


def recompute(case: Case, lengths: Lengths | None = None) -> list[Deadline]:
    """Bring the deadlines of a case into line with the facts; returns the changed ones.

    The caller holds the lock of the case or is the nightly round. Running it again changes
    nothing.
    """
    waiting = _deferred.get()
    if waiting is not None:
        waiting[case.pk] = case
        return []
    return _compute_all([case.pk], lengths or Lengths.load())


def _compute_all(case_ids: list[int], lengths: Lengths) -> list[Deadline]:
    """As many queries for many cases as for one; returns the changed clocks."""
    together = Computation(case_ids, lengths)
    known = {pk: {} for pk in case_ids}
    for row in Deadline.objects.filter(case__in=case_ids).order_by():
        known[row.case_id][row.kind, row.subject_key] = row
    created, changed, gone, touched = [], [], [], []
    cases = Case.objects.filter(pk__in=case_ids).select_related("income_support_unit")
    for case in cases.order_by("pk").prefetch_related("pauses"):
        together.begin(case)
        made = _compute_one(case, known[case.pk], lengths)
        created += made.created
        changed += made.changed
        gone += made.gone
        if made.created or made.changed or made.gone:
            touched.append((case, made.next_on))
    if gone:
        Deadline.objects.filter(pk__in=[row.pk for row in gone]).delete()
    Deadline.objects.bulk_create(created)
    if changed:
        Deadline.objects.bulk_update(changed, _COMPARED)
    _keep_next(touched)
    return created + changed


@dataclass
class _Made:
    """What a computation makes of the clocks of a case."""

    created: list[Deadline] = field(default_factory=list)
    changed: list[Deadline] = field(default_factory=list)
    gone: list[Deadline] = field(default_factory=list)
    next_on: date | None = None  # the first day of those that run


def _compute_one(case: Case, known: dict[tuple[str, str], Deadline], lengths: Lengths) -> _Made:
    made, rows, pauses = _Made(), [], pauses_of(case)
    for kind in deadline_kinds:
        for fact in kind.facts(case):
            old = known.pop((kind.key, fact.subject_key), None)
            begun = old and rules.Length(old.length, rules.Unit(old.length_unit))
            new = compute(case, kind, fact, pauses, lengths, begun)
            if old is None:
                made.created.append(new)
            elif any(getattr(old, name) != getattr(new, name) for name in _COMPARED):
                for name in _COMPARED:
                    setattr(old, name, getattr(new, name))
                made.changed.append(old)
            rows.append(old or new)
    made.gone = list(known.values())
    made.next_on = min((row.due_on for row in rows if row.is_running and row.due_on), default=None)
    return made


def _keep_next(touched: list[tuple[Case, date | None]]) -> None:
    """The first day of the running clocks stands with each case, which had another."""
    other = [(case, day) for case, day in touched if case.next_deadline_on != day]
    if len(other) == 1:
        ((case, day),) = other
        Case.objects.filter(pk=case.pk).update(next_deadline_on=day)
    else:
        keep_next_of_many([case.pk for case, _day in other])


def keep_next_of_many(case_ids: Collection[int]) -> None:
    """The first day of the running clocks stands with each case again, by one statement."""
    if not case_ids:
        return
    first = (
        Deadline.objects.running()
        .filter(case=OuterRef("pk"), due_on__isnull=False)
        .order_by("due_on")
        .values("due_on")[:1]
    )
    never = Value(date.max)  # no day at all; NULL is neither equal to anything nor unequal
    days = Case.objects.filter(pk__in=case_ids).annotate(
        kept_on=Coalesce("next_deadline_on", never), first_on=Coalesce(Subquery(first), never)
    )
    # Most have an earlier day: a case is written again only when its day is another.
    days.exclude(kept_on=F("first_on")).update(next_deadline_on=Subquery(first))
