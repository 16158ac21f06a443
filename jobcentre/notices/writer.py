"""The one writer of notices and outgoing messages, called inside the business transaction."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import Promise

from jobcentre.accounts.models import User
from jobcentre.gathering import Gathering
from jobcentre.inserting import insert_new
from jobcentre.notices.enums import Channel
from jobcentre.notices.models import Notice, OutboxMessage
from jobcentre.replay import is_replaying, moment_now
from jobcentre.ui import formats


class NoticeText(NamedTuple):
    """One thing to tell one user.

    `key` is unique for the occasion: the same key is told once. `sentence` is a lazy translation,
    a %-format over `payload`, whose values may be lazy translations, days or moments. The e-mail says only
    that something waits, never what or about whom.
    """

    user_id: int
    key: str
    sentence: Promise
    payload: Mapping = MappingProxyType({})
    url: str = ""
    url_name: str = ""
    url_arg: str = ""
    by_mail: bool = False

    def address(self) -> str:
        if self.url or not self.url_name:
            return self.url
        return reverse(self.url_name, args=[self.url_arg] if self.url_arg else [])


def notify(text: NoticeText) -> int:
    """Tell one user; returns 1, or 0 when the key was told before."""
    return notify_many([text])


def notify_many(texts: Iterable[NoticeText]) -> int:
    """Tell many; returns how many were new. Repeating it is safe."""
    at = moment_now()
    rows = [(text, at) for text in texts]
    waiting = [row for row in rows if not gathered_texts.keeps(row)]
    return len(rows) - len(waiting) + _tell(waiting)


def _tell(rows: list[tuple[NoticeText, datetime]]) -> int:
    """Write the notices that are new; of two with the same key the first."""
    texts: dict[str, tuple[NoticeText, datetime]] = {}
    for text, at in rows:
        texts.setdefault(text.key, (text, at))
    if not texts:
        return 0
    words = {}
    for language in ("sv", "en"):
        with translation.override(language):
            say = _Sayer()
            words[language] = [say(text) for text, _at in texts.values()]
    written = [
        {
            "user_id": text.user_id,
            "key": text.key,
            "text_sv": swedish,
            "text_en": english,
            "url": text.address(),
        }
        for (text, _at), swedish, english in zip(
            texts.values(), words["sv"], words["en"], strict=True
        )
    ]
    moments = {at for _text, at in texts.values()}
    if len(moments) == 1:
        new = insert_new(Notice, written, created_at=moments.pop())
    else:  # gathered while the past was told
        for row, (_text, at) in zip(written, texts.values(), strict=True):
            row["created_at"] = at
        new = insert_new(Notice, written)
    _queue_mail([texts[key][0] for key in texts if key in new and texts[key][0].by_mail])
    return len(new)


def _said(value) -> str:
    """A moment, a day or anything else in the active language."""
    if isinstance(value, datetime):
        return formats.moment(value)
    return formats.day_year(value) if isinstance(value, date) else str(value)


class _Sayer:
    """Says texts in the active language; labels and days, the same in many, are looked up once."""

    def __init__(self):
        self.known: dict[object, str] = {}

    def __call__(self, text: NoticeText) -> str:
        values = {
            name: value if type(value) is str else self._word(value)
            for name, value in text.payload.items()
        }
        return (self._word(text.sentence) % values)[:400]

    def _word(self, value) -> str:
        # Lazy translations are equal only to themselves, and as costly to compare as to look up.
        key = id(value) if isinstance(value, Promise) else value
        if key not in self.known:
            self.known[key] = _said(value)
        return self.known[key]


gathered_texts = Gathering("notices", _tell)


def _queue_mail(texts: list[NoticeText]) -> None:
    if not texts or is_replaying():
        return  # nobody is written to about the past
    users = {
        user.pk: user
        for user in User.objects.filter(pk__in={text.user_id for text in texts}, is_active=True)
    }
    now, context = timezone.now(), {"address": settings.BASE_URL + reverse("notices:list")}
    insert_new(
        OutboxMessage,
        [
            {
                "key": text.key,
                "recipient": users[text.user_id].email,
                "language": users[text.user_id].language,
            }
            for text in texts
            if text.user_id in users
        ],
        channel=Channel.EMAIL,
        template="something_waits",
        context=context,
        due_at=now,
    )
