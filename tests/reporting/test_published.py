"""A report that is made: frozen, logged, tagged, and the same on the page, in the PDF and the file."""

import csv
import re
from html import unescape
from io import BytesIO, StringIO

import pikepdf
import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, transaction
from django.test import override_settings
from django.urls import reverse
from django.utils import translation

from jobcentre.audit.models import Entry
from reporting import committee, tasks
from reporting.figures import wording
from reporting.figures.publishing import sections_of
from reporting.models import ReportJob
from reporting.tables import table
from reporting.transitions import reports
from tests.reporting.pdf_text import words_of
from tests.reporting.world import AFTER, FIRST, TODAY, World, fill_enough_to_show

pytestmark = pytest.mark.usefixtures("today")


def _made(town, language="sv"):
    job = reports.order_report(
        FIRST, AFTER, [town.north, town.south], language, actor=town.manager, today=TODAY
    )
    assert tasks.run_waiting_jobs() == 1
    job.refresh_from_db()
    return job


@pytest.fixture(scope="module")
def once(django_db_setup, django_db_blocker, tmp_path_factory):
    """The small world with one report: drawing it takes seconds, so all the tests read the same.

    What a test does to it is undone after the test; all of it after the module.
    """
    media = tmp_path_factory.mktemp("media")
    with (
        django_db_blocker.unblock(),
        override_settings(MEDIA_ROOT=media),
        time_machine.travel(f"{TODAY.isoformat()}T12:00:00+00:00", tick=False),
        pytest.MonkeyPatch.context() as patch,
        transaction.atomic(),
    ):
        patch.setattr("reporting.tasks.run_waiting_jobs.delay", lambda: None)
        world = World()
        fill_enough_to_show(world)
        yield world, _made(world).pk, media
        transaction.set_rollback(True)


@pytest.fixture
def town(once, db):
    return once[0]


@pytest.fixture
def ready(once, db, settings):
    settings.MEDIA_ROOT = once[2]
    return ReportJob.objects.get(pk=once[1])


def _bytes(job) -> bytes:
    with job.file.open("rb") as file:
        return file.read()


def _plain(page) -> str:
    text = re.sub(r"<(script|style).*?</\1>", " ", page.content.decode(), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


# --- frozen figures -------------------------------------------------------------------------------
@pytest.mark.row("B6")
def test_published_figures_are_frozen_and_reprinted_identically(ready, town):
    rows = list(ready.figures.all())
    first = _bytes(ready)
    for _n in range(6):
        town.left("work")  # what happens afterwards moves nothing that was published
    assert committee.pdf_of(ready, rows, ready.as_of) == first
    assert list(ready.figures.values_list("value", flat=True)) == [row.value for row in rows]
    with pytest.raises(DatabaseError), transaction.atomic():
        ready.figures.filter(pk=rows[0].pk).update(value=1)
    with pytest.raises(DatabaseError), transaction.atomic():
        ready.figures.filter(pk=rows[0].pk).delete()


def test_a_hidden_row_cannot_hold_a_value(ready):
    hidden = ready.figures.filter(is_hidden=True).first()
    assert hidden.value is None
    hidden.pk, hidden.position, hidden.cell, hidden.value = None, 99999, "x", 3
    with pytest.raises(IntegrityError), transaction.atomic():
        hidden.save(force_insert=True)


@pytest.mark.row("T11")
@pytest.mark.row("B6")
def test_page_pdf_and_file_agree_with_each_other_and_with_the_count_by_hand(ready, town, browse):
    client = browse(town.manager)
    page = _plain(client.get(reverse("reporting:report", args=[ready.ref])))
    pdf = client.get(reverse("reporting:report_file", args=[ready.ref]))
    printed = words_of(b"".join(pdf.streaming_content))
    file = client.get(reverse("reporting:csv", args=[ready.ref]))
    content = b"".join(file.streaming_content).decode("utf-8-sig")
    lines = list(csv.DictReader(StringIO(content), delimiter=";"))
    rows = list(ready.figures.all())
    assert len(lines) == len(rows) > 300
    with translation.override("sv"):
        for line, row in zip(lines, rows, strict=True):
            assert line["Nyckeltal"] == row.label
            assert line["Värde"] == wording.plain(row.value, "sv")
            assert bool(line["Varför värdet saknas"]) is (row.value is None)
        checked = 0
        for section in sections_of(rows).values():
            shown = table(section)
            assert " ".join(f"{shown['label']} {shown['definition']}".split()) in printed
            for part in shown["divisions"]:
                for each in part["lines"]:
                    words = " ".join(f"{part['label']}: {each['label']} {each['value']}".split())
                    assert words in page
                    assert words in printed
                    checked += 1
        assert checked > 300
    # Counted by hand: 13 of 28; AF 6 of 12; the small sources hidden, and KAA with them.
    assert "Till arbete eller studier" in printed
    by_source = {
        line["Grupp"]: line["Värde"]
        for line in lines
        if line["Nyckeltal"] == "Till arbete eller studier"
        and line["Delat efter"] == "Remitterad av"
    }
    assert sorted(by_source.values()) == ["", "", "", "", "50"]
    whole = next(line for line in lines if line["Nyckeltal"] == "Till arbete eller studier")
    assert (whole["Värde"], whole["Antal räknade"]) == ("46", "28")
    for surface in (page, printed):
        assert "46 % av dem som slutade gick till arbete eller studier" in surface


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_pdf_is_tagged_has_language_title_and_scopes(ready, town, language):
    job = ready if language == "sv" else _made(town, language)
    with pikepdf.open(BytesIO(_bytes(job))) as pdf:
        assert bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.Root.Lang) == language
        title = str(pdf.docinfo["/Title"])
        assert title.startswith("Rapport till nämnden" if language == "sv" else "Report to")
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        heads, figures = [], []
        _gather(pdf.Root.StructTreeRoot, heads, figures)
        assert len(heads) > 100
        assert all(str(head.A.Scope) in ("/Column", "/Row") for head in heads)
        assert {str(head.A.Scope) for head in heads} == {"/Column", "/Row"}
        assert figures
        assert all(str(figure.get("/Alt", "")) for figure in figures)
    words = words_of(_bytes(job))
    expected = "Så är nyckeltalen framtagna" if language == "sv" else "How the figures are made"
    assert expected in words
    assert "Maria Chef" in words


def _gather(element, heads, figures):
    if not isinstance(element, pikepdf.Dictionary):
        return
    kind = str(element.get("/S", ""))
    if kind == "/TH":
        heads.append(element)
    if kind == "/Figure":
        figures.append(element)
    children = element.get("/K", [])
    if isinstance(children, pikepdf.Dictionary):
        children = [children]
    if isinstance(children, pikepdf.Array | list):
        for child in children:
            _gather(child, heads, figures)


def test_prints_and_exports_are_logged(ready, town, browse):
    client = browse(town.manager)
    for name, access in (("report_file", "print"), ("csv", "export"), ("report", "read")):
        answer = client.get(reverse(f"reporting:{name}", args=[ready.ref]))
        assert b"".join(answer)  # read to its end, as a browser does
        last = Entry.objects.order_by("-pk").first()
        assert (last.access, last.object_ref, last.actor) == (access, str(ready.pk), town.manager)


def test_a_report_of_the_town_is_not_there_for_a_centre_s_manager(ready, town, browse):
    client = browse(town.manager_south)
    for name in ("report", "report_file", "csv"):
        assert client.get(reverse(f"reporting:{name}", args=[ready.ref])).status_code == 404
    assert str(ready.ref) not in client.get(reverse("reporting:reports")).content.decode()
