"""Times the product's pages against the floor and Django's admin, interleaved in one run."""

import argparse
import http.client
import json
import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field

import django

from tooling import processes, services

RUNS = 3
LOAD_SECONDS = 3


@dataclass
class Page:
    """A page and what it is held against: its goal in floors, and most queries."""

    name: str
    path: str
    user: str
    goal_floor: float | None = None
    goal_queries: int | None = None
    admin: str = ""
    form: dict[str, str] | None = None
    polls: bool = False  # asks again with the mark of what is shown: nothing has changed
    mark: str = ""
    times: list[float] = field(default_factory=list)
    size: int = 0
    queries: int = 0
    rps4: float = 0.0


def pages(base: dict) -> list[Page]:
    from jobcentre.casework.models import Case

    case = Case.objects.get(number=base["case"])
    return [
        Page("floor", "/bench/golv/", "coach"),
        Page("caseload", "/arenden/", "coach", 4, 8, "admin caseload"),
        Page("search", "/sok/", "coach", 3, 5, "admin search", {"q": "berg"}),
        Page("case", f"/arenden/{case.number}/", "coach", 5, 12, "admin case"),
        Page("queue", "/planer/att-ta-stallning/", "secretary", 4, 8, "admin queue"),
        Page("board unchanged", "/mottagning/ko/", "reception", 3, 2, polls=True),
        Page("board", "/mottagning/ko/", "reception", 3, 6),
        Page("board first", "/mottagning/", "reception"),
        Page("month of 15", "/narvaro/manad/?month=" + base["month"], "trainer", 6),
        Page("comparison", f"/aktiviteter/{base['orderable']}/bestall/", "coach", 6),
        Page("provider today", "/utforare/", "provider", 4, 8),
        Page("mapping", f"/arenden/{case.number}/kartlaggning/", "coach", None, 12),
        Page(
            "admin caseload",
            f"/bench/admin/casework/case/?coach__id__exact={base['coach']}&status__exact=open",
            "coach",
        ),
        Page("admin search", "/bench/admin/casework/person/?q=berg", "coach"),
        Page("admin case", f"/bench/admin/casework/case/{case.pk}/change/", "coach"),
        Page("admin queue", "/bench/admin/casework/approval/?state__exact=pending", "coach"),
    ]


def cookie_of(user_pk: int) -> str:
    """A session of the user, as the cookie's value."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.cached_db import SessionStore

    from jobcentre.accounts.models import User

    user = User.objects.get(pk=user_pk)
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "jobcentre.accounts.backends.MembershipBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session["last_seen"] = int(time.time()) + 3600
    session.save()
    return session.session_key


def fetch(port: int, page: Page, cookie: str) -> tuple[float, int]:
    """Seconds and bytes of one request on a connection of its own."""
    headers = {} if not page.mark else {"If-None-Match": page.mark, "X-Poll": "1"}
    headers |= {"Cookie": f"sessionid={cookie}; csrftoken={'a' * 32}", "Host": "127.0.0.1"}
    method, body = "GET", None
    if page.form is not None:
        method = "POST"
        body = "&".join(f"{key}={value}" for key, value in page.form.items())
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        headers["X-CSRFToken"] = "a" * 32
        headers["HX-Request"] = "true"
    began = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request(method, page.path, body, headers)
    answer = connection.getresponse()
    content = answer.read()
    spent = time.perf_counter() - began
    connection.close()
    if answer.status not in ((200, 304) if page.polls else (200,)):
        raise RuntimeError(f"{page.path} answered {answer.status}")
    if page.polls:
        page.mark = answer.getheader("ETag")
    return spent, len(content)


def count_queries(page: Page, user_pk: int) -> int:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from jobcentre.accounts.models import User

    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(
        User.objects.get(pk=user_pk), backend="jobcentre.accounts.backends.MembershipBackend"
    )
    headers = {"HX-Request": "true"} if page.form is not None else {}
    act: Callable = client.get if page.form is None else client.post
    answer = act(page.path, page.form or {}, headers=headers)
    if page.polls:
        headers = {"If-None-Match": answer["ETag"], "X-Poll": "1"}
    with CaptureQueriesContext(connection) as captured:
        act(page.path, page.form or {}, headers=headers)
    return len(captured)


def load(port: int, page: Page, cookie: str) -> float:
    """Requests a second with four at a time, for three seconds."""
    done, stop = [0] * 4, time.perf_counter() + LOAD_SECONDS

    def ask(index: int) -> None:
        while time.perf_counter() < stop:
            fetch(port, page, cookie)
            done[index] += 1

    threads = [threading.Thread(target=ask, args=(index,)) for index in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done) / LOAD_SECONDS


@contextmanager
def served(environment: dict[str, str]):
    """The product under gunicorn with two sync workers; yields the port."""
    port = processes.free_port()
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "gunicorn", "jobcentre.wsgi", "--workers", "2"),
            *("--bind", f"127.0.0.1:{port}", "--log-level", "error", "--no-control-socket"),
        ],
        env=environment,
    )
    try:
        for _attempt in range(100):
            try:
                http.client.HTTPConnection("127.0.0.1", port, timeout=1).connect()
                break
            except OSError:
                time.sleep(0.1)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=20)


def report(measured: list[Page]) -> None:
    """The table, then one JSON line for each page."""
    by_name = {page.name: page for page in measured}
    floor = statistics.median(by_name["floor"].times)
    print(f"{'page':16}{'median ms':>10}{'p95 ms':>9}{'queries':>9}{'bytes':>9}{'rps4':>8}"
          f"{'floors':>8}{'goal':>6}{'admin':>7}")  # fmt: skip
    for page in measured:
        median = statistics.median(page.times)
        p95 = statistics.quantiles(page.times, n=20)[-1]
        ratio_floor = median / floor
        admin = by_name.get(page.admin)
        ratio_admin = median / statistics.median(admin.times) if admin else None
        goal = f"{page.goal_floor:g}" if page.goal_floor else ""
        shown = f"{ratio_admin:.2f}" if ratio_admin else ""
        queries = f"{page.queries}/{page.goal_queries}" if page.goal_queries else str(page.queries)
        print(f"{page.name:16}{median * 1000:>10.1f}{p95 * 1000:>9.1f}{queries:>9}{page.size:>9}"
              f"{page.rps4:>8.1f}{ratio_floor:>8.2f}{goal:>6}{shown:>7}")  # fmt: skip
    for page in measured:
        median = statistics.median(page.times)
        admin = by_name.get(page.admin)
        print(
            json.dumps(
                {
                    "page": page.name,
                    "median_ms": round(median * 1000, 1),
                    "p95_ms": round(statistics.quantiles(page.times, n=20)[-1] * 1000, 1),
                    "queries": page.queries,
                    "bytes": page.size,
                    "rps4": round(page.rps4, 1),
                    "ratio_floor": round(median / floor, 2),
                    "ratio_admin": round(median / statistics.median(admin.times), 2)
                    if admin
                    else None,
                }
            )
        )


def run(persons: int, rounds: int, rows: int, only: list[str]) -> None:
    """With `only`: just those pages, the floor and the admin beside them, and none of the jobs."""
    from django.core.management import call_command

    from jobcentre.accounts.models import User
    from tests.bench.build import analyse, build
    from tests.bench.clocks import measure_clocks
    from tests.bench.importing import measure_list
    from tests.bench.ledger import measure_ledger
    from tests.bench.orders import build_orders
    from tests.bench.portal import build_portal

    call_command("migrate", verbosity=0)
    base = build(persons)
    base["orderable"] = build_orders(User.objects.get(pk=base["coach"]))
    base["provider"] = build_portal()
    analyse()
    print(json.dumps(base["counts"]))
    cookies = {
        role: cookie_of(base[role])
        for role in ("coach", "secretary", "reception", "trainer", "provider")
    }
    measured = pages(base)
    if unknown := set(only) - {page.name for page in measured}:
        raise SystemExit(f"No such page is measured: {', '.join(sorted(unknown))}.")
    if only:
        beside = {page.admin for page in measured if page.name in only}
        measured = [page for page in measured if page.name in {"floor", *only, *beside}]
    for page in measured:
        page.queries = count_queries(page, base[page.user])
    with served(dict(os.environ)) as port:
        for page in measured:
            for _warm_up in range(3):
                fetch(port, page, cookies[page.user])
        for _round in range(RUNS * rounds):
            for page in measured:
                spent, page.size = fetch(port, page, cookies[page.user])
                page.times.append(spent)
        for page in measured:
            page.rps4 = load(port, page, cookies[page.user])
    report(measured)
    if only:
        return
    measure_ledger()
    measure_clocks()
    if rows:
        measure_list(base["reception"], rows)
        measure_list(base["coordinator"], rows, young=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--persons", type=int, default=20_000, help="1000 to 200000")
    parser.add_argument("--rounds", type=int, default=15, help="requests a page and run, of three")
    parser.add_argument("--rows", type=int, default=10_000, help="rows of a list; 0 leaves it out")
    parser.add_argument("--pages", default="", help="only these, with commas between: search,case")
    options = parser.parse_args()
    if not 1000 <= options.persons <= 200_000 or not 5 <= options.rounds <= 200:
        parser.error("choose 1000 to 200000 persons and 5 to 200 rounds")
    if not 0 <= options.rows <= 10_000:
        parser.error("a list has at most 10000 rows")
    with services.postgresql() as url, services.redis() as redis:
        os.environ.update(
            APP_MODE="demo",
            SECRET_KEY="only-for-measuring-" + "0123456789abcdefghij" * 2,
            DATABASE_URL=url,
            REDIS_URL=redis,  # sessions and code lists as in production
            LOG_LEVEL="ERROR",
            DJANGO_SETTINGS_MODULE="tests.bench.settings",
        )
        django.setup()
        only = [name.strip() for name in options.pages.split(",") if name.strip()]
        run(options.persons, options.rounds, options.rows, only)


if __name__ == "__main__":
    main()
