"""Lent to another centre: its staff see the case on those days only, and figures keep the home."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from intake.reception.board import board_of
from jobcentre.accounts.enums import Role
from jobcentre.casework.access.checks import open_areas
from jobcentre.casework.access.queries import cases_for
from jobcentre.casework.enums import Area, Protection
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import Appointment, Case, CentreLoan, ExitReason, Involvement
from jobcentre.casework.search import found_persons
from jobcentre.casework.transitions import appointments, protection
from jobcentre.casework.transitions.cases import Leaving, close_case
from jobcentre.casework.transitions.loans import Lending, end_loan, lend_case, tell_of_ends
from jobcentre.notices.models import Notice
from reporting.figures.measuring import measure
from reporting.figures.registry import FIGURES
from reporting.figures.scope import Scope
from tests.factories import MONDAY, noon

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TWO_WEEKS = MONDAY + 14 * DAY


def coach(town):
    return town.user(Role.COACH)


def host(town, role=Role.COACH):
    return town.user(role, "south")


def lending(town, **changes):
    values = Lending(
        host=town.units["south"],
        service="Digital verkstad",
        reason="Finns bara där.",
        starts_on=MONDAY,
        ends_before=TWO_WEEKS,
        host_coach=host(town),
    )
    return replace(values, **changes)


def lent(town, case, **changes):
    return lend_case(case, lending(town, **changes), actor=coach(town), today=MONDAY)


def sees(user, case) -> bool:
    return Case.objects.visible_to(user).filter(pk=case.pk).exists()


# --- who sees it, and when ------------------------------------------------------------------------
def test_the_host_sees_the_case_on_the_days_of_the_loan_and_no_other(town):
    case = town.opened()
    hosts = [host(town, role) for role in (Role.RECEPTION, Role.COACH, Role.MANAGER)]
    assert not any(sees(user, case) for user in hosts)
    lent(town, case, starts_on=MONDAY + DAY)
    assert not any(sees(user, case) for user in hosts)
    for after, seen in ((1, True), (13, True), (14, False)):
        with time_machine.travel(noon(MONDAY + after * DAY), tick=False):
            assert [sees(user, case) for user in hosts] == [seen] * 3, after
            assert sees(coach(town), case)
    stranger = town.user(Role.SOCIAL_SECRETARY, "south")
    with time_machine.travel(noon(MONDAY + DAY), tick=False):
        assert not sees(stranger, case)


def test_the_host_reads_what_its_service_needs(town):
    case = town.opened()
    lent(town, case)
    read = open_areas(host(town), case)
    assert {Area.PLAN, Area.CONTACT, Area.ATTENDANCE} <= read
    assert not read & {Area.NOTES, Area.MAPPING, Area.SENSITIVE, Area.DOCUMENTS, Area.OUTCOME}
    assert open_areas(host(town, Role.RECEPTION), case) == {Area.HEADER, Area.APPOINTMENTS}
    # It is in no caseload of the host, and found by a search.
    assert not cases_for(Case.objects.all(), host(town), "case.list").exists()
    assert found_persons(host(town), case.person.family_name, MONDAY)


def test_a_loan_ended_by_hand_closes_the_case_to_the_host_at_once(town, log_in):
    case = town.opened()
    loan = lent(town, case)
    address = reverse("casework:loan_end", args=[case.number, loan.pk])
    page = reverse("casework:case", args=[case.number])
    client = log_in(host(town))
    assert client.get(page).status_code == 200
    assert client.post(address).headers["Location"] == reverse("casework:loans")
    assert client.get(page).status_code == 404
    loan.refresh_from_db()
    assert (loan.ends_before, loan.ended_by) == (MONDAY, host(town))
    assert list(case.events.filter(kind__startswith="case.lo").values_list("kind", flat=True)) == [
        "case.loan_ended"
    ]
    with pytest.raises(Refused):
        end_loan(loan, actor=coach(town), today=MONDAY)


def test_a_colleague_at_home_neither_lends_nor_ends(town):
    case = town.opened()
    colleague = town.user(Role.COACH, name="Mona")
    with pytest.raises(PermissionDenied):
        lend_case(case, lending(town), actor=colleague, today=MONDAY)
    loan = lent(town, case)
    with pytest.raises(PermissionDenied):
        end_loan(loan, actor=colleague, today=MONDAY)


# --- what is refused ------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"starts_on": MONDAY - DAY}, "idag eller senare"),
        ({"ends_before": MONDAY}, "före den första"),
        ({"ends_before": MONDAY + 400 * DAY}, "högst ett år"),
        ({"host": "north"}, "hemmatorg"),
        ({"host_coach": "north"}, "inte coach på"),
    ],
)
def test_a_loan_that_cannot_be_is_refused_with_a_sentence(town, changes, sentence):
    case = town.opened()
    given = dict(changes)
    if given.get("host"):
        given = {"host": town.units["north"], "host_coach": None}
    if given.get("host_coach"):
        given["host_coach"] = coach(town)
    with pytest.raises(Refused, match=sentence):
        lent(town, case, **given)
    assert not CentreLoan.objects.exists()
    assert not Involvement.objects.exists()


def test_two_loans_to_one_centre_do_not_overlap_and_may_follow(town):
    case = town.opened()
    lent(town, case)
    with pytest.raises(Refused, match="redan"):
        lent(town, case, starts_on=TWO_WEEKS - DAY, ends_before=TWO_WEEKS + DAY)
    lent(town, case, starts_on=TWO_WEEKS, ends_before=TWO_WEEKS + DAY)
    assert case.loans.count() == 2


def test_a_protected_person_is_lent_where_somebody_may_know(town):
    case = town.opened()
    circle = [coach(town)]
    protection.protect_person(case.person, Protection.MARKED, circle, actor=None, today=MONDAY)
    with pytest.raises(Refused, match="får känna till"):
        lent(town, case, host_coach=None)
    circle.append(host(town))
    protection.protect_person(case.person, Protection.MARKED, circle, actor=None, today=MONDAY)
    lent(town, case)
    assert sees(host(town), case)
    boss = host(town, Role.MANAGER)
    assert not sees(boss, case)
    assert not Notice.objects.filter(user=boss).exists()
    assert Notice.objects.filter(user=host(town), key__startswith="loan-lent:").exists()


def test_the_database_refuses_a_loan_that_ends_before_it_begins(town):
    loan = lent(town, town.opened())
    with pytest.raises(IntegrityError), transaction.atomic():
        CentreLoan.objects.filter(pk=loan.pk).update(ends_before=MONDAY - DAY)


# --- what follows ---------------------------------------------------------------------------------
def test_figures_keep_the_home_centre(town):
    case = town.opened()

    def counted(where):
        unit = town.units[where]
        scope = Scope(MONDAY - 30 * DAY, MONDAY + DAY, ((unit.pk, unit.name),), MONDAY)
        found = measure(replace(scope, suppresses=False), [FIGURES["open_cases"]])
        return found["open_cases"].whole.value

    before = [counted(where) for where in ("north", "south")]
    lent(town, case)
    assert [counted(where) for where in ("north", "south")] == before
    assert before[0] != before[1]


def test_a_meeting_booked_by_the_host_is_held_there(town, log_in):
    case = town.opened()
    lent(town, case)
    at = noon(MONDAY) + timedelta(hours=2)
    there = appointments.book_appointment(case, host(town), at, "Verkstad", actor=host(town))
    here = appointments.book_appointment(case, coach(town), at, "Planering", actor=coach(town))
    assert there.at_centre == town.units["south"]
    assert here.at_centre == town.units["north"]
    boards = {
        where: [
            row.purpose for row in board_of(town.user(Role.RECEPTION, where), noon(MONDAY)).booked
        ]
        for where in ("north", "south")
    }
    assert boards == {"north": ["Planering"], "south": ["Verkstad"]}
    assert list(Appointment.objects.at(town.units["south"])) == [there]
    form = (
        log_in(host(town)).get(reverse("casework:appointment", args=[case.number])).context["form"]
    )
    assert host(town) in form.fields["with_user"].queryset
    assert coach(town) not in form.fields["with_user"].queryset


def test_a_loan_ends_with_the_case(town):
    case = town.opened(on=MONDAY - 30 * DAY)
    loan = lent(town, case)
    leaving = Leaving(ExitReason.objects.get(key="studies"), MONDAY)
    close_case(case, leaving, actor=coach(town), today=MONDAY, version=case.version)
    loan.refresh_from_db()
    assert loan.ends_before == MONDAY
    assert not sees(host(town), case)


def test_both_coaches_are_told_a_week_before_the_end(town):
    case = town.opened()
    lent(town, case)
    told = {}
    for after in (6, 7, 8):
        with time_machine.travel(noon(MONDAY + after * DAY), tick=False):
            told[after] = tell_of_ends(MONDAY + after * DAY)
    assert told == {6: 2, 7: 0, 8: 0}
    assert tell_of_ends(MONDAY) == 0
    keys = Notice.objects.filter(key__startswith="loan-ends:").values_list("user", flat=True)
    assert set(keys) == {coach(town).pk, host(town).pk}


# --- pages ----------------------------------------------------------------------------------------
def test_the_page_lends_and_lists(town, log_in):
    case = town.opened()
    client = log_in(coach(town))
    address = reverse("casework:lend", args=[case.number])
    form = client.get(address).context["form"]
    sent = {
        "token": form["token"].value(),
        "host": town.units["south"].pk,
        "service": "Digital verkstad",
        "reason": "Finns bara där.",
        "host_coach": host(town).pk,
        "starts_on": MONDAY.isoformat(),
        "ends_before": (TWO_WEEKS - DAY).isoformat(),
    }
    wrong = client.post(address, sent | {"ends_before": "2026-11-01"})
    assert wrong.status_code == 422
    assert client.post(address, sent).status_code == 302
    loan = CentreLoan.objects.get()
    assert loan.ends_before == TWO_WEEKS
    assert "Digital verkstad" in client.get(address).content.decode()
    page = client.get(reverse("casework:loans"))
    assert [row.pk for row in page.context["outwards"]] == [loan.pk]
    page = log_in(host(town)).get(reverse("casework:loans"))
    assert [row.pk for row in page.context["inwards"]] == [loan.pk]
    assert page.context["outwards"] == []
    who = client.get(reverse("casework:tab", args=[case.number, "people"])).content.decode()
    assert "betjänas av ett annat jobbtorg" in who.casefold() or host(town).name in who
