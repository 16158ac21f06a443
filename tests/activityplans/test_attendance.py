"""Attendance: what is said, by whom, over what; absence reported once and noticed when repeated."""

from datetime import date, time, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from activityplans import attendance_rules as rules
from activityplans.enums import AttendanceOutcome
from activityplans.models import (
    AbsenceReport,
    AbsenceRule,
    AttendanceChange,
    RepeatedAbsence,
    Session,
)
from activityplans.transitions import absences
from activityplans.transitions.attendance import Mark, plan_sessions, register_attendance
from jobcentre.accounts.enums import Role
from jobcentre.casework.exceptions import Conflict, Refused
from jobcentre.casework.models import Deadline
from referrals import transitions as orders
from tests.factories import MONDAY, Town

FRIDAY = MONDAY + timedelta(days=4)


@pytest.fixture(scope="module")
def told(module_transaction):
    """An order that was started this Monday."""
    town = Town()
    order = town.ordered(town.approved(town.consented(town.opened())))
    staff = town.user(Role.PROVIDER_STAFF)
    orders.accept_order(order, first_day_on=MONDAY, contact="Bo", actor=staff, today=MONDAY)
    return town, orders.start_order(order, started_on=MONDAY, actor=staff, today=MONDAY)


@pytest.fixture
def town(told_here):
    return told_here[0]


@pytest.fixture
def order(told_here):
    return told_here[1]


@pytest.fixture
def staff(town):
    return town.user(Role.PROVIDER_STAFF)


@pytest.fixture
def coach(town):
    return town.user(Role.COACH)


def week(order, staff, days=5):
    """A session on each day of the week."""
    plan_sessions(
        order.activity, [MONDAY + timedelta(days=n) for n in range(days)], time(9), 180, "",
        actor=staff,
    )  # fmt: skip
    return list(Session.objects.filter(activity=order.activity).order_by("on"))


def said(session, outcome, actor, today=FRIDAY, **more):
    return register_attendance({session.pk: Mark(outcome, **more)}, actor=actor, today=today)


# --- the arithmetic ------------------------------------------------------------------------------
@pytest.mark.row("J13")
def test_late_is_present_less_what_was_missed():
    total = rules.attendance_sum([(180, "late", 30), (60, "sick"), (60, "sick_certified")])
    assert (total.present, total.late, total.planned) == (Decimal("2.5"), Decimal("0.5"), 5)
    assert (total.sick, total.sick_uncertified) == (2, 1)


def test_every_state_is_in_the_sum_once():
    total = rules.attendance_sum((60, outcome) for outcome in AttendanceOutcome.values)
    assert total.planned == len(AttendanceOutcome.values)


def _days(*numbers):
    return [date(2026, 11, n) for n in numbers]


@pytest.mark.parametrize(
    ("days", "reached"),
    [
        ((2,), []),
        ((2, 15), [(2, 15)]),
        ((2, 16), []),
        ((2, 3, 4), [(2, 3)]),
        ((2, 3, 4, 5), [(2, 3), (4, 5)]),
        ((5, 2, 28), [(2, 5)]),
    ],
)
def test_two_within_fourteen_days(days, reached):
    found = rules.repeated_absences(_days(*days), 2, 14)
    assert [(first.day, last.day) for first, last, _n in found] == reached


@pytest.mark.parametrize(
    ("mine", "began", "now", "done"),
    [
        ("a", "a", "a", "leave"),
        ("a", "a", "b", "leave"),
        ("b", "a", "b", "leave"),
        ("b", "a", "a", "write"),
        ("b", "a", "c", "conflict"),
        ("b", None, "c", "write"),
    ],
)
def test_two_who_write_at_once(mine, began, now, done):
    assert rules.what_to_do(mine, began, now) == done


# --- what is registered --------------------------------------------------------------------------
@pytest.mark.row("J13")
@pytest.mark.parametrize(
    "outcome", [each for each in AttendanceOutcome if each != "not_registered"]
)
def test_every_state_can_be_said(order, staff, outcome):
    session = week(order, staff, 1)[0]
    more = {"late": {"late_minutes": 10}, "excused": {"reason": "child"}}.get(outcome, {})
    assert said(session, outcome, staff, **more) == 1
    session.refresh_from_db()
    assert (session.outcome, session.registered_by) == (outcome, staff)


@pytest.mark.parametrize(
    "mark", [Mark("late"), Mark("late", late_minutes=180), Mark("excused"), Mark("dancing")]
)
def test_what_is_half_said_is_refused(order, staff, mark):
    session = week(order, staff, 1)[0]
    with pytest.raises(ValidationError):
        register_attendance({session.pk: mark}, actor=staff, today=FRIDAY)
    session.refresh_from_db()
    assert not session.is_registered


@pytest.mark.parametrize("wrong", [{"late_minutes": 5}, {"absence_reason": "child"}])
def test_the_database_refuses_what_belongs_to_another_state(order, staff, wrong):
    session = week(order, staff, 1)[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        Session.objects.filter(pk=session.pk).update(**wrong)


def test_the_future_and_what_the_plan_does_not_have_are_refused(order, staff):
    sessions = week(order, staff)
    with pytest.raises(Refused, match=r"held|har varit"):
        said(sessions[1], "present", staff, today=MONDAY)
    beyond = MONDAY + timedelta(days=60)
    with pytest.raises(Refused, match=r"(?i)plan"):
        plan_sessions(order.activity, [MONDAY, beyond], time(13), 60, "", actor=staff)
    assert Session.objects.count() == 5
    Session.objects.filter(pk=sessions[0].pk).update(on=MONDAY - timedelta(days=1))
    with pytest.raises(Refused, match=r"(?i)plan"):
        said(sessions[0], "present", staff)


@pytest.mark.row("J13")
def test_two_who_mark_the_same_session(order, staff, coach):
    session = week(order, staff, 1)[0]
    began = session.mark
    said(session, "present", staff, began=began)
    with pytest.raises(Conflict, match=staff.name):
        said(session, "unexcused", coach, began=began)
    session.refresh_from_db()
    assert session.outcome == "present"
    assert not AttendanceChange.objects.exists()
    # Who changed nothing writes nothing, and over what one has seen one may write.
    assert said(session, "not_registered", coach, began=began) == 0
    assert said(session, "unexcused", coach, began=session.mark) == 1


@pytest.mark.row("J13")
def test_a_change_keeps_who_said_what_before(order, staff, coach):
    session = week(order, staff, 1)[0]
    said(session, "unexcused", staff, note="Kom inte.")
    said(session, "sick", coach, why="Intyg saknas, ringde.")
    change = AttendanceChange.objects.get()
    assert (change.old, change.old_note, change.old_by) == ("unexcused", "Kom inte.", staff)
    assert (change.new, change.changed_by, change.reason) == (
        "sick",
        coach,
        "Intyg saknas, ringde.",
    )


# --- the pages -----------------------------------------------------------------------------------
def _marked(page, **changes):
    """The form of the day as the page holds it, with changes by session."""
    form = page.context["form"]
    return {
        "token": str(form["token"].value()),
        **{
            name: form[name].value() or ""
            for name in form.fields
            if name not in ("token", "version")
        },
        **{row["began"].html_name: row["session"].mark for row in form.rows()},
        **changes,
    }


@pytest.mark.row("J13")
@pytest.mark.parametrize("who", ["provider", "coach"])
def test_the_rest_were_present(order, staff, coach, log_in, who):
    sessions = week(order, staff)
    path = "/utforare/narvaro/" if who == "provider" else "/narvaro/"
    client = log_in(staff if who == "provider" else coach)
    page = client.get(path)
    sent = _marked(page, **{f"outcome_{sessions[0].pk}": "late", f"late_{sessions[0].pk}": "15"})
    assert client.post(path, {**sent, "all_present": "1"}).status_code == 302
    sessions[0].refresh_from_db()
    assert (sessions[0].outcome, sessions[0].late_minutes) == ("late", 15)


def test_a_conflict_is_said_on_the_page_and_nothing_is_lost(order, staff, coach, log_in):
    session = week(order, staff, 1)[0]
    client = log_in(coach)
    sent = _marked(client.get("/narvaro/"), **{f"outcome_{session.pk}": "unexcused"})
    said(session, "present", staff)
    answer = client.post("/narvaro/", sent)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert staff.name in text
    assert 'value="unexcused" selected' in text
    # The page now holds what stands: saved again, it is written over knowingly.
    again = _marked(answer, **{f"outcome_{session.pk}": "unexcused"})
    assert client.post("/narvaro/", again).status_code == 302
    session.refresh_from_db()
    assert session.outcome == "unexcused"


def test_late_without_minutes_is_said_beside_the_row(order, staff, log_in):
    session = week(order, staff, 1)[0]
    client = log_in(staff)
    sent = _marked(client.get("/utforare/narvaro/"), **{f"outcome_{session.pk}": "late"})
    answer = client.post("/utforare/narvaro/", sent)
    assert answer.status_code == 422
    assert f"late_{session.pk}" in answer.context["form"].errors


def test_the_month_shows_the_unregistered_apart(order, staff, coach, log_in):
    sessions = week(order, staff)
    said(sessions[0], "unexcused", staff)
    with time_machine.travel("2026-11-18T11:00:00+00:00", tick=False):
        page = log_in(coach).get("/narvaro/manad/")
    text = page.content.decode()
    assert page.context["table"].unregistered == 1  # Tuesday; Wednesday is not over
    assert text.count("ei-mark--unexcused") == 2  # the day and the legend
    assert text.count("ei-mark--planned") == 3
    assert page.context["table"].rows[0].sum.planned == 6


@pytest.mark.parametrize("wrong", ["banan", "9999-12", "0001-01", "2199-12"])
def test_a_wrong_month_is_this_month(order, coach, log_in, wrong):
    assert log_in(coach).get(f"/narvaro/manad/?month={wrong}").context["table"].month.month == 11


def test_a_correction_says_why(order, staff, log_in):
    session = week(order, staff, 1)[0]
    said(session, "unexcused", staff)
    session.refresh_from_db()
    client = log_in(staff)
    path = f"/utforare/narvaro/{session.pk}/"
    sent = _one(client.get(path), session, outcome="excused", reason="child")
    assert "why" in client.post(path, sent).context["form"].errors
    sent = _one(client.get(path), session, outcome="excused", reason="child", why="Ringde i dag.")
    assert client.post(path, sent).status_code == 302
    assert "Ringde i dag." in client.get(path).content.decode()


def _one(page, session, **changes):
    return {"token": str(page.context["form"]["token"].value()), "began": session.mark, **changes}


def test_another_provider_of_the_case_sees_no_session_of_it(town, order, staff, log_in):
    session = week(order, staff, 1)[0]
    stranger = town.user(Role.PROVIDER_STAFF, "south")
    assert log_in(stranger).get(f"/utforare/narvaro/{session.pk}/").status_code == 404


# --- one absence, one report ---------------------------------------------------------------------
def _report(session, actor, action="attendance.provide"):
    return absences.report_absence(
        session, "tried", "Svarar inte.", actor=actor, today=FRIDAY, action=action
    )


@pytest.mark.row("B2")
def test_an_absence_is_reported_once_and_only_when_all_before_is_known(order, staff):
    sessions = week(order, staff)
    said(sessions[1], "unexcused", staff)
    with pytest.raises(Refused, match=r"Register|Registrera"):
        _report(sessions[1], staff)
    said(sessions[0], "present", staff)
    report = _report(sessions[1], staff)
    assert (report.contact, report.reported_by) == ("tried", staff)
    assert order.case.coach.notices.filter(url=f"/narvaro/tillfalle/{sessions[1].pk}/").exists()
    with pytest.raises(Refused, match=r"already|redan"):
        _report(sessions[1], staff)
    assert AbsenceReport.objects.count() == 1


def test_only_an_unexcused_absence_is_reported(order, staff):
    session = week(order, staff, 1)[0]
    said(session, "sick", staff)
    with pytest.raises(Refused, match=r"unexcused|ogiltig"):
        _report(session, staff)


def test_the_coach_reports_to_the_unit(town, order, staff, coach):
    session = week(order, staff, 1)[0]
    secretary = town.user(Role.SOCIAL_SECRETARY)
    said(session, "unexcused", staff)
    _report(session, coach, "attendance.report")
    assert secretary.notices.exists()
    with pytest.raises(PermissionDenied):
        _report(session, town.user(Role.COACH, "south"), "attendance.report")


def test_who_may_not_know_of_the_person_is_not_told(town, order, staff, coach):
    session = week(order, staff, 1)[0]
    secretary = town.user(Role.SOCIAL_SECRETARY)
    town.protected(order.case.person, [coach])
    said(session, "unexcused", coach)
    _report(Session.objects.get(pk=session.pk), coach, "attendance.report")
    assert not secretary.notices.exists()


# --- repeated ------------------------------------------------------------------------------------
@pytest.mark.row("J13")
def test_repeated_absence_starts_a_clock_that_the_talk_meets(order, staff, coach):
    sessions = week(order, staff)
    said(sessions[0], "unexcused", staff)
    assert not RepeatedAbsence.objects.exists()
    said(sessions[1], "unexcused", staff)
    row = RepeatedAbsence.objects.get()
    clock = Deadline.objects.get(kind="absence_talk")
    assert (row.first_on, row.reached_on, clock.owner) == (MONDAY, sessions[1].on, coach)
    assert coach.notices.filter(url=f"/narvaro/upprepad/{row.pk}/").count() == 1
    absences.handle_repeated(
        row, talked_on=FRIDAY, person_view="Buss.", agreed="Ringer.", actor=coach, today=FRIDAY
    )
    clock.refresh_from_db()
    assert clock.met_on == FRIDAY
    with pytest.raises(Refused, match=r"already|redan"):
        absences.handle_repeated(
            row, talked_on=FRIDAY, person_view="", agreed="Igen.", actor=coach, today=FRIDAY
        )


def test_a_registration_that_was_wrong_takes_the_clock_away(order, staff):
    sessions = week(order, staff)
    for session in sessions[:2]:
        said(session, "unexcused", staff)
    said(sessions[0], "sick", staff)
    assert not RepeatedAbsence.objects.exists()
    assert not Deadline.objects.filter(kind="absence_talk").exists()


def test_the_rule_is_the_municipalitys(order, staff):
    AbsenceRule.objects.update(times=3)
    sessions = week(order, staff)
    for session in sessions[:2]:
        said(session, "unexcused", staff)
    assert not RepeatedAbsence.objects.exists()
    said(sessions[2], "unexcused", staff)
    assert RepeatedAbsence.objects.get().times == 3


def test_the_talk_is_written_on_its_page(order, staff, coach, log_in):
    sessions = week(order, staff)
    for session in sessions[:2]:
        said(session, "unexcused", staff, today=MONDAY + timedelta(days=1))
    row = RepeatedAbsence.objects.get()
    with time_machine.travel("2026-11-20T11:00:00+00:00", tick=False):
        client = log_in(coach)
        page = client.get(f"/narvaro/upprepad/{row.pk}/")
        sent = {"token": str(page.context["form"]["token"].value()), "talked_on": "2026-11-20"}
        assert client.post(f"/narvaro/upprepad/{row.pk}/", sent).status_code == 422
        sent["agreed"] = "Ringer före nio."
        assert client.post(f"/narvaro/upprepad/{row.pk}/", sent).status_code == 302
    assert RepeatedAbsence.objects.get().agreed == "Ringer före nio."
