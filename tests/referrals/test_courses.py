"""The budget for quick courses: asked for by one, decided by another, never below zero."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.urls import reverse

from jobcentre.accounts.enums import Role
from jobcentre.casework.exceptions import Conflict, Refused
from jobcentre.casework.models import Case, CaseEvent, ExitReason
from jobcentre.casework.transitions.cases import Leaving, close_case
from jobcentre.notices.models import Notice
from referrals.courses.enums import CourseState
from referrals.models import CourseBudget, CourseBudgetChange, CourseRequest
from referrals.transitions import courses
from tests.factories import MONDAY

pytestmark = pytest.mark.row("T12")
DAY = timedelta(days=1)
TRUCK = {
    "title": "Truckkort A och B",
    "organiser": "Truckskolan",
    "leads_to": "Lagret i Älvbro har lovat jobb.",
    "why": "Kortet krävs.",
    "starts_on": MONDAY + 7 * DAY,
    "ends_before": MONDAY + 10 * DAY,
    "price": Decimal("6499.50"),
}


@pytest.fixture
def manager(town):
    return town.user(Role.MANAGER)


def budgeted(town, manager, amount="10000", year=2026, edit=0):
    return courses.set_budget(
        town.units["north"], year, Decimal(amount), why="Årets.", actor=manager, edit=edit
    )


def asked(town, coach, case=None, **changes):
    case = case or town.opened(coach=coach)
    return courses.request_course(case, TRUCK | changes, actor=coach, today=MONDAY)


def decided(course, actor, approves=True):
    return courses.decide_course(
        course,
        approves=approves,
        reason="" if approves else "Jobbet är inte lovat.",
        actor=actor,
        today=MONDAY,
        edit=course.version,
    )


def paid(course, actor, amount, **changes):
    values = {"paid_on": MONDAY, "invoice": "F 17"} | changes
    return courses.pay_course(
        course, amount=Decimal(amount), actor=actor, today=MONDAY, edit=course.version, **values
    )


def sums(year=2026):
    budget = CourseBudget.objects.get(year=year)
    return budget.reserved, budget.paid, budget.left


def test_the_price_is_reserved_paid_and_the_rest_is_free_again(town, manager, coach):
    budgeted(town, manager)
    course = asked(town, coach)
    assert sums() == (0, 0, 10000)
    course = decided(course, manager)
    assert sums() == (Decimal("6499.50"), 0, Decimal("3500.50"))
    course = paid(course, manager, "6000.25")
    assert course.state == CourseState.PAID
    assert sums() == (0, Decimal("6000.25"), Decimal("3999.75"))
    kinds = CaseEvent.objects.filter(kind__startswith="course.").order_by("pk")
    assert [event.kind for event in kinds] == [
        "course.requested", "course.approved", "course.paid",
    ]  # fmt: skip
    assert Notice.objects.filter(user=manager).count() == 1
    told = Notice.objects.filter(user=coach, key__startswith="course:").get()
    assert told.text_sv == "Din ansökan om snabbkurs beviljades."


def test_more_than_is_left_is_refused(town, manager, coach):
    budgeted(town, manager)
    decided(asked(town, coach), manager)
    second = asked(town, coach)
    with pytest.raises(Refused, match=r"3.500,50.*6.499,50"):
        decided(second, manager)
    second.refresh_from_db()
    assert second.state == CourseState.REQUESTED
    with pytest.raises(Refused, match="2027"):  # the course begins in a year without a budget
        decided(
            asked(town, coach, starts_on=date(2027, 1, 2), ends_before=date(2027, 1, 9)), manager
        )


def test_the_database_refuses_to_go_below_zero(town, manager, coach):
    budget = budgeted(town, manager)
    decided(asked(town, coach), manager)
    for change in (
        {"amount": Decimal("6499.49")},
        {"paid": Decimal("3500.51")},
        {"reserved": F("reserved") - 7000},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            CourseBudget.objects.filter(pk=budget.pk).update(**change)
    with pytest.raises(ValidationError, match="budgeten"):
        budgeted(town, manager, "6000", edit=1)


def test_nobody_decides_on_what_they_asked_for_or_on_an_own_case(town, manager, coach):
    budgeted(town, manager)
    course = asked(town, coach)
    with pytest.raises(PermissionDenied):
        decided(course, coach)
    CourseRequest.objects.filter(pk=course.pk).update(requested_by=manager)
    course.refresh_from_db()
    with pytest.raises(Refused):
        decided(course, manager)
    with pytest.raises(IntegrityError), transaction.atomic():
        CourseRequest.objects.filter(pk=course.pk).update(
            state=CourseState.REFUSED, decided_by=manager, decided_on=MONDAY, reason="Nej."
        )
    assert "decide" not in courses.available_moves(course, manager)


def test_a_coach_who_is_a_manager_too_does_not_decide_on_an_own_case(town, manager, coach):
    budgeted(town, manager)
    course = asked(town, coach)
    Case.objects.filter(pk=course.case_id).update(coach=manager)
    course = CourseRequest.objects.get()
    with pytest.raises(Refused):
        decided(course, manager)


def test_a_refusal_has_its_reason_and_is_final(town, manager, coach):
    budgeted(town, manager)
    course = decided(asked(town, coach), manager, approves=False)
    assert course.reason == "Jobbet är inte lovat."
    assert sums()[2] == 10000
    with pytest.raises(Refused):
        decided(course, manager)
    with pytest.raises(Refused):
        paid(course, manager, "1")


def test_two_managers_at_once_decide_once(town, manager, coach):
    budgeted(town, manager)
    course = asked(town, coach)
    decided(course, manager)
    with pytest.raises(Conflict):
        decided(course, manager)  # over the version that was opened
    assert sums()[0] == Decimal("6499.50")


def test_what_is_withdrawn_gives_its_money_back(town, manager, coach):
    budgeted(town, manager)
    course = decided(asked(town, coach), manager)
    courses.withdraw_course(course, reason="Fick jobb ändå.", actor=coach, edit=course.version)
    assert sums() == (0, 0, 10000)


def test_a_payment_is_within_its_price_and_its_days(town, manager, coach):
    budgeted(town, manager)
    course = decided(asked(town, coach), manager)
    with pytest.raises(Refused, match="egen ansökan"):
        paid(course, manager, "6499.51")
    for day in (MONDAY + DAY, MONDAY - DAY):
        with pytest.raises(Refused):
            paid(course, manager, "100", paid_on=day)
    with pytest.raises(PermissionDenied):
        paid(course, coach, "100")
    with pytest.raises(ValidationError):
        paid(course, manager, "100", invoice="")
    assert sums()[:2] == (Decimal("6499.50"), 0)


def test_a_course_is_asked_for_before_it_begins_in_an_open_case(town, coach):
    with pytest.raises(Refused):
        asked(town, coach, starts_on=MONDAY - DAY)
    with pytest.raises(ValidationError):
        asked(town, coach, price=Decimal(0))
    with pytest.raises(ValidationError):
        asked(town, coach, ends_before=MONDAY + 7 * DAY)
    assert not CourseRequest.objects.exists()


def test_closing_withdraws_what_waits_and_keeps_what_is_approved(town, manager, coach):
    budgeted(town, manager)
    case = town.opened()
    approved = decided(asked(town, coach, case), manager)
    waiting = asked(town, coach, case)
    case = Case.objects.get(pk=case.pk)
    leaving = Leaving(ExitReason.objects.get(key="studies"), MONDAY)
    close_case(case, leaving, actor=coach, today=MONDAY, version=case.version)
    approved.refresh_from_db()
    waiting.refresh_from_db()
    assert (approved.state, waiting.state) == (CourseState.APPROVED, CourseState.WITHDRAWN)


def test_a_budget_is_changed_with_its_history(town, manager):
    budgeted(town, manager)
    with pytest.raises(Conflict):
        budgeted(town, manager, "20000")
    budgeted(town, manager, "20000", edit=1)
    assert [row.amount for row in CourseBudgetChange.objects.order_by("pk")] == [10000, 20000]
    with pytest.raises(IntegrityError), transaction.atomic():
        CourseBudgetChange.objects.update(amount=1)
    with pytest.raises(PermissionDenied):
        budgeted(town, town.user(Role.MANAGER, "south"), "1", edit=2)


def test_the_way_of_the_pages(town, manager, coach, log_in):
    case = town.opened()
    client, chief = log_in(coach), log_in(manager)
    budget = reverse("referrals:course_budget", args=[town.units["north"].pk, 2026])
    south = reverse("referrals:course_budget", args=[town.units["south"].pk, 2026])
    token = "11111111-1111-4111-8111-11111111111{}".format
    answer = chief.post(
        budget, {"token": token(1), "version": 0, "amount": "10 000,50", "why": "År"}
    )
    assert answer.url == f"{reverse('referrals:courses')}?year=2026"
    assert chief.get(south).status_code == 404
    assert chief.get(budget.replace("2026", "2019")).status_code == 404
    assert client.get(budget).status_code == 404
    typed = {
        **{name: str(value) for name, value in TRUCK.items()},
        "price": "6 499,50",
        "starts_on": "2026-11-23",
        "ends_before": "2026-11-25",
        "token": token(2),
    }
    ask = reverse("referrals:course_request", args=[case.number])
    assert client.post(ask, {**typed, "price": "0"}).status_code == 422
    for _twice in range(2):
        answer = client.post(ask, typed)
    course = CourseRequest.objects.get()
    assert answer.url == reverse("referrals:course", args=[course.ref])
    assert (course.price, course.ends_before) == (Decimal("6499.50"), date(2026, 11, 26))
    decide = reverse("referrals:course_decide", args=[course.ref])
    assert client.get(decide).status_code == 404
    wrong = chief.post(decide, {"token": token(3), "version": 1, "approves": "no"})
    assert "Skriv varför" in wrong.content.decode()
    chief.post(decide, {"token": token(3), "version": 1, "approves": "yes"})
    page = chief.get(reverse("referrals:courses")).content.decode().replace("\xa0", " ")
    assert "3 501 kr" in page
    assert "6 499,50 kr" in page
    mine = client.get(reverse("referrals:courses")).content.decode()
    assert TRUCK["title"] in mine
    assert "Sätt budgeten" not in mine
    tab = client.get(reverse("casework:tab", args=[case.number, "orders"])).content.decode()
    assert TRUCK["title"] in tab
    stranger = log_in(town.user(Role.COACH, name="Mona"))
    assert stranger.get(answer.url).status_code == 403
    assert TRUCK["title"] not in stranger.get(reverse("referrals:courses")).content.decode()


def test_the_file_has_the_amounts_and_no_names_of_persons(town, manager, coach, log_in):
    budgeted(town, manager)
    case = town.opened(given_name="Egon")
    paid(decided(asked(town, coach, case, title="=1+1"), manager), manager, "6000")
    answer = log_in(manager).get(reverse("referrals:course_file"))
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert "6499.50" in lines[1] or "6499,50" in lines[1]
    assert "'=1+1" in lines[1]
    assert "Egon" not in "".join(lines)
    empty = log_in(manager).get(reverse("referrals:course_file"), {"year": 2025})
    assert len(b"".join(empty.streaming_content).decode().splitlines()) == 1
