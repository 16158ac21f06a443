"""What is counted: which period, which centres, as of which day, and how it is divided.

Figures count every case of the chosen centres, also those of protected persons: a figure names
nobody. Lists of the cases behind a figure go through `visible_to` like every other list.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import Case as Choose
from django.db.models import CharField, F, Q, Value, When
from django.utils.functional import cached_property

from jobcentre.accounts.enums import UnitKind
from jobcentre.accounts.models import Unit
from jobcentre.casework.enums import Sex, Source, Track
from jobcentre.casework.models import TargetGroup, track_on, was_in_track
from jobcentre.workdays import add_months
from reporting.enums import AgeGroup, Split

YOUNG_BELOW, OLDER_FROM = 25, 55


@dataclass(frozen=True)
class Scope:
    """`[starts_on, ends_before)` at `centres` (id and name), read on `as_of`.

    `suppresses` hides what is of fewer than five persons: always in reports, and on pages for
    others than the cases' own unit. Raises ValueError for an empty period.
    """

    starts_on: date
    ends_before: date
    centres: tuple[tuple[int, str], ...]
    as_of: date
    suppresses: bool = True

    def __post_init__(self):
        if self.ends_before <= self.starts_on:
            raise ValueError("a period ends after it starts")

    @property
    def last_day(self) -> date:
        """The last day that is counted: of the period, but not later than `as_of`."""
        return min(self.ends_before - timedelta(days=1), self.as_of)

    @cached_property
    def centre_ids(self) -> list[int]:
        return [pk for pk, _name in self.centres]

    def a_year_before(self) -> "Scope":
        """The same period one year earlier, with what is known today."""
        return replace(
            self,
            starts_on=add_months(self.starts_on, -12),
            ends_before=add_months(self.ends_before, -12),
        )


def centres_of(user) -> list[Unit]:
    """The job centres within the unit that the user acts for, by name."""
    return list(
        Unit.objects.active()
        .within(user.acting.unit)
        .filter(kind=UnitKind.JOB_CENTRE)
        .order_by("name", "pk")
    )


# --- how a case is divided -----------------------------------------------------------------------
def _born_limits(day: date) -> tuple[date, date]:
    """(born after this: younger than 25, born on or before this: 55 or older) on `day`."""
    return add_months(day, -12 * YOUNG_BELOW), add_months(day, -12 * OLDER_FROM)


def _age_column(path: str, day: date):
    young, older = _born_limits(day)
    born = f"{path}person__birth_date"
    return Choose(
        When(**{f"{born}__isnull": True}, then=Value(AgeGroup.UNKNOWN.value)),
        When(**{f"{born}__gt": young}, then=Value(AgeGroup.YOUNG.value)),
        When(**{f"{born}__lte": older}, then=Value(AgeGroup.OLDER.value)),
        default=Value(AgeGroup.MIDDLE.value),
        output_field=CharField(),
    )


def columns(scope: Scope, path: str, by_group: bool) -> dict:
    """The columns `by_<split>` of a row of facts; `path` leads to the case ("" or "case__").

    The track is the one that the case had on the last day counted, whatever has happened since.
    With `by_group` the rows are multiplied by the case's target groups, and only that division
    can be made of them.
    """
    if by_group:
        return {"by_group": F(f"{path}target_groups__key")}
    return {
        "by_source": F(f"{path}source"),
        "by_track": track_on(scope.last_day, path),
        "by_sex": F(f"{path}person__sex"),
        "by_age": _age_column(path, scope.last_day),
        "by_centre": F(f"{path}centre_id"),
    }


def cell_filter(scope: Scope, split: str, cell: str) -> Q:
    """The cases in one cell of a division, for the list behind a figure."""
    young, older = _born_limits(scope.last_day)
    ages = {
        AgeGroup.UNKNOWN: Q(person__birth_date__isnull=True),
        AgeGroup.YOUNG: Q(person__birth_date__gt=young),
        AgeGroup.OLDER: Q(person__birth_date__lte=older),
        AgeGroup.MIDDLE: Q(person__birth_date__lte=young, person__birth_date__gt=older),
    }
    match split:
        case Split.AGE:
            return ages[AgeGroup(cell)]
        case Split.SEX:
            return Q(person__sex=cell)
        case Split.SOURCE:
            return Q(source=cell)
        case Split.TRACK:
            return was_in_track(scope.last_day, cell)
        case Split.CENTRE:
            return Q(centre_id=int(cell))
        case Split.GROUP:
            return Q(target_groups__key=cell)
    raise ValueError(f"no division {split!r}")


def cell_labels(scope: Scope, split: str) -> list[tuple[str, str]]:
    """The cells of a division in the order shown, with their names in the current language."""
    match split:
        case Split.CENTRE:
            return [(str(pk), name) for pk, name in scope.centres]
        case Split.GROUP:
            return [(group.key, group.label) for group in TargetGroup.objects.all()]
    choices = {
        Split.SOURCE: Source,
        Split.TRACK: Track,
        Split.SEX: Sex,
        Split.AGE: AgeGroup,
    }[Split(split)]
    return [(value, str(label)) for value, label in choices.choices]
