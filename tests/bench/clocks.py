"""The daily round and a new closed day over twenty thousand open cases, against one statement that
writes the same rows."""

import json
import time
from collections.abc import Callable
from datetime import timedelta
from random import Random

from django.db import connection, transaction
from django.utils import timezone

from jobcentre.casework.deadlines.calendar import municipal_calendar
from jobcentre.casework.deadlines.clock import keep_next_of_many
from jobcentre.casework.deadlines.closed_days import recount
from jobcentre.casework.deadlines.round import round_of_clocks
from jobcentre.casework.enums import Source, Track
from jobcentre.casework.models import Case, ClosedDay, Deadline, Person
from jobcentre.loading import settle
from jobcentre.notices.models import Notice, OutboxMessage

OPEN_CASES = 20_000
GOAL_ROUND, GOAL_RECOUNT = 5, 8  # times the statement that writes the same rows


def measure_clocks() -> None:
    """Fill the base up to OPEN_CASES open cases and print what the round and a closed day cost."""
    _fill()
    today = timezone.localdate()
    print(f"{'clocks':16}{'rows':>8}{'ms':>10}{'floor ms':>10}{'times':>8}{'goal':>6}{'again':>7}")
    with transaction.atomic():  # as the worker did the night before: words and holidays are known
        round_of_clocks(today)
        transaction.set_rollback(True)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    settle()  # as the worker did when it started
    last = {model: _last(model) for model in (Deadline, Notice, OutboxMessage)}
    spent, told = timed(lambda: round_of_clocks(today))
    floor, begun = copied(last), Deadline.objects.filter(pk__gt=last[Deadline]).count()
    again = round_of_clocks(today)
    _report("daily round", told + begun, spent, floor, GOAL_ROUND, again)
    day = municipal_calendar().add_workdays(today, 1)
    ClosedDay.objects.create(on=day, name="Planeringsdag")
    spent, moved = timed(lambda: recount(day, day))
    floor, _rows = timed(lambda: _update_again(day))
    _report("closed day", moved, spent, floor, GOAL_RECOUNT, recount(day, day))


def timed(act: Callable[[], int]) -> tuple[float, int]:
    began = time.perf_counter()
    result = act()
    return time.perf_counter() - began, result


def _last(model) -> int:
    return model.objects.order_by("pk").values_list("pk", flat=True).last() or 0


def copied(last: dict) -> float:
    """Seconds of one INSERT..SELECT of the newer rows of each model into a table like it, whose
    foreign keys are checked as those of the product are."""
    spent = 0.0
    for model, pk in last.items():
        table = model._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE TABLE bench_{table} (LIKE {table} INCLUDING ALL)")
            cursor.execute(
                "SELECT pg_get_constraintdef(oid) FROM pg_constraint"
                " WHERE contype = 'f' AND conrelid = %s::regclass",
                [table],
            )
            for (foreign_key,) in cursor.fetchall():
                cursor.execute(f"ALTER TABLE bench_{table} ADD {foreign_key}")
            sql = f"INSERT INTO bench_{table} SELECT * FROM {table} WHERE id > %s"
            spent += timed(lambda: cursor.execute(sql, [pk]))[0]  # noqa: B023
    return spent


def _update_again(day) -> int:
    """The clocks that the closed day moved, moved once more by one statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE casework_deadline SET due_on = due_on + 1"
            " WHERE length_unit = 'workdays' AND started_on < %s AND due_on > %s",
            [day, day],
        )
        rows = cursor.rowcount
        cursor.execute(
            "UPDATE casework_deadline SET due_on = due_on - 1"
            " WHERE length_unit = 'workdays' AND started_on < %s AND due_on > %s",
            [day, day + timedelta(days=1)],
        )
    return rows


def _report(name: str, rows: int, spent: float, floor: float, goal: int, again: int) -> None:
    times = spent / floor
    print(
        f"{name:16}{rows:>8}{spent * 1000:>10.0f}{floor * 1000:>10.0f}{times:>8.2f}{goal:>6}"
        f"{again:>7}"
    )
    print(
        json.dumps(
            {
                "job": name,
                "rows": rows,
                "ms": round(spent * 1000),
                "floor_ms": round(floor * 1000),
                "times": round(times, 2),
                "again": again,
            }
        )
    )


def _fill() -> None:
    """Open cases for persons who have none, and the clocks of a first week for every open case."""
    today, random = timezone.localdate(), Random(3)
    like = Case.objects.filter(status="open").order_by("pk").first()
    missing = OPEN_CASES - Case.objects.filter(status="open").count()
    people = Person.objects.exclude(cases__status="open").order_by("pk")[: max(0, missing)]
    coaches = list(
        Case.objects.filter(status="open")
        .order_by("coach")
        .values_list("coach", flat=True)
        .distinct()
    )
    made = Case.objects.bulk_create(
        [
            Case(
                number=f"B-{n:06d}",
                person=person,
                status="open",
                started_on=today - timedelta(days=random.randrange(1, 900)),
                source=Source.INCOME_SUPPORT,
                track=Track.LATER,
                centre_id=like.centre_id,
                income_support_unit_id=like.income_support_unit_id,
                coach_id=coaches[n % len(coaches)],
            )
            for n, person in enumerate(people)
        ],
        batch_size=2000,
    )
    rows = []
    for case in made:
        for kind, months in (("review", 6), ("cap", 18)):
            due_on = today + timedelta(days=random.randrange(-5, 200))
            rows.append(
                _clock(case, kind, months, "months", case.started_on, max(case.started_on, due_on))
            )
    calendar = municipal_calendar()
    due = {back: calendar.add_workdays(today - timedelta(days=back), 5) for back in range(4)}
    for case in Case.objects.filter(status="open").order_by("pk"):
        back = random.randrange(4)
        rows.append(_clock(case, "plan", 5, "workdays", today - timedelta(days=back), due[back]))
    Deadline.objects.bulk_create(rows, batch_size=2000)
    ids = sorted({row.case_id for row in rows})
    for start in range(0, len(ids), 2000):  # as the writer of clocks leaves them
        keep_next_of_many(ids[start : start + 2000])
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE casework_case, casework_deadline")


def _clock(case, kind, length, unit, started_on, due_on) -> Deadline:
    return Deadline(
        case=case,
        kind=kind,
        length=length,
        length_unit=unit,
        started_on=started_on,
        due_on=due_on,
        waits_for="coach",
        owner_id=case.coach_id,
    )
