"""What a provider reports, goal by goal; what is returned, completed and kept; what is chased."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, InternalError, transaction

from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import Deadline, FormDraft
from referrals import rules
from referrals import transitions as orders
from referrals.enums import ReportKind
from referrals.models import Order, ProviderReport, ReportedGoal, ReportReturn
from referrals.money.facts import facts_of
from tests.factories import MONDAY

DAY = timedelta(days=1)
NOVEMBER = date(2026, 11, 1)
GOALS = "- Klarar kassan själv\n\n• Kommer i tid\n"
PROGRESS = (("nearer", "Med stöd."), ("reached", ""))
MONTHLY = orders.ReportInput(
    ReportKind.MONTHLY, "Kassa.", "Frågar när det är oklart.", "Prova kök.", NOVEMBER, PROGRESS
)
FINAL = replace(MONTHLY, kind=ReportKind.FINAL, month=None)
# A trigger refuses on PostgreSQL as well as on SQLite, each with an error of its own.
REFUSED_BY_DATABASE = (IntegrityError, InternalError)


def started(town, staff, **person):
    order = town.ordered(town.approved(town.consented(town.opened(**person))))
    Order.objects.filter(pk=order.pk).update(goals=GOALS)
    order.refresh_from_db()
    order.case.person.refresh_from_db()
    orders.accept_order(order, first_day_on=MONDAY, contact="Bo", actor=staff, today=MONDAY)
    return orders.start_order(order, started_on=MONDAY, actor=staff, today=MONDAY)


@pytest.fixture
def order(town, staff):
    return started(town, staff)


def send(order, staff, written=MONTHLY, today=MONDAY):
    return orders.send_report(order, written, actor=staff, today=today)


def returned(report, coach, today=MONDAY):
    return orders.return_report(report, reason="Skriv om morgnarna.", actor=coach, today=today)


# --- goal by goal --------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "goals"),
    [
        ("", []),
        ("  \n-\n", []),
        (GOALS, ["Klarar kassan själv", "Kommer i tid"]),
        ("\n".join(f"{n}" for n in range(12)), [*map(str, range(9)), "9 10 11"]),
    ],
)
def test_each_line_of_the_wanted_results_is_a_goal(text, goals):
    assert rules.goals_of(text) == goals


@pytest.mark.row("J11")
def test_a_report_says_how_it_goes_with_each_goal_as_it_was_worded(order, staff, coach):
    report = send(order, staff)
    assert list(report.goals.values_list("goal", "progress", "comment")) == [
        ("Klarar kassan själv", "nearer", "Med stöd."),
        ("Kommer i tid", "reached", ""),
    ]
    assert coach.notices.filter(text_sv__contains="rapport").exists()
    assert order.case.events.filter(kind="order.reported").exists()


def test_a_report_without_a_word_of_a_goal_is_refused(order, staff):
    with pytest.raises(Refused, match=r"goal|mål"):
        send(order, staff, replace(MONTHLY, progress=PROGRESS[:1]))
    assert not ProviderReport.objects.exists()


def test_the_form_asks_for_each_goal_and_keeps_what_is_typed(order, staff, log_in):
    client, path = log_in(staff), f"/bestallningar/{order.ref}/rapport/"
    page = client.get(path).content.decode()
    assert "Klarar kassan själv" in page
    typed = {
        "token": "5f0f8f1e-97f5-4c68-9b8d-0d0d3f6f5a01", "kind": "monthly", "month": "2026-11-01",
        "done": "Kassa.", "development": "Frågar.", "step_0": "nearer",
    }  # fmt: skip
    refused = client.post(path, typed)
    assert refused.status_code == 422
    assert "Säg hur det går med målet." in refused.content.decode()
    assert "Frågar." in refused.content.decode()
    sent = client.post(path, {**typed, "step_1": "further", "comment_1": "Försover sig."})
    assert sent.status_code == 302
    assert list(ReportedGoal.objects.values_list("progress", flat=True)) == ["nearer", "further"]
    again = client.post(path, {**typed, "step_1": "further"})
    assert again.status_code == 302  # the same press of the button once more
    assert ProviderReport.objects.count() == 1


def test_a_deviation_has_no_goals(order, staff, log_in):
    typed = {
        "token": "5f0f8f1e-97f5-4c68-9b8d-0d0d3f6f5a02", "kind": "deviation", "month": "",
        "done": "Kom inte.", "development": "Ringt.",
    }  # fmt: skip
    assert log_in(staff).post(f"/bestallningar/{order.ref}/rapport/", typed).status_code == 302
    assert not ReportedGoal.objects.exists()


# --- returned and completed ----------------------------------------------------------------------
def test_a_returned_report_is_completed_and_both_versions_stand(order, staff, coach, log_in):
    report = send(order, staff)
    returned(report, coach)
    assert staff.notices.filter(text_sv__contains="komplettera").exists()
    clock = Deadline.objects.get(kind="report_completion")
    assert (clock.started_on, clock.due_on, clock.met_on) == (MONDAY, MONDAY + 3 * DAY, None)
    page = log_in(staff).get(f"/bestallningar/{order.ref}/").content.decode()
    assert "Skriv om morgnarna." in page
    path = f"/bestallningar/{order.ref}/rapport/{report.pk}/komplettera/"
    form = log_in(staff).get(path).content.decode()
    assert "Skriv om morgnarna." in form
    assert "Frågar när det är oklart." in form
    typed = {
        "token": "5f0f8f1e-97f5-4c68-9b8d-0d0d3f6f5a03", "done": "Kassa.",
        "development": "Kommer 9 i stället för 8.", "recommendation": "",
        "step_0": "nearer", "comment_0": "", "step_1": "further", "comment_1": "",
    }  # fmt: skip
    assert log_in(staff).post(path, typed).status_code == 302
    second = ProviderReport.objects.get(completes=report)
    assert (second.number, second.month, second.kind) == (2, NOVEMBER, ReportKind.MONTHLY)
    report.refresh_from_db()
    assert report.development == "Frågar när det är oklart."
    assert Deadline.objects.get(kind="report_completion").met_on == MONDAY
    assert coach.notices.filter(text_sv__contains="kompletterat").exists()
    page = log_in(coach).get(f"/bestallningar/{order.ref}/").content.decode()
    assert "Kommer 9 i stället för 8." in page
    assert "Frågar när det är oklart." in page


def test_a_report_is_returned_once_by_the_coach_and_completed_once(town, order, staff, coach):
    report = send(order, staff)
    with pytest.raises(Refused):
        orders.complete_report(report, MONTHLY, actor=staff, today=MONDAY)
    with pytest.raises(PermissionDenied):
        returned(report, staff)
    returned(report, coach)
    with pytest.raises(Refused):
        returned(report, coach)
    second = orders.complete_report(report, MONTHLY, actor=staff, today=MONDAY)
    with pytest.raises(Refused, match=r"colleague|kollega"):
        orders.complete_report(report, MONTHLY, actor=staff, today=MONDAY)
    returned(second, coach)  # what still lacks something is returned again
    assert orders.complete_report(second, MONTHLY, actor=staff, today=MONDAY).number == 3


def test_the_month_is_not_reported_anew_beside_a_returned_report(order, staff, coach):
    returned(send(order, staff), coach)
    assert NOVEMBER not in orders.reportable_months(order, MONDAY)


def test_a_final_report_is_returned_while_the_provider_sees_the_order(order, staff, coach):
    orders.end_order(order, FINAL, ended_on=MONDAY, result="reached", actor=staff, today=MONDAY)
    report = ProviderReport.objects.get()
    with pytest.raises(Refused, match=r"no longer sees|ser inte längre"):
        returned(report, coach, today=MONDAY + 14 * DAY)
    returned(report, coach, today=MONDAY + 13 * DAY)
    orders.complete_report(report, FINAL, actor=staff, today=MONDAY + 13 * DAY)
    assert ProviderReport.objects.filter(kind=ReportKind.FINAL).count() == 2


def test_the_database_refuses_to_change_what_is_sent(order, staff, coach):
    report = send(order, staff)
    returned(report, coach)
    changes = (
        lambda: ProviderReport.objects.update(done="Annat."),
        lambda: ProviderReport.objects.filter(pk=report.pk)._raw_delete("default"),
        lambda: ReportedGoal.objects.update(progress="reached"),
        lambda: ReportReturn.objects.update(reason="Annat."),
    )
    for change in changes:
        with pytest.raises(REFUSED_BY_DATABASE), transaction.atomic():
            change()


def test_a_returned_report_is_no_evidence_until_it_is_completed(order, staff, coach):
    def known():
        return dict(facts_of([order], {}, MONDAY, set())[order.pk].reports)

    report = send(order, staff)
    assert known() == {NOVEMBER: MONDAY}
    returned(report, coach)
    assert known() == {}
    orders.complete_report(report, MONTHLY, actor=staff, today=MONDAY + DAY)
    assert known() == {NOVEMBER: MONDAY + DAY}


# --- the right person ----------------------------------------------------------------------------
def test_a_report_that_names_another_participant_is_refused(town, order, staff):
    started(town, staff, given_name="Nils", family_name="Ek")
    with pytest.raises(Refused, match="Nils Ek") as refused:
        send(order, staff, replace(MONTHLY, development="Idag var nils  ek i kassan."))
    assert order.case.person.name in str(refused.value)
    send(order, staff, replace(MONTHLY, development="Nils hjälpte till."))


def test_a_report_of_another_order_is_as_one_that_does_not_exist(town, order, staff, coach, log_in):
    other = started(town, staff, given_name="Nils", family_name="Ek")
    report = send(other, staff)
    returned(report, coach)
    for user, act in ((coach, "aterlamna"), (staff, "komplettera")):
        path = f"/bestallningar/{order.ref}/rapport/{report.pk}/{act}/"
        assert log_in(user).get(path).status_code == 404
        assert log_in(user).post(path, {}).status_code == 404


def test_what_is_typed_on_one_order_is_no_draft_on_another(town, order, staff, log_in):
    other, client = started(town, staff, given_name="Nils", family_name="Ek"), log_in(staff)
    kept = client.post(
        f"/bestallningar/{order.ref}/rapport/",
        {"kind": "monthly", "done": "Bara om den ena."},
        headers={"X-Draft": "0"},
    )
    assert kept.status_code == 200
    assert FormDraft.objects.count() == 1
    page = client.get(f"/bestallningar/{other.ref}/rapport/").content.decode()
    assert "Bara om den ena." not in page


# --- the clocks ----------------------------------------------------------------------------------
def test_a_late_report_is_late_for_ever_and_a_completion_does_not_move_it(order, staff, coach):
    late = MONDAY + 23 * DAY  # the fifth working day of December is the 7th
    with time_machine.travel(f"{late.isoformat()}T11:00:00+00:00", tick=False):
        report = send(order, staff, today=late)
    clock = Deadline.objects.get(kind="monthly_report")
    assert (clock.due_on, clock.met_on) == (date(2026, 12, 7), late)
    with time_machine.travel(f"{(late + DAY).isoformat()}T11:00:00+00:00", tick=False):
        returned(report, coach, today=late + DAY)
        orders.complete_report(report, MONTHLY, actor=staff, today=late + DAY)
    assert Deadline.objects.get(kind="monthly_report").met_on == late


def test_the_final_report_is_due_five_working_days_after_the_last_day(order, staff):
    last_on = order.ends_before - DAY
    clock = Deadline.objects.get(kind="final_report")
    assert (clock.started_on, clock.met_on) == (last_on, None)
    assert (clock.due_on - last_on).days == 7
    orders.end_order(
        order, FINAL, ended_on=last_on, result="reached", actor=staff, today=last_on + 9 * DAY
    )
    assert Deadline.objects.get(kind="final_report").met_on == last_on


def test_no_final_report_is_due_when_the_order_ended_before(order, staff):
    orders.end_order(order, FINAL, ended_on=MONDAY, result="reached", actor=staff, today=MONDAY)
    assert not Deadline.objects.filter(kind="final_report").exists()
