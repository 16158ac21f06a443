"""Meetings that are booked when a person is away: shown, told, and told again at the restart."""

from datetime import datetime, time, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from jobcentre.casework.enums import PauseReason
from jobcentre.casework.interrupted_meetings import coming_meetings, touched, within
from jobcentre.casework.models import ClockPause
from jobcentre.casework.transitions import appointments, clocks
from tests.factories import MONDAY

pytestmark = pytest.mark.row("J9")


def at(days: int):
    return timezone.make_aware(datetime.combine(MONDAY + timedelta(days=days), time(10)))


@pytest.fixture
def case(town):
    return town.opened(on=MONDAY - timedelta(days=14))


def book(town, case, days: int):
    coach = town.user("coach")
    return appointments.book_appointment(
        case, starts_at=at(days), with_user=coach, purpose="Uppföljning", actor=coach
    )


def away(town, case, first: int, back: int | None, expected: int | None = None) -> ClockPause:
    return clocks.pause_clock(
        case,
        MONDAY + timedelta(days=first),
        None if back is None else MONDAY + timedelta(days=back),
        PauseReason.ILLNESS,
        "",
        actor=town.user("coach"),
        expected_back_on=None if expected is None else MONDAY + timedelta(days=expected),
    )


@pytest.mark.parametrize(
    ("back", "expected", "found"),
    [(4, None, [2]), (None, 4, [2]), (None, None, [2, 7]), (2, None, [])],
)
def test_which_meetings_lie_in_an_interruption(town, case, back, expected, found):
    meetings = {book(town, case, days): days for days in (2, 7)}
    pause = ClockPause(
        case=case,
        starts_on=MONDAY,
        ends_before=back and MONDAY + timedelta(days=back),
        expected_back_on=expected and MONDAY + timedelta(days=expected),
    )
    lying = within(pause, coming_meetings(case, timezone.now()))
    assert [meetings[meeting] for meeting in lying] == found


def test_an_interruption_that_is_over_asks_nothing(town, case, django_assert_num_queries):
    over = ClockPause(
        case=case,
        starts_on=MONDAY - timedelta(days=9),
        ends_before=MONDAY - timedelta(days=2),
    )
    with django_assert_num_queries(0):
        assert touched(case, [over], timezone.now()) == {}


def test_the_page_tells_and_lists_them_and_the_restart_names_the_next(town, case, log_in):
    meeting = book(town, case, 2)
    client = log_in(town.user("coach"))
    sent = {
        "token": str(uuid4()),
        "starts_on": (MONDAY - timedelta(days=3)).isoformat(),
        "reason": PauseReason.ILLNESS,
    }
    page = client.post(f"/arenden/{case.number}/avbrott/", sent, follow=True).content.decode()
    assert "1 bokat möte ligger i avbrottet" in page
    assert f"/moten/{meeting.ref}/" in page
    back = {"token": str(uuid4()), "ends_before": MONDAY.isoformat()}
    page = client.post(f"/arenden/{case.number}/avbrott/slut/", back, follow=True).content.decode()
    assert "Nästa möte är ons" in page


def test_the_restart_asks_for_a_meeting_when_none_is_booked(town, case, log_in):
    client = log_in(town.user("coach"))
    away(town, case, -3, None)
    back = {"token": str(uuid4()), "ends_before": MONDAY.isoformat()}
    page = client.post(f"/arenden/{case.number}/avbrott/slut/", back, follow=True).content.decode()
    assert "Inget möte är bokat" in page
