"""A list of persons from the file to the register: seconds, queries for a hundred rows, memory."""

import json
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from random import Random

from django.db import connection
from django.utils import timezone

from intake.lists import rules, tasks
from intake.lists.reading import read_sheet
from intake.transitions import lists
from jobcentre.accounts.acting import act_as
from jobcentre.accounts.models import User
from jobcentre.demo.names import FAMILY, MEN, WOMEN

GOAL_QUERIES = 10  # for a hundred rows
FROM = (date(1960, 1, 1), 15_000)
FROM_YOUNG = (date(2004, 1, 1), 1_800)  # of the ages of the outreach register


def measure_list(user_pk: int, rows: int, *, young: bool = False) -> None:
    """Register a tenth of the rows and then all of them, and print what each step took. With flat
    memory the second costs ten times the time and no more memory. `young`: in the outreach
    register."""
    what = "young" if young else "list"
    about = {"origin": "population", "listed_on": timezone.localdate()} if young else {}
    user = User.objects.get(pk=user_pk)
    act_as(user, user.memberships.get())
    random = Random(2)
    print(f"{'list':16}{'rows':>8}{'seconds':>9}{'queries/100':>13}{'goal':>6}{'memory MB':>11}")
    for count in (max(1, rows // 10), rows):
        content = _file(count, random, FROM_YOUNG if young else FROM)
        source = lists.upload_list(
            user.acting.unit, "list.csv", read_sheet("list.csv", content), actor=user, **about
        )
        matching = rules.guessed(source.headings, source.columns)
        today, now = timezone.localdate(), timezone.now()
        _measured(
            f"{what} check",
            count,
            lambda: lists.match_columns(source, matching, actor=user, today=today),  # noqa: B023
        )
        lists.move_list(source, "start", actor=user, now=now)
        _measured(f"{what} register", count, tasks.run_waiting_lists)


def _file(rows: int, random: Random, born: tuple[date, int]) -> bytes:
    """So many persons, born within so many days of the first, with a reserve number and a phone
    each, mostly unlike each other."""
    lines = ["F\u00f6rnamn;Efternamn;Personnummer;Telefon"]
    for n in range(rows):
        born_on = born[0] + timedelta(days=random.randrange(born[1]))
        ends = [random.choice("bdfgklmnprst") + random.choice("aeio") for _n in range(4)]
        lines.append(
            f"{random.choice((*WOMEN, *MEN))}{''.join(ends[:2])};"
            f"{random.choice(FAMILY)}{''.join(ends[2:])};"
            f"{born_on:%Y%m%d}T{n % 1000:03d};07{random.randrange(10**8, 10**9)}"
        )
    return "\n".join(lines).encode()


def _measured(name: str, rows: int, act: Callable[[], object]) -> None:
    queries = 0

    def count(execute, sql, params, many, context):
        nonlocal queries
        queries += 1
        return execute(sql, params, many, context)

    forget_peak()
    before, began = peak(), time.perf_counter()
    with connection.execute_wrapper(count):
        act()
    spent, grown = time.perf_counter() - began, peak() - before
    per_hundred = 100 * queries / rows
    print(f"{name:16}{rows:>8}{spent:>9.1f}{per_hundred:>13.1f}{GOAL_QUERIES:>6}{grown:>11.0f}")
    print(
        json.dumps(
            {
                "job": name,
                "rows": rows,
                "seconds": round(spent, 1),
                "queries_per_100": round(per_hundred, 1),
                "memory_mb": round(grown),
            }
        )
    )


def peak() -> int:
    """The most memory of this process since it was forgotten, in MB (Linux)."""
    status = Path("/proc/self/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) // 1024


def forget_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5")
