"""The queries of every page are pinned: one more is a decision, not an accident.

`query_counts.txt` has a line for each page, `most queries`, `role`, `page`; the most that either
database needs, of a page that has been looked at before. To pin anew, after looking at why:
`PIN_QUERIES=1 .venv/bin/python -m pytest tests/architecture/test_query_counts.py`.
"""

import os
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from tests.architecture.test_reading_writes_nothing import everything_to_get

PINNED = Path(__file__).with_name("query_counts.txt")
NO_QUERY = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")


def queries_of(act) -> int:
    """How many queries `act` makes, those that only open and close transactions apart."""
    with CaptureQueriesContext(connection) as captured:
        act()
    return sum(not each["sql"].startswith(NO_QUERY) for each in captured)


def page_of(url: str, headers: dict) -> str:
    """The page of an address: its name, the tab of a case, and whether a part of it is asked for."""
    found = resolve(url)
    tab = f" {found.kwargs['key']}" if found.view_name == "casework:tab" else ""
    return f"{found.view_name}{tab}{' part' if headers else ''}"


def pinned() -> dict[tuple[str, str], int]:
    lines = PINNED.read_text(encoding="utf-8").splitlines()
    return {(role, page): int(most) for most, role, page in (line.split(" ", 2) for line in lines)}


def grown(counted: dict, pins: dict) -> dict:
    """{(role, page): (queries, most)} of what has more than its pin, or has none."""
    return {key: (n, pins.get(key)) for key, n in counted.items() if n > pins.get(key, -1)}


@pytest.mark.wide
def test_no_page_makes_more_queries_than_are_pinned(world, log_in):
    clients, counted = {}, {}
    for role, url, headers in everything_to_get(world):
        client = clients.setdefault(role, log_in(world.town.user(role)))

        def look(client=client, url=url, headers=headers):
            answer = client.get(url, **headers)
            if answer.streaming:
                assert b"".join(answer.streaming_content)

        look()
        key = str(role), page_of(url, headers)
        counted[key] = max(queries_of(look), counted.get(key, 0))
    if os.environ.get("PIN_QUERIES"):
        lines = sorted(f"{n} {role} {page}\n" for (role, page), n in counted.items())
        PINNED.write_text("".join(sorted(lines, key=lambda line: line.split(" ", 2)[1:])))
    pins = pinned()
    assert grown(counted, pins) == {}
    assert set(pins) - set(counted) == set(), "pages that are no more"


def test_one_query_more_and_a_page_without_a_pin_are_found():
    pins = {("coach", "casework:now"): 7}
    assert grown({("coach", "casework:now"): 7}, pins) == {}
    assert grown({("coach", "casework:now"): 8}, pins) == {("coach", "casework:now"): (8, 7)}
    assert grown({("coach", "casework:cases"): 1}, pins) == {("coach", "casework:cases"): (1, None)}
