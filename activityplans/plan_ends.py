"""When a plan is over and a new one is wanted. Pure; see docs/rules.md.

A plan is over with the last day of the last of its activities, at the latest with its period. From that
day the person has nothing to follow, and the coach has to write what comes next. So it is when the first
plan comes back: the clock of the plan was met when it was sent, and nobody else is asked for one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from activityplans.in_force import first_day


@dataclass(frozen=True)
class EndingPlan:
    """An approved version. `last_on` is the last day of its last activity, within its period;
    `was_sent` is False for one whose changes needed no approval."""

    number: int
    starts_on: date
    approved_on: date
    last_on: date
    was_sent: bool = True

    @property
    def over_on(self) -> date:
        """From this day it asks nothing more; one that was approved too late never asked anything."""
        return max(self.last_on, self.approved_on) if self.was_sent else self.last_on


@dataclass(frozen=True)
class Sent:
    """A version sent for approval. `declined_on`: the day it was returned or refused."""

    key: str
    number: int
    sent_on: date
    declined_on: date | None = None


class Want(NamedTuple):
    """A new plan is wanted from `since`; `met_on` is the day one was sent, None: none was."""

    key: str
    since: date
    met_on: date | None


def wanted(plans: Iterable[EndingPlan], sent: Sequence[Sent]) -> list[Want]:
    """Each time a new plan is wanted, oldest first.

    A plan that a newer one replaced while it held is not over. A newer version that was sent meets
    the want, also when it was sent ahead; one that came back after the plan was over begins it
    anew, because then nobody has a plan and nobody else is asked for one.
    """
    plans = sorted(plans, key=lambda each: each.number)
    found = list(_before_any(plans, sent))
    for plan in plans:
        newer = [each for each in plans if each.number > plan.number]
        if any(first_day(each) <= plan.last_on for each in newer):
            continue
        if not plan.was_sent and first_day(plan) > plan.last_on:
            continue  # it changed a plan that was over already
        found += _wants(plan, [each for each in sent if each.number > plan.number])
    return found


def _before_any(plans: Sequence[EndingPlan], sent: Sequence[Sent]) -> Iterable[Want]:
    """Each time a plan came back before any was approved."""
    back = None
    for each in sent:
        if plans and each.number > plans[0].number:
            break
        if back is not None:
            yield Want(f"back:{back.key}", back.declined_on, each.sent_on)
        back = each if each.declined_on is not None else None
    if back is not None:
        yield Want(f"back:{back.key}", back.declined_on, None)


def _wants(plan: EndingPlan, sent: Iterable[Sent]) -> Iterable[Want]:
    key, since = f"after:{plan.number}", plan.over_on
    for each in sent:
        if each.declined_on is None:
            yield Want(key, since, each.sent_on)
            return
        if each.declined_on > since:
            yield Want(key, since, each.sent_on)
            key, since = f"after:{plan.number}:{each.key}", each.declined_on
    yield Want(key, since, None)
