"""The manager's start page and the pages of the figures."""

import re
from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jobcentre.audit.models import Entry
from reporting.figures.registry import FIGURES
from tests.reporting.world import fill_exits

pytestmark = pytest.mark.usefixtures("today")


def _text(page) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.content.decode())).split())


def test_an_empty_town_says_so_and_shows_no_noughts(town, browse):
    page = browse(town.manager).get(reverse("reporting:dashboard"))
    assert page.status_code == 200
    text = _text(page)
    assert "Ingen har slutat under perioden" in text
    assert "– (ingen att räkna)" in text
    assert "Ingen klocka är försenad." in text


def test_the_start_page_says_the_finding_and_at_least_eight_figures(town, browse):
    fill_exits(town)
    town.left("work", ended=date(2025, 3, 3))
    case = town.case()
    town.clock(case, date(2026, 6, 1))
    page = browse(town.manager).get(reverse("reporting:dashboard"))
    text = _text(page)
    assert (
        "50 % gick till arbete eller studier, 50 procentenheter mindre än ett år tidigare" in text
    )
    assert "En klocka är försenad." in text
    assert page.content.decode().count('class="ei-kpi"') >= 8
    assert "0 av 2 mål är nådda" in text
    assert "Karin Norr" in text


def test_the_start_page_speaks_english(town, browse):
    fill_exits(town)
    text = _text(browse(town.manager, "en").get(reverse("reporting:dashboard")))
    assert "50% of those who left went on to work or studies" in text
    assert "Key figures" in text


def test_a_manager_of_a_centre_sees_only_that_centre(town, browse):
    fill_exits(town)
    text = _text(browse(town.manager_south).get(reverse("reporting:dashboard")))
    assert "33 % av dem som slutade gick till arbete eller studier" in text
    assert "Karin Norr" not in text


def test_the_choice_of_period_and_centre_counts(town, browse):
    fill_exits(town)
    client = browse(town.manager)
    url = reverse("reporting:dashboard")
    last_year = _text(client.get(url, {"period": "last_year"}))
    assert "Ingen har slutat under perioden" in last_year
    own = {"period": "own", "starts_on": "2026-03-01", "ends_before": "2026-03-02"}
    assert "50 % av dem" in _text(client.get(url, own))
    south = {"centre": str(town.south.pk)}
    assert "33 % av dem" in _text(client.get(url, south))


@pytest.mark.parametrize(
    "wrong",
    [
        {"period": "own"},
        {"period": "own", "starts_on": "2026-03-02", "ends_before": "2026-02-02"},
        {"period": "own", "starts_on": "x", "ends_before": "2026-02-02"},
        {"period": "nonsense"},
        {"centre": "999999"},
        {"centre": "'; drop table"},
    ],
)
def test_a_wrong_choice_is_said_and_the_page_still_shown(town, browse, wrong):
    client = browse(town.manager)
    for url in (reverse("reporting:dashboard"), reverse("reporting:figure", args=["exits"])):
        page = client.get(url, wrong)
        assert page.status_code == 200
        assert "ei-errors" in page.content.decode()


@pytest.mark.row("B12")
@pytest.mark.parametrize("key", FIGURES)
def test_every_figure_opens_to_its_definition(town, browse, key):
    fill_exits(town)
    page = browse(town.manager).get(reverse("reporting:figure", args=[key]))
    assert page.status_code == 200
    assert " ".join(str(page.context["table"]["definition"]).split()) in _text(page)


def test_there_is_no_other_figure(town, browse):
    assert browse(town.manager).get(reverse("reporting:figure", args=["no"])).status_code == 404


@pytest.mark.row("B12")
def test_the_cases_behind_a_figure_are_those_counted_and_the_look_is_logged(town, browse):
    lost = fill_exits(town)
    client = browse(town.manager)
    url = reverse("reporting:figure", args=["to_work_or_studies"])
    page = client.get(url)
    assert len(page.context["rows"]) == 14
    entry = Entry.objects.order_by("-pk").first()
    assert len(entry.subject_refs) == 14
    hits = client.get(url, {"only": "hit"}).context["rows"]
    misses = client.get(url, {"only": "miss"}).context["rows"]
    assert (len(hits), len(misses)) == (7, 7)
    assert lost.number in {row["number"] for row in misses}
    cell = {"split": "source", "cell": "income_support"}
    assert len(client.get(url, cell).context["rows"]) == 3
    assert len(client.get(url, {**cell, "only": "hit"}).context["rows"]) == 1


@pytest.mark.parametrize(
    "wrong", [{"split": "source", "cell": "x"}, {"split": "x"}, {"after": "x"}, {"only": "x"}]
)
def test_a_wrong_group_lists_nobody(town, browse, wrong):
    fill_exits(town)
    page = browse(town.manager).get(reverse("reporting:figure", args=["exits"]), wrong)
    assert page.status_code == 200
    assert page.context["rows"] == []


def test_a_protected_person_is_counted_but_not_listed(town, browse):
    hidden = town.case(person=town.person(protection="marked"), started=date(2026, 2, 2))
    page = browse(town.manager).get(reverse("reporting:figure", args=["new_cases"]))
    assert page.context["table"]["whole"]["value"] == "1"
    assert page.context["rows"] == []
    assert hidden.number not in page.content.decode()


def test_the_lists_of_many_cases_go_on(town, browse):
    for _n in range(61):
        town.case(started=date(2026, 2, 2))
    client = browse(town.manager)
    first = client.get(reverse("reporting:figure", args=["new_cases"]))
    assert len(first.context["rows"]) == 60
    rest = client.get(reverse("reporting:figure", args=["new_cases"]) + first.context["more_url"])
    assert len(rest.context["rows"]) == 1
    assert rest.context["more_url"] == ""


@pytest.mark.parametrize("name", ["dashboard", "figure"])
def test_ten_times_the_cases_take_the_same_queries(town, browse, name):
    url = reverse(f"reporting:{name}", args=["exits"] if name == "figure" else [])
    client = browse(town.manager)
    fill_exits(town)
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    for _n in range(3):
        fill_exits(town)
    with CaptureQueriesContext(connection) as many:
        client.get(url)
    assert len(many) == len(few)
    assert len(few) <= 35
