"""The one writer of notices and outgoing messages, called inside the business transaction."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import Promise

from jobcentre.accounts.models import User
from jobcentre.gathering import Gathering
from jobcentre.notices.enums import Channel
from jobcentre.notices.models import Notice, OutboxMessage
from jobcentre.replay import is_replaying, moment_now
from jobcentre.ui import formats


@dataclass(frozen=True)
class NoticeText:
    """One thing to tell one user.

    `key` is unique for the occasion: the same key is told once. `sentence` is a lazy translation,
    a %-format over `payload`, whose values may be lazy translations or dates. The e-mail says only
    that something waits, never what or about whom.
    """

    user_id: int
    key: str
    sentence: Promise
    payload: dict = field(default_factory=dict)
    url: str = ""
    url_name: str = ""
    url_arg: str = ""
    by_mail: bool = False

    def in_language(self, language: str) -> str:
        with translation.override(language):
            values = {
                name: formats.day_year(value) if isinstance(value, date) else str(value)
                for name, value in self.payload.items()
            }
            return (str(self.sentence) % values)[:400]

    def address(self) -> str:
        if self.url or not self.url_name:
            return self.url
        return reverse(self.url_name, args=[self.url_arg] if self.url_arg else [])


def notify(text: NoticeText) -> int:
    """Tell one user; returns 1, or 0 when the key was told before."""
    return notify_many([text])


def notify_many(texts: Iterable[NoticeText]) -> int:
    """Tell many; returns how many were new. Repeating it is safe."""
    rows = [(text, moment_now()) for text in texts]
    waiting = [row for row in rows if not gathered_texts.keeps(row)]
    return len(rows) - len(waiting) + _tell(waiting)


def _tell(rows: list[tuple[NoticeText, datetime]]) -> int:
    """Write the notices that are new; of two with the same key the first."""
    texts: dict[str, tuple[NoticeText, datetime]] = {}
    for text, at in rows:
        texts.setdefault(text.key, (text, at))
    if not texts:
        return 0
    known = set(Notice.objects.filter(key__in=texts).values_list("key", flat=True))
    new = [row for key, row in texts.items() if key not in known]
    Notice.objects.bulk_create(
        [
            Notice(
                user_id=text.user_id,
                key=text.key,
                text_sv=text.in_language("sv"),
                text_en=text.in_language("en"),
                url=text.address(),
                created_at=at,
            )
            for text, at in new
        ],
        ignore_conflicts=True,
    )
    _queue_mail([text for text, _at in new if text.by_mail])
    return len(new)


gathered_texts = Gathering("notices", _tell)


def _queue_mail(texts: list[NoticeText]) -> None:
    if not texts or is_replaying():
        return  # nobody is written to about the past
    users = {
        user.pk: user
        for user in User.objects.filter(pk__in={text.user_id for text in texts}, is_active=True)
    }
    now = timezone.now()
    OutboxMessage.objects.bulk_create(
        [
            OutboxMessage(
                key=text.key,
                channel=Channel.EMAIL,
                recipient=users[text.user_id].email,
                language=users[text.user_id].language,
                template="something_waits",
                context={"address": settings.BASE_URL + reverse("notices:list")},
                due_at=now,
            )
            for text in texts
            if text.user_id in users
        ],
        ignore_conflicts=True,
    )
