"""What the plan for the next period begins as: from the day the plan in force is over, with what
should go on. Nothing is decided by it; the coach and the person write the plan."""

from collections.abc import Iterable
from datetime import date, timedelta

from activityplans.enums import NextMove
from activityplans.filling import midway
from activityplans.models import PlanLine, PlanVersion
from activityplans.rules import latest_end
from jobcentre.workdays import Calendar


def next_start(version: PlanVersion, today: date) -> date:
    """The first day of the period after `version`, or today when that has passed."""
    return max(version.ends_before, today)


def is_next(version: PlanVersion, today: date, *, asked: bool) -> bool:
    """Whether a new plan after `version` is for the next period: the period of `version` is over,
    or it is `asked` for, as after a review, and `version` is not itself one that begins later."""
    return version.ends_before <= today or (asked and version.starts_on <= today)


def next_lines(
    version: PlanVersion, lines: Iterable[PlanLine], starts_on: date, calendar: Calendar
) -> list[tuple[PlanLine, dict]]:
    """The lines of `version` to propose for a period from `starts_on`, each with what differs: its
    days, as long as before, and the activity, which is a new one when the old is over.

    Those that ran until the version's end go on; so does what a follow-up said should. The others
    are done.
    """
    last = latest_end(starts_on)
    found = []
    for line in lines:
        follow_up = getattr(line.activity, "follow_up", None)
        goes_on = follow_up is not None and follow_up.next_move == NextMove.CONTINUE
        is_over = follow_up is not None or getattr(line.activity, "broken_off", None) is not None
        runs_out = line.ends_before >= version.ends_before
        if not (goes_on or (runs_out and not is_over)):
            continue
        length = max(line.ends_before - line.starts_on, timedelta(days=1))
        ends_before = min(starts_on + length, last)
        found.append(
            (
                line,
                {
                    "activity": None if is_over else line.activity.ref,
                    "starts_on": starts_on,
                    "ends_before": ends_before,
                    "follow_up_on": midway(starts_on, ends_before, calendar)
                    if line.follow_up_on
                    else None,
                },
            )
        )
    return found
