"""Group meetings that are part of the plan: a place is a session, the attendance its outcome."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from activityplans.models import GroupService, RepeatedAbsence, Service, Session
from activityplans.transitions.attendance import Mark, plan_sessions, register_attendance
from intake.transitions import groups
from intake.transitions.groups import Attended
from jobcentre.accounts.enums import Role
from tests.factories import MONDAY
from tests.intake.test_groups import TUESDAY, planned, series

pytestmark = pytest.mark.row("J16")


@pytest.fixture
def desk(town):
    return town.user(Role.RECEPTION)


def in_plan(town, key="motivation", **changes):
    """A case whose plan in force has that service for the coming sixty days."""
    case = town.opened(**changes)
    line = replace(
        town.plan_input(case, MONDAY).lines[0],
        service=Service.objects.get(key=key),
        hours_per_week=Decimal(4),
    )
    return town.approved(case, MONDAY, lines=[line], target_reason="Få timmar till en början.")


def group_of(town, desk, **changes):
    values = planned(
        town, **{"kind": "motivation", "title": "Motivationsgrupp", "places": 20} | changes
    )
    return groups.plan_meeting(town.units["north"], values, actor=desk)


def sign(meeting, case, desk):
    return groups.sign_up(meeting, case.person, case=case, actor=desk)


def register(meeting, marks, desk, at=TUESDAY):
    with time_machine.travel(at, tick=False):
        groups.register_attendance(meeting, marks, rest_came=True, actor=desk)


def test_a_place_is_a_session_of_the_activity_of_the_plan(town, desk):
    case, other = in_plan(town), town.opened()
    meeting = group_of(town, desk)
    place = sign(meeting, case, desk)
    sign(meeting, other, desk)  # whose plan does not have it
    session = Session.objects.get()
    assert (session.case, session.activity.service.key) == (case, "motivation")
    assert (session.on, session.minutes) == (TUESDAY.date(), 60)
    assert session.starts_at == timezone.localtime(TUESDAY).time()
    assert "Sal 1" in session.place
    groups.cancel_place(place, actor=desk)
    assert not Session.objects.exists()


@pytest.mark.parametrize(
    ("mark", "outcome", "reason"),
    [
        (Attended("came"), "present", ""),
        (Attended("late", late_minutes=20), "late", ""),
        (Attended("missed"), "unexcused", ""),
        (Attended("excused", "ill"), "sick", ""),
        (Attended("excused", "child"), "excused", "child"),
        (Attended("excused", "work"), "excused", "interview"),
        (Attended("excused", "our_fault"), "excused", "other"),
    ],
)
def test_what_is_registered_at_the_meeting_is_the_attendance(town, desk, mark, outcome, reason):
    case = in_plan(town)
    meeting = group_of(town, desk)
    place = sign(meeting, case, desk)
    register(meeting, {place.pk: mark}, desk)
    session = Session.objects.get()
    assert (session.outcome, session.absence_reason) == (outcome, reason)
    assert session.late_minutes == mark.late_minutes
    assert session.registered_by == desk
    # The timeline tells of it once, in the words of the meeting.
    assert not case.events.filter(kind="attendance.absent").exists()


def test_a_corrected_attendance_keeps_what_was_said_before(town, desk):
    case = in_plan(town)
    meeting = group_of(town, desk)
    place = sign(meeting, case, desk)
    register(meeting, {place.pk: Attended("missed")}, desk)
    register(meeting, {place.pk: Attended("excused", "ill")}, desk)
    session = Session.objects.get()
    assert session.outcome == "sick"
    assert [(each.old, each.new) for each in session.changes.all()] == [("unexcused", "sick")]


def test_repeated_absence_from_a_group_is_noticed_as_any_other(town, desk):
    case = in_plan(town)
    first, second, _third = series(town, desk, places=10)
    places = groups.sign_up_series(first, case.person, case=case, actor=desk)
    assert Session.objects.count() == 3
    register(first, {places[0].pk: Attended("missed")}, desk)
    register(second, {places[1].pk: Attended("missed")}, desk, at=second.starts_at)
    assert RepeatedAbsence.objects.get().times == 2


def test_a_meeting_that_moves_takes_its_sessions_along(town, desk):
    case = in_plan(town)
    meeting = group_of(town, desk)
    sign(meeting, case, desk)
    later = TUESDAY + timedelta(days=2)
    values = planned(town, kind="motivation", title="Motivationsgrupp", places=20, starts_at=later)
    groups.change_meeting(meeting, values, actor=desk, version=1)
    assert [each.on for each in Session.objects.all()] == [later.date()]
    # As another kind it is no part of the plan.
    values = replace(values, kind="other")
    groups.change_meeting(meeting, values, actor=desk, version=2)
    assert not Session.objects.exists()


def test_a_cancelled_meeting_and_a_place_that_moves_up(town, desk):
    one, other = in_plan(town), in_plan(town)
    meeting = group_of(town, desk, places=1)
    place = sign(meeting, one, desk)
    sign(meeting, other, desk)
    assert [each.case for each in Session.objects.all()] == [one]
    groups.cancel_place(place, actor=desk)
    assert [each.case for each in Session.objects.all()] == [other]
    groups.cancel_meeting(meeting, actor=desk)
    assert not Session.objects.exists()


def test_what_the_plan_has_at_that_time_already_is_the_same_session(town, desk):
    case = in_plan(town)
    activity = case.activities.get()
    at = timezone.localtime(TUESDAY).time()
    plan_sessions(activity, [TUESDAY.date()], at, 120, "Sal 9", actor=None)
    meeting = group_of(town, desk)
    place = sign(meeting, case, desk)
    assert Session.objects.get().minutes == 120
    register(meeting, {place.pk: Attended("came")}, desk)
    assert Session.objects.get().outcome == "present"


def test_a_plan_that_comes_after_the_sign_up_counts_too(town, desk):
    case = town.opened()
    meeting = group_of(town, desk)
    sign(meeting, case, desk)
    assert not Session.objects.exists()
    line = replace(
        town.plan_input(case, MONDAY).lines[0], service=Service.objects.get(key="motivation")
    )
    town.approved(case, MONDAY, lines=[line])
    register(meeting, {}, desk)
    assert Session.objects.get().outcome == "present"


def test_outside_the_activity_and_of_other_kinds_nothing_counts(town, desk):
    case = in_plan(town)
    far = group_of(town, desk, starts_at=TUESDAY + timedelta(days=61))
    information = group_of(town, desk, kind="information", room="Sal 2", leader=desk)
    sign(far, case, desk)
    sign(information, case, desk)
    GroupService.objects.all().delete()
    sign(group_of(town, desk), case, desk)
    assert not Session.objects.exists()


def test_what_is_registered_stays_when_the_meeting_is_forgotten(town, desk):
    case = in_plan(town)
    meeting = group_of(town, desk)
    place = sign(meeting, case, desk)
    session = Session.objects.get()
    with time_machine.travel(TUESDAY, tick=False):
        register_attendance(
            {session.pk: Mark("present")}, actor=town.user(Role.COACH), today=TUESDAY.date()
        )
        groups.cancel_place(place, actor=desk)
    assert Session.objects.get().outcome == "present"


def test_the_page_says_what_the_meeting_counts_as(town, desk, log_in):
    meeting = group_of(town, desk)
    page = log_in(desk, "en").get(reverse("intake:group", args=[meeting.ref])).content.decode()
    assert "Hours count for those whose plan has: Motivation group." in page


def test_a_big_group_costs_no_queries_for_each_session_more_than_its_own_rows(town, desk):
    """Registering does not read the plan of each person by itself."""

    def statements(size: int) -> int:
        meeting = group_of(
            town, desk, starts_at=TUESDAY + timedelta(hours=2 * size), room=f"Sal {size}"
        )
        for case in [in_plan(town) for _n in range(size)]:
            sign(meeting, case, desk)
        with CaptureQueriesContext(connection) as asked:
            register(meeting, {}, desk, at=meeting.starts_at)
        reads = [each["sql"] for each in asked.captured_queries if "planline" in each["sql"]]
        return len(reads)

    assert statements(1) == statements(4)
