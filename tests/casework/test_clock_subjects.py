"""What a clock is about is stored once and said in the language of whoever reads it."""

from datetime import date, time, timedelta
from types import SimpleNamespace

import pytest
from django.utils import translation

from activityplans.models import RepeatedAbsence
from activityplans.transitions.attendance import plan_sessions
from jobcentre.accounts.enums import Role
from jobcentre.accounts.models import User
from jobcentre.casework.deadlines import clock, subjects
from jobcentre.casework.deadlines.calendar import shown_calendar
from jobcentre.casework.deadlines.explain import explain
from jobcentre.casework.deadlines.moves import moves_of
from jobcentre.casework.models import Deadline
from jobcentre.casework.registries import deadline_kinds
from jobcentre.casework.timeline import in_words
from jobcentre.casework.transitions.clocks import pause_clock
from tests.factories import MONDAY

pytestmark = pytest.mark.row("B1")
DAY = timedelta(days=1)
ABSENT = date(2026, 10, 12)


def names(row: Deadline) -> dict[str, str]:
    """The clock by its name in each language."""
    found = {}
    for language in ("sv", "en"):
        with translation.override(language):
            found[language] = explain(
                row, pauses=(), calendar=shown_calendar(), today=MONDAY, case_number="2026-0001"
            ).name
    return found


@pytest.fixture
def case(town):
    case = town.opened(on=MONDAY - 56 * DAY)
    town.approved(case, MONDAY - 56 * DAY)
    activity = case.activities.get()
    coach = town.acting(case.coach)
    plan_sessions(activity, [ABSENT], time(9), 180, "", actor=coach)
    RepeatedAbsence.objects.create(
        case=case, first_on=ABSENT, reached_on=ABSENT, times=1, noticed_on=MONDAY
    )
    clock.recompute(case)
    return case


def test_each_reader_gets_the_own_language(case):
    rows = {row.kind: row for row in Deadline.objects.filter(case=case)}
    assert names(rows["statement"]) == {
        "sv": "Underlag för stödmånad: oktober 2026",
        "en": "Support-month statement: October 2026",
    }
    assert names(rows["absence_talk"])["en"].endswith(": from 12\N{NO-BREAK SPACE}Oct")
    assert names(rows["absence_talk"])["sv"].endswith(": från 12\N{NO-BREAK SPACE}okt")
    service = case.activities.get().service
    assert names(rows["activity_end"]) == {
        "sv": f"Uppföljning av aktivitet: {service.label_sv}",
        "en": f"Follow-up of activity: {service.label_en}",
    }


def test_the_language_of_who_acts_changes_nothing(case):
    with translation.override("en"):
        assert clock.recompute(case) == []


def test_an_old_row_is_shown_as_it_stands(case):
    rows = Deadline.objects.filter(case=case)
    rows.filter(kind="statement").update(subject_label="oktober 2026")
    rows.filter(kind="absence_talk").update(subject_label="från 12 okt")
    rows.filter(kind="activity_end").update(subject_label="Arbetsträning")
    said = {row.kind: names(row)["en"] for row in rows.all()}
    assert said["statement"].endswith(": oktober 2026")
    assert said["absence_talk"].endswith(": från 12 okt")
    assert said["activity_end"].endswith(": Arbetsträning")


@pytest.mark.parametrize(
    ("kind", "stored", "english"),
    [
        ("monthly_report", subjects.named("Spira, Norr", "2026-11"), "Spira, Norr, November 2026"),
        ("monthly_report", "Spira, november 2026", "Spira, november 2026"),
        ("report_completion", subjects.named("Spira", "final"), "Spira, final report"),
        ("report_completion", "Spira, slutrapport", "Spira, slutrapport"),
        ("referral_answer", "Spira", "Spira"),
        ("statement", "2026-13", "2026-13"),
        ("absence_talk", "2026-02-30", "2026-02-30"),
    ],
)
def test_what_stands_after_a_name_is_told(kind, stored, english):
    with translation.override("en"):
        assert deadline_kinds[kind].tell_subject(stored) == english


def test_a_long_subject_is_never_cut_in_what_is_told():
    assert subjects.named("A" * 200, "2026-11") == "A" * 191 + ", 2026-11"
    long = SimpleNamespace(label_sv="Å" * 120, label_en="A" * 120)
    assert subjects.both(long) == "Å" * 120


def test_what_an_interruption_moved_is_told_in_both_languages(case, town):
    coach = town.acting(case.coach)
    with translation.override("en"):
        pause = pause_clock(case, MONDAY, MONDAY + 7 * DAY, "illness", "", actor=coach)
    event = case.events.filter(kind="case.clock_moved", payload__clock="review").get()
    assert in_words(event).sentence.startswith("Omprövning av planen:")
    with translation.override("en"):
        assert in_words(event).sentence.startswith("Review of the plan:")
        moved = {each["name"] for each in moves_of(pause)}
    service = case.activities.get().service.label_en
    assert f"Follow-up of activity: {service}" in moved
    event.payload["clock"] = "Omprövning av planen"  # an older row
    with translation.override("en"):
        assert in_words(event).sentence.startswith("Omprövning av planen:")


def test_the_coach_who_takes_over_reads_it_in_the_own_language(case, town, log_in):
    manager = town.user(Role.MANAGER)
    User.objects.filter(pk=manager.pk).update(language="en")
    page = log_in(manager).get(f"/arenden/{case.number}/lamna-over/").content.decode()
    assert "October 2026" in page
    assert "oktober 2026" not in page
