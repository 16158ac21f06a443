"""Which months a provider reports, and which days a weekly schedule gives. Pure."""

from collections.abc import Iterable
from datetime import date, timedelta

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
