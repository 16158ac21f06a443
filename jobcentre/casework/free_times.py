"""Times that can be offered for a meeting: the coaches' hours less what is booked and their absences.

The arithmetic is pure; `offered_times` reads what it needs in a fixed number of queries, whatever
the number of coaches.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from jobcentre.accounts.models import User
from jobcentre.casework.deadlines.calendar import municipal_calendar
from jobcentre.casework.models import StaffAbsence, WorkHours
from jobcentre.casework.staff_times import taken_times
from jobcentre.workdays import Calendar

# Hours of a coach who has not noted any: working days, with a break for lunch.
USUAL_HOURS = ((time(9, 0), time(12, 0)), (time(13, 0), time(16, 0)))
STEP_MINUTES = 30
NOTICE_MINUTES = 15  # nobody is given a time that begins sooner than this
MAX_DAYS = 30

Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class FreeTime:
    """A time that can be booked: with whom, and from when; `minutes` long."""

    starts_at: datetime
    user: User
    minutes: int

    @property
    def key(self) -> str:
        """What a form sends back."""
        return f"{self.user.pk}@{self.starts_at.isoformat()}"


def free_starts(windows: Iterable[Span], busy: Iterable[Span], minutes: int) -> list[datetime]:
    """Starts, in steps of half an hour from each window's beginning, where `minutes` fit in the
    window and touch nothing busy. Worked examples: docs/rules.md."""
    taken = sorted(busy)
    length, step = timedelta(minutes=minutes), timedelta(minutes=STEP_MINUTES)
    found = []
    for begins, ends in windows:
        start = begins
        while start + length <= ends:
            clash = next((end for at, end in taken if at < start + length and end > start), None)
            if clash is None:
                found.append(start)
            start += step
    return found


def offered_times(
    coaches: list[User],
    now: datetime,
    *,
    days: int = 10,
    minutes: int = 60,
    limit: int = 30,
    once: bool = False,
) -> list[FreeTime]:
    """The earliest free times of `coaches` within `days` days from `now`, in order of time.

    Of two coaches free at the same moment the one with fewer booked meetings comes first; with
    `once` each time is offered once, with that one.
    """
    days = min(days, MAX_DAYS)
    today = timezone.localdate(now)
    until = today + timedelta(days=days)
    ids = [coach.pk for coach in coaches]
    hours, away, busy = _hours(ids), _absences(ids, today, until), _booked(ids, today, until)
    calendar = municipal_calendar()
    earliest = now + timedelta(minutes=NOTICE_MINUTES)
    found = []
    for coach in coaches:
        windows = [
            window
            for offset in range(days)
            for window in _windows(
                today + timedelta(days=offset), hours.get(coach.pk), away[coach.pk], calendar
            )
        ]
        found += [
            FreeTime(start, coach, minutes)
            for start in free_starts(windows, busy[coach.pk], minutes)
            if start >= earliest
        ]
    load = {pk: len(spans) for pk, spans in busy.items()}
    found.sort(key=lambda free: (free.starts_at, load.get(free.user.pk, 0), free.user.name))
    if once:
        first = {free.starts_at: free for free in reversed(found)}
        found = [first[starts_at] for starts_at in sorted(first)]
    return found[:limit]


def common_times(
    coaches: list[User], now: datetime, *, minutes: int = 60, limit: int = 30
) -> list[FreeTime]:
    """The earliest times at which all of `coaches` are free, as times of the first one."""
    each = [
        {free.starts_at: free for free in offered_times([coach], now, minutes=minutes, limit=500)}
        for coach in coaches
    ]
    shared = set.intersection(*(set(times) for times in each)) if each else set()
    return [each[0][starts_at] for starts_at in sorted(shared)[:limit]]


def bookable_spans(user: User, day: date) -> list[Span]:
    """The hours of the day in which the user can be booked, whatever is booked; none on a day when
    nobody works. One query, and the closed days."""
    return _windows(day, _hours([user.pk]).get(user.pk), (), municipal_calendar())


def _windows(day: date, hours, absences, calendar: Calendar) -> list[Span]:
    if not calendar.is_workday(day) or any(first <= day < back for first, back in absences):
        return []
    spans = USUAL_HOURS if hours is None else hours.get(day.weekday(), ())
    return [(_local(day, begins), _local(day, ends)) for begins, ends in spans]


def _local(day: date, at: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, at))


def _hours(ids: list[int]) -> dict[int, dict[int, list[tuple[time, time]]]]:
    found: dict[int, dict[int, list[tuple[time, time]]]] = {}
    for row in WorkHours.objects.filter(user__in=ids).order_by("starts_at"):
        by_day = found.setdefault(row.user_id, defaultdict(list))
        by_day[row.weekday].append((row.starts_at, row.ends_at))
    return found


def _absences(ids: list[int], first: date, until: date) -> dict[int, list[tuple[date, date]]]:
    found: dict[int, list[tuple[date, date]]] = defaultdict(list)
    for row in StaffAbsence.objects.filter(
        user__in=ids, starts_on__lt=until, ends_before__gt=first
    ):
        found[row.user_id].append((row.starts_on, row.ends_before))
    return found


def _booked(ids: list[int], first: date, until: date) -> dict[int, list[Span]]:
    """What takes the coaches' time on those days."""
    found: dict[int, list[Span]] = defaultdict(list)
    for taken in taken_times(ids, _local(first, time(0, 0)), _local(until, time(0, 0))):
        found[taken.user_id].append((taken.starts_at, taken.ends_at))
    return found
