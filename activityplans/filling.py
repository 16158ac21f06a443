"""An empty plan filled from a template: dates from the day it begins, what the template proposes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta

from activityplans.models import PlanTemplate
from activityplans.rules import latest_end
from activityplans.schedule import Slot

WEEK = timedelta(weeks=1)


@dataclass(frozen=True)
class Offer:
    """A template offered for a case; `fits` when it is made for its track or target groups."""

    template: PlanTemplate
    fits: bool


def offers_for(case, today: date) -> list[Offer]:
    """The templates valid today, those made for the case first; two queries."""
    groups = {group.pk for group in case.target_groups.all()}
    found = PlanTemplate.objects.valid_on(today).prefetch_related("target_groups")
    offers = [
        Offer(each, _fits(each, case.track, groups)) for each in found.order_by("position", "id")
    ]
    return sorted(offers, key=lambda offer: not offer.fits)


def _fits(template: PlanTemplate, track: str, groups: set[int]) -> bool:
    made_for = {group.pk for group in template.target_groups.all()}
    if made_for:
        return bool(made_for & groups) and template.track in ("", track)
    return template.track == track


def slots_of(times: Iterable[list]) -> tuple[Slot, ...]:
    """The weekly schedule of a line as it is kept."""
    return tuple(Slot(day, time.fromisoformat(at), minutes) for day, at, minutes in times)


def kept(slots: Iterable[Slot]) -> list[list]:
    """The same, as a line of a template keeps it."""
    return [[slot.weekday, f"{slot.starts_at:%H:%M}", slot.minutes] for slot in sorted(slots)]


def plan_values(template: PlanTemplate, starts_on: date) -> dict:
    """What the plan says when it begins on `starts_on`."""
    return {
        "template": template.pk,
        "starts_on": starts_on,
        "ends_before": latest_end(starts_on),
        "goal": template.goal,
        "goal_track": template.track,
        "support_needs": template.support_needs,
        "own_search_hours": template.own_search_hours,
        "applications": template.applications,
        "applications_per": template.applications_per,
    }


@dataclass(frozen=True)
class FilledLine:
    """An activity of the plan as the template proposes it, half-open."""

    service: object
    description: str
    expected_result: str
    starts_on: date
    ends_before: date
    follow_up_on: date | None
    hours_per_week: object
    times: tuple[Slot, ...]


def filled_lines(template: PlanTemplate, starts_on: date, calendar) -> list[FilledLine]:
    """The activities of services that are still in the catalogue, within the plan's period."""
    last = latest_end(starts_on)
    lines = []
    for line in template.lines.select_related("service"):
        first = starts_on + line.after_weeks * WEEK
        ends_before = min(first + line.weeks * WEEK, last)
        service = line.service
        is_offered = service.valid_from <= starts_on and (
            service.valid_to is None or starts_on < service.valid_to
        )
        if not is_offered or first >= ends_before:
            continue
        slots = slots_of(line.times)
        lines.append(
            FilledLine(
                service=service,
                description=line.description,
                expected_result=line.expected_result,
                starts_on=first,
                ends_before=ends_before,
                follow_up_on=midway(first, ends_before, calendar) if line.is_followed_up else None,
                hours_per_week=line.hours_per_week,
                times=slots,
            )
        )
    return lines


def midway(starts_on: date, ends_before: date, calendar) -> date | None:
    """The first working day from the middle of the period on, within it; None when there is none."""
    day = starts_on + (ends_before - starts_on) // 2
    while day < ends_before and not calendar.is_workday(day):
        day += timedelta(days=1)
    return day if starts_on < day < ends_before else None
