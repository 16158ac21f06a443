"""Information meetings: places and waiting lists, attendance, what is shown of whom, reminders."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from intake.enums import VisitPurpose
from intake.groups import rules, triggers
from intake.groups.enums import GroupState, PlaceState
from intake.groups.models import GroupMeeting, GroupPlace
from intake.groups.reminders import remind_of_tomorrow
from intake.transitions import groups, register_visit
from intake.transitions.groups import Attended
from jobcentre.accounts.enums import Role
from jobcentre.casework.enums import MissedReason
from jobcentre.casework.exceptions import Conflict, Occupied, Refused
from jobcentre.casework.free_times import offered_times
from jobcentre.casework.models import Appointment, ExitReason, Person
from jobcentre.casework.moving import Moving, what_moves
from jobcentre.casework.transitions import cases, protection
from jobcentre.casework.transitions.appointments import book_appointment
from jobcentre.casework.transitions.moving import move_case
from jobcentre.notices.models import Notice, OutboxMessage
from jobcentre.ui import formats
from tests.casework.test_races import at_once, meet_at, parted
from tests.casework.test_races import db as database_of_its_own
from tests.factories import MONDAY, noon
from tests.test_rules_document import DOCUMENT, examples

races = database_of_its_own
TUESDAY = noon(MONDAY) + timedelta(days=1)


@pytest.mark.parametrize("row", examples(DOCUMENT.read_text(), "waiting lists"), ids=" ".join)
def test_places_as_the_document_says(row):
    places, taken, waiting, lucky = row
    names = [each.strip() for each in waiting.split(",") if each.strip()]
    found = rules.moved_up(int(places), int(taken), names)
    assert (", ".join(found) or "-") == lucky


def planned(town, **changes):
    values = {
        "kind": "information",
        "title": "Välkommen",
        "starts_at": TUESDAY,
        "minutes": 60,
        "room": "Sal 1",
        "places": 2,
        "leader": town.user(Role.COACH),
        **changes,
    }
    return groups.Planned(**values)


def test_places_at_the_former_centre_end_with_a_move_and_the_next_in_line_gets_them(
    town, desk, meeting
):
    case, waiting = town.opened(), town.opened()
    small = groups.plan_meeting(
        town.units["north"],
        planned(town, places=1, starts_at=TUESDAY + timedelta(days=1)),
        actor=desk,
    )
    there = groups.plan_meeting(
        town.units["south"],
        planned(town, leader=town.user(Role.COACH, "south")),
        actor=town.user(Role.RECEPTION, "south"),
    )
    sign(small, case, desk)
    sign(small, waiting, desk)
    sign(there, case, None)
    moving = Moving(
        town.units["south"],
        town.units["south_district"],
        "Har flyttat.",
        town.user(Role.COACH, "south"),
    )
    found = what_moves(case, moving, MONDAY, noon(MONDAY))
    assert [str(each) for each in found.sentences] == [
        f"Platsen i Välkommen {formats.moment(small.starts_at)} avbokas."
    ]
    assert not found.is_empty
    stale = found.mark
    move_case(
        case, moving, actor=town.user(Role.COACH), today=MONDAY, version=case.version, seen=stale
    )
    assert states(small) == [PlaceState.CANCELLED, PlaceState.BOOKED]
    assert states(there) == [PlaceState.BOOKED]
    assert case.events.filter(kind="group.cancelled").count() == 1


def test_another_district_of_the_same_centre_ends_no_place(town, desk, meeting):
    case = town.opened()
    sign(meeting, case, desk)
    moving = Moving(town.units["north"], None, "Utan stadsdel.")
    assert what_moves(case, moving, MONDAY, noon(MONDAY)).sentences == []
    move_case(case, moving, actor=town.user(Role.COACH), today=MONDAY, version=case.version)
    assert states(meeting) == [PlaceState.BOOKED]


@pytest.fixture
def desk(town):
    return town.user(Role.RECEPTION)


@pytest.fixture
def meeting(town, desk):
    return groups.plan_meeting(town.units["north"], planned(town), actor=desk)


def sign(meeting, case, actor):
    return groups.sign_up(meeting, case.person, case=case, actor=actor)


def states(meeting):
    rows = GroupPlace.objects.filter(meeting=meeting).order_by("pk")
    return [place.state for place in rows]


# --- places and the waiting list -----------------------------------------------------------------
def test_the_third_waits_and_moves_up_by_itself_and_the_coach_is_told(town, meeting, desk):
    cases = [town.opened(given_name=f"Eva {n}") for n in range(4)]
    places = [sign(meeting, case, desk) for case in cases]
    assert states(meeting) == ["booked", "booked", "waiting", "waiting"]
    groups.cancel_place(places[0], actor=desk)
    assert states(meeting) == ["cancelled", "booked", "booked", "waiting"]
    assert Notice.objects.get(key=f"group-moved-up:{places[2].pk}").user == cases[2].coach
    assert [event.kind for event in cases[2].events.filter(kind__startswith="group.")] in (
        ["group.waits", "group.moved_up"],
        ["group.moved_up", "group.waits"],
    )
    # Who cancels and signs up again stands last.
    sign(meeting, cases[0], desk)
    assert states(meeting) == ["cancelled", "booked", "booked", "waiting", "waiting"]


def test_who_waits_can_be_taken_off_without_anybody_moving(town, meeting, desk):
    places = [sign(meeting, town.opened(), desk) for _n in range(3)]
    groups.cancel_place(places[2], actor=desk)
    assert states(meeting) == ["booked", "booked", "cancelled"]
    with pytest.raises(Refused):
        groups.cancel_place(places[2], actor=desk)


def test_more_places_fill_from_the_waiting_list_and_fewer_than_taken_are_refused(
    town, meeting, desk
):
    for _n in range(3):
        sign(meeting, town.opened(), desk)
    with pytest.raises(Refused, match="2"):
        groups.change_meeting(meeting, planned(town, places=1), actor=desk, version=1)
    groups.change_meeting(meeting, planned(town, places=3), actor=desk, version=1)
    assert states(meeting) == ["booked"] * 3
    with pytest.raises(Conflict):
        groups.change_meeting(meeting, planned(town), actor=desk, version=1)


def test_a_person_signs_up_once_and_not_for_what_is_over_or_cancelled(town, meeting, desk):
    case = town.opened()
    sign(meeting, case, desk)
    with pytest.raises(Refused):
        sign(meeting, case, desk)
    with time_machine.travel(TUESDAY + timedelta(minutes=60), tick=False), pytest.raises(Refused):
        sign(meeting, town.opened(on=MONDAY), desk)
    groups.cancel_meeting(meeting, actor=desk)
    with pytest.raises(Refused):
        sign(meeting, town.opened(), desk)


def test_a_cancelled_meeting_cancels_every_place_and_tells_the_coaches(town, meeting, desk):
    place = sign(meeting, town.opened(), desk)
    groups.cancel_meeting(meeting, actor=desk)
    assert states(meeting) == ["cancelled"]
    assert Notice.objects.filter(key=f"group-cancelled:{place.pk}").exists()
    with pytest.raises(Refused):
        groups.cancel_meeting(meeting, actor=desk)


def test_a_room_holds_one_meeting_at_a_time(town, meeting, desk):
    with pytest.raises(ValidationError):
        groups.plan_meeting(
            town.units["north"], planned(town, title="Annat", leader=desk), actor=desk
        )


# --- kinds and series ----------------------------------------------------------------------------
@pytest.mark.parametrize("row", examples(DOCUMENT.read_text(), "dates of a series"), ids=" ".join)
def test_series_as_the_document_says(row):
    first, weeks, dates, closed, held = row
    off = {date.fromisoformat(each.strip()) for each in closed.split(",") if each.strip()}
    found = rules.series_days(date.fromisoformat(first), int(weeks), int(dates), off.__contains__)
    assert ", ".join(map(str, found)) == held


def series(town, desk, *, dates=3, **changes):
    days = [TUESDAY.date() + timedelta(weeks=n) for n in range(dates)]
    values = planned(town, kind="motivation", title="Motivationsgrupp", **changes)
    return groups.plan_series(town.units["north"], values, days, actor=desk)


def test_a_series_is_signed_up_for_and_left_at_once(town, desk):
    first, second, third = series(town, desk, places=1)
    assert timezone.localtime(third.starts_at).hour == timezone.localtime(TUESDAY).hour
    sign(second, town.opened(), desk)
    case = town.opened()
    places = groups.sign_up_series(first, case.person, case=case, actor=desk)
    assert [place.state for place in places] == ["booked", "waiting", "booked"]
    told = case.events.filter(kind__startswith="group.").order_by("kind")
    assert [(event.kind, event.payload.get("dates")) for event in told] == [
        ("group.series", 2), ("group.waits", None),
    ]  # fmt: skip
    with pytest.raises(Refused, match="alla tillfällen"):
        groups.sign_up_series(first, case.person, case=case, actor=desk)
    groups.cancel_place(places[1], actor=desk, later=True)
    assert [place.state for place in GroupPlace.objects.filter(case=case).order_by("pk")] == [
        "booked", "cancelled", "cancelled",
    ]  # fmt: skip
    assert case.events.get(kind="group.series_left").payload["dates"] == 2


def test_of_a_series_all_dates_are_planned_or_none(town, desk):
    book_appointment(
        town.opened(), town.user(Role.COACH), TUESDAY + timedelta(weeks=1), "Möte", actor=desk
    )
    with pytest.raises(Occupied, match=r"24\s+nov"):
        series(town, desk)
    assert not GroupMeeting.objects.exists()
    with pytest.raises(Refused, match="30"):
        series(town, desk, dates=31)


def test_the_later_dates_of_a_series_are_cancelled_with_one(town, desk):
    first, second, third = series(town, desk)
    groups.cancel_meeting(second, actor=desk, later=True)
    found = GroupMeeting.objects.order_by("starts_at").values_list("state", flat=True)
    assert list(found) == ["planned", "cancelled", "cancelled"]
    assert {first.series_id, second.series_id, third.series_id} == {first.series_id}


def test_only_kinds_for_companies_name_one(town, desk):
    with pytest.raises(Refused, match="Företag"):
        groups.plan_meeting(town.units["north"], planned(town, company="Älvbro AB"), actor=desk)
    fair = planned(town, kind="fair", company="Älvbro AB")
    found = groups.plan_meeting(town.units["north"], fair, actor=desk)
    assert found.company == "Älvbro AB"
    with pytest.raises(Refused, match="Företag"):
        groups.change_meeting(found, planned(town, company="Älvbro AB"), actor=desk, version=1)


# --- the database --------------------------------------------------------------------------------
def test_the_database_refuses_more_than_the_places(town, meeting, desk):
    places = [sign(meeting, town.opened(), desk) for _n in range(3)]

    def refused(change):
        with pytest.raises(IntegrityError) as error, transaction.atomic():
            change()
        return triggers.is_refusal(error.value)

    extra = GroupPlace(meeting=meeting, person=town.person(), state=PlaceState.BOOKED)
    assert refused(extra.save)
    assert refused(lambda: GroupPlace.objects.filter(pk=places[2].pk).update(state="booked"))
    assert refused(lambda: GroupMeeting.objects.filter(pk=meeting.pk).update(places=1))
    # What does not take a place is not refused, and one that has a place may come.
    GroupPlace.objects.filter(pk=places[0].pk).update(state="came")
    GroupPlace(meeting=meeting, person=town.person(), state=PlaceState.WAITING).save()


def test_the_database_refuses_the_place_of_a_merged_person(town, meeting):
    left, kept = town.person(), town.person()
    Person.objects.filter(pk=left.pk).update(merged_into=kept)
    with pytest.raises(IntegrityError), transaction.atomic():
        GroupPlace(meeting=meeting, person=left, state=PlaceState.BOOKED).save()


# --- attendance ----------------------------------------------------------------------------------
def attended(place, state, **more):
    return {place.pk: Attended(state, **more)}


def register(meeting, marks=(), *, actor, rest_came=True):
    return groups.register_attendance(meeting, dict(marks), rest_came=rest_came, actor=actor)


def test_the_rest_came_and_the_meeting_is_closed_with_everybody_registered(town, desk):
    meeting = groups.plan_meeting(town.units["north"], planned(town, places=5), actor=desk)
    cases = [town.opened(given_name=f"Eva {n}") for n in range(4)]
    places = [sign(meeting, case, desk) for case in cases]
    marks = {
        **attended(places[1], PlaceState.LATE, late_minutes=10),
        **attended(places[2], PlaceState.EXCUSED, reason=MissedReason.ILL),
        **attended(places[3], PlaceState.MISSED),
    }
    with time_machine.travel(TUESDAY, tick=False):
        assert register(meeting, marks, actor=desk) == []
    assert states(meeting) == ["came", "late", "excused", "missed"]
    meeting.refresh_from_db()
    assert meeting.state == GroupState.HELD
    told = [case.events.filter(kind__startswith="group.").latest("pk").kind for case in cases]
    assert told == ["group.came", "group.late", "group.excused", "group.missed"]
    assert cases[3].events.get(kind="group.missed").payload["reason"] == "no_word"


def test_a_meeting_is_not_closed_while_somebody_is_not_registered(town, meeting, desk):
    first = sign(meeting, town.opened(given_name="Eva", family_name="Ek"), desk)
    sign(meeting, town.opened(given_name="Bo", family_name="Bok"), desk)
    with time_machine.travel(TUESDAY, tick=False):
        missing = register(meeting, attended(first, PlaceState.CAME), rest_came=False, actor=desk)
        assert [place.person.name for place in missing] == ["Bo Bok"]
        meeting.refresh_from_db()
        assert meeting.state == GroupState.PLANNED
        with pytest.raises(Refused, match="Bo Bok"):
            groups.close_meeting(meeting, actor=desk)
        register(meeting, actor=desk)
    meeting.refresh_from_db()
    assert meeting.state == GroupState.HELD


def test_a_meeting_that_nobody_signed_up_for_is_closed_when_it_has_begun(meeting, desk):
    with pytest.raises(Refused, match="inte börjat"):
        groups.close_meeting(meeting, actor=desk)
    with time_machine.travel(TUESDAY, tick=False):
        assert groups.close_meeting(meeting, actor=desk).state == GroupState.HELD


@pytest.mark.row("B7")
def test_who_is_missing_is_said_without_the_name_of_a_protected_person(town, meeting, desk):
    coach = town.user(Role.COACH)
    case = town.opened(given_name="Skyddad")
    sign(meeting, case, coach)
    town.protected(case.person, [coach])
    with time_machine.travel(TUESDAY, tick=False), pytest.raises(Refused, match="plats 1"):
        groups.close_meeting(meeting, actor=coach)


def test_a_wrong_attendance_is_said_again_and_only_what_differs_is_noted(town, meeting, desk):
    case, other = town.opened(), town.opened()
    place = sign(meeting, case, desk)
    sign(meeting, other, desk)
    with time_machine.travel(TUESDAY, tick=False):
        register(meeting, attended(place, "missed", reason=MissedReason.FORGOT), actor=desk)
        register(meeting, attended(place, "excused", reason=MissedReason.ILL), actor=desk)
        register(meeting, attended(place, "came"), actor=desk)
        register(meeting, attended(place, "came"), actor=desk)
    place.refresh_from_db()
    assert (place.state, place.missed_reason) == (PlaceState.CAME, "")
    kinds = case.events.filter(kind__startswith="group.").order_by("pk")
    assert [event.kind for event in kinds] == [
        "group.signed_up", "group.missed", "group.excused", "group.came",
    ]  # fmt: skip
    assert other.events.filter(kind="group.came").count() == 1


def test_of_two_who_register_the_second_is_told(town, meeting, desk):
    place = sign(meeting, town.opened(given_name="Eva", family_name="Ek"), desk)
    began = place.mark
    with time_machine.travel(TUESDAY, tick=False):
        register(meeting, attended(place, "came"), actor=desk)
        with pytest.raises(Conflict, match="Eva Ek"):
            register(meeting, attended(place, "missed", began=began), actor=desk)
        # Who changed nothing on the page overwrites nothing.
        register(meeting, attended(place, "booked", began=began), actor=desk)
    assert states(meeting) == ["came"]


@pytest.mark.parametrize(
    ("state", "more", "words"),
    [
        ("late", {}, "hur många minuter"),
        ("late", {"late_minutes": 60}, "hur många minuter"),
        ("excused", {}, "varför frånvaron är giltig"),
        ("excused", {"reason": "no_word"}, "varför frånvaron är giltig"),
    ],
)
def test_an_attendance_that_says_too_little_is_refused(town, meeting, desk, state, more, words):
    place = sign(meeting, town.opened(), desk)
    with time_machine.travel(TUESDAY, tick=False), pytest.raises(Refused, match=words):
        register(meeting, attended(place, state, **more), actor=desk)
    assert states(meeting) == ["booked"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "excused"},
        {"state": "late"},
        {"state": "came", "late_minutes": 5},
        {"state": "came", "missed_reason": "ill"},
        {"state": "lost"},
    ],
)
def test_the_database_refuses_attendance_that_says_too_little(town, meeting, desk, wrong):
    place = sign(meeting, town.opened(), desk)
    with pytest.raises(IntegrityError), transaction.atomic():
        GroupPlace.objects.filter(pk=place.pk).update(**wrong)


def test_attendance_is_not_taken_before_the_meeting(meeting, desk):
    with time_machine.travel(TUESDAY - timedelta(minutes=31), tick=False), pytest.raises(Refused):
        register(meeting, actor=desk)
    with time_machine.travel(TUESDAY - timedelta(minutes=30), tick=False):
        register(meeting, actor=desk)


def test_who_comes_to_the_desk_for_the_meeting_is_noted_and_the_leader_is_told(town, meeting, desk):
    case = town.opened(coach=town.user(Role.COACH, name="Egen"))
    sign(meeting, case, desk)
    with time_machine.travel(TUESDAY - timedelta(minutes=20), tick=False):
        visit = register_visit(
            town.units["north"], VisitPurpose.BOOKED, actor=desk, person=case.person
        )
    assert states(meeting) == ["came"]
    assert visit.host == meeting.leader
    # The errand of another visit says nothing of the meeting.
    other = town.opened()
    sign(meeting, other, desk)
    with time_machine.travel(TUESDAY, tick=False):
        register_visit(town.units["north"], VisitPurpose.PAPERS, actor=desk, person=other.person)
    assert states(meeting) == ["came", "booked"]


# --- the leader's time, and a case that closes -----------------------------------------------------
def test_who_leads_a_meeting_is_not_offered_nor_booked_during_it(town, meeting, desk):
    leader, case = meeting.leader, town.opened()
    free = {each.starts_at for each in offered_times([leader], timezone.now(), days=3, limit=99)}
    hour = timedelta(hours=1)
    assert not {TUESDAY, TUESDAY - hour / 2, TUESDAY + hour / 2} & free
    assert TUESDAY + hour in free
    with pytest.raises(Occupied, match=r"leder Välkommen då, 12:00–13:00"):
        book_appointment(case, leader, TUESDAY + hour / 2, "Möte", actor=desk)
    book_appointment(case, leader, TUESDAY + hour, "Möte", actor=desk)
    groups.cancel_meeting(meeting, actor=desk)
    book_appointment(case, leader, TUESDAY, "Möte", actor=desk)


def test_nobody_leads_a_meeting_while_meeting_somebody_or_leading_another(town, meeting, desk):
    leader, case = meeting.leader, town.opened(given_name="Egon")
    other = planned(town, starts_at=TUESDAY + timedelta(minutes=30), room="Sal 2")
    with pytest.raises(Occupied, match="leder Välkommen"):
        groups.plan_meeting(town.units["north"], other, actor=desk)
    book_appointment(case, leader, TUESDAY + timedelta(hours=2), "Möte", actor=desk)
    for minutes, refused in ((120, False), (121, True)):
        change = planned(town, minutes=minutes)
        version = GroupMeeting.objects.get().version
        if refused:
            with pytest.raises(Occupied, match=r"14:00–15:00") as error:
                groups.change_meeting(meeting, change, actor=desk, version=version)
            assert "Egon" not in str(error.value)
        else:  # its own time is not in its way
            groups.change_meeting(meeting, change, actor=desk, version=version)
    # Nothing of the leader's time has changed: the title can, whatever else is booked.
    groups.change_meeting(meeting, planned(town, minutes=120, title="Nytt"), actor=desk, version=2)


def close(case, actor):
    leaving = cases.Leaving(reason=ExitReason.objects.get(key="moved"), ended_on=MONDAY)
    case.refresh_from_db()
    return cases.close_case(case, leaving, actor=actor, today=MONDAY, version=case.version)


def test_a_closed_case_gives_its_places_to_those_who_wait_and_cancels_its_meetings(
    town, meeting, desk, log_in
):
    coach = town.user(Role.COACH)
    leaves, stays, waits = (town.opened(given_name=name) for name in ("Eva", "Bo", "Ali"))
    places = [sign(meeting, case, desk) for case in (leaves, stays, waits)]
    ahead = book_appointment(leaves, coach, TUESDAY + timedelta(hours=2), "Möte", actor=desk)
    gone = book_appointment(leaves, coach, TUESDAY + timedelta(hours=4), "Möte", actor=desk)
    Appointment.objects.filter(pk=gone.pk).update(starts_at=TUESDAY - timedelta(days=2))
    page = log_in(coach, "en").get(reverse("casework:close", args=[leaves.number]))
    assert "The place in Välkommen" in page.content.decode()
    assert "is cancelled" in page.content.decode()
    close(leaves, coach)
    assert states(meeting) == ["cancelled", "booked", "booked"]
    assert waits.events.filter(kind="group.moved_up").count() == 1
    assert leaves.events.filter(kind="group.cancelled").count() == 1
    for row, state in ((ahead, "cancelled"), (gone, "booked")):
        row.refresh_from_db()
        assert row.state == state
    # The coach is told of who moves up, unless it is the coach who closes.
    assert not Notice.objects.filter(key=f"group-moved-up:{places[2].pk}").exists()


def test_a_place_from_before_the_case_is_the_cases_and_ends_with_it(town, meeting, desk):
    person = town.person()
    place = groups.sign_up(meeting, person, case=None, actor=desk)
    case = town.opened(person=person)
    close(case, town.user(Role.COACH))
    place.refresh_from_db()
    assert (place.state, place.case) == (PlaceState.CANCELLED, case)


# --- who is shown ----------------------------------------------------------------------------------
@pytest.mark.row("B7")
def test_a_protected_person_has_no_name_on_the_list_not_even_for_the_circle(
    town, meeting, desk, log_in
):
    coach = town.user(Role.COACH)
    case = town.opened(given_name="Skyddad")
    sign(meeting, case, coach)
    sign(meeting, town.opened(given_name="Öppen"), coach)
    town.protected(case.person, [coach])
    address = reverse("intake:group", args=[meeting.ref])
    for day in (noon(MONDAY), TUESDAY):
        with time_machine.travel(day, tick=False):
            others = log_in(desk).get(address).content.decode()
            circle = log_in(coach).get(address).content.decode()
        assert "Öppen" in others
        assert "Skyddad" not in others + circle
        assert case.number not in others
        assert case.number in circle
    place = case.group_places.get()
    assert log_in(desk).post(reverse("intake:place_cancel", args=[place.ref])).status_code == 404
    assert log_in(desk).get(reverse("intake:place_file", args=[place.ref])).status_code == 404
    # The attendance of the group is taken all the same.
    with time_machine.travel(TUESDAY, tick=False):
        register(meeting, actor=desk)
    assert states(meeting) == ["came", "came"]


@pytest.mark.row("B7")
def test_nobody_outside_the_circle_is_told_of_a_protected_person(town, meeting, desk):
    coach = town.user(Role.COACH)
    case = town.opened()
    sign(meeting, case, coach)
    town.protected(case.person, [desk])
    groups.cancel_meeting(meeting, actor=desk)
    assert not Notice.objects.filter(key__startswith="group-").exists()


def test_a_conflict_of_interest_hides_the_name(town, meeting, desk, log_in):
    case = town.opened(given_name="Nära")
    sign(meeting, case, desk)
    protection.declare_conflict(case, actor=desk, today=MONDAY)
    page = log_in(desk).get(reverse("intake:group", args=[meeting.ref])).content.decode()
    assert "Nära" not in page


def test_those_with_a_place_are_reminded_the_day_before_once(town, meeting, desk):
    for n in range(3):
        sign(meeting, town.opened(email=f"eva{n}@example.org"), desk)
    hidden = town.opened(email="skyddad@example.org")
    groups.change_meeting(meeting, planned(town, places=4), actor=desk, version=1)
    sign(meeting, hidden, desk)
    town.protected(hidden.person, [desk])
    assert remind_of_tomorrow(MONDAY) == 3
    assert remind_of_tomorrow(MONDAY) == 0
    assert set(OutboxMessage.objects.values_list("recipient", flat=True)) == {
        f"eva{n}@example.org" for n in range(3)
    }


# --- at the same moment ----------------------------------------------------------------------------
@pytest.mark.skipif(connection.vendor != "postgresql", reason="two at once need PostgreSQL")
class TestRaces:
    @pytest.fixture
    def db(self, races):
        """A database of its own, where what is saved is committed."""

    def test_two_sign_up_for_the_last_place_and_one_waits(self, town, monkeypatch):
        desk = town.user(Role.RECEPTION)
        meeting = groups.plan_meeting(town.units["north"], planned(town, places=1), actor=desk)
        one, other = town.opened(), town.opened()
        meet_at(monkeypatch, groups.places, "save_checked")
        done, refused = parted(
            at_once(lambda: sign(meeting, one, desk), lambda: sign(meeting, other, desk))
        )
        assert refused == []
        assert sorted(place.state for place in done) == ["booked", "waiting"]

    def test_a_case_closes_while_somebody_else_gives_its_person_a_place(self, town, monkeypatch):
        """Both write on the timeline of the case and move the meeting on; neither waits for ever."""
        desk, coach = town.user(Role.RECEPTION), town.user(Role.COACH)
        meeting = groups.plan_meeting(town.units["north"], planned(town, places=1), actor=desk)
        goes, leaves = town.opened(), town.opened()
        first = sign(meeting, goes, desk)
        assert sign(meeting, leaves, desk).state == PlaceState.WAITING
        meet_at(monkeypatch, groups.places, "move_place")
        meet_at(monkeypatch, cases, "save_checked")
        outcomes = at_once(
            lambda: close(leaves, coach), lambda: groups.cancel_place(first, actor=desk)
        )
        assert not [each for each in outcomes if isinstance(each, Exception)], outcomes
        assert states(meeting) == ["cancelled", "cancelled"]

    def test_without_the_lock_the_database_still_refuses(self, town, monkeypatch):
        desk = town.user(Role.RECEPTION)
        meeting = groups.plan_meeting(town.units["north"], planned(town, places=1), actor=desk)
        one, other = town.opened(), town.opened()
        monkeypatch.setattr(groups.places, "locked", lambda row, version=None: row)
        meet_at(monkeypatch, groups.places, "save_checked")
        outcomes = at_once(lambda: sign(meeting, one, desk), lambda: sign(meeting, other, desk))
        assert sum(isinstance(each, IntegrityError) for each in outcomes) == 1
        assert states(meeting) == ["booked"]
