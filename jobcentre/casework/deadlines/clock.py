"""The one writer of deadlines: what the facts say becomes rows, again and again the same."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date

from django.db.models import F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from jobcentre.casework.deadlines import rules
from jobcentre.casework.deadlines.calendar import municipal_calendar
from jobcentre.casework.models import Case, Deadline, DeadlineRule
from jobcentre.casework.registries import ClockFact, DeadlineKind, deadline_kinds
from jobcentre.workdays import Calendar, Period

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
        own = self.rules.get(kind.key)
        return rules.Length(own.length, rules.Unit(own.unit)) if own else kind.length

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
    """Clocks of the cases changed inside are computed once, at the end: for imports and the demo.

    The result is the same, because clocks are always computed from the facts.
    """
    token = _deferred.set({})
    try:
        yield
        waiting = _deferred.get()
    finally:
        _deferred.reset(token)
    for case in waiting.values():
        recompute(case, lengths)


def recompute(case: Case, lengths: Lengths | None = None) -> list[Deadline]:
    """Bring the deadlines of a case into line with the facts; returns the changed ones.

    The caller holds the lock of the case or is the nightly round. Running it again changes
    nothing.
    """
    waiting = _deferred.get()
    if waiting is not None:
        waiting[case.pk] = case
        return []
    lengths = lengths or Lengths.load()
    case = (
        Case.objects.select_related("income_support_unit")
        .prefetch_related("pauses")
        .get(pk=case.pk)
    )
    case.rows_of_computation, case.lengths_of_computation = {}, lengths
    pauses = pauses_of(case)
    existing = {(row.kind, row.subject_key): row for row in case.deadlines.all()}
    created, changed, rows = [], [], []
    for kind in deadline_kinds:
        for fact in kind.facts(case):
            old = existing.pop((kind.key, fact.subject_key), None)
            begun = old and rules.Length(old.length, rules.Unit(old.length_unit))
            new = compute(case, kind, fact, pauses, lengths, begun)
            if old is None:
                created.append(new)
            elif any(getattr(old, name) != getattr(new, name) for name in _COMPARED):
                for name in _COMPARED:
                    setattr(old, name, getattr(new, name))
                changed.append(old)
            rows.append(old or new)
    if existing:
        Deadline.objects.filter(pk__in=[row.pk for row in existing.values()]).delete()
    Deadline.objects.bulk_create(created)
    if changed:
        Deadline.objects.bulk_update(changed, _COMPARED)
    if created or changed or existing:
        _keep_next(case, rows)
    return created + changed


def _keep_next(case: Case, rows: list[Deadline]) -> None:
    """`rows` are all the clocks of the case."""
    next_on = min((row.due_on for row in rows if row.is_running and row.due_on), default=None)
    if next_on != case.next_deadline_on:
        Case.objects.filter(pk=case.pk).update(next_deadline_on=next_on)


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
