"""The package to AF: gathered, handed over on a ground, standing, and asked for before the cap."""

from datetime import date, time, timedelta
from io import BytesIO

import pikepdf
import pytest
from django.db import IntegrityError, transaction

from activityplans.models import AfPackage, Session
from activityplans.packages import gathered, shown
from activityplans.transitions import packages
from activityplans.transitions.attendance import Mark, plan_sessions, register_attendance
from activityplans.transitions.packages import PackageInput
from intake.models import MappingArea
from jobcentre.accounts.enums import Role
from jobcentre.accounts.models import Membership
from jobcentre.casework.deadlines import clock
from jobcentre.casework.deadlines.round import round_of_clocks
from jobcentre.casework.enums import ConsentPurpose
from jobcentre.casework.exceptions import Conflict, Refused
from jobcentre.casework.models import Deadline
from jobcentre.casework.transitions.clocks import extend_cap
from jobcentre.casework.transitions.contacts import ContactInput, note_contact
from tests.conftest import noon_of
from tests.factories import MONDAY

pytestmark = pytest.mark.row("J8")
WRITTEN = PackageInput("Klarar halva dagar.", "Mer tid på jobb.", "Sara Ek, AF Mätby")
BY_LAW = PackageInput(**{**WRITTEN.__dict__, "basis": "law", "ground": "OSL 10:28"})


@pytest.fixture
def coach(town):
    return town.user(Role.COACH)


@pytest.fixture
def case(town, coach):
    """A person with a mapping, a plan, an hour of presence and one unregistered, two contacts."""
    case = town.approved(town.mapped(town.opened()))
    plan_sessions(
        case.activities.get(), [MONDAY, MONDAY + timedelta(days=1)], time(9), 60, "", actor=coach
    )
    first = Session.objects.order_by("on").first()
    register_attendance({first.pk: Mark("present")}, actor=coach, today=MONDAY)
    for kind, name in (("fk", "Pia Handläggare"), ("health", "Doktor Hemlig")):
        contact = ContactInput(kind, name, phone="08-465 004 01")
        note_contact(case, contact, actor=coach, today=MONDAY)
    return case


def hand_over(case, coach, written=WRITTEN, today=MONDAY, **more) -> AfPackage:
    return packages.hand_over_package(case, written, actor=coach, today=today, **more)


def test_it_is_gathered_without_what_is_sensitive(case):
    sensitive = MappingArea.objects.filter(is_sensitive=True)
    assert sensitive.exists()
    content = gathered(case, MONDAY + timedelta(days=1))
    labels = {row[0] for row in content["mapping"]["areas"]}
    assert labels
    assert not labels & set(sensitive.values_list("label_sv", flat=True))
    assert content["mapping"]["summary"] == "Kan arbeta heltid."
    assert [row[1] for row in content["contacts"]] == ["Pia Handläggare"]
    assert (content["attendance"]["present"], content["attendance"]["not_registered"]) == (60, 0)
    words = shown(content)
    assert words["activities"][0]["result"] in ("inget resultat noterat", "no result noted")
    assert words["plans"][0]["goal"] == "Arbete i kök."


def test_without_a_consent_it_needs_a_rule_that_is_named(case, coach, town):
    with pytest.raises(Refused, match=r"consent|samtycke"):
        hand_over(case, coach)
    with pytest.raises(Refused, match=r"rule|regel"):
        hand_over(case, coach, PackageInput(**{**BY_LAW.__dict__, "ground": " "}))
    assert not AfPackage.objects.exists()
    assert hand_over(case, coach, BY_LAW).ground == "OSL 10:28"
    town.consented(case, ConsentPurpose.AF)
    assert hand_over(case, coach).number == 2


@pytest.mark.row("B2")
def test_unexcused_absence_is_not_told_while_a_session_is_unregistered(case, coach):
    first, second = Session.objects.order_by("on")
    register_attendance({first.pk: Mark("unexcused")}, actor=coach, today=MONDAY)
    with pytest.raises(Refused, match=r"Register|Registrera"):
        hand_over(case, coach, BY_LAW, today=MONDAY + timedelta(days=2))
    marked = {second.pk: Mark("present")}
    register_attendance(marked, actor=coach, today=MONDAY + timedelta(days=1))
    assert hand_over(case, coach, BY_LAW, today=MONDAY + timedelta(days=2)).is_handed


def test_what_is_handed_over_stands_and_the_next_is_a_new_version(case, coach):
    package = hand_over(case, coach, BY_LAW)
    assert packages.is_as_handed(package)
    for act in (
        lambda: AfPackage.objects.filter(pk=package.pk).update(summary="Annat."),
        lambda: AfPackage.objects.filter(pk=package.pk).delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()
    package.summary = "Annat."
    assert not packages.is_as_handed(package)
    assert case.events.filter(kind="package.handed").count() == 1
    assert hand_over(case, coach, BY_LAW).number == 2


def test_two_who_write_do_not_write_over_each_other(case, coach):
    packages.save_package(case, WRITTEN, actor=coach, edit=0)
    packages.save_package(case, WRITTEN, actor=coach, edit=1)
    with pytest.raises(Conflict):
        packages.save_package(case, WRITTEN, actor=coach, edit=1)
    with pytest.raises(Conflict):
        hand_over(case, coach, BY_LAW, edit=1)
    assert AfPackage.objects.get().edit == 2


def _near_the_cap(town, days: int):
    """A case whose cap is so many days away; opened on the 20th, eighteen months before."""
    town.user(Role.COACH)
    Membership.objects.update(valid_from=date(2024, 1, 1))
    case = town.approved(town.opened(on=date(2025, 5, 20)), on=MONDAY)
    cap = Deadline.objects.get(case=case, kind="cap")
    assert cap.due_on == date(2026, 11, 20)
    return case, cap.due_on - timedelta(days=days)


def test_its_clock_begins_by_itself_thirty_days_before_the_cap(town, coach):
    case, day = _near_the_cap(town, 31)
    with noon_of(day):
        Deadline.objects.filter(kind="af_package").delete()
        round_of_clocks(day)
        assert not Deadline.objects.filter(kind="af_package").exists()
    with noon_of(day + timedelta(days=1)):
        round_of_clocks(day + timedelta(days=1))
        row = Deadline.objects.get(case=case, kind="af_package")
        assert (row.started_on, row.due_on) == (date(2026, 10, 21), date(2026, 11, 10))
        assert coach.notices.filter(url=f"/arenden/{case.number}/till-af/").count() == 1


def test_it_is_late_when_the_cap_nears_without_one_and_met_by_a_package(town, coach):
    case, _day = _near_the_cap(town, 4)
    row = Deadline.objects.get(case=case, kind="af_package")
    assert row in Deadline.objects.late_on(MONDAY)
    hand_over(case, coach, BY_LAW)
    row.refresh_from_db()
    assert row.met_on == MONDAY > row.due_on
    # A decision to stay longer asks for another, nearer the new day.
    extend_cap(case, date(2027, 4, 20), "Väntar.", actor=town.user(Role.MANAGER), today=MONDAY)
    assert not Deadline.objects.filter(case=case, kind="af_package").exists()
    with noon_of(date(2027, 4, 1)):
        clock.recompute(case)
        again = Deadline.objects.get(case=case, kind="af_package")
        assert (again.started_on, again.met_on) == (date(2027, 3, 21), None)


def test_a_short_case_has_no_such_clock(town):
    town.opened()
    assert not Deadline.objects.filter(kind="af_package").exists()


def test_the_pages_and_the_paper(case, coach, town, log_in):
    client = log_in(coach)
    path = f"/arenden/{case.number}/till-af/"
    page = client.get(path).content.decode()
    assert "inget samtycke" in page
    token = page.split('name="token" value="')[1][:36]
    data = {"token": token, "version": "0", "basis": "law", "ground": "OSL 10:28"}
    answer = client.post(path, {**data, "summary": "Klarar halva dagar.", "hand_over": "1"})
    assert answer.status_code == 422
    assert "vem hos AF" in answer.content.decode()
    data |= {"summary": "Klarar halva dagar.", "receiver": "Sara Ek"}
    answer = client.post(path, {**data, "hand_over": "1"})
    assert answer.status_code == 302
    manager = log_in(town.user(Role.MANAGER))
    page = manager.get(answer.url).content.decode()
    assert "Sara Ek" in page
    assert "Pia Handläggare" in page
    assert "Doktor Hemlig" not in page
    assert path not in page
    pdf = manager.get(f"{answer.url}utskrift/")
    assert len(pikepdf.open(BytesIO(pdf.content)).pages) >= 1
