"""Meetings: free times, booking without collisions, moving, missing, the calendar file, reminders."""

from datetime import date, datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from icalendar import Calendar

from jobcentre.accounts.enums import Role
from jobcentre.casework.enums import AppointmentState, MissedReason, Protection, Source
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.free_times import free_starts, offered_times
from jobcentre.casework.models import Appointment, ClosedDay, Person
from jobcentre.casework.models.appointment import FIRST_MEETING
from jobcentre.casework.reminders import remind_of_tomorrow
from jobcentre.casework.transitions import appointments, hours
from jobcentre.casework.transitions.cover import cover_cases
from jobcentre.notices.models import Notice, OutboxMessage
from tests.factories import MONDAY


def at(hour: int, minute: int = 0, day: date = MONDAY) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


# --- the arithmetic (docs/rules.md, free times) ------------------------------------------------------
def test_free_starts_fit_in_the_window_and_touch_nothing_booked():
    window = [(at(9), at(12))]
    assert free_starts(window, [], 60) == [at(9), at(9, 30), at(10), at(10, 30), at(11)]
    # A meeting 10.00-10.45 leaves 9.00 (ends when it begins) and 11.00.
    assert free_starts(window, [(at(10), at(10, 45))], 60) == [at(9), at(11)]
    assert free_starts(window, [(at(8), at(13))], 60) == []
    assert free_starts(window, [], 200) == []


# --- what is offered ---------------------------------------------------------------------------------
@pytest.fixture
def coach(town):
    return town.user(Role.COACH)


def test_usual_hours_are_offered_until_own_ones_are_set(town, coach):
    # The clock stands at noon: the first usual time of the day is one o'clock.
    first = offered_times([coach], timezone.now(), limit=1)[0]
    assert first.starts_at == at(13)
    hours.set_hours(coach, [(1, time(10), time(11))], actor=coach)
    found = offered_times([coach], timezone.now(), days=8)
    assert [free.starts_at for free in found] == [at(10, day=MONDAY + timedelta(days=1))]


def test_nothing_is_offered_on_closed_days_weekends_and_absences(town, coach):
    tuesday = MONDAY + timedelta(days=1)
    ClosedDay.objects.create(on=tuesday, name="Planering")
    hours.add_absence(coach, MONDAY + timedelta(days=2), MONDAY + timedelta(days=4), actor=coach)
    days = {
        timezone.localdate(free.starts_at)
        for free in offered_times([coach], timezone.now(), limit=200)
    }
    assert days == {MONDAY, *(MONDAY + timedelta(days=n) for n in (4, 7, 8, 9))}


def test_of_two_free_coaches_the_one_with_fewer_meetings_comes_first(town, coach):
    other = town.user(Role.COACH, name="Andra")
    case = town.opened()
    tomorrow = MONDAY + timedelta(days=1)
    appointments.book_appointment(case, coach, at(9, day=tomorrow), "Möte", actor=coach)
    found = offered_times([coach, other], timezone.now(), limit=2)
    assert [(free.starts_at, free.user) for free in found] == [(at(13), other), (at(13), coach)]
    once = offered_times([coach, other], timezone.now(), limit=2, once=True)
    assert [(free.starts_at, free.user) for free in once] == [(at(13), other), (at(13, 30), other)]


def test_offering_costs_the_same_for_one_and_for_ten_coaches(town, django_assert_num_queries):
    coaches = [town.user(Role.COACH, name=f"Coach {n}") for n in range(10)]
    for members in (coaches[:1], coaches):
        with django_assert_num_queries(5):
            assert offered_times(members, timezone.now())


# --- booking -----------------------------------------------------------------------------------------
def test_a_meeting_that_overlaps_is_refused_and_one_that_touches_is_not(town, coach):
    case = town.opened()
    appointments.book_appointment(case, coach, at(13), "Möte", actor=coach, minutes=60)
    for start, minutes in ((at(13, 30), 60), (at(12, 30), 45), (at(12, 30), 180)):
        with pytest.raises(Refused):
            appointments.book_appointment(case, coach, start, "Möte", actor=coach, minutes=minutes)
    appointments.book_appointment(case, coach, at(14), "Möte", actor=coach)


def test_a_meeting_moves_with_its_history_and_may_overlap_itself(town, coach):
    case = town.opened()
    old = appointments.book_appointment(case, coach, at(13), "Möte", actor=coach)
    new = appointments.rebook_appointment(old, coach, at(13, 30), actor=coach)
    old.refresh_from_db()
    assert (old.state, new.state) == (AppointmentState.CANCELLED, AppointmentState.BOOKED)
    assert new.moved_from == old
    assert new.ref != old.ref


def test_who_is_booked_by_somebody_else_is_told(town, coach):
    desk = town.user(Role.RECEPTION)
    case = town.opened()
    meeting = appointments.book_appointment(case, coach, at(13), "Möte", actor=desk)
    appointments.move_appointment(meeting, "cancel", actor=desk)
    assert Notice.objects.filter(user=coach, key__startswith="appointment-").count() == 2


def test_a_missed_meeting_has_a_reason_and_stands_on_the_timeline(town, coach, log_in):
    case = town.opened()
    meeting = appointments.book_appointment(case, coach, at(11), "Möte", actor=coach)
    client = log_in(coach)
    address = reverse("casework:meeting", args=[meeting.ref])
    assert client.post(address, {"move": "miss", "reason": "nonsense"}).status_code == 422
    client.post(address, {"move": "miss", "reason": MissedReason.ILL})
    meeting.refresh_from_db()
    assert (meeting.state, meeting.missed_reason) == (AppointmentState.MISSED, MissedReason.ILL)
    assert case.events.filter(kind="appointment.missed").count() == 1
    # A second press of the button changes nothing.
    assert client.post(address, {"move": "hold"}).status_code == 422


def test_the_form_takes_an_offered_time_or_a_typed_one(town, coach, log_in):
    case = town.opened()
    client = log_in(coach)
    address = reverse("casework:appointment", args=[case.number])
    form = client.get(address).context["form"]
    token, choices = form["token"].value(), form.fields["free"].choices
    assert (
        client.post(address, {"token": token, "purpose": "Plan", "minutes": 60}).status_code == 422
    )
    client.post(address, {"token": token, "purpose": "Plan", "minutes": 60, "free": choices[0][0]})
    assert Appointment.objects.get().starts_at == at(13)


# --- pages -------------------------------------------------------------------------------------------
def test_the_week_shows_ones_own_and_at_will_the_whole_centres(town, coach, log_in):
    other = town.user(Role.COACH, name="Andra")
    case = town.opened()
    appointments.book_appointment(case, coach, at(13), "Mitt", actor=coach)
    appointments.book_appointment(case, other, at(13), "Kollegans", actor=coach)
    client = log_in(coach)
    page = client.get(reverse("casework:meetings"))
    assert "Mitt" in page.content.decode()
    assert "Kollegans" not in page.content.decode()
    assert "Kollegans" in client.get(reverse("casework:meetings") + "?alla=1").content.decode()
    assert client.get(reverse("casework:meetings") + "?vecka=nonsens").status_code == 200


def test_another_centres_meeting_is_as_one_that_is_not_there(town, coach, log_in):
    case = town.opened(where="south")
    meeting = appointments.book_appointment(case, case.coach, at(13), "Möte", actor=None)
    for name in ("meeting", "meeting_move", "meeting_file"):
        assert log_in(coach).get(reverse(f"casework:{name}", args=[meeting.ref])).status_code == 404


def test_the_calendar_file_says_when_and_where_and_not_who(town, coach, log_in):
    case = town.opened()
    meeting = appointments.book_appointment(
        case, coach, at(13), "Om skulderna", actor=coach, place="Rum 4"
    )
    answer = log_in(coach).get(reverse("casework:meeting_file", args=[meeting.ref]))
    text = answer.content.decode()
    assert case.person.family_name not in text
    assert "skulderna" not in text
    event = Calendar.from_ical(answer.content).walk("VEVENT")[0]
    assert event["uid"].startswith(f"{meeting.ref}@")
    assert event.decoded("dtstart") == at(13)
    assert event["location"] == "Rum 4"


def test_a_moved_meeting_is_the_same_in_a_calendar(town, coach, log_in):
    first = appointments.book_appointment(town.opened(), coach, at(13), "Möte", actor=coach)
    second = appointments.rebook_appointment(first, coach, at(14), actor=coach)
    third = appointments.rebook_appointment(second, coach, at(15), actor=coach)

    def read(meeting):
        answer = log_in(coach).get(reverse("casework:meeting_file", args=[meeting.ref]))
        event = Calendar.from_ical(answer.content).walk("VEVENT")[0]
        return event["uid"].split("@")[0], event["sequence"], event["status"]

    same = str(first.ref)
    assert read(first) == (same, 0, "CANCELLED")
    assert read(third) == (same, 2, "CONFIRMED")
    appointments.move_appointment(third, "cancel", actor=coach)
    assert read(third) == (same, 3, "CANCELLED")


def test_hours_are_checked_line_by_line_and_saved(town, coach, log_in):
    client = log_in(coach)
    address = reverse("casework:my_hours")
    token = client.get(address).context["form"]["token"].value()
    wrong = {"token": token, "d0_0_from": "10:00", "d0_0_until": "09:00", "d1_0_from": "9"}
    assert client.post(address, wrong).status_code == 422
    client.post(address, {"token": token, "d0_0_from": "08:30", "d0_0_until": "11.30"})
    rows = [(row.weekday, row.starts_at, row.ends_at) for row in coach.work_hours.all()]
    assert rows == [(0, time(8, 30), time(11, 30))]


def test_absences_do_not_overlap_and_can_be_taken_away(town, coach, log_in):
    client = log_in(coach)
    first, back = MONDAY + timedelta(days=1), MONDAY + timedelta(days=3)
    absence = hours.add_absence(coach, first, back, actor=coach)
    with pytest.raises(Refused):
        hours.add_absence(coach, back - timedelta(days=1), back + timedelta(days=1), actor=coach)
    client.post(reverse("casework:my_absence"), {"remove": absence.pk})
    assert not coach.absences.exists()


# --- reminders ---------------------------------------------------------------------------------------
def test_tomorrows_meetings_are_reminded_of_once_and_never_protected_persons(town, coach):
    tomorrow = MONDAY + timedelta(days=1)
    reminded, protected = town.opened(email="eva@example.org"), town.opened(email="x@example.org")
    for n, case in enumerate((reminded, protected, town.opened())):
        appointments.book_appointment(case, coach, at(9 + n, day=tomorrow), "Möte", actor=coach)
    Person.objects.filter(pk=protected.person_id).update(protection=Protection.MARKED)
    assert remind_of_tomorrow(MONDAY) == 1
    assert remind_of_tomorrow(MONDAY) == 0
    message = OutboxMessage.objects.get(template="meeting_tomorrow")
    assert message.recipient == "eva@example.org"
    assert "Eva" not in str(message.context)


@pytest.mark.parametrize(
    "task",
    ["jobcentre.casework.tasks.remind_of_meetings", "intake.tasks.remind_of_group_meetings"],
)
def test_reminders_are_looked_for_all_day_so_that_a_late_booking_gets_one(settings, task):
    """A run a day would leave out what is booked in the afternoon, and all of a missed morning."""
    rows = [row for row in settings.CELERY_BEAT_SCHEDULE.values() if row["task"] == task]
    assert [row["schedule"].hour for row in rows] == [set(range(9, 21))]
    assert len(rows[0]["schedule"].minute) == 1


def test_what_is_booked_after_the_first_round_is_reminded_of_by_a_later_one(town, coach):
    tomorrow = MONDAY + timedelta(days=1)
    early, late = town.opened(email="eva@example.org"), town.opened(email="bo@example.org")
    appointments.book_appointment(early, coach, at(9, day=tomorrow), "Möte", actor=coach)
    assert remind_of_tomorrow(MONDAY) == 1
    appointments.book_appointment(late, coach, at(10, day=tomorrow), "Möte", actor=coach)
    assert remind_of_tomorrow(MONDAY) == 1
    assert OutboxMessage.objects.filter(template="meeting_tomorrow").count() == 2


def test_what_we_book_ourselves_is_said_in_the_readers_language():
    first = Appointment(purpose=FIRST_MEETING)
    with translation.override("sv"):
        assert (first.about, Appointment(purpose="Planering").about) == ("Första möte", "Planering")
    with translation.override("en"):
        assert (first.about, Appointment(purpose="Planering").about) == (
            "First meeting",
            "Planering",
        )


def test_a_meeting_that_the_user_may_not_open_has_no_link(town, log_in):
    youth = town.user(Role.YOUTH_COORDINATOR)
    case = town.opened(source=Source.KAA, given_name="Bodil")
    meeting = appointments.book_appointment(case, case.coach, at(13), "Möte", actor=None)
    client = log_in(youth)
    page = client.get("/moten/?alla=1").content.decode()
    assert "Bodil" in page
    assert f"/moten/{meeting.ref}/" not in page
    assert client.get(f"/moten/{meeting.ref}/").status_code == 403
    assert f"/moten/{meeting.ref}/" in log_in(town.user(Role.COACH)).get("/moten/").content.decode()
    # Who stands in for the coach may open it, and is led there.
    cover_cases([case], youth, MONDAY, MONDAY + timedelta(days=7), actor=town.acting(case.coach))
    assert f"/moten/{meeting.ref}/" in client.get("/moten/?alla=1").content.decode()
    assert client.get(f"/moten/{meeting.ref}/").status_code == 200
