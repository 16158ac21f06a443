"""The weeks of a version of the plan as its pages show them, and what is found there in sentences."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activityplans import week_checks
from activityplans.models import HoursRule, PlanLine, PlanVersion
from activityplans.schedule import Planned, Week, weeks
from activityplans.week_checks import Finding, Kind
from jobcentre.casework.deadlines.calendar import shown_calendar
from jobcentre.casework.deadlines.clock import pauses_of
from jobcentre.replay import decided
from jobcentre.ui import formats
from jobcentre.workdays import Calendar


def is_closed(calendar: Calendar):
    """Whether a day is a holiday or a closed day; a Saturday or Sunday as such is not."""
    return lambda day: calendar.closed_reason(day) not in (None, "weekend")


@decided
def full_time() -> Decimal:
    """The municipality's hours of a full week, or those we begin with; one query."""
    return (HoursRule.objects.first() or HoursRule()).full_time


def planned_of(lines: Sequence[PlanLine]) -> list[Planned]:
    """The lines as the week sees them; no query when `times` are prefetched."""
    return [
        Planned(
            line.pk,
            line.starts_on,
            line.ends_before,
            line.hours_per_week,
            tuple(each.slot for each in line.times.all()),
        )
        for line in lines
    ]


@dataclass(frozen=True)
class Stretch:
    """Weeks in a row that hold the same: from the Monday `first` to the Monday `last`."""

    first: date
    last: date
    week: Week
    hours: list[Decimal]  # of each activity, in the order of the lines; None when it does not run
    holidays: list[date] = field(default_factory=list)

    @property
    def name(self) -> str:
        """ "v. 47" or "v. 47-51", in the reader's language."""
        one = formats.week(self.first)
        if self.first == self.last:
            return one
        return f"{one}\u2013{self.last.isocalendar().week}"


@dataclass(frozen=True)
class WeekByWeek:
    """The hours of a plan week by week. `target` is what an ordinary week of the plan asks."""

    lines: list[PlanLine]
    stretches: list[Stretch]
    stops: list[str]
    warnings: list[str]
    target: Decimal

    @property
    def rows(self) -> list[dict]:
        """The stretches as the table shows them: the hours of each activity with its name."""
        labels = [line.activity.service.label for line in self.lines]
        return [
            {
                "stretch": each,
                "before": each.last + timedelta(days=7),
                "cells": list(zip(labels, each.hours, strict=True)),
            }
            for each in self.stretches
        ]


def week_by_week(
    version: PlanVersion, lines: Sequence[PlanLine], *, pauses=(), calendar: Calendar | None = None
) -> WeekByWeek:
    """All weeks of the version. `lines` are its lines with service and `times`; `pauses` those of
    the case. No query but for what is not prefetched."""
    closed = is_closed(calendar or shown_calendar())
    planned = planned_of(lines)
    found = weeks(
        planned,
        version.starts_on,
        version.ends_before,
        target=version.weekly_target,
        own_search=version.own_search_hours,
        closed=closed,
        pauses=pauses,
    )
    findings = week_checks.findings(planned, found, closed, full_time=full_time())
    labels = {line.pk: line.activity.service.label for line in lines}
    return WeekByWeek(
        list(lines),
        _stretches(found, [line.pk for line in lines]),
        [sentence(each, labels) for each in findings if each.blocks],
        [sentence(each, labels) for each in findings if not each.blocks],
        version.weekly_target,
    )


def stops(version: PlanVersion, calendar: Calendar) -> list[str]:
    """Why the weeks of the version cannot be lived, in sentences; empty when they can."""
    return week_by_week(version, version.whole_lines(), calendar=calendar).stops


def for_case(version: PlanVersion, lines: Sequence[PlanLine], case) -> WeekByWeek:
    """The same with the pauses of the case, for its pages."""
    return week_by_week(version, lines, pauses=pauses_of(case))


def _stretches(found: Sequence[Week], keys: Sequence) -> list[Stretch]:
    stretches: list[Stretch] = []
    for week in found:
        hours = [week.planned.get(key) for key in keys]
        last = stretches[-1] if stretches else None
        if last and (last.hours, last.week.asked, last.week.own_search) == (
            hours,
            week.asked,
            week.own_search,
        ):
            holidays = [*last.holidays, *week.closed]
            stretches[-1] = Stretch(last.first, week.monday, last.week, hours, holidays)
        else:
            stretches.append(Stretch(week.monday, week.monday, week, hours, list(week.closed)))
    return stretches


def sentence(finding: Finding, labels: dict) -> str:
    """The finding as the coach and the approver read it; `labels` are the names of activities."""
    names = [labels[key] for key in finding.keys]
    values = {
        "one": names[0] if names else "",
        "other": names[-1] if names else "",
        "all": ", ".join(names),
        "day": WEEKDAYS[finding.slot.weekday - 1] if finding.slot else "",
        "at": f"{finding.slot.starts_at:%H:%M}" if finding.slot else "",
        "hours": formats.number(finding.hours),
        "week": formats.week(finding.monday) if finding.monday else "",
        "n": finding.weeks,
    }
    if finding.kind == Kind.CLASH and len(names) == 1:
        text = _("%(one)s has two times at once on %(day)s %(at)s.")
    elif finding.kind in (Kind.OVER_FULL_TIME, Kind.OVER_TARGET, Kind.SHORT_WEEKS):
        text = _counted(finding)
    else:
        text = {
            Kind.CLASH: _("%(one)s and %(other)s are at the same time on %(day)s %(at)s."),
            Kind.LONG_DAY: _("%(day)s has %(hours)s hours (%(all)s). A day has at most twelve."),
            Kind.TOO_FULL: _(
                "The week has %(hours)s hours, first in %(week)s. A week has at most sixty."
            ),
            Kind.NEVER_HELD: _(
                "%(one)s never takes place: none of its times falls on an open day of its period."
            ),
            Kind.TIME_NEVER_HELD: _(
                "%(one)s on %(day)s never takes place: every such day is a holiday or outside the period."
            ),
        }[finding.kind]
    said = text % values
    return said[:1].upper() + said[1:]


def _counted(finding: Finding) -> str:
    n = finding.weeks
    if finding.kind == Kind.OVER_FULL_TIME:
        return ngettext(
            "%(n)d week has more than full time, at most %(hours)s hours (from %(week)s).",
            "%(n)d weeks have more than full time, at most %(hours)s hours (from %(week)s).",
            n,
        )
    if finding.kind == Kind.OVER_TARGET:
        return ngettext(
            "%(n)d week has more hours than the plan asks, at most %(hours)s (from %(week)s).",
            "%(n)d weeks have more hours than the plan asks, at most %(hours)s (from %(week)s).",
            n,
        )
    return ngettext(
        "%(n)d week has fewer hours than the plan asks, at most %(hours)s too few (from %(week)s).",
        "%(n)d weeks have fewer hours than the plan asks, at most %(hours)s too few (from %(week)s).",
        n,
    )
