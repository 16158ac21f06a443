"""The planned times of a plan as a phone's calendar takes them: when and where, nothing of whom or
what. Each time has an identity of its own that stays when the plan is written anew."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from django.utils import timezone

from activityplans.hours import is_closed
from activityplans.runs import runs_from
from activityplans.schedule import occurrences
from jobcentre.casework.deadlines.calendar import municipal_calendar
from jobcentre.casework.deadlines.clock import pauses_of
from jobcentre.casework.models import Case


@dataclass(frozen=True)
class PlannedTime:
    """One occasion: `ref` follows from the activity, the day and the start."""

    ref: UUID
    starts_at: datetime
    minutes: int
    place: str
    is_off: bool = False


def planned_times(case: Case, today: date) -> list[PlannedTime]:
    """The occasions from today on of the plan, each by the version that holds on its day, in order
    of time; none on holidays and closed days or while the case is interrupted."""
    closed = is_closed(municipal_calendar())
    found = [
        PlannedTime(
            uuid5(run.line.activity.ref, f"{each.on:%Y-%m-%d} {each.starts_at:%H:%M}"),
            timezone.make_aware(datetime.combine(each.on, each.starts_at)),
            each.minutes,
            run.line.place,
        )
        for run in runs_from([case.pk], today)
        for each in occurrences(
            [time.slot for time in run.line.times.all()],
            max(today, run.starts_on),
            run.ends_before,
            closed=closed,
            pauses=pauses_of(case),
        )
    ]
    return sorted(found, key=lambda each: each.starts_at)
