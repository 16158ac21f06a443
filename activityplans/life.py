"""The life of an activity, derived from its facts. Pure; nothing stores the state.

Stored are only the facts that somebody decides or observes: the dates of its line, that it was broken
off (`ActivityBreak`), the interruptions of the case, and what a follow-up said. Planned, started, paused
and done follow from the day; replaced from a follow-up that says so, or from a newer version in force in
which the activity no longer stands.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ActivityState(TextChoices):
    PLANNED = "planned", _("planned")
    STARTED = "started", _("going on")
    PAUSED = "paused", _("paused")
    DONE = "done", _("done")
    BROKEN_OFF = "broken_off", _("broken off")
    REPLACED = "replaced", _("replaced")


S = ActivityState
# {action: states}: what may be done with an activity in which state.
ACTIONS = {
    "break_off": (S.PLANNED, S.STARTED, S.PAUSED),
    "follow_up": (S.STARTED, S.PAUSED, S.DONE, S.BROKEN_OFF, S.REPLACED),
}


@dataclass(frozen=True)
class ActivityFacts:
    """What is known of an activity: from its first day in any approved version to its end by the
    plan, half-open, and after. `is_in_force` is False once a newer version holds that leaves it out
    in mid-course."""

    starts_on: date
    ends_before: date
    is_in_force: bool = True
    is_interrupted: bool = False
    broken_off_on: date | None = None
    is_followed_up: bool = False
    was_replaced: bool = False


def state_of(facts: ActivityFacts, today: date) -> ActivityState:
    """The state on `today`. A break is final from its last day on; then what a follow-up said; then
    the plan in force; then the dates; an interruption pauses only what goes on."""
    if facts.broken_off_on is not None and facts.broken_off_on <= today:
        return S.REPLACED if facts.was_replaced else S.BROKEN_OFF
    if facts.was_replaced or not (facts.is_in_force or facts.is_followed_up):
        return S.REPLACED
    if facts.is_followed_up or today >= facts.ends_before:
        return S.DONE
    if today < facts.starts_on:
        return S.PLANNED
    return S.PAUSED if facts.is_interrupted else S.STARTED


def last_day(planned: date, broken_off: date | None, followed_up: date | None) -> date:
    """The last day of an activity, from which its follow-up is due: the planned one, or an earlier
    one that was said. A later one never moves it: late is late even when met afterwards."""
    return min(day for day in (planned, broken_off, followed_up) if day is not None)


def may(action: str, state: ActivityState) -> bool:
    return state in ACTIONS[action]


NO_RESULT = "not_reached"
IN_A_ROW = 2  # so many times without a result ask for another kind (mission row J7)


def asks_for_another_kind(results: Iterable[str]) -> bool:
    """Whether the results of one kind of activity, oldest first, end with two without a result."""
    latest = list(results)[-IN_A_ROW:]
    return len(latest) == IN_A_ROW and all(result == NO_RESULT for result in latest)
