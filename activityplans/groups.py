"""What the plan makes of group meetings: places are sessions of the activity they are part of."""

from activityplans.transitions import group_sessions
from jobcentre.casework.registries import GroupStep, group_steps


def register() -> None:
    group_steps.register(
        GroupStep("plan_sessions", group_sessions.follow, group_sessions.counts_as)
    )
