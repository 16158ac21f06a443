"""Told once, sent once, and nothing secret in a mailbox."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobcentre.casework.tasks import round_of_clocks
from jobcentre.notices import tasks
from jobcentre.notices.models import Notice, OutboxMessage
from jobcentre.notices.writer import NoticeText, notify


@pytest.fixture
def told(town):
    coach = town.user("coach")
    return NoticeText(coach.pk, "k1", _("Nothing was changed."), by_mail=True)


def test_the_same_occasion_is_told_once_in_both_languages(told):
    assert (notify(told), notify(told)) == (1, 0)
    notice = Notice.objects.get()
    assert notice.text_sv == "Inget ändrades."
    assert notice.text_en == "Nothing was changed."


def test_mail_is_sent_once_and_says_only_that_something_waits(told):
    notify(told)
    assert (tasks.send_outbox(), tasks.send_outbox()) == (1, 0)
    (message,) = mail.outbox
    assert "Inget ändrades" not in message.subject + message.body
    assert message.to == [OutboxMessage.objects.get().recipient]


def test_what_may_have_left_is_never_sent_blindly_again(told):
    notify(told)
    OutboxMessage.objects.update(state="sending", lease_until=timezone.now() - timedelta(minutes=1))
    assert tasks.send_outbox() == 0
    assert OutboxMessage.objects.get().state == "uncertain"
    assert mail.outbox == []


@pytest.mark.row("J5")
def test_a_late_clock_reaches_coach_and_manager_once(town):
    town.user("manager")
    town.opened(on=town.today - timedelta(days=20))
    before = Notice.objects.count()
    round_of_clocks()
    new = Notice.objects.count() - before
    assert new == 2
    assert round_of_clocks() == 0
