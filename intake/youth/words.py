"""When the next contact is due and why, in words; the same shape as the clocks of a case.

The clocks of `casework.deadlines` hang on a case, and most of the young have none: the register
keeps its own day of the next contact and says here what it is reckoned from.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intake.youth.enums import OutreachState
from intake.youth.models import OutreachEntry
from jobcentre.ui import formats

SOON_DAYS = 7


@dataclass(frozen=True)
class ContactClock:
    """The next contact as a list or a page shows it: `sign` is late, soon or ok."""

    sign: str
    words: str
    date: str
    name: str
    why: str
    is_late: bool
    waits_for: str = ""


def left_in_words(due_on: date, today: date) -> tuple[str, str]:
    """(sign, words) of a day: `late`, "4 days late"; `soon`, "today"; `ok`, "12 days left"."""
    left = (due_on - today).days
    if left < 0:
        return "late", ngettext("%(n)d day late", "%(n)d days late", -left) % {"n": -left}
    if left == 0:
        return "soon", _("today")
    words = ngettext("%(n)d day left", "%(n)d days left", left) % {"n": left}
    return ("soon" if left <= SOON_DAYS else "ok"), words


def clock_of(entry: OutreachEntry, today: date) -> ContactClock | None:
    """The next contact of an open entry; None when it has ended."""
    if entry.next_on is None:
        return None
    sign, words = left_in_words(entry.next_on, today)
    return ContactClock(
        sign=sign,
        words=words,
        date=formats.day_year(entry.next_on),
        name=capfirst(_name(entry)),
        why=_why(entry),
        is_late=entry.next_on < today,
    )


def _name(entry: OutreachEntry) -> str:
    if entry.next_channel:
        return entry.get_next_channel_display()
    if entry.occupation_ends:
        return _("the occupation ends")
    if entry.state == OutreachState.OCCUPIED:
        return _("check the occupation")
    return _("new contact")


def _why(entry: OutreachEntry) -> str:
    since = formats.day_year(entry.since)
    if entry.next_channel:
        return _("step %(step)d of %(of)d, since %(day)s") % {
            "step": entry.next_step,
            "of": entry.next_of,
            "day": since,
        }
    return _("%(state)s since %(day)s") % {"state": entry.get_state_display(), "day": since}
