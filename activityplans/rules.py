"""The arithmetic of plans: periods, hours, what changed. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from jobcentre.workdays import add_months

MAX_AHEAD_MONTHS = 3  # so long before it begins a plan is sent at the earliest
MAX_MONTHS = 6  # a plan covers at most six months, then a review (mission row J8)
FULL_TIME = Decimal(40)  # hours per week; a setting of the law of 2026, see docs/rules.md


def latest_end(starts_on: date, months: int = MAX_MONTHS) -> date:
    """The latest `ends_before` of a plan that begins on `starts_on`."""
    return add_months(starts_on, months)


@dataclass(frozen=True)
class HoursBalance:
    """Hours per week against what the plan asks.

    `assigned` are the activities', `own_search` the person's own job search, which counts towards
    the plan's target but is no assigned activity.
    """

    target: Decimal
    assigned: Decimal
    own_search: Decimal

    @property
    def planned(self) -> Decimal:
        return self.assigned + self.own_search

    @property
    def missing(self) -> Decimal:
        """Hours still to fill; zero when the target is reached."""
        return max(Decimal(0), self.target - self.planned)

    @property
    def needs_reason(self) -> bool:
        """A target below full time has to be motivated."""
        return self.target < FULL_TIME


def fullest_week(
    lines: Iterable[tuple[date, date, Decimal]], starts_on: date, ends_before: date
) -> Decimal:
    """The most hours that any week of the plan asks of the person.

    `lines` are (starts_on, ends_before, hours per week); weeks begin on Mondays.
    """
    lines = list(lines)
    monday = starts_on - timedelta(days=starts_on.weekday())
    most = Decimal(0)
    while monday < ends_before:
        sunday = monday + timedelta(days=7)
        hours = sum(
            (hours for first, last, hours in lines if first < sunday and last > monday),
            Decimal(0),
        )
        most = max(most, hours)
        monday = sunday
    return most


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
    lines: tuple[tuple[date, date, Decimal], ...]
    is_change: bool = False
    change_reason: str = ""
    case_from: date | None = None


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
        first < draft.starts_on or last > draft.ends_before for first, last, _hours in draft.lines
    ):
        found.append(Problem.LINE_OUTSIDE)
    balance = HoursBalance(
        draft.target,
        fullest_week(draft.lines, draft.starts_on, draft.ends_before),
        draft.own_search,
    )
    if (balance.needs_reason or balance.missing) and not draft.target_reason.strip():
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
