"""Reading a day as people type it: 2026-12-03, 3/12, 3 dec, imorgon, fredag. Pure."""

import re
from datetime import date, timedelta

from django.utils.translation import gettext as _

_RELATIVE = {
    "idag": 0,
    "today": 0,
    "imorgon": 1,
    "imorron": 1,
    "tomorrow": 1,
    "igår": -1,
    "yesterday": -1,
    "iövermorgon": 2,
    "övermorgon": 2,
}
_WEEKDAYS = {
    **dict.fromkeys(("mån", "måndag", "mon", "monday"), 0),
    **dict.fromkeys(("tis", "tisdag", "tue", "tuesday"), 1),
    **dict.fromkeys(("ons", "onsdag", "wed", "wednesday"), 2),
    **dict.fromkeys(("tor", "tors", "torsdag", "thu", "thursday"), 3),
    **dict.fromkeys(("fre", "fredag", "fri", "friday"), 4),
    **dict.fromkeys(("lör", "lördag", "sat", "saturday"), 5),
    **dict.fromkeys(("sön", "söndag", "sun", "sunday"), 6),
}
# The first three letters are enough in both languages, but for maj and May, okt and Oct.
_MONTHS = {
    **{name: number + 1 for number, name in enumerate(["jan", "feb", "mar", "apr", "maj", "jun"])},
    **{name: number + 7 for number, name in enumerate(["jul", "aug", "sep", "okt", "nov", "dec"])},
    "may": 5,
    "oct": 10,
}
FIRST_YEAR, LAST_YEAR = 1900, 2199
_ISO = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})", re.ASCII)
_NUMBERS = re.compile(r"(\d{1,2})[./](\d{1,2})\.?(?:[ ./-]+(\d{4}|\d{2}))?", re.ASCII)
_WORDS = re.compile(r"(?:[a-zåäö]+ )?(\d{1,2})\.? ([a-zåäö]{3,9})\.?(?: (\d{4}))?")


def parse_day(text: str, today: date) -> date:
    """The day that `text` means, read on `today`.

    A day without a year is the one nearest to today; a weekday is the next one after today.
    Raises ValueError with a sentence for the user when the text is no day, or one before 1900 or
    after 2199.
    """
    try:
        day = _read(" ".join(text.casefold().split()), today)
    except (ValueError, OverflowError):
        raise ValueError(_("There is no such day in the calendar.")) from None
    if day is None:
        raise ValueError(_("Write a day, for example 2026-12-03, 3/12 or tomorrow."))
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(_("Write a day between 1900 and 2199."))
    return day


def _read(words: str, today: date) -> date | None:
    """The day, or None for what does not look like one; ValueError for one that does not exist."""
    squeezed = words.replace(" ", "")
    if squeezed in _RELATIVE:
        return today + timedelta(days=_RELATIVE[squeezed])
    if words in _WEEKDAYS:
        return today + timedelta(days=(_WEEKDAYS[words] - today.weekday() - 1) % 7 + 1)
    if match := _ISO.fullmatch(squeezed):
        return date(*(int(part) for part in match.groups()))
    if match := _NUMBERS.fullmatch(words):
        return _complete(int(match[1]), int(match[2]), match[3], today)
    if (match := _WORDS.fullmatch(words)) and match[2][:3] in _MONTHS:
        return _complete(int(match[1]), _MONTHS[match[2][:3]], match[3], today)
    return None


def _complete(day: int, month: int, year: str | None, today: date) -> date:
    if year:
        return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    nearest = []
    for candidate in (today.year - 1, today.year, today.year + 1):
        try:
            nearest.append(date(candidate, month, day))
        except ValueError:
            continue
    if not nearest:
        raise ValueError("no such day in any year near today")
    return min(nearest, key=lambda candidate: abs((candidate - today).days))
