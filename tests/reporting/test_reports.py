"""Reports: ordered, claimed by one worker, frozen, and the same on the page, in the PDF and the file."""

import csv
import re
from datetime import date, timedelta
from html import unescape
from io import BytesIO, StringIO

import pikepdf
import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation

from jobcentre.audit.models import Entry
from jobcentre.casework.exceptions import Refused
from reporting import committee, tasks
from reporting.enums import JobState, JobStep
from reporting.figures import wording
from reporting.figures.publishing import sections_of
from reporting.models import PublishedFigure, ReportJob
from reporting.tables import csv_lines, guarded, table
from reporting.transitions import reports
from tests.reporting.pdf_text import words_of
from tests.reporting.world import AFTER, FIRST, TODAY, fill_exits

pytestmark = pytest.mark.usefixtures("today")


def _order(town, actor=None, *, centres=None, language="sv", **period):
    actor = actor or town.manager
    return reports.order_report(
        period.get("starts_on", FIRST),
        period.get("ends_before", AFTER),
        centres if centres is not None else [town.north, town.south],
        language,
        actor=actor,
        today=TODAY,
    )


@pytest.fixture
def ready(town):
    fill_exits(town)
    job = _order(town)
    assert tasks.run_waiting_jobs() == 1
    job.refresh_from_db()
    return job


def _bytes(job) -> bytes:
    with job.file.open("rb") as file:
        return file.read()


def _plain(page) -> str:
    text = re.sub(r"<(script|style).*?</\1>", " ", page.content.decode(), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


# --- ordering -------------------------------------------------------------------------------------
def test_the_same_report_in_the_making_is_ordered_once(town):
    job = _order(town)
    assert _order(town) == job
    assert _order(town, language="en") != job
    assert ReportJob.objects.count() == 2


def test_what_cannot_be_ordered(town):
    with pytest.raises(Refused):
        _order(town, centres=[])
    with pytest.raises(Refused):
        _order(town, town.manager_south)
    with pytest.raises(Refused):
        _order(town, starts_on=TODAY + timedelta(days=1), ends_before=date(2027, 1, 1))
    with pytest.raises(PermissionDenied):
        _order(town, town.coach)
    assert not ReportJob.objects.exists()


# --- the queue ------------------------------------------------------------------------------------
def test_two_workers_one_winner(town):
    job = _order(town)
    assert reports.claim(job.pk, timezone.now()) is not None
    assert reports.claim(job.pk, timezone.now()) is None


def test_a_job_left_behind_is_taken_over_and_the_late_worker_changes_nothing(town):
    job = _order(town)
    lost = reports.claim(job.pk, timezone.now())
    later = timezone.now() + reports.LEASE + timedelta(seconds=1)
    taken = reports.claim(job.pk, later)
    assert taken.attempts == 2
    assert reports.finish(lost, [], b"%PDF-", as_of=TODAY, now=later) is False
    reports.tell_progress(lost, JobStep.SAVING, 99)
    job.refresh_from_db()
    assert (job.state, job.progress) == (JobState.RUNNING, 1)


def test_a_job_that_fails_three_times_says_why(town, monkeypatch):
    def broken(*_args):
        raise ZeroDivisionError

    monkeypatch.setattr("reporting.committee.pdf_of", broken)
    job = _order(town)
    for attempt in range(1, 4):
        job.refresh_from_db()
        assert job.state == JobState.QUEUED, attempt
        assert tasks.run_waiting_jobs() == 0
    job.refresh_from_db()
    assert (job.state, job.error, job.error_detail) == ("failed", "fault", "ZeroDivisionError")
    assert not PublishedFigure.objects.exists()
    assert tasks.run_waiting_jobs() == 0


def test_a_worker_that_vanishes_three_times_is_given_up(town):
    job = _order(town)
    ReportJob.objects.filter(pk=job.pk).update(
        state=JobState.RUNNING,
        attempts=3,
        lease_until=timezone.now() - timedelta(seconds=1),
    )
    tasks.run_waiting_jobs()
    job.refresh_from_db()
    assert (job.state, job.error) == ("failed", "lost")


def test_a_right_that_has_ended_stops_the_report(town):
    job = _order(town)
    town.manager.memberships.update(valid_to=TODAY)
    tasks.run_waiting_jobs()
    job.refresh_from_db()
    assert (job.state, job.error, job.attempts) == ("failed", "no_right", 1)


def test_progress_is_real_and_only_grows(town, monkeypatch):
    told = []
    real = reports.tell_progress
    monkeypatch.setattr(
        "reporting.transitions.reports.tell_progress",
        lambda job, step, percent: (told.append((step, percent)), real(job, step, percent)),
    )
    _order(town)
    tasks.run_waiting_jobs()
    percents = [percent for _step, percent in told]
    assert percents == sorted(percents)
    assert len(set(percents)) > 10
    assert [step for step in JobStep if step in {each for each, _p in told}] == [
        JobStep.COUNTING,
        JobStep.COMPARING,
        JobStep.DRAWING,
        JobStep.SAVING,
    ]


def test_with_the_broker_down_the_order_is_kept(town, monkeypatch):
    def down():
        raise ConnectionRefusedError

    monkeypatch.setattr("reporting.tasks.run_waiting_jobs.delay", down)
    tasks.wake()
    job = _order(town)
    assert tasks.run_waiting_jobs() == 1
    job.refresh_from_db()
    assert job.state == JobState.DONE


@pytest.mark.parametrize(
    "wrong",
    [
        {"progress": 101},
        {"state": "running"},
        {"state": "done"},
        {"state": "failed"},
        {"ends_before": FIRST},
    ],
)
def test_the_database_refuses_an_impossible_job(town, wrong):
    job = _order(town)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReportJob.objects.filter(pk=job.pk).update(**wrong)


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
    # Counted by hand: 7 of 14; AF 5 of 8; the small sources hidden.
    assert "Till arbete eller studier" in printed
    by_source = {
        line["Grupp"]: line["Värde"]
        for line in lines
        if line["Nyckeltal"] == "Till arbete eller studier"
        and line["Delat efter"] == "Remitterad av"
    }
    assert sorted(by_source.values()) == ["", "", "", "", "63"]
    whole = next(line for line in lines if line["Nyckeltal"] == "Till arbete eller studier")
    assert (whole["Värde"], whole["Antal räknade"]) == ("50", "14")
    for surface in (page, printed):
        assert "50 % av dem som slutade gick till arbete eller studier" in surface


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_pdf_is_tagged_has_language_title_and_scopes(town, language):
    fill_exits(town)
    job = _order(town, language=language)
    tasks.run_waiting_jobs()
    job.refresh_from_db()
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


# --- the file -------------------------------------------------------------------------------------
@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_no_text_of_the_file_is_a_formula(start):
    assert guarded(f"{start}1+1").startswith("'")
    assert guarded("Norr") == "Norr"


def test_a_centre_named_as_a_formula_is_only_text(town):
    row = PublishedFigure(
        figure="exits", label="Avslut", split="centre", cell_label="=cmd()", value=7, unit="number"
    )
    assert "'=cmd()" in list(csv_lines([row], "sv"))[1]


def test_prints_and_exports_are_logged(ready, town, browse):
    client = browse(town.manager)
    for name, access in (("report_file", "print"), ("csv", "export"), ("report", "read")):
        answer = client.get(reverse(f"reporting:{name}", args=[ready.ref]))
        assert b"".join(answer)  # read to its end, as a browser does
        last = Entry.objects.order_by("-pk").first()
        assert (last.access, last.object_ref, last.actor) == (access, str(ready.pk), town.manager)


# --- the pages ------------------------------------------------------------------------------------
def test_a_report_of_the_town_is_not_there_for_a_centre_s_manager(ready, town, browse):
    client = browse(town.manager_south)
    for name in ("report", "report_file", "csv"):
        assert client.get(reverse(f"reporting:{name}", args=[ready.ref])).status_code == 404
    assert str(ready.ref) not in client.get(reverse("reporting:reports")).content.decode()


@pytest.mark.parametrize("name", ["dashboard", "reports"])
def test_a_coach_has_no_such_page(town, browse, name):
    assert browse(town.coach).get(reverse(f"reporting:{name}")).status_code == 404


def test_ordering_on_the_page_wakes_the_worker_and_shows_progress(
    town, browse, no_broker, django_capture_on_commit_callbacks
):
    client = browse(town.manager)
    url = reverse("reporting:reports")
    empty = client.get(url)
    assert "Ingen rapport är beställd" in empty.content.decode()
    form = empty.context["form"]
    sent = {
        "token": str(form.initial["token"]),
        "starts_on": "2026-01-01",
        "ends_before": "2026-06-30",
        "centres": [str(town.north.pk)],
        "language": "sv",
    }
    wrong = client.post(url, {**sent, "ends_before": "2025-01-01"})
    assert wrong.status_code == 422
    assert "2025-01-01" in wrong.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(url, sent).status_code == 302
    assert no_broker == [True]
    job = ReportJob.objects.get()
    assert (job.starts_on, job.ends_before) == (FIRST, AFTER)
    poll = client.get(url, headers={"hx-request": "true", "x-poll": "1"})
    assert "every 2s" in poll.content.decode()
    assert "<html" not in poll.content.decode()
    assert client.get(reverse("reporting:report_file", args=[job.ref])).status_code == 404
    waiting = client.get(reverse("reporting:report", args=[job.ref]))
    assert "Väntar på sin tur" in waiting.content.decode()
    tasks.run_waiting_jobs()
    done = client.get(url, headers={"hx-request": "true", "x-poll": "1"})
    assert "every 2s" not in done.content.decode()
    assert reverse("reporting:csv", args=[job.ref]) in done.content.decode()
    again = client.post(url, sent)
    assert again.status_code == 302
    assert ReportJob.objects.count() == 1


def test_another_centre_cannot_be_chosen(town, browse):
    client = browse(town.manager_south)
    url = reverse("reporting:reports")
    form = client.get(url).context["form"]
    sent = {
        "token": str(form.initial["token"]),
        "starts_on": "2026-01-01",
        "ends_before": "2026-06-30",
        "centres": [str(town.north.pk)],
        "language": "sv",
    }
    assert client.post(url, sent).status_code == 422
    assert not ReportJob.objects.exists()
