"""A colleague's absence: who may note it, what becomes of the meetings, and what is told to whom."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from jobcentre.accounts.enums import Role
from jobcentre.casework.enums import AppointmentState
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.free_times import offered_times
from jobcentre.casework.models import Appointment, StaffAbsence
from jobcentre.casework.transitions import absences, hours, protection
from jobcentre.casework.transitions.appointments import book_appointment
from jobcentre.notices.models import Notice
from tests.factories import MONDAY, noon

DAY = timedelta(days=1)


@pytest.fixture
def sick(town):
    return town.user(Role.COACH)


@pytest.fixture
def desk(town):
    return town.user(Role.RECEPTION)


def away(user, actor, days=2):
    return absences.note_absence(user, MONDAY, MONDAY + days * DAY, actor=actor, today=MONDAY)


def meets(town, user, hours_after_noon=1, days=0, **person):
    at = noon(MONDAY) + days * DAY + timedelta(hours=hours_after_noon)
    return book_appointment(town.opened(**person), user, at, "Möte", actor=user)


def settled(user, chosen, actor, colleagues=()):
    return absences.settle_meetings(user, chosen, list(colleagues), actor=actor, today=MONDAY)


# --- who notes it ----------------------------------------------------------------------------------
@pytest.mark.parametrize("role", [Role.MANAGER, Role.RECEPTION])
def test_a_manager_and_the_desk_note_that_a_coach_is_away(town, sick, role, log_in):
    page = reverse("casework:absence_of", args=[sick.pk])
    client = log_in(town.user(role), "en")
    form = client.get(page).context["absence_form"]
    sent = {"token": form["token"].value(), "starts_on": "today", "ends_before": "2026-11-18"}
    assert client.post(page, {**sent, "ends_before": "today"}).status_code == 422
    for _twice in range(2):
        assert client.post(page, sent).status_code == 302
    row = StaffAbsence.objects.get()
    assert (row.user, row.starts_on, row.ends_before) == (sick, MONDAY, MONDAY + 2 * DAY)
    assert {timezone.localdate(free.starts_at) for free in offered_times([sick], timezone.now())}
    assert MONDAY not in {
        timezone.localdate(free.starts_at) for free in offered_times([sick], timezone.now())
    }
    assert Notice.objects.get(user=sick, key=f"absence:{row.pk}").url


def test_nobody_of_another_centre_or_role_notes_it(town, sick):
    for actor in (
        town.user(Role.MANAGER, "south"),
        town.user(Role.RECEPTION, "south"),
        town.user(Role.COACH, name="Kollega"),
        town.user(Role.SOCIAL_SECRETARY),
    ):
        with pytest.raises(PermissionDenied):
            away(sick, actor)


def test_days_that_are_over_or_noted_already_are_refused(town, sick, desk):
    with pytest.raises(Refused, match="över"):
        absences.note_absence(sick, MONDAY - 3 * DAY, MONDAY, actor=desk, today=MONDAY)
    away(sick, desk)
    with pytest.raises(Refused):
        away(sick, town.user(Role.MANAGER))


def test_who_is_back_earlier_can_be_booked_from_that_day(town, sick, desk):
    row = hours.add_absence(sick, MONDAY - DAY, MONDAY + 3 * DAY, actor=sick)
    absences.end_absence(row, MONDAY, actor=desk, today=MONDAY)
    row.refresh_from_db()
    assert row.ends_before == MONDAY
    with pytest.raises(Refused):
        absences.end_absence(row, MONDAY, actor=desk, today=MONDAY)
    ahead = hours.add_absence(sick, MONDAY + 5 * DAY, MONDAY + 6 * DAY, actor=sick)
    absences.end_absence(ahead, ahead.starts_on, actor=desk, today=MONDAY)
    assert not StaffAbsence.objects.filter(pk=ahead.pk).exists()


# --- the meetings ------------------------------------------------------------------------------------
def test_the_meetings_of_the_days_are_listed_and_given_to_who_is_free(town, sick, desk, log_in):
    free, busy, gone = (town.user(Role.COACH, name=name) for name in ("Fri", "Upptagen", "Borta"))
    first = meets(town, sick, given_name="Egon")
    second = meets(town, sick, 3, given_name="Bo")
    meets(town, sick, days=4, given_name="Senare")
    meets(town, busy)
    away(sick, desk)
    hours.add_absence(gone, MONDAY, MONDAY + DAY, actor=gone)
    page = reverse("casework:absence_of", args=[sick.pk])
    client = log_in(desk, "en")
    shown = client.get(page)
    assert "Senare" not in shown.content.decode()
    names = [
        [str(label) for value, label in choice.field.choices if value not in ("", "cancel")]
        for _meeting, choice in shown.context["settle"].rows()
    ]
    assert names == [["Fri"], ["Fri", "Upptagen"]]
    address = reverse("casework:absence_meetings", args=[sick.pk])
    sent = {"token": shown.context["settle"]["token"].value()}
    assert client.post(address, sent).status_code == 422
    sent |= {f"m{first.pk}": str(free.pk), f"m{second.pk}": "cancel"}
    for _twice in range(2):
        assert client.post(address, sent).status_code == 302
    moved = Appointment.objects.get(moved_from=first)
    assert (moved.with_user, moved.starts_at) == (free, first.starts_at)
    second.refresh_from_db()
    assert second.state == AppointmentState.CANCELLED
    assert "None left" in client.get(page).content.decode()


def test_each_meeting_is_done_or_refused_by_itself(town, sick, desk):
    free, barred = (town.user(Role.COACH, name=name) for name in ("Fri", "Nära"))
    first, second, third = (meets(town, sick, hour) for hour in (1, 2, 3))
    away(sick, desk)
    protection.declare_conflict(first.case, actor=barred, today=MONDAY)
    book_appointment(town.opened(), free, second.starts_at, "Möte", actor=free)
    done = settled(sick, {first: barred, second: free, third: free}, desk, [free, barred])
    assert [bool(each.refusal) for each in done] == [True, True, False]
    assert Appointment.objects.get(moved_from=third).with_user == free
    assert settled(sick, {third: None}, desk)[0].refusal


def test_a_meeting_of_a_colleague_who_is_here_is_not_moved_from_here(town, sick, desk):
    meeting = meets(town, sick)
    assert settled(sick, {meeting: None}, desk)[0].refusal
    other = town.opened(where="south")
    theirs = book_appointment(other, sick, noon(MONDAY) + 3 * DAY, "Möte", actor=None)
    away(sick, desk, days=5)
    assert settled(sick, {theirs: None}, desk)[0].refusal
    theirs.refresh_from_db()
    assert theirs.state == AppointmentState.BOOKED


@pytest.mark.row("B7")
def test_a_protected_persons_meeting_has_no_name_here_and_the_circle_is_told(
    town, sick, desk, log_in
):
    meeting = meets(town, sick, given_name="Skyddad")
    circle = town.user(Role.COACH, name="Krets")
    town.protected(meeting.person, [sick, circle])
    away(sick, desk)
    page = log_in(desk, "en").get(reverse("casework:absence_of", args=[sick.pk])).content.decode()
    assert "Skyddad" not in page
    assert meeting.case.number not in page
    assert "1 more meeting is with somebody you may not see" in page
    told = Notice.objects.filter(key__startswith="absence:").exclude(user=sick)
    assert [notice.user for notice in told] == [circle]
    assert settled(sick, {meeting: None}, desk)[0].refusal


def test_the_manager_is_led_to_the_stand_in_with_the_days(town, sick, log_in):
    case = town.opened(coach=sick)
    manager = town.user(Role.MANAGER)
    away(sick, manager)
    page = log_in(manager, "en").get(reverse("casework:absence_of", args=[sick.pk]))
    assert page.context["cover"]["n"] == 1
    form = log_in(manager, "en").get(page.context["cover"]["url"]).context["form"]
    assert page.context["cover"]["url"].startswith(reverse("casework:cover", args=[case.number]))
    assert (form["starts_on"].value(), form["ends_before"].value()) == (MONDAY, MONDAY + DAY)
    town.user(Role.RECEPTION)
    desk_page = log_in(town.user(Role.RECEPTION)).get(
        reverse("casework:absence_of", args=[sick.pk])
    )
    assert desk_page.context["cover"] is None


def test_the_list_shows_first_who_is_away_with_the_meetings_to_move(town, sick, desk, log_in):
    town.user(Role.COACH, name="Aa")
    meets(town, sick)
    away(sick, desk)
    rows = log_in(desk).get(reverse("casework:absences")).context["rows"]
    assert [(row["away"].user.name, row["away"].meetings) for row in rows] == [
        (sick.name, 1),
        ("Aa", 0),
    ]


def test_ones_own_page_lists_the_meetings_to_move(town, sick, log_in):
    meeting = meets(town, sick, given_name="Egon")
    hours.add_absence(sick, MONDAY, MONDAY + DAY, actor=sick)
    page = log_in(sick, "en").get(reverse("casework:my_hours")).content.decode()
    assert reverse("casework:meeting", args=[meeting.ref]) in page
    assert "1 booked meeting to move" in page
