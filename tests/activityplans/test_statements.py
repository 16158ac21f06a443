"""The support-month statement: compiled, sent once, standing, corrected by a new version, read."""

from datetime import date, time, timedelta
from io import BytesIO

import pikepdf
import pytest
import time_machine
from django.db import IntegrityError, transaction

from activityplans import statements as rules
from activityplans.models import Session, StatementReading, SupportStatement
from activityplans.transitions import statements
from activityplans.transitions.attendance import Mark, plan_sessions, register_attendance
from activityplans.transitions.statements import StatementInput
from jobcentre.accounts.enums import Role
from jobcentre.casework.deadlines import clock
from jobcentre.casework.exceptions import Conflict, Refused
from jobcentre.casework.models import Deadline
from tests.factories import MONDAY
from tests.reporting.pdf_text import words_of

NOVEMBER, DECEMBER_3 = date(2026, 11, 1), date(2026, 12, 3)
ASKED = StatementInput("given", "Bussen gick inte.", "Ringde samma dag.")


@pytest.fixture
def coach(town):
    return town.user(Role.COACH)


@pytest.fixture
def secretary(town):
    return town.user(Role.SOCIAL_SECRETARY)


@pytest.fixture
def case(town, coach):
    """A person with three sessions in November: present, late, and one that nobody registered."""
    case = town.approved(town.opened())
    days = [MONDAY, MONDAY + timedelta(days=1), MONDAY + timedelta(days=8)]
    plan_sessions(case.activities.get(), days, time(9), 180, "", actor=coach)
    first, second, _third = Session.objects.order_by("on")
    marks = {first.pk: Mark("present"), second.pk: Mark("late", late_minutes=30)}
    register_attendance(marks, actor=coach, today=second.on)
    return case


def sent(case, coach, written=StatementInput(), today=DECEMBER_3):  # noqa: B008 - never changed
    return statements.send_statement(case, NOVEMBER, written, actor=coach, today=today)


def _register_third(coach, outcome):
    third = Session.objects.order_by("on").last()
    register_attendance({third.pk: Mark(outcome)}, actor=coach, today=DECEMBER_3)


# --- what it says --------------------------------------------------------------------------------
@pytest.mark.row("J13")
def test_it_is_compiled_by_iso_week_cut_at_the_month():
    facts = [
        rules.SessionFact(date(2026, 11, 1), time(9), 60, "Kurs", "Course", "present"),
        rules.SessionFact(date(2026, 11, 30), time(9), 120, "Kurs", "Course", "unexcused"),
    ]
    content = rules.compile_statement(NOVEMBER, facts, {date(2026, 11, 30): 480}, "5")
    assert [week["monday"] for week in content["weeks"]] == [
        *("2026-10-26", "2026-11-02", "2026-11-09", "2026-11-16", "2026-11-23", "2026-11-30")
    ]
    assert (content["weeks"][0]["present"], content["weeks"][-1]["unexcused"]) == (60, 120)
    assert (content["weeks"][-1]["plan"], content["total"]["planned"]) == (480, 180)
    assert rules.is_adverse(content)


def test_the_plan_asks_by_the_day_without_holidays_and_interruptions(case):
    content = statements.content_of(case, date(2026, 12, 1))
    weeks = {week["monday"]: week["plan"] for week in content["weeks"]}
    assert weeks["2026-12-07"] == 30 * 60
    assert weeks["2026-12-21"] == 3 * 6 * 60  # Christmas Eve and Day are no days of the plan


# --- sending -------------------------------------------------------------------------------------
@pytest.mark.row("J13")
def test_it_is_sent_when_the_month_is_over_and_meets_its_clock(case, coach, secretary):
    with time_machine.travel("2026-12-03T11:00:00+00:00", tick=False):
        clock.recompute(case)
        row = Deadline.objects.get(kind="statement")
        assert (row.due_on, row.owner) == (date(2026, 12, 10), coach)
        statement = sent(case, coach)
    row.refresh_from_db()
    assert row.met_on == DECEMBER_3
    total = statement.content["total"]
    assert (total["present"], total["late"], total["not_registered"]) == (330, 30, 180)
    assert statements.is_as_sent(statement)
    assert secretary.notices.filter(url=f"/underlag/{statement.ref}/").count() == 1


def test_not_before_the_month_is_over(case, coach):
    with pytest.raises(Refused, match=r"not ended|inte slut"):
        sent(case, coach, today=date(2026, 11, 30))
    assert not SupportStatement.objects.exists()


@pytest.mark.row("B2")
def test_nothing_adverse_is_sent_while_a_session_of_the_month_is_unregistered(case, coach):
    first = Session.objects.order_by("on").first()
    register_attendance({first.pk: Mark("unexcused")}, actor=coach, today=DECEMBER_3)
    with pytest.raises(Refused, match=r"Register|Registrera"):
        sent(case, coach, ASKED)
    _register_third(coach, "present")
    with pytest.raises(Refused, match=r"Ask|Fråga"):
        sent(case, coach)
    assert sent(case, coach, ASKED).explanation == "Bussen gick inte."


def test_without_a_unit_there_is_nobody_to_send_to(town, coach):
    case = town.approved(town.opened(support_unit=False))
    plan_sessions(case.activities.get(), [MONDAY], time(9), 60, "", actor=coach)
    with pytest.raises(Refused, match=r"income-support|försörjningsstöd"):
        sent(case, coach)


@pytest.mark.row("J13")
def test_a_double_click_sends_one(case, coach, log_in):
    with time_machine.travel("2026-12-03T11:00:00+00:00", tick=False):
        client = log_in(coach)
        path = f"/arenden/{case.number}/underlag/2026-11/"
        form = client.get(path).context["form"]
        body = {name: form[name].value() or "" for name in form.fields}
        body |= {"token": str(body["token"]), "asked": "none", "send": "1"}
        answers = [client.post(path, body) for _time in range(2)]
        assert [answer.status_code for answer in answers] == [302, 302]
        assert answers[0]["Location"] == answers[1]["Location"]
    assert SupportStatement.objects.count() == 1
    with pytest.raises(Refused, match=r"already sent|redan skickad"):
        sent(case, coach)


def test_two_who_write_the_same_month(case, coach):
    draft = statements.save_statement(case, NOVEMBER, ASKED, actor=coach, edit=0)
    statements.save_statement(case, NOVEMBER, StatementInput(), actor=coach, edit=draft.edit)
    with pytest.raises(Conflict):
        statements.save_statement(case, NOVEMBER, ASKED, actor=coach, edit=draft.edit)


# --- what is sent stands -------------------------------------------------------------------------
@pytest.mark.row("J13")
@pytest.mark.parametrize("act", ["update", "delete"])
def test_the_database_refuses_to_touch_what_is_sent(case, coach, act):
    rows = SupportStatement.objects.filter(pk=sent(case, coach).pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(comment="Annat.") if act == "update" else rows.delete()
    assert rows.get().comment == ""


def test_a_draft_may_be_changed(case, coach):
    draft = statements.save_statement(case, NOVEMBER, ASKED, actor=coach)
    assert SupportStatement.objects.filter(pk=draft.pk).update(comment="Annat.") == 1


@pytest.mark.row("J13")
def test_a_correction_is_a_new_version_that_names_the_old(case, coach, log_in):
    first = sent(case, coach)
    _register_third(coach, "sick")
    url = f"/underlag/{first.ref}/"
    assert coach.notices.filter(url=url).count() == 1  # the attendance has changed since
    assert log_in(coach).get(url).context["has_changed"]
    draft = statements.begin_correction(first, "Sjuk, inte känd då.", actor=coach)
    with pytest.raises(Refused, match=r"already being|skrivs redan"):
        statements.begin_correction(first, "Igen.", actor=coach)
    second = sent(case, coach)
    assert (second.pk, second.number, second.corrects) == (draft.pk, 2, first)
    assert second.content["total"]["sick_uncertified"] == 180
    first.refresh_from_db()
    assert first.content["total"]["not_registered"] == 180
    with pytest.raises(Refused, match=r"newer|nyare"):
        statements.begin_correction(first, "Igen.", actor=coach)


# --- the pages -----------------------------------------------------------------------------------
@pytest.mark.row("J13")
def test_the_unit_sees_what_is_sent_and_notes_that_it_is_read(case, coach, secretary, log_in):
    client = log_in(secretary)
    draft = statements.save_statement(case, NOVEMBER, ASKED, actor=coach)
    assert client.get(f"/underlag/{draft.ref}/").status_code == 404
    statement = sent(case, coach, ASKED)
    assert "Bussen gick inte." in client.get(f"/underlag/{statement.ref}/").content.decode()
    assert [row.pk for row in client.get("/underlag/").context["rows"]] == [statement.pk]
    for _time in range(2):
        assert client.post(f"/underlag/{statement.ref}/last/").status_code == 302
    assert StatementReading.objects.get().read_by == secretary
    assert client.get("/underlag/").context["rows"] == []
    assert len(client.get("/underlag/?state=done").context["rows"]) == 1


def test_the_coach_sees_which_are_due(case, coach, log_in):
    with time_machine.travel("2026-12-14T11:00:00+00:00", tick=False):
        clock.recompute(case)
        page = log_in(coach).get("/underlag/")
        assert [row["is_late"] for row in page.context["rows"]] == [True]
        sent(case, coach, today=date(2026, 12, 14))
        assert log_in(coach).get("/underlag/").context["rows"] == []
        done = log_in(coach).get("/underlag/?state=done").context["rows"]
        assert done[0]["was_late"]


@pytest.mark.parametrize(
    "month", ["2026-13", "november", "2026-1", "9999-12", "0001-01", "2199-12"]
)
def test_a_month_that_is_none_is_not_found(case, coach, log_in, month):
    assert log_in(coach).get(f"/arenden/{case.number}/underlag/{month}/").status_code == 404


@pytest.mark.row("J13")
def test_the_paper_says_that_it_is_no_decision(case, coach, log_in):
    statement = sent(case, coach, ASKED)
    answer = log_in(coach).get(f"/underlag/{statement.ref}/utskrift/")
    assert answer["Content-Type"] == "application/pdf"
    text = " ".join(words_of(answer.content).split())
    assert "sammanställning, inte ett beslut" in text
    assert "Bussen gick inte." in text
    with pikepdf.open(BytesIO(answer.content)) as pdf:
        assert "/StructTreeRoot" in pdf.Root


def test_nobody_outside_the_circle_is_told(town, case, coach, secretary):
    town.protected(case.person, [coach])
    case.person.refresh_from_db()
    statement = sent(case, coach)
    assert not secretary.notices.filter(url=f"/underlag/{statement.ref}/").exists()
