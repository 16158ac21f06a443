"""What was registered and then changed: nothing is lost, nobody keeps a wrong word unaware."""

from datetime import time, timedelta

import pytest
import time_machine

from activityplans.models import AbsenceReport, AttendanceChange, Session
from activityplans.transitions import absences
from activityplans.transitions.attendance import Mark, plan_sessions, register_attendance
from jobcentre.casework.exceptions import Refused
from tests.factories import MONDAY

pytestmark = pytest.mark.row("J13")
DAY = timedelta(days=1)
FRIDAY = MONDAY + 4 * DAY


@pytest.fixture
def coach(town):
    return town.user("coach")


@pytest.fixture
def case(town):
    return town.approved(town.opened())


def planned(case, coach, *days, at=time(9), activity=None) -> list[Session]:
    activity = activity or case.activities.first()
    plan_sessions(activity, list(days), at, 180, "", actor=coach)
    return list(Session.objects.filter(activity=activity, on__in=days, starts_at=at).order_by("on"))


def said(session, outcome, actor, today=FRIDAY, **more):
    return register_attendance({session.pk: Mark(outcome, **more)}, actor=actor, today=today)


def form_of(client, session, **changes):
    path = f"/narvaro/tillfalle/{session.pk}/"
    page = client.get(path)
    session.refresh_from_db()
    token = str(page.context["form"]["token"].value())
    return client.post(path, {"token": token, "began": session.mark, "note": "", **changes})


@pytest.mark.parametrize(
    ("first", "then", "kept", "shown"),
    [
        (
            Mark("late", late_minutes=5),
            {"outcome": "late", "late": "170"},
            (5, ""),
            ("5\u00a0min", "2\u00a0h 50\u00a0min"),
        ),
        (
            Mark("excused", reason="health_care"),
            {"outcome": "excused", "reason": "other"},
            (None, "health_care"),
            ("besök i vården", "annat giltigt skäl"),
        ),
    ],
)
def test_minutes_and_reasons_that_stood_before_are_kept(
    case, coach, log_in, first, then, kept, shown
):
    session = planned(case, coach, MONDAY)[0]
    register_attendance({session.pk: first}, actor=coach, today=FRIDAY)
    client = log_in(coach)
    assert form_of(client, session, **then).status_code == 422  # it has to be said why
    assert form_of(client, session, **then, why="Fel siffra.").status_code == 302
    change = AttendanceChange.objects.get()
    assert (change.old_late_minutes, change.old_reason, change.old_by) == (*kept, coach)
    history = client.get(f"/narvaro/tillfalle/{session.pk}/").content.decode()
    history = history[history.index('id="history') :]
    for words in shown:
        assert words in history


def test_a_wrong_mark_is_taken_back(case, coach, log_in):
    session = planned(case, coach, MONDAY)[0]
    said(session, "unexcused", coach, note="Kom inte.")
    client = log_in(coach)
    assert form_of(client, session, outcome="not_registered").status_code == 422
    assert form_of(client, session, outcome="not_registered", why="Fel person.").status_code == 302
    session.refresh_from_db()
    assert (session.is_registered, session.registered_by, session.note) == (False, None, "")
    change = AttendanceChange.objects.get()
    assert (change.old, change.new, change.old_note) == (
        "unexcused",
        "not_registered",
        "Kom inte.",
    )


def test_a_row_of_the_day_is_taken_back_by_who_saw_it_and_by_nobody_else(case, coach):
    session = planned(case, coach, MONDAY)[0]
    began = session.mark
    said(session, "present", coach)
    assert said(session, "not_registered", coach, began=began) == 0
    assert said(session, "not_registered", coach) == 0
    session.refresh_from_db()
    assert said(session, "not_registered", coach, began=session.mark) == 1
    session.refresh_from_db()
    assert not session.is_registered


def test_who_was_told_of_an_absence_is_told_that_it_was_none(town, case, coach, log_in):
    secretary = town.user("social_secretary")
    session = planned(case, coach, MONDAY)[0]
    said(session, "unexcused", coach)
    session.refresh_from_db()
    absences.report_absence(
        session, "tried", "", actor=coach, today=FRIDAY, action="attendance.report"
    )
    assert secretary.notices.count() == 1
    said(session, "present", coach, why="Satt i fel sal.")
    told = secretary.notices.latest("pk")
    assert secretary.notices.count() == 2
    assert "rättad" in told.text_sv
    assert told.url == f"/narvaro/tillfalle/{session.pk}/"
    assert case.events.filter(kind="attendance.corrected").count() == 1
    page = log_in(secretary).get(told.url).content.decode()
    assert "Rättad i efterhand: närvarande" in page
    assert AbsenceReport.objects.count() == 1
    said(session, "sick", coach, why="Ringde.")  # none before and none now: nobody is told
    assert secretary.notices.count() == 2


def test_an_absence_that_nobody_reported_is_corrected_in_silence(town, case, coach):
    secretary = town.user("social_secretary")
    session = planned(case, coach, MONDAY)[0]
    said(session, "unexcused", coach)
    said(session, "present", coach, why="Fel.")
    assert not secretary.notices.exists()
    assert not case.events.filter(kind="attendance.corrected").exists()


@pytest.mark.row("B2")
def test_the_unit_is_told_of_no_absence_while_another_activity_is_unregistered(town, case, coach):
    other = case.activities.first()
    other.pk, other.ref = None, None
    other.ref = type(other)._meta.get_field("ref").get_default()
    other.save()
    line = case.plan_versions.in_force().get().lines.get()
    line.pk, line.activity = None, other
    line.save()
    session = planned(case, coach, MONDAY + DAY)[0]
    missing = planned(case, coach, MONDAY, activity=other)[0]
    said(session, "unexcused", coach)
    session.refresh_from_db()
    told = {"actor": coach, "today": FRIDAY, "action": "attendance.report"}
    with pytest.raises(Refused, match=r"Register|Registrera"):
        absences.report_absence(session, "tried", "", **told)
    said(missing, "present", coach)
    assert absences.report_absence(session, "tried", "", **told)


@pytest.mark.row("B2")
def test_nobody_is_absent_from_what_has_not_begun(case, coach):
    morning, evening = (
        planned(case, coach, MONDAY, at=time(7))[0],
        planned(case, coach, MONDAY, at=time(20))[0],
    )
    with time_machine.travel(f"{MONDAY}T11:00:00+01:00", tick=False):
        with pytest.raises(Refused, match=r"begun|börjat"):
            said(evening, "unexcused", coach, today=MONDAY)
        # The morning is over and has to be known before anything is said of the day.
        said(morning, "unexcused", coach, today=MONDAY)
        first = planned(case, coach, MONDAY, at=time(6))[0]
        morning.refresh_from_db()
        told = {"actor": coach, "today": MONDAY, "action": "attendance.report"}
        Session.objects.filter(pk=first.pk).update(minutes=45)
        with pytest.raises(Refused, match=r"Register|Registrera"):
            absences.report_absence(morning, "tried", "", **told)
        said(first, "present", coach, today=MONDAY)
        assert absences.report_absence(morning, "tried", "", **told)
    with time_machine.travel(f"{MONDAY}T20:30:00+01:00", tick=False):
        assert said(evening, "unexcused", coach, today=MONDAY) == 1
