"""The attendance of a month as a table: a row for each person and activity, a column for each day."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from activityplans.attendance_rules import AttendanceSum, attendance_sum
from activityplans.enums import AttendanceOutcome
from activityplans.models import Session
from jobcentre.ui import formats
from jobcentre.ui.filling import fill_each
from jobcentre.workdays import add_months


def letters() -> dict[str, str]:
    """One or two letters for each outcome, in the language of the reader."""
    return {
        AttendanceOutcome.PRESENT: pgettext("attendance, one letter: present", "P"),
        AttendanceOutcome.LATE: pgettext("attendance, one letter: late", "L"),
        AttendanceOutcome.ELSEWHERE: pgettext("attendance, one letter: other activity", "A"),
        AttendanceOutcome.EXCUSED: pgettext("attendance, one letter: excused", "E"),
        AttendanceOutcome.UNEXCUSED: pgettext("attendance, one letter: unexcused", "U"),
        AttendanceOutcome.SICK_CERTIFIED: pgettext("attendance, ill with certificate", "IC"),
        AttendanceOutcome.SICK: pgettext("attendance, one letter: ill", "I"),
        AttendanceOutcome.NOT_REGISTERED: "?",
    }


@dataclass(frozen=True)
class MonthRow:
    """One person in one activity: the cells of the month as HTML, and the hours until today."""

    name: str
    url: str
    service: str
    cells: SafeString
    sum: AttendanceSum


@dataclass(frozen=True)
class MonthTable:
    """The month that begins on `month`: its weekdays, rows, and how much nobody has registered."""

    month: date
    days: list[date]
    rows: list[MonthRow]
    unregistered: int
    legend: list[tuple[str, str, str]]

    @property
    def previous(self) -> date:
        return add_months(self.month, -1)

    @property
    def next(self) -> date:
        return add_months(self.month, 1)


def month_table(
    month: date,
    sessions: Iterable[Session],
    today: date,
    *,
    url_of: Callable[[Session], str],
    person_url: Callable[[Session], str],
    name_of: Callable[[Session], str],
) -> MonthTable:
    """The table of `sessions` (with case, person and service read), all of the month. Those who have
    another name for the reader than their own stand last.

    Weekends stand there only when there is a session on one. Days ahead are empty boxes; a day
    that was held and that nobody has registered has a question mark, never a sign of absence.
    """
    found: dict[tuple[int, int], list[Session]] = {}
    for session in sessions:
        found.setdefault((session.case_id, session.activity_id), []).append(session)
    on_days = {session.on for members in found.values() for session in members}
    count = (add_months(month, 1) - month).days
    days = [month + timedelta(days=n) for n in range(count)]
    days = [day for day in days if day.weekday() < 5 or day in on_days]
    known = _Signs(today, url_of)
    rows = []
    for name, members in sorted(
        ((name_of(each[0]), each) for each in found.values()), key=lambda each: _place(*each)
    ):
        by_day: dict[date, list[Session]] = {}
        for session in members:
            by_day.setdefault(session.on, []).append(session)
        first = members[0]
        rows.append(
            MonthRow(
                name,
                person_url(first),
                first.activity.service.label,
                mark_safe("".join(known.cell(day, by_day.get(day, ())) for day in days)),  # noqa: S308 - made of escaped parts
                attendance_sum(
                    (each.minutes, each.outcome, each.late_minutes)
                    for each in members
                    if each.on < today or each.is_registered
                ),
            )
        )
    return MonthTable(month, days, rows, known.unregistered, known.legend())


def _place(name: str, members: list[Session]) -> tuple:
    first = members[0]
    is_own = name == first.case.person.name
    return (not is_own, first.case.person.sort_key if is_own else name, first.activity_id)


_LINK = '<a class="ei-mark ei-mark--{}" href="{}" title="{}">{}</a>'


class _Signs:
    """The cells of one table; the words are looked up once."""

    def __init__(self, today: date, url_of: Callable[[Session], str]):
        self.today, self.url_of = today, url_of
        self.letters = {key: conditional_escape(word) for key, word in letters().items()}
        self.words = {each: formats.said(each.label) for each in AttendanceOutcome}
        self.planned = _("planned")
        self.said: dict[tuple, str] = {}  # what the table has already put into words
        self.unregistered = 0

    def legend(self) -> list[tuple[str, str, str]]:
        return [(str(key), self.letters[key], self.words[key]) for key in AttendanceOutcome]

    def cell(self, day: date, sessions) -> SafeString:
        if not sessions:
            return mark_safe('<td role="cell"></td>')
        links = fill_each(_LINK, [self._sign(session) for session in sessions])
        return mark_safe(f'<td role="cell">{links}</td>')  # noqa: S308 - made of escaped parts

    def _sign(self, session: Session) -> tuple[str, str, str, str]:
        words = self.words[session.outcome]
        letter = self.letters[session.outcome]
        if session.on >= self.today and not session.is_registered:
            words, letter = self.planned, "·"
        elif not session.is_registered:
            self.unregistered += 1
        kind = "planned" if letter == "·" else session.outcome
        title = f"{self._when(session.on, session.starts_at)}: {words}"
        if session.late_minutes:
            title += f", {formats.duration(session.late_minutes)}"
        return kind, self.url_of(session), title, letter

    def _when(self, day: date, starts_at: time) -> str:
        if (day, starts_at) not in self.said:
            self.said[day, starts_at] = f"{formats.day(day)} {starts_at:%H:%M}"
        return self.said[day, starts_at]
