"""Many rows in one statement are the rows that one by one would have been."""

from datetime import UTC, date, datetime

import pytest

from jobcentre.accounts.enums import Role
from jobcentre.casework.models import Deadline
from jobcentre.inserting import insert_all, insert_new
from jobcentre.notices.enums import Channel
from jobcentre.notices.models import Notice, OutboxMessage
from tests.factories import MONDAY

pytestmark = [pytest.mark.django_db, pytest.mark.row("T2")]
ODD = 'Åsa "O\'Neil" \\ 50 % {0} %s \u2028 <b>'
AT = datetime(2026, 11, 2, 8, 30, tzinfo=UTC)


def _row(user, key: str) -> dict:
    return {
        "user_id": user.pk,
        "key": key,
        "text_sv": ODD,
        "text_en": ODD,
        "url": "/",
        "created_at": AT,
    }


def test_what_is_written_is_read_back_as_it_was(town):
    coach = town.user(Role.COACH)
    assert insert_new(Notice, [_row(coach, "a")]) == {"a"}
    notice = Notice.objects.get(key="a")
    assert (notice.text_sv, notice.created_at, notice.read_at) == (ODD, AT, None)


def test_a_key_that_is_known_is_left_as_it_stands(town):
    coach = town.user(Role.COACH)
    insert_new(Notice, [_row(coach, "a")])
    again = {**_row(coach, "a"), "text_sv": "Annat"}
    assert insert_new(Notice, [again, _row(coach, "b")]) == {"b"}
    assert Notice.objects.get(key="a").text_sv == ODD


def test_what_all_rows_share_is_given_once(db):
    rows = [{"key": key, "recipient": "a@example.se", "language": "sv"} for key in "ab"]
    shared = {"channel": Channel.EMAIL, "template": "something_waits", "due_at": AT}
    assert insert_new(OutboxMessage, rows, context={"address": ODD}, **shared) == {"a", "b"}
    for message in OutboxMessage.objects.all():
        assert (message.channel, message.context, message.due_at) == (
            Channel.EMAIL,
            {"address": ODD},
            AT,
        )


def test_rows_of_all_columns_are_those_that_django_would_write(town):
    case = town.opened(on=MONDAY)
    columns = [f.attname for f in Deadline._meta.concrete_fields if not f.primary_key]

    def written(insert) -> tuple:
        clock = Deadline(case=case, kind="review", subject_label=ODD, length=6, length_unit="months",
                         started_on=MONDAY, due_on=date(2027, 4, 1), waits_for="coach",
                         subject_key=insert.__name__)  # fmt: skip
        insert([clock])
        return Deadline.objects.values_list(*columns).get(subject_key=insert.__name__)

    ours, django = written(insert_all), written(Deadline.objects.bulk_create)
    key = columns.index("subject_key")
    assert ours[:key] + ours[key + 1 :] == django[:key] + django[key + 1 :]
