"""What is followed up when a period of the plan is over and the next has begun."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from activityplans.enums import FollowUpResult, NextMove
from activityplans.in_force import replaced_on
from activityplans.models import PlanVersion
from activityplans.transitions import follow_ups
from jobcentre.demo import texts

if TYPE_CHECKING:
    from jobcentre.demo.stories import Teller

FORGOTTEN = 0.06  # so few of them are late and wait still


def follow_up_period(teller: Teller, version: PlanVersion, leaves: date) -> None:
    """What ended with `version`, when the next has none of it; a few are forgotten."""
    lines = version.lines.filter(
        activity__follow_up__isnull=True, activity__broken_off__isnull=True
    ).exclude(activity__lines__version__number__gt=version.number)
    cut = replaced_on(version.number, PlanVersion.objects.filter(case=version.case_id))
    for line in lines.select_related("activity__service", "activity__case"):
        ended = min(line.ends_before, cut or line.ends_before) - timedelta(days=1)
        if ended < line.starts_on:
            continue  # left out before it began
        day = teller.workday(ended, teller.random.randrange(1, 6))
        if day > min(teller.today, leaves) or teller.random.random() < FORGOTTEN:
            continue
        with teller.on(day, 14):
            follow_ups.follow_up_activity(
                line.activity,
                ended_on=ended,
                result=FollowUpResult.PARTLY,
                comment=teller.random.choice(texts.FOLLOW_UPS),
                next_move=NextMove.DONE,
                actor=teller.coach_of(line.activity.case),
                today=day,
            )
