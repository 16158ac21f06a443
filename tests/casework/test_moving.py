"""A case moves to another centre with its open work: shown first, told, refused with a sentence."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from jobcentre.accounts.enums import Role
from jobcentre.casework.enums import AppointmentState, MeetingFate, Protection
from jobcentre.casework.exceptions import Conflict, Refused
from jobcentre.casework.models import Appointment, Approval, Case, CoachAssignment, FormDraft
from jobcentre.casework.moving import Moving, fate_of, what_moves
from jobcentre.casework.transitions import appointments, cover, protection
from jobcentre.casework.transitions.loans import Lending, lend_case
from jobcentre.casework.transitions.moving import move_case
from jobcentre.notices.models import Notice
from tests.factories import MONDAY, noon
from tests.test_rules_document import DOCUMENT, examples

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TOMORROW = noon(MONDAY + DAY)


def coach(town):
    return town.user(Role.COACH)


def new_coach(town):
    return town.user(Role.COACH, "south")


def to_south(town, **changes):
    values = {
        "centre": town.units["south"],
        "district": town.units["south_district"],
        "reason": "Har flyttat.",
        "coach": new_coach(town),
    }
    return Moving(**values | changes)


def looked_at(case, moving):
    return what_moves(case, moving, MONDAY, noon(MONDAY))


def moved(town, case, **changes):
    moving = to_south(town, **changes)
    return move_case(case, moving, actor=coach(town), today=MONDAY, version=case.version)


def booked(town, case, with_user, hours=0):
    return appointments.book_appointment(
        case, with_user, TOMORROW + timedelta(hours=hours), "Planering", actor=None
    )


# --- the rule of the meetings ---------------------------------------------------------------------
@pytest.mark.parametrize("row", examples(DOCUMENT.read_text(), "meetings of a move"), ids=" ".join)
def test_what_becomes_of_a_meeting(row):
    whose, new, free, fate = row
    found = fate_of(
        works_there=whose == "somebody who works at the new centre too",
        is_former_coachs=whose == "the former coach",
        has_new_coach=new == "yes",
        new_coach_is_free=free == "yes",
    )
    assert found == fate


# --- what goes along ------------------------------------------------------------------------------
def test_the_open_work_goes_along_and_the_page_says_so_first(town):
    case = town.opened()
    town.consented(case)
    town.approved(case)
    town.ordered(case)
    town.submitted(case, goal="Arbete i butik.", change_reason="Nytt mål.")
    FormDraft.objects.create(
        user=coach(town), case=case, page="/x/", fields=[], saved_at=noon(MONDAY)
    )
    colleague = town.user(Role.COACH, name="Mona")
    cover.cover_cases([case], colleague, MONDAY, MONDAY + 5 * DAY, actor=coach(town))
    mine = booked(town, case, coach(town))
    clash = booked(town, case, coach(town), hours=2)
    others = booked(town, case, colleague, hours=4)
    elsewhere = town.opened(where="south")
    booked(town, elsewhere, new_coach(town), hours=2)
    found = looked_at(case, to_south(town))
    assert found.obstacles == []
    assert {row.pk: fate for row, fate in found.meetings} == {
        mine.pk: MeetingFate.GIVEN,
        clash.pk: MeetingFate.TOLD_OFF,
        others.pk: MeetingFate.TOLD_OFF,
    }
    assert [row.label for row in found.follows] == ["Verkstad Norr"]
    assert [row.label for row in found.ends] == ["Mona"]
    assert len(found.approvals) == 1
    assert found.clocks
    assert found.texts == [coach(town)]
    moved(town, case)
    case.refresh_from_db()
    assert (case.centre, case.coach) == (town.units["south"], new_coach(town))
    assert case.income_support_unit == town.units["south_support"]
    states = dict(Appointment.objects.filter(case=case).values_list("pk", "state"))
    assert states[clash.pk] == states[others.pk] == AppointmentState.CANCELLED
    given = Appointment.objects.get(moved_from=mine)
    assert (given.with_user, given.state) == (new_coach(town), AppointmentState.BOOKED)
    assert given.at_centre == town.units["south"]
    waiting = Approval.objects.get(case=case, state="pending")
    secretary = town.user(Role.SOCIAL_SECRETARY, "south")
    assert Approval.objects.visible_to(secretary).filter(pk=waiting.pk).exists()
    clock = case.deadlines.filter(kind="approval", met_on__isnull=True).get()
    assert clock.unit == town.units["south_support"]
    assert CoachAssignment.objects.filter(case=case, ends_before__isnull=True).count() == 1
    assert not Case.objects.visible_to(colleague).filter(pk=case.pk).exists()
    assert case.events.filter(kind="case.moved").count() == 1


def test_the_receiving_centre_is_told_and_asked_for_a_coach(town):
    boss = town.user(Role.MANAGER, "south")
    case = town.opened()
    moved(town, case, coach=None)
    case.refresh_from_db()
    assert case.coach == coach(town)  # until the new centre has given it one
    assert "coach" in Notice.objects.get(user=boss).text_sv
    assert Case.objects.visible_to(coach(town)).filter(pk=case.pk).exists()
    again = town.opened()
    moved(town, again)
    keys = Notice.objects.filter(user=new_coach(town)).values_list("key", flat=True)
    assert any(key.startswith("coach:") for key in keys)
    assert Notice.objects.filter(user=boss, key__startswith=f"moved-here:{again.pk}:").exists()


def test_a_meeting_with_the_coach_stands_while_the_coach_keeps_the_case(town):
    case = town.opened()
    meeting = booked(town, case, coach(town))
    assert looked_at(case, to_south(town, coach=None)).meetings == [(meeting, MeetingFate.STANDS)]
    moved(town, case, coach=None)
    meeting.refresh_from_db()
    assert (meeting.state, meeting.with_user) == (AppointmentState.BOOKED, coach(town))


def test_a_loan_to_the_new_home_ends_and_one_elsewhere_goes_on(town):
    case = town.opened()
    lending = Lending(town.units["south"], "Verkstad", "Nära.", MONDAY, MONDAY + 9 * DAY)
    loan = lend_case(case, lending, actor=coach(town), today=MONDAY)
    found = looked_at(case, to_south(town))
    assert [row.subject_key for row in found.ends] == [loan.involvement_key]
    moved(town, case)
    loan.refresh_from_db()
    assert loan.ends_before == MONDAY


def test_another_district_moves_nothing_but_the_unit(town):
    case = town.opened(support_unit=False)
    meeting = booked(town, case, coach(town))
    moving = Moving(town.units["north"], town.units["north_district"], "Rättat.")
    assert looked_at(case, moving).meetings == [(meeting, MeetingFate.STANDS)]
    move_case(case, moving, actor=coach(town), today=MONDAY, version=case.version)
    case.refresh_from_db()
    assert case.income_support_unit == town.units["north_support"]
    assert not Notice.objects.filter(key__startswith="moved").exists()


def test_what_moves_costs_the_same_for_many(town, django_assert_max_num_queries):
    case = town.opened()
    booked(town, case, coach(town))
    with django_assert_max_num_queries(20) as one:
        looked_at(case, to_south(town))
    for n in range(1, 6):
        booked(town, case, coach(town), hours=n)
        FormDraft.objects.create(
            user=coach(town), case=case, page=f"/{n}/", fields=[], saved_at=noon(MONDAY)
        )
    with django_assert_max_num_queries(len(one)):
        assert len(looked_at(case, to_south(town)).meetings) == 6


# --- what is refused ------------------------------------------------------------------------------
def test_what_stands_in_the_way_is_said(town):
    case = town.opened()
    for changes, sentence in (
        ({"district": town.units["north_district"]}, "hör till ett annat jobbtorg"),
        ({"coach": coach(town)}, "inte coach på"),
        (
            {"centre": town.units["north"], "district": town.units["north_district"]},
            "redan på det jobbtorget",
        ),
        ({"centre": town.units["north_district"]}, "jobbtorg som används"),
    ):
        with pytest.raises(Refused, match=sentence):
            moved(town, case, **changes)
    meeting = appointments.book_appointment(case, coach(town), noon(MONDAY), "Nu", actor=None)
    appointments.move_appointment(meeting, "arrive", actor=None)
    with pytest.raises(Refused, match="inte är avslutat"):
        moved(town, case)
    case.refresh_from_db()
    assert case.centre == town.units["north"]


def test_a_protected_person_moves_where_somebody_may_know(town):
    case = town.opened()
    circle = [coach(town)]
    protection.protect_person(case.person, Protection.MARKED, circle, actor=None, today=MONDAY)
    case.refresh_from_db()
    with pytest.raises(Refused, match="får känna till"):
        moved(town, case, coach=None)
    with pytest.raises(Refused, match="kan inte ha ärendet"):
        moved(town, case)
    circle.append(new_coach(town))
    protection.protect_person(case.person, Protection.MARKED, circle, actor=None, today=MONDAY)
    moved(town, case)
    boss = town.user(Role.MANAGER, "south")
    assert not Notice.objects.filter(user=boss).exists()


def test_a_stale_page_moves_nothing(town):
    case = town.opened()
    moving = to_south(town)
    seen = looked_at(case, moving).mark
    booked(town, case, coach(town))
    with pytest.raises(Conflict, match="ändrats"):
        move_case(case, moving, actor=coach(town), today=MONDAY, version=case.version, seen=seen)
    moved(town, case)
    with pytest.raises(Conflict):
        move_case(case, to_south(town), actor=None, today=MONDAY, version=case.version)


def test_only_the_own_coach_and_the_manager_move(town):
    case = town.opened()
    with pytest.raises(PermissionDenied):
        move_case(
            case,
            to_south(town),
            actor=town.user(Role.COACH, name="Mona"),
            today=MONDAY,
            version=case.version,
        )


# --- the page -------------------------------------------------------------------------------------
def test_the_page_shows_what_moves_before_it_moves(town, log_in):
    case = town.opened()
    booked(town, case, coach(town))
    client = log_in(coach(town))
    address = reverse("casework:move", args=[case.number])
    form = client.get(address).context["form"]
    sent = {
        "token": form["token"].value(),
        "version": form["version"].value(),
        "centre": town.units["south"].pk,
        "district": town.units["south_district"].pk,
        "coach": new_coach(town).pk,
        "reason": "Har flyttat.",
    }
    shown = client.post(address, sent)
    assert shown.status_code == 200
    assert "Har den nya coachen" in shown.content.decode()
    case.refresh_from_db()
    assert case.centre == town.units["north"]
    again = shown.context["form"]
    sent |= {"token": again["token"].value(), "seen": again["seen"].value()}
    # Something has come between: shown anew, and said.
    extra = booked(town, case, coach(town), hours=3)
    between = client.post(address, sent)
    assert between.status_code == 200
    assert between.context["looked"]
    sent["seen"] = between.context["form"]["seen"].value()
    done = client.post(address, sent)
    assert done.headers["Location"] == reverse("start")  # the coach no longer sees it
    case.refresh_from_db()
    extra.refresh_from_db()
    assert case.centre == town.units["south"]
    assert extra.state == AppointmentState.CANCELLED  # its follower is with the new coach
    assert Appointment.objects.filter(moved_from=extra, with_user=new_coach(town)).exists()


def test_the_page_says_what_stands_in_the_way(town, log_in):
    case = town.opened()
    client = log_in(coach(town))
    address = reverse("casework:move", args=[case.number])
    form = client.get(address).context["form"]
    answer = client.post(
        address,
        {
            "token": form["token"].value(),
            "version": form["version"].value(),
            "centre": town.units["south"].pk,
            "district": town.units["north_district"].pk,
            "reason": "Har flyttat.",
        },
    )
    assert answer.status_code == 422
    assert "hör till ett annat jobbtorg" in answer.content.decode()
