"""The plan as it is written: what a form, a template or an import hands to `save_draft`."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from activityplans import rules
from activityplans.models import Activity, PlanTemplate, Service
from activityplans.plan_enums import Span
from activityplans.schedule import Slot, hours_of
from jobcentre.accounts.models import Unit


@dataclass(frozen=True)
class LineInput:
    """A line as it is written: `activity` is None for a new one. With `times` the hours per week
    follow from them, and `hours_per_week` says nothing."""

    service: Service
    description: str
    expected_result: str
    starts_on: date
    ends_before: date
    hours_per_week: Decimal | None
    provider: Unit | None = None
    place: str = ""
    contact: str = ""
    follow_up_on: date | None = None
    change_reason: str = ""
    activity: Activity | None = None
    times: tuple[Slot, ...] = ()

    @property
    def weekly(self) -> Decimal | None:
        """Hours per week: of the schedule when there is one."""
        return hours_of(self.times) if self.times else self.hours_per_week


@dataclass(frozen=True)
class SubGoalInput:
    """A step on the way and the day by which it is reached."""

    text: str
    due_on: date | None = None


@dataclass(frozen=True)
class PromiseInput:
    """What another party promises; `party` is a Party."""

    party: str
    text: str
    contact: str = ""
    due_on: date | None = None


@dataclass(frozen=True)
class SteeringInput:
    """A decision of a steering meeting, perhaps about one of the activities."""

    held_on: date
    participants: str
    text: str
    activity: Activity | None = None


@dataclass(frozen=True)
class PlanInput:
    """The plan as it is written."""

    starts_on: date
    ends_before: date
    goal: str = ""
    goal_track: str = ""
    goal_occupation: str = ""
    goal_on: date | None = None
    person_view: str = ""
    support_needs: str = ""
    child_care: str = ""
    others_do: str = ""
    weekly_target: Decimal = rules.FULL_TIME
    target_reason: str = ""
    own_search_hours: Decimal = Decimal(0)
    applications: int | None = None
    applications_per: str = Span.MONTH
    consequences_on: date | None = None
    consequences_by: str = ""
    consequences_language: str = ""
    change_reason: str = ""
    template: PlanTemplate | None = None
    lines: list[LineInput] = field(default_factory=list)
    sub_goals: tuple[SubGoalInput, ...] = ()
    promises: tuple[PromiseInput, ...] = ()
    steering: tuple[SteeringInput, ...] = ()


# What is copied as it is from the input to the version.
PLAIN = (
    "starts_on",
    "ends_before",
    "goal",
    "goal_track",
    "goal_occupation",
    "goal_on",
    "person_view",
    "support_needs",
    "child_care",
    "others_do",
    "weekly_target",
    "target_reason",
    "own_search_hours",
    "applications",
    "applications_per",
    "consequences_on",
    "consequences_by",
    "consequences_language",
    "change_reason",
)
LINE_PLAIN = (
    "description",
    "expected_result",
    "provider",
    "place",
    "contact",
    "starts_on",
    "ends_before",
    "follow_up_on",
    "change_reason",
)
