"""Many notices are written by one statement, and only those that are new."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import gettext_lazy

from jobcentre.accounts.enums import Role
from jobcentre.notices.models import Notice, OutboxMessage
from jobcentre.notices.writer import NoticeText, notify_many
from tests.factories import MONDAY

pytestmark = pytest.mark.django_db
LATE = gettext_lazy("The clock %(clock)s ran out %(due_on)s in case %(case)s.")
NASTY = "a'b\"c\\d %s é\u2028 {}"


def texts(user, count: int, **more) -> list[NoticeText]:
    payload = {"clock": gettext_lazy("Plan"), "due_on": MONDAY, "case": NASTY}
    return [
        NoticeText(user_id=user.pk, key=f"k{n}", sentence=LATE, payload=payload, **more)
        for n in range(count)
    ]


def test_what_is_typed_comes_out_as_it_went_in(town):
    user = town.user(Role.COACH)
    assert notify_many(texts(user, 2, url="/x/", by_mail=True)) == 2
    notice = Notice.objects.get(key="k1")
    assert notice.text_en == f"The clock Plan ran out Mon 16\u00a0Nov 2026 in case {NASTY}."
    assert notice.text_sv == f"Klockan Plan löpte ut mån 16\u00a0nov 2026 i ärende {NASTY}."
    assert (notice.url, notice.read_at) == ("/x/", None)
    assert notice.created_at.date() == MONDAY
    mail = OutboxMessage.objects.get(key="k1")
    assert (mail.recipient, mail.state, mail.attempts) == (user.email, "waiting", 0)
    assert mail.context["address"].endswith("/aviseringar/")
    assert mail.due_at == notice.created_at


def test_said_again_nothing_is_written_and_nobody_is_mailed_twice(town):
    user = town.user(Role.COACH)
    assert notify_many(texts(user, 3)) == 3
    OutboxMessage.objects.all().delete()
    assert notify_many(texts(user, 4, by_mail=True)) == 1
    assert list(OutboxMessage.objects.values_list("key", flat=True)) == ["k3"]


def test_of_two_with_one_key_the_first_is_told(town):
    user = town.user(Role.COACH)
    other = NoticeText(user_id=user.pk, key="k0", sentence=gettext_lazy("Plan"), url="/two/")
    assert notify_many([*texts(user, 1, url="/one/"), other]) == 1
    assert Notice.objects.get().url == "/one/"


def test_a_thousand_are_one_statement(town):
    user = town.user(Role.COACH)
    with CaptureQueriesContext(connection) as captured:
        assert notify_many(texts(user, 1000)) == 1000
    assert len(captured) == 1
