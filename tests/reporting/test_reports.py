"""Reports: ordered, claimed by one worker, made with progress; what cannot be ordered."""

import re
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from jobcentre.casework.exceptions import Refused
from reporting import tasks
from reporting.enums import JobState, JobStep
from reporting.models import PublishedFigure, ReportJob
from reporting.tables import csv_lines, guarded
from reporting.transitions import reports
from tests.reporting.world import AFTER, FIRST, TODAY

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


# --- the pages ------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["dashboard", "reports"])
def test_a_coach_has_no_such_page(town, browse, name):
    assert browse(town.coach).get(reverse(f"reporting:{name}")).status_code == 404


def _heading(page) -> str:
    """The heading, which the list that is asked for again replaces on the page."""
    found = re.findall(r'<h1 id="jobs-heading"([^>]*)>([^<]+)</h1>', page.content.decode())
    ((attributes, words),) = found
    assert ("hx-swap-oob" in attributes) is ("<html" not in page.content.decode())
    return words


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
    assert _heading(poll) == "En rapport görs"
    assert client.get(reverse("reporting:report_file", args=[job.ref])).status_code == 404
    waiting = client.get(reverse("reporting:report", args=[job.ref]))
    assert "Väntar på sin tur" in waiting.content.decode()
    tasks.run_waiting_jobs()
    done = client.get(url, headers={"hx-request": "true", "x-poll": "1"})
    assert "every 2s" not in done.content.decode()
    assert _heading(done) == _heading(client.get(url)) == "Rapporter till nämnderna"
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
