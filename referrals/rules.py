"""Which months and goals a provider reports, which days a weekly schedule gives, how sure a share is, and
whether a text has the whole name of somebody. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from math import sqrt

from jobcentre.workdays import add_months


def months_to_report(started_on: date, through: date) -> list[date]:
    """The first days of the months that have wholly or partly passed with the order running.

    `through` is the last day that counts: today or the day the order ended. A month is due when it
    has ended, so the running one is left out.
    """
    month, months = started_on.replace(day=1), []
    while add_months(month, 1) <= through:
        months.append(month)
        month = add_months(month, 1)
    return months


AGREED_DAYS = 9  # from the Monday of a week to the Wednesday after it


def attendance_due_on(day: date) -> date:
    """The last day to register a session: Wednesday of the week after."""
    return day - timedelta(days=day.weekday()) + timedelta(days=AGREED_DAYS)


def latest_week_owed(today: date) -> date:
    """The Monday of the latest week whose attendance should be registered by now."""
    day = today - timedelta(days=AGREED_DAYS + 1)
    return day - timedelta(days=day.weekday())


MAX_GOALS = 10


def goals_of(text: str) -> list[str]:
    """The goals of an order, one for each line that says something, without its bullet; what comes
    after the tenth stands in the tenth."""
    lines = [line.strip().lstrip("-–•*").strip() for line in text.splitlines()]
    goals = [line for line in lines if line]
    rest = goals[MAX_GOALS - 1 :]
    return [*goals[: MAX_GOALS - 1], " ".join(rest)] if len(goals) > MAX_GOALS else goals


def last_day(month: date) -> date:
    """The last day of the month that begins on `month`."""
    return add_months(month.replace(day=1), 1) - timedelta(days=1)


def weekly_days(
    starts_on: date, ends_before: date, weekdays: Iterable[int], is_workday
) -> list[date]:
    """The days of the period on the chosen weekdays (Monday 0) that are working days."""
    chosen = set(weekdays)
    count = (ends_before - starts_on).days
    days = (starts_on + timedelta(days=n) for n in range(max(0, count)))
    return [day for day in days if day.weekday() in chosen and is_workday(day)]


Z95 = 1.96  # two-sided 95 per cent


def interval(successes: int, n: int) -> tuple[float, float]:
    """Between which shares, in per cent, the true one lies with 95 per cent certainty (Wilson)."""
    share, square = successes / n, Z95**2
    middle = (share + square / (2 * n)) / (1 + square / n)
    half = Z95 * sqrt(share * (1 - share) / n + square / (4 * n * n)) / (1 + square / n)
    return max(0.0, 100 * (middle - half)), min(100.0, 100 * (middle + half))


def median_days(days: Sequence[int]) -> int | None:
    """The middle one, the higher of two; None of none."""
    ordered = sorted(days)
    return ordered[len(ordered) // 2] if ordered else None


def _plain(text: str) -> str:
    """Without accents and dots: names are typed with and without them."""
    apart = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _word(name: str) -> str:
    """A pattern for one name, its parts joined by blanks or hyphens, with or without a genitive."""
    parts = re.split(r"[\s-]+", _plain(name).strip())
    return r"[\s-]+".join(re.escape(part) for part in parts) + "(?:['’]?s)?"


def has_whole_name(text: str, given: str, family: str) -> bool:
    """Whether the text has both names of somebody, as whole words beside each other: "anna bergs",
    or with capitals and the family name first: "Berg, Anna". One of them alone is no sign: names
    are words, and several have them."""
    if not given.strip() or not family.strip():
        return False
    text, first = _plain(text), given.split(maxsplit=1)[0]
    for called in {given, first}:
        in_order = rf"\b{_word(called)}[\s-]+{_word(family)}\b"
        turned = rf"\b{_word(family)}(?:\s*,\s*|\s+){_word(called)}\b"
        found = re.search(turned, text)
        if found or re.search(in_order, text, re.IGNORECASE):
            return True
    return False
