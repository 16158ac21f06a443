"""The arithmetic of plans: periods, hours, what changed. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from activityplans.schedule import Planned, weeks
from jobcentre.workdays import add_months

MAX_AHEAD_MONTHS = 3  # so long before it begins a plan is sent at the earliest
MAX_MONTHS = 6  # a plan covers at most six months, then a review (mission row J8)
# Hours per week, until the municipality says otherwise (`HoursRule`): the value of the law of 2026.
FULL_TIME = Decimal(40)


def latest_end(starts_on: date, months: int = MAX_MONTHS) -> date:
    """The latest `ends_before` of a plan that begins on `starts_on`."""
    return add_months(starts_on, months)


@dataclass(frozen=True)
class HoursBalance:
    """Hours per week against what the plan asks, by the weeks as they are.

    `least` and `most` are what the activities hold in the emptiest and the fullest week,
    `own_search` is the person's own job search: it counts towards the plan's target but is no
    assigned activity. `missing` are the hours still to fill in the worst week, `short_weeks` how
    many weeks have any. `full_time` is the municipality's rule value.
    """

    target: Decimal
    own_search: Decimal
    least: Decimal = Decimal(0)
    most: Decimal = Decimal(0)
    missing: Decimal = Decimal(0)
    short_weeks: int = 0
    full_time: Decimal = FULL_TIME

    @property
    def needs_reason(self) -> bool:
        """A target below full time has to be motivated, and so has a week that does not reach it."""
        return self.target < self.full_time or self.short_weeks > 0


def balance(
    lines: Sequence[Planned],
    starts_on: date,
    ends_before: date,
    *,
    target: Decimal,
    own_search: Decimal,
    full_time: Decimal = FULL_TIME,
) -> HoursBalance:
    """The balance of [starts_on, ends_before): day by day in each ISO week, so that activities
    after each other are never added.

    Only weeks whose Monday to Friday lie within the plan are judged, or all when it has no such
    week; holidays are let be: they take as much from what is asked as from what is held.
    """
    whole = Decimal(target).quantize(Decimal("0.1"))
    found = weeks(
        lines,
        starts_on,
        ends_before,
        target=target,
        own_search=own_search,
        closed=lambda _day: False,
    )
    judged = [week for week in found if week.asked == whole] or found
    short = [week.missing for week in judged if week.is_short]
    held = [week.assigned for week in judged] or [Decimal(0)]
    return HoursBalance(
        target,
        own_search,
        min(held),
        max(held),
        max(short, default=Decimal(0)),
        len(short),
        full_time,
    )


class Problem(StrEnum):
    """Why a plan cannot be sent."""

    NO_GOAL = "no_goal"
    NO_LINES = "no_lines"
    TOO_LONG = "too_long"
    LINE_OUTSIDE = "line_outside"
    NO_TARGET_REASON = "no_target_reason"
    NO_CHANGE_REASON = "no_change_reason"
    UNFILLED = "unfilled"
    BEFORE_CASE = "before_case"
    FAR_AHEAD = "far_ahead"
    OVER = "over"


@dataclass(frozen=True)
class Draft:
    """What a plan says, as far as it decides whether it can be sent."""

    starts_on: date
    ends_before: date
    goal: str
    target: Decimal
    target_reason: str
    own_search: Decimal
    lines: tuple[Planned, ...]
    full_time: Decimal = FULL_TIME
    is_change: bool = False
    change_reason: str = ""
    case_from: date | None = None

    @property
    def balance(self) -> HoursBalance:
        return balance(
            self.lines,
            self.starts_on,
            self.ends_before,
            target=self.target,
            own_search=self.own_search,
            full_time=self.full_time,
        )


def problems(draft: Draft, today: date | None = None) -> list[Problem]:
    """What has to be put right before the plan is sent, in the order of the form; `today` None
    leaves out what depends on the day."""
    found = []
    if not draft.goal.strip():
        found.append(Problem.NO_GOAL)
    if draft.case_from is not None and draft.starts_on < draft.case_from:
        found.append(Problem.BEFORE_CASE)
    if today is not None and draft.starts_on > add_months(today, MAX_AHEAD_MONTHS):
        found.append(Problem.FAR_AHEAD)
    if today is not None and draft.ends_before <= today:
        found.append(Problem.OVER)
    if draft.ends_before > latest_end(draft.starts_on):
        found.append(Problem.TOO_LONG)
    if not draft.lines:
        found.append(Problem.NO_LINES)
    if any(
        line.starts_on < draft.starts_on or line.ends_before > draft.ends_before
        for line in draft.lines
    ):
        found.append(Problem.LINE_OUTSIDE)
    if draft.balance.needs_reason and not draft.target_reason.strip():
        found.append(Problem.NO_TARGET_REASON)
    if draft.is_change and not draft.change_reason.strip():
        found.append(Problem.NO_CHANGE_REASON)
    return found


@dataclass(frozen=True)
class Change:
    """One difference between the version in force and the proposed one.

    `key` is "goal" or "line:<activity ref>"; `what` is "changed", "added" or "removed"; `fields`
    maps a field's name to (old, new), for an added or removed line with None on one side.
    """

    key: str
    what: str
    fields: dict[str, tuple]
    reason: str = ""


# Fields whose change needs no approval of its own: spelling, place and contact details.
FREE_FIELDS = frozenset({"place"})


def differences(old: Mapping | None, new: Mapping) -> list[Change]:
    """What differs between two contents (see `content`), line by line, for the approver.

    Without an old version everything is added.
    """
    changes = []
    old = old or {"lines": {}}
    for name in (key for key in {**old, **new} if key != "lines"):
        if old.get(name) != new.get(name) and (old.get(name) or new.get(name)):
            what = "changed" if name in old else "added"
            changes.append(Change(name, what, {name: (old.get(name), new.get(name))}))
    for ref, line in new["lines"].items():
        before = old["lines"].get(ref)
        if before is None:
            changes.append(
                Change(
                    f"line:{ref}",
                    "added",
                    {name: (None, value) for name, value in line.items()},
                    line.get("change_reason", ""),
                )
            )
            continue
        fields = {
            name: (before.get(name), line.get(name))
            for name in {**before, **line}
            if before.get(name) != line.get(name) and name not in ("change_reason", "position")
        }
        if fields:
            changes.append(Change(f"line:{ref}", "changed", fields, line.get("change_reason", "")))
    for ref, line in old["lines"].items():
        if ref not in new["lines"]:
            changes.append(
                Change(
                    f"line:{ref}", "removed", {name: (value, None) for name, value in line.items()}
                )
            )
    return changes
