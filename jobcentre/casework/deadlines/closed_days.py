"""A closed day comes or goes: the clocks in working days that run over it are reckoned anew.

The arithmetic is that of every other computation (`rules.due_on`, `clock.ending`); here it is done
for thousands of clocks with a number of statements that does not grow with them.
"""

from collections import defaultdict
from datetime import date

from django.db import transaction
from django.db.models import Q

from jobcentre.casework.deadlines import rules
from jobcentre.casework.deadlines.calendar import municipal_calendar
from jobcentre.casework.deadlines.clock import (
    Lengths,
    ending,
    keep_next_of_many,
    paused_days,
    recompute,
)
from jobcentre.casework.models import Case, ClockPause, Deadline
from jobcentre.casework.registries import deadline_kinds
from jobcentre.workdays import Calendar, Period

BATCH = 5000  # cases at a time, so that nobody waits long for the lock of one
_READ = (
    "pk",
    "case_id",
    "kind",
    "length",
    "started_on",
    "due_on",
    "met_on",
    "cancelled_on",
    "stopped_on",
    "paused_days",
    "case__ended_on",
)


def recount(first: date, last: date) -> int:
    """Reckon the clocks anew that run over a day from `first` to `last`, which may have been closed
    or opened; returns how many changed. Running it again changes nothing."""
    over = Deadline.objects.filter(
        Q(due_on__gte=first) | Q(due_on__isnull=True),
        length_unit=rules.Unit.WORKDAYS.value,
        started_on__lt=last,
    )
    by_decision = {kind.key for kind in deadline_kinds if kind.extendable}
    calendar, lengths = municipal_calendar(), Lengths.load()
    # A clock that a decision may have moved is known only to its facts.
    alone = over.filter(kind__in=by_decision).order_by("case").values_list("case", flat=True)
    changed = 0
    for case_id in alone.distinct():
        with transaction.atomic():
            case = Case.objects.select_for_update().get(pk=case_id)
            changed += len(recompute(case, lengths))
    over = over.exclude(kind__in=by_decision)
    ids = list(over.order_by("case").values_list("case", flat=True).distinct())
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        with transaction.atomic():
            list(
                Case.objects.select_for_update()
                .filter(pk__in=batch)
                .order_by("pk")
                .values_list("pk", flat=True)
            )
            changed += _recount(over.filter(case__in=batch), batch, calendar)
    return changed


def _recount(clocks, case_ids: list[int], calendar: Calendar) -> int:
    """The same for the cases of one batch, whose locks are held."""
    pauses: dict[int, tuple[Period, ...]] = defaultdict(tuple)
    for pause in ClockPause.objects.filter(case__in=case_ids).order_by("starts_on"):
        pauses[pause.case_id] += (Period(pause.starts_on, pause.ends_before),)
    changes: dict[tuple, list[int]] = defaultdict(list)  # {columns with values: clocks}
    touched, moved_cases = set(), set()
    known: dict[tuple, date | None] = {}
    for pk, case_id, key, length, started_on, *before, ended_on in clocks.values_list(*_READ):
        kind = deadline_kinds[key]
        counted = pauses[case_id] if kind.pausable else ()
        same = (length, started_on, counted)
        if same not in known:
            amount = rules.Length(length, rules.Unit.WORKDAYS)
            known[same] = rules.due_on(amount, started_on, counted, calendar)
        due, met, cancelled = known[same], before[1], before[2]
        stopped = before[3]
        # What the case's end has done to the clock follows from the new day; what its own facts
        # have called off stays called off.
        if cancelled is None or cancelled == ended_on:
            cancelled, stopped = ending(due, met, ended_on, kind)
        paused = paused_days(counted, started_on, met or due)
        new = {"due_on": due}, {"cancelled_on": cancelled, "stopped_on": stopped}
        new += ({"paused_days": paused},)
        old = dict(zip(_READ[5:10], before, strict=True))
        for columns in new:
            if any(old[name] != value for name, value in columns.items()):
                changes[tuple(columns.items())].append(pk)
                touched.add(pk)
                moved_cases.add(case_id)
    for columns, keys in changes.items():
        Deadline.objects.filter(pk__in=keys).update(**dict(columns))
    keep_next_of_many(moved_cases)
    return len(touched)
