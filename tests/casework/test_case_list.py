"""The list of cases: its counts, its order, its pages."""

from datetime import timedelta

import pytest

from jobcentre.casework import case_list
from jobcentre.casework.models import Case
from jobcentre.casework.transitions.clocks import pause_clock
from jobcentre.casework.views import lists

LIST = "/arenden/"


@pytest.fixture
def coach(town):
    return town.acting(town.user("coach"))


@pytest.fixture
def three(town):
    """Three open cases of one coach, opened on different days."""
    days = (9, 0, 4)
    names = ("Örjan", "Åsa", "Anna")
    return [
        town.opened(on=town.today - timedelta(days=day), given_name=name, family_name="Ek")
        for day, name in zip(days, names, strict=True)
    ]


def names(page) -> list[str]:
    return [row["name"].split()[0] for row in page.context["rows"]]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("name", ["Anna", "Åsa", "Örjan"]),
        ("-name", ["Örjan", "Åsa", "Anna"]),
        ("since", ["Örjan", "Anna", "Åsa"]),
        ("-since", ["Åsa", "Anna", "Örjan"]),
        ("due", ["Örjan", "Anna", "Åsa"]),
        ("nonsense", ["Örjan", "Anna", "Åsa"]),
    ],
)
def test_the_heads_sort(three, coach, log_in, sort, expected):
    assert names(log_in(coach).get(f"{LIST}?sort={sort}")) == expected


@pytest.mark.parametrize("sort", ["name", "-name", "since", "-since", "due", "-due"])
def test_the_pages_hold_every_case_once(three, coach, log_in, monkeypatch, sort):
    monkeypatch.setattr(lists, "PAGE", 1)
    # A case without any running clock has no day to be ordered by.
    Case.objects.filter(pk=three[2].pk).update(next_deadline_on=None)
    client, after, seen = log_in(coach), "", []
    for _page in range(3):
        page = client.get(f"{LIST}?sort={sort}&after={after}")
        seen += names(page)
        after = page.context["after"]
    assert after == ""
    assert sorted(seen) == ["Anna", "Åsa", "Örjan"]


def test_an_address_holds_no_name(three, coach, log_in, monkeypatch):
    monkeypatch.setattr(lists, "PAGE", 1)
    page = log_in(coach).get(f"{LIST}?sort=name")
    assert page.context["after"] == three[2].pk


def test_the_chips_count_what_each_would_show(three, town, coach, log_in):
    pause_clock(three[1], town.today, None, "illness", "", actor=coach)
    client = log_in(coach)
    page = client.get(LIST)
    counts = {chip["key"]: chip["count"] for chip in page.context["chips"]}
    assert counts == {"open": 3, "late": 1, "paused": 1, "closed": 0}
    for state, count in counts.items():
        assert len(client.get(f"{LIST}?state={state}").context["rows"]) == count


def test_what_is_counted_is_what_the_user_sees(three, town, log_in):
    stranger = log_in(town.user("coach", where="south", name="Annan"))
    page = stranger.get(f"{LIST}?whose=all")
    assert {chip["count"] for chip in page.context["chips"]} == {0}


def test_a_case_that_is_gone_begins_the_list_anew(three):
    rows = case_list.ordered(Case.objects.all(), "name", 10**9)
    assert rows.count() == 3


def test_the_next_page_is_not_kept_by_the_filter(three, coach, log_in):
    page = log_in(coach).get(f"{LIST}?after={three[0].pk}").content.decode()
    assert 'name="after"' not in page
