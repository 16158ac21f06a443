"""A case goes from one coach to another: the note, the meeting of the three, what is open, tracks."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from jobcentre.accounts.enums import Role
from jobcentre.casework.access.checks import can, open_areas, relations_to
from jobcentre.casework.access.policy import Relation
from jobcentre.casework.caseload_forms import ManyForm
from jobcentre.casework.enums import AppointmentState, Area, InvolvementKind, Track, TrackReason
from jobcentre.casework.exceptions import Conflict, Refused
from jobcentre.casework.free_times import common_times, offered_times
from jobcentre.casework.models import (
    Appointment,
    Case,
    Deadline,
    HandOver,
    Involvement,
    TrackMove,
    track_on,
    was_in_track,
)
from jobcentre.casework.transitions import appointments, cover, hours, protection
from jobcentre.casework.transitions.handing_over import MAX_MANY, Handing, hand_over, hand_over_many
from jobcentre.casework.transitions.tracks import change_track
from jobcentre.notices.models import Notice
from reporting.enums import Split
from reporting.figures.scope import Scope, cell_filter, columns
from tests.factories import MONDAY, noon

pytestmark = pytest.mark.row("J2")
TUESDAY, THURSDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=3)


@pytest.fixture
def people(town):
    """(former coach, new coach, manager) of the northern centre."""
    return town.user(Role.COACH), town.user(Role.COACH, name="Nya"), town.user(Role.MANAGER)


def give(case, new, actor, **how):
    handing = Handing(new, how.pop("note", "Läs planen; lovat ring på torsdag."), **how)
    return hand_over(Case.objects.get(pk=case.pk), handing, actor=actor, today=MONDAY)


def test_the_new_coach_has_the_case_and_its_clocks_at_once_and_the_note_is_kept(town, people):
    former, new, manager = people
    case = town.opened()
    given = give(case, new, manager, meets_at=noon(THURSDAY))
    case.refresh_from_db()
    assert case.coach == new
    assert set(case.deadlines.running().values_list("owner_id", flat=True)) == {new.pk}
    assert [row.coach for row in case.coach_history.all()] == [new, former]
    note = case.events.get(kind="case.hand_over_note")
    assert (note.text, note.area) == (given.note, Area.NOTES)
    assert case.events.filter(kind="case.handed_over").count() == 1
    assert Notice.objects.filter(user=new, key__startswith="coach:").exists()
    assert Notice.objects.filter(user=former, key=f"handed-over:{given.pk}").exists()


def test_the_meeting_is_of_three_and_takes_the_time_of_both(town, people):
    former, new, manager = people
    given = give(town.opened(), new, manager, meets_at=noon(THURSDAY))
    meeting = given.appointment
    assert (meeting.with_user, meeting.also_with) == (new, former)
    for user in (former, new):
        with pytest.raises(Refused, match=user.name):
            appointments.book_appointment(
                town.opened(coach=user), user, noon(THURSDAY), "Möte", actor=town.acting(user)
            )
        starts = {free.starts_at for free in offered_times([user], noon(MONDAY), limit=500)}
        assert noon(THURSDAY) + timedelta(minutes=30) not in starts


def test_a_time_is_offered_only_when_both_are_free(town, people):
    former, new, _manager = people
    hours.add_absence(new, MONDAY, THURSDAY, actor=new)
    found = common_times([former, new], noon(MONDAY), limit=1)
    assert found[0].starts_at.date() == THURSDAY


def test_a_busy_colleague_refuses_the_whole_hand_over(town, people):
    former, new, manager = people
    other, case = town.opened(coach=new), town.opened()
    appointments.book_appointment(other, new, noon(THURSDAY), "Möte", actor=new)
    with pytest.raises(Refused, match="Nya"):
        give(case, new, manager, meets_at=noon(THURSDAY) + timedelta(minutes=15))
    case.refresh_from_db()
    assert case.coach == former
    assert not HandOver.objects.exists()


# --- what the former coach sees ------------------------------------------------------------------
def test_the_former_coach_reads_until_the_end_of_the_day_of_the_meeting(town, people):
    former, new, manager = people
    case = town.opened()
    give(case, new, manager, meets_at=noon(THURSDAY))
    case.refresh_from_db()
    with time_machine.travel(noon(THURSDAY), tick=False):
        assert Relation.FORMER in relations_to(former, case)
        assert open_areas(former, case) == frozenset(Area)
        assert can(former, "note.write", case)
        assert not can(former, "case.close", case)
        assert not can(former, "plan.edit", case)
        assert not can(former, "case.hand_over", case)
    with time_machine.travel(noon(THURSDAY + timedelta(days=1)), tick=False):
        assert relations_to(former, case) == {Relation.CENTRE}
        assert Area.NOTES not in open_areas(former, case)


def test_a_former_coach_of_another_centre_sees_the_case_no_longer_than_that(town, people):
    former, _new, _manager = people
    case = town.opened()
    # The coach has stayed with a case of another centre.
    Case.objects.filter(pk=case.pk).update(
        centre=town.units["south"], district=town.units["south_district"]
    )
    case.refresh_from_db()
    give(case, town.user(Role.COACH, "south"), town.user(Role.MANAGER, "south"),
         sees_before=THURSDAY)  # fmt: skip
    assert Case.objects.visible_to(former).filter(pk=case.pk).exists()
    with time_machine.travel(noon(THURSDAY), tick=False):
        assert not Case.objects.visible_to(former).filter(pk=case.pk).exists()


def test_a_moved_meeting_moves_the_day_and_stays_of_three(town, people):
    former, new, manager = people
    given = give(town.opened(), new, manager, meets_at=noon(TUESDAY))
    moved = appointments.rebook_appointment(given.appointment, new, noon(THURSDAY), actor=new)
    given.refresh_from_db()
    assert (given.appointment, given.sees_before) == (moved, THURSDAY + timedelta(days=1))
    assert moved.also_with == former
    row = Involvement.objects.get(kind=InvolvementKind.HAND_OVER)
    assert (row.ends_before, row.visible_before) == (given.sees_before, given.sees_before)


def test_the_former_coach_reads_for_at_most_thirty_days(town, people):
    _former, new, manager = people
    case = town.opened()
    with pytest.raises(Refused, match="30"):
        give(case, new, manager, sees_before=MONDAY + timedelta(days=31))
    assert give(case, new, manager, sees_before=MONDAY + timedelta(days=30))


def test_without_a_meeting_the_former_coach_reads_no_longer(town, people):
    former, new, manager = people
    case = town.opened()
    give(case, new, manager)
    case.refresh_from_db()
    assert relations_to(former, case) == {Relation.CENTRE}


# --- what is booked, who stood in ----------------------------------------------------------------
def test_each_booked_meeting_goes_stays_or_is_cancelled(town, people):
    former, new, manager = people
    case = town.opened()
    booked = [
        appointments.book_appointment(
            case, former, noon(TUESDAY) + timedelta(hours=n), f"Möte {n}", actor=former
        )
        for n in range(3)
    ]
    wanted = dict(zip((each.pk for each in booked), ("move", "keep", "cancel"), strict=True))
    give(case, new, manager, meetings=wanted)
    now = {
        (each.purpose, each.with_user)
        for each in Appointment.objects.filter(state=AppointmentState.BOOKED)
    }
    assert now == {("Möte 0", new), ("Möte 1", former)}


def test_meetings_that_nobody_decides_on_move_when_the_new_coach_is_free(town, people):
    former, new, manager = people
    case, other = town.opened(), town.opened(coach=new)
    for hour in range(2):
        at = noon(TUESDAY) + timedelta(hours=hour)
        appointments.book_appointment(case, former, at, f"Möte {hour}", actor=former)
    appointments.book_appointment(other, new, noon(TUESDAY), "Annat", actor=new)
    give(case, new, manager)
    now = {
        each.purpose: each.with_user
        for each in case.appointments.filter(state=AppointmentState.BOOKED)
    }
    assert now == {"Möte 0": former, "Möte 1": new}


def test_who_stood_in_for_the_former_coach_no_longer_does(town, people):
    _former, new, manager = people
    third = town.user(Role.COACH, name="Tredje")
    case = town.opened()
    cover.cover_cases([case], third, MONDAY, THURSDAY, actor=manager)
    give(case, new, manager)
    case.refresh_from_db()
    assert Relation.OWN not in relations_to(third, case)


# --- what is refused -----------------------------------------------------------------------------
def test_who_may_not_have_the_case_is_refused(town, people):
    former, new, manager = people
    case = town.opened()
    with pytest.raises(Refused, match=former.name):
        give(case, former, manager)
    protection.declare_conflict(case, actor=new, today=MONDAY)
    with pytest.raises(Refused, match="Nya"):
        give(case, new, manager)
    third = town.user(Role.COACH, name="Tredje")
    town.protected(case.person, [former, manager])
    with pytest.raises(Refused, match="Tredje"):
        give(case, third, manager)
    desk = town.user(Role.RECEPTION)
    with pytest.raises(Refused, match=desk.name):
        give(town.opened(), desk, manager)
    with pytest.raises(PermissionDenied):
        give(town.opened(coach=new), third, former)


def test_a_page_from_before_somebody_elses_change_is_refused(town, people):
    _former, new, manager = people
    case = town.opened()
    with pytest.raises(Conflict):
        hand_over(case, Handing(new, "Läs."), actor=manager, today=MONDAY, version=case.version - 1)


def test_the_page_lists_what_is_open_and_hands_over(town, people, log_in):
    former, new, _manager = people
    case = town.opened(on=MONDAY - timedelta(days=30))
    appointments.book_appointment(case, former, noon(TUESDAY), "Uppföljning", actor=former)
    client = log_in(former, "en")
    address = reverse("casework:hand_over", args=[case.number])
    page = client.get(address).content.decode()
    assert "Late since" in page
    assert "Uppföljning" in page
    assert "Nya – 30 under target" in page
    booked = case.appointments.get()
    form = {
        "token": page.split('name="token" value="')[1][:36],
        "version": case.version,
        "coach": new.pk,
        "note": "Ring på torsdag.",
        "meeting": "other",
        f"booked_{booked.pk}": "move",
    }
    refused = client.post(address, form)
    assert refused.status_code == 422
    assert "Ring på torsdag." in refused.content.decode()
    client.post(address, {**form, "on": THURSDAY.isoformat(), "at": "14.00"})
    given = HandOver.objects.get()
    assert (given.coach, given.sees_before) == (new, THURSDAY + timedelta(days=1))
    client.post(address, {**form, "on": THURSDAY.isoformat(), "at": "14.00"})
    assert HandOver.objects.count() == 1


# --- several at once -----------------------------------------------------------------------------
def test_several_are_handed_over_each_with_its_own_result(town, people, log_in):
    former, new, manager = people
    kept = [town.opened(given_name=f"Eva {n}") for n in range(2)]
    hidden = town.opened(given_name="Skyddad")
    protection.declare_conflict(kept[1], actor=new, today=MONDAY)
    town.protected(hidden.person, [former])
    client = log_in(manager, "en")
    address = reverse("casework:hand_over_many", args=[former.pk])
    page = client.get(address).content.decode()
    assert "Skyddad" not in page
    form = {
        "token": page.split('name="token" value="')[1][:36],
        "cases": [case.pk for case in kept],
        "coach": new.pk,
        "note": "Ny fördelning.",
    }
    assert client.post(address, {**form, "cases": [hidden.pk]}).status_code == 422
    page = client.post(address, form).content.decode()
    assert "Nya cannot have this case." in page
    assert [Case.objects.get(pk=case.pk).coach for case in kept] == [new, former]
    assert client.post(address, form).status_code == 302
    assert HandOver.objects.count() == 1


def test_each_case_goes_to_the_coach_proposed_for_it(town, people, log_in):
    former, new, manager = people
    third = town.user(Role.COACH, name="Tredje")
    known = [town.opened(given_name=f"Eva {n}") for n in range(4)]
    client = log_in(manager, "en")
    address = reverse("casework:hand_over_many", args=[former.pk])
    token = client.get(address).content.decode().split('name="token" value="')[1][:36]
    form = {
        "token": token,
        "cases": [case.pk for case in known],
        "coach": ManyForm.SPREAD,
        "note": "Ny fördelning.",
    }
    client.post(address, form)
    assert Case.objects.filter(coach=new).count() == Case.objects.filter(coach=third).count() == 2


def test_more_than_forty_at_once_are_refused(town, people):
    _former, new, manager = people
    case = town.opened()
    with pytest.raises(Refused, match=str(MAX_MANY)):
        hand_over_many([(case, new)] * (MAX_MANY + 1), "Läs.", None, actor=manager, today=MONDAY)


# --- tracks --------------------------------------------------------------------------------------
def moved(case, track, day, reason=TrackReason.CLOSER, note="", actor=None):
    fresh = Case.objects.get(pk=case.pk)
    return change_track(fresh, track, reason, note, actor=actor, today=day, version=fresh.version)


@pytest.mark.row("T3")
def test_each_day_keeps_its_track(town, people):
    case, untouched = town.opened(on=MONDAY - timedelta(days=40)), town.opened()
    moved(case, Track.DIRECT, MONDAY - timedelta(days=20))
    moved(case, Track.SUPPORT, MONDAY - timedelta(days=20))
    moved(case, Track.LATER, MONDAY - timedelta(days=10), TrackReason.OTHER, "Fick besked.")
    days = {40: "later", 21: "later", 20: "support", 11: "support", 10: "later", 0: "later"}
    for before, track in days.items():
        day = MONDAY - timedelta(days=before)
        found = dict(Case.objects.annotate(was=track_on(day)).values_list("pk", "was"))
        assert found == {case.pk: track, untouched.pk: "later"}, before
        for each in Track.values:
            kept = Case.objects.filter(was_in_track(day, each)).values_list("pk", flat=True)
            assert set(kept) == {pk for pk, was in found.items() if was == each}, (before, each)
    assert case.events.filter(kind="case.track_moved").count() == 3


@pytest.mark.row("T3")
def test_a_figure_divides_by_the_track_of_its_last_day(town):
    case = town.opened(on=MONDAY - timedelta(days=40))
    moved(case, Track.SUPPORT, MONDAY - timedelta(days=5))
    centre = town.units["north"]
    for last, track in ((6, "later"), (5, "support")):
        scope = Scope(
            MONDAY - timedelta(days=60),
            MONDAY - timedelta(days=last - 1),
            ((centre.pk, centre.name),),
            MONDAY,
        )
        rows = Case.objects.annotate(**columns(scope, "", by_group=False))
        assert [row.by_track for row in rows] == [track]
        assert Case.objects.filter(cell_filter(scope, Split.TRACK, track)).count() == 1
        clocks = Deadline.objects.annotate(**columns(scope, "case__", by_group=False))
        assert {row.by_track for row in clocks} == {track}


@pytest.mark.row("T3")
def test_a_move_that_breaks_a_rule_is_refused(town, people, log_in):
    former, _new, _manager = people
    case = town.opened()
    with pytest.raises(Refused, match=r"track|spår"):
        moved(case, Track.LATER, MONDAY, actor=former)
    with pytest.raises(Refused, match=r"reason|orsak"):
        moved(case, Track.DIRECT, MONDAY, TrackReason.OTHER, " ", actor=former)
    with pytest.raises(IntegrityError), transaction.atomic():
        TrackMove.objects.create(case=case, old="later", new="later", reason="closer",
                                 moved_on=MONDAY, moved_by=former)  # fmt: skip
    client = log_in(former, "en")
    address = reverse("casework:track", args=[case.number])
    page = client.get(address).content.decode()
    token = page.split('name="token" value="')[1][:36]
    form = {"token": token, "version": case.version, "track": "support", "reason": "health"}
    assert client.post(address, {**form, "track": "later"}).status_code == 422
    assert client.post(address, {**form, "reason": "nonsense"}).status_code == 422
    client.post(address, form)
    assert Case.objects.get(pk=case.pk).track == Track.SUPPORT
    assert "health or rehabilitation" in client.get(address).content.decode()
