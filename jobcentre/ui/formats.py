"""Dates, periods, numbers and money as people write them, in the language of the page.

Every function returns text in the active language (Swedish unless English is active) and never
asks the clock. Dates are shown as they are; an aware datetime is first moved to the local zone.
"""

from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Final

from django.utils import timezone
from django.utils.translation import get_language

NO_BREAK: Final = "\u00a0"
MINUS: Final = "\u2212"
DASH: Final = "\u2013"

_WEEKDAYS = {
    "sv": ("mån", "tis", "ons", "tors", "fre", "lör", "sön"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_LONG_WEEKDAYS = {
    "sv": ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS = {
    "sv": (
        *("jan", "feb", "mars", "april", "maj", "juni"),
        *("juli", "aug", "sep", "okt", "nov", "dec"),
    ),
    "en": (
        *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
        *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    ),
}
_LONG_MONTHS = {
    "sv": (
        *("januari", "februari", "mars", "april", "maj", "juni"),
        *("juli", "augusti", "september", "oktober", "november", "december"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}
_SEPARATORS = {"sv": (NO_BREAK, ","), "en": (",", ".")}
_WEEK = {"sv": "v.", "en": "wk"}
_FROM = {"sv": "från", "en": "from"}
_UNTIL = {"sv": "till", "en": "until"}


def _language() -> str:
    return "en" if (get_language() or "sv").startswith("en") else "sv"


def _as_date(value: date | datetime) -> date:
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


def _as_datetime(value: datetime) -> datetime:
    return timezone.localtime(value) if timezone.is_aware(value) else value


_said: dict[tuple[int, str], str] = {}


def said(label) -> str:
    """A label that is made once at start (a lazy translation of the code) in the active language.

    A list says the same few labels in every row; each is looked up once a language. Never for a
    label that is made during a request: it is remembered by its identity, for ever.
    """
    if isinstance(label, str):
        return label
    key = (id(label), _language())
    if key not in _said:
        _said[key] = str(label)
    return _said[key]


# --- days ----------------------------------------------------------------------------------------
# The text of a day in a language never changes, and a list says the same days in every row.
@lru_cache(maxsize=4096)
def _day(value: date, language: str) -> str:
    return f"{_WEEKDAYS[language][value.weekday()]} {_day_short(value, language)}"


@lru_cache(maxsize=4096)
def _day_short(value: date, language: str) -> str:
    return f"{value.day}{NO_BREAK}{_MONTHS[language][value.month - 1]}"


def day(value: date | datetime) -> str:
    """`tors 3 dec`, Thu 3 Dec."""
    return _day(_as_date(value), _language())


def weekday(value: date | datetime) -> str:
    """`måndag`, Monday."""
    return _LONG_WEEKDAYS[_language()][_as_date(value).weekday()]


def day_year(value: date | datetime) -> str:
    """`tors 3 dec 2026`."""
    value = _as_date(value)
    return f"{_day(value, _language())} {value.year}"


def day_short(value: date | datetime) -> str:
    """`3 dec`."""
    return _day_short(_as_date(value), _language())


def day_long(value: date | datetime) -> str:
    """`torsdag 3 december 2026`, for letters and prints."""
    value = _as_date(value)
    language = _language()
    return (
        f"{_LONG_WEEKDAYS[language][value.weekday()]} "
        f"{value.day}{NO_BREAK}{_LONG_MONTHS[language][value.month - 1]} {value.year}"
    )


def month(value: date | datetime) -> str:
    """`december 2026`."""
    value = _as_date(value)
    return f"{_LONG_MONTHS[_language()][value.month - 1]} {value.year}"


def month_short(value: date | datetime) -> str:
    """`dec`, for the axis of a chart."""
    return _MONTHS[_language()][_as_date(value).month - 1]


def week(value: date | datetime) -> str:
    """`v. 49`, wk 49: the ISO week."""
    return f"{_WEEK[_language()]}{NO_BREAK}{_as_date(value).isocalendar().week}"


def span(starts_on: date | None, ends_before: date | None, *, year: bool = False) -> str:
    """A half-open period as people say it, to and including: `3–18 dec`, `18 nov – 3 dec`.

    The year is written when `year` is asked for, and always when the ends have different years.
    None as a start or an end is open: `från 3 dec`, `till 18 dec`. Both None: an empty text.
    Raises ValueError when the period is empty.
    """
    language = _language()
    if starts_on is None and ends_before is None:
        return ""
    last = None if ends_before is None else _as_date(ends_before) - timedelta(days=1)
    if starts_on is None:
        return f"{_UNTIL[language]} {_with_year(last, year)}"
    first = _as_date(starts_on)
    if last is None:
        return f"{_FROM[language]} {_with_year(first, year)}"
    if last < first:
        raise ValueError("the period is empty")
    if last == first:
        return _with_year(first, year)
    if first.year != last.year:
        return f"{_with_year(first, True)} {DASH} {_with_year(last, True)}"
    if first.month == last.month:
        return f"{first.day}{DASH}{_with_year(last, year)}"
    return f"{day_short(first)} {DASH} {_with_year(last, year)}"


def _with_year(value: date, year: bool) -> str:
    return f"{day_short(value)} {value.year}" if year else day_short(value)


# --- times ---------------------------------------------------------------------------------------
def clock_time(value: datetime) -> str:
    """`14:02`, local time."""
    return f"{_as_datetime(value):%H:%M}"


def moment(value: datetime) -> str:
    """`tors 3 dec 2026 14:02`, local time."""
    return f"{day_year(value)} {clock_time(value)}"


def duration(minutes: int) -> str:
    """A length of time in minutes: `40 min`, `1 h 30 min`, `2 h`."""
    whole, rest = divmod(minutes, 60)
    parts = [f"{whole}{NO_BREAK}h"] if whole else []
    if rest or not whole:
        parts.append(f"{rest}{NO_BREAK}min")
    return " ".join(parts)


# --- numbers -------------------------------------------------------------------------------------
def number(value: int | float | Decimal, decimals: int | None = None) -> str:
    """`1 234,5`, 1,234.5. Without `decimals`: as many as the value has, at most two.

    Rounded half up. Thousands are kept together by a no-break space; minus is the real sign.
    """
    amount = Decimal(str(value))
    if decimals is None:
        shown = amount.quantize(Decimal("0.01"), ROUND_HALF_UP).normalize()
        decimals = max(0, -shown.as_tuple().exponent)
    amount = amount.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    thousands, point = _SEPARATORS[_language()]
    text = f"{abs(amount):,.{decimals}f}"
    text = text.replace(",", "T").replace(".", point).replace("T", thousands)
    return f"{MINUS}{text}" if amount < 0 else text


def signed(value: int | float | Decimal, decimals: int | None = None) -> str:
    """A change: `+2`, `−1`, `0`."""
    text = number(value, decimals)
    return f"+{text}" if Decimal(str(value)) > 0 else text


def percent(value: int | float | Decimal, decimals: int = 0) -> str:
    """`57 %`, 57%. The value is in per cent (57), not a share (0.57)."""
    gap = NO_BREAK if _language() == "sv" else ""
    return f"{number(value, decimals)}{gap}%"


def kronor(value: int | Decimal) -> str:
    """`1 234 kr`, SEK 1,234; the öre are written only when there are any: `1 234,50 kr`."""
    amount = Decimal(value).quantize(Decimal("0.01"), ROUND_HALF_UP)
    text = number(amount, 0 if amount == amount.to_integral_value() else 2)
    return f"SEK{NO_BREAK}{text}" if _language() == "en" else f"{text}{NO_BREAK}kr"


def hours(value: int | float | Decimal) -> str:
    """`15 h`, `7,5 h`."""
    return f"{number(value)}{NO_BREAK}h"


def file_size(size: int) -> str:
    """A size in bytes: `340 kB`, `1,2 MB`. 1 kB is 1 000 bytes."""
    if size < 1_000_000:
        return f"{number(max(1, size // 1000) if size else 0)}{NO_BREAK}kB"
    return f"{number(Decimal(size) / 1_000_000, 1)}{NO_BREAK}MB"


# --- names ---------------------------------------------------------------------------------------
def initials(name: str) -> str:
    """At most two capital letters of a name, for the round sign: Karin Lindqvist -> KL."""
    words = [word for word in name.replace("-", " ").split() if word[0].isalnum()]
    if not words:
        return "?"
    letters = words[0][0] + (words[-1][0] if len(words) > 1 else "")
    return letters.upper()
