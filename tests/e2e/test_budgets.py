"""What the daily tasks cost, counted from the start page of the one who does them (row B9).

The front desk's part is in test_board.py.
"""

import pytest

from tests.e2e.counting import Counted

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.row("B9")]
NOTE, APPROVAL, ATTENDANCE, PLACEMENT, GROUP = 4, 3, 3, 12, 3


@pytest.fixture
def counted(desk):
    """Opens the start page of a user and counts from there."""

    def open_for(name: str) -> Counted:
        return Counted(desk(name).page)

    return open_for


def test_a_note(counted):
    coach = counted("karin.lindqvist")
    with coach.page.expect_navigation():
        coach.page.locator("main tbody .ei-person a").first.click()
    coach.done.append("follow the person")
    coach.follow("Skriv en anteckning")
    coach.fill("#id_text", "Ringde. Kommer på torsdag.")
    coach.press("Spara anteckningen")
    assert "Ringde. Kommer på torsdag." in coach.page.inner_text("main")
    coach.within("a note", NOTE)


def test_the_attendance_of_a_group(counted, site):
    # Fifteen with the same session on the latest working day, nobody registered.
    site.manage("shell", "-v", "0", "-c", FIFTEEN)
    provider = counted("siv.textor")
    provider.page.locator("main aside a[href*='?day=']").first.click()
    provider.done.append("follow the day")
    provider.page.wait_for_load_state()
    missing = provider.page.locator("main select option[value='not_registered']:checked").count()
    assert missing >= 15
    provider.press("Resten var närvarande")
    assert "15 registrerade" in provider.page.inner_text("#messages")
    provider.within("the attendance of fifteen", ATTENDANCE)


FIFTEEN = """
from datetime import time, timedelta
from django.utils import timezone
from activityplans.models import Session
from referrals.models import Order
order = Order.objects.filter(provider__name="Textilgruppen", state="started").first()
day = timezone.localdate() - timedelta(days=1)
Session.objects.filter(activity__orders__provider=order.provider, on=day).delete()
for n in range(15):
    Session.objects.create(
        activity=order.activity, case=order.case, on=day, starts_at=time(8, n), minutes=60
    )
"""


def test_the_attendance_of_a_group_meeting(counted, site):
    # Fifteen signed up for a meeting that has just ended; counted from its page.
    site.manage("shell", "-v", "0", "-c", MEETING)
    coach = counted("karin.lindqvist")
    page = coach.page
    page.goto(page.url.split("/nu/")[0].rstrip("/") + "/grupper/?state=open")
    with page.expect_navigation():
        page.locator("main").get_by_role("link", name="Räkneträff").click()
    assert page.locator("main select option[value='booked']:checked").count() == 15
    coach.choose("main tr.ei-marking:nth-child(4) select >> nth=0", "missed")
    coach.press("Resten var närvarande")
    assert "14 kom, 1 kom inte" in page.inner_text("#messages")
    coach.within("the attendance of a group meeting of fifteen", GROUP)


MEETING = """
from datetime import timedelta
from django.utils import timezone
from intake.groups.models import GroupMeeting
from intake.transitions import groups
from jobcentre.accounts.models import User
from jobcentre.casework.enums import Protection
from jobcentre.casework.models import Case
from jobcentre.replay import happening
leader = User.objects.get(email__startswith="karin.lindqvist")
cases = Case.objects.open().filter(person__protection=Protection.NONE).select_related("centre")
centre = cases.filter(coach=leader).first().centre
now = timezone.now()
planned = groups.Planned("other", "Räkneträff", now - timedelta(hours=3), 60, "Sal 7", 15, leader)
with happening(now - timedelta(days=3)):
    meeting = groups.plan_meeting(centre, planned, actor=None)
    for case in cases[:15]:
        groups.sign_up(meeting, case.person, case=case, actor=None)
assert meeting.signed_up.count() == 15
"""


def test_a_placement(counted):
    coordinator = counted("bjorn.hallgren")
    page = coordinator.page
    needs = page.locator("main a[href^='/behov/']")
    paths = [link.get_attribute("href") for link in needs.all()]
    for path in paths:  # a need that somebody fits; looking for it is no part of the task
        page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/", 3)[2] + path)
        if page.get_by_role("link", name="Föreslå").count():
            break
    else:
        pytest.fail("nobody in the demo fits any need")
    page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/", 3)[2] + "/naringsliv/")
    page.locator(f"main a[href='{path}']").first.click()
    coordinator.done.append("follow the need")
    coordinator.follow("Föreslå")
    coordinator.press("Föreslå")
    coordinator.follow("Anteckna svaret")
    coordinator.tick("Ja")
    coordinator.press("Spara svaret")
    coordinator.follow("Personen har börjat")
    coordinator.fill("#id_supervisor", "Anna Vik")
    coordinator.press("Spara starten")
    assert "Anna Vik" in page.inner_text("main")
    coordinator.within("a placement", PLACEMENT)
