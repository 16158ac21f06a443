"""What the approved versions of a plan say of each activity, with what came of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from activityplans.in_force import first_day, replaced_on
from activityplans.life import last_day
from activityplans.models import PlanLine, PlanVersion


@dataclass(frozen=True)
class KnownActivity:
    """An activity by its latest approved `line`.

    `first_on` is its first day in any version; `left_out_before` the day from which a newer version
    holds in which it no longer stands (None: none does); `ended_before` the day after the last on
    which it had ended once already, when a version that carries it on was sent only then.
    """

    line: PlanLine
    first_on: date
    left_out_before: date | None
    ended_before: date | None = None

    @property
    def ends_before(self) -> date:
        """The day after its last by the plan. What had ended is not made to go on by a plan that
        was sent afterwards: its follow-up stays due from then."""
        ends = (self.line.ends_before, self.left_out_before, self.ended_before)
        return min(day for day in ends if day is not None)

    @property
    def is_cut_short(self) -> bool:
        """Whether a newer version leaves it out in mid-course."""
        return (self.left_out_before or date.max) < self.line.ends_before

    @property
    def follow_up(self):
        return getattr(self.line.activity, "follow_up", None)

    @property
    def broken_off(self):
        return getattr(self.line.activity, "broken_off", None)

    @property
    def is_over(self) -> bool:
        """Whether somebody has said that it ended; its dates alone do not."""
        return self.follow_up is not None or self.broken_off is not None

    @property
    def took_place(self) -> bool:
        """Whether it had a day in the plan, or something was said of its end."""
        return self.is_over or self.first_on < self.ends_before

    @property
    def last_on(self) -> date:
        """Its last day: from it the follow-up is due."""
        return last_day(
            self.ends_before - timedelta(days=1),
            self.broken_off and self.broken_off.last_on,
            self.follow_up and self.follow_up.ended_on,
        )


def approved_lines(versions: Iterable[PlanVersion]) -> list[PlanLine]:
    """The lines of the approved ones of `versions` in their order, with what came of each activity;
    at most one query."""
    approved = [each.pk for each in versions if each.approved_on is not None]
    if not approved:
        return []
    return list(told_lines().filter(version__in=approved))


def told_lines():
    """Lines in the order of their versions, with what came of each activity."""
    return PlanLine.objects.select_related(
        "activity__service", "activity__follow_up", "activity__broken_off"
    ).order_by("version__number", "position", "pk")


def known_activities(
    versions: Sequence[PlanVersion], lines: Sequence[PlanLine] | None = None
) -> list[KnownActivity]:
    """Every activity that an approved one of `versions`, all of a case, has or had. `lines` are
    their `approved_lines`; without them, one query."""
    approved = {each.pk: each for each in versions if each.approved_on is not None}
    told_of: dict[int, list[PlanLine]] = {}
    for line in approved_lines(versions) if lines is None else lines:
        told_of.setdefault(line.activity_id, []).append(line)
    return [
        KnownActivity(
            line=told[-1],
            first_on=min(each.starts_on for each in told),
            left_out_before=replaced_on(approved[told[-1].version_id].number, approved.values()),
            ended_before=_ended_before(told, approved),
        )
        for told in told_of.values()
    ]


def _ended_before(told: Sequence[PlanLine], approved: Mapping[int, PlanVersion]) -> date | None:
    """`KnownActivity.ended_before` of the activity with the lines `told`, oldest first; `approved`
    are the versions by their ids."""
    for line, following in pairwise(told):
        version, newer = approved[line.version_id], approved[following.version_id]
        left_out = (
            first_day(each)
            for each in approved.values()
            if version.number < each.number < newer.number
        )
        ended = min([line.ends_before, *left_out])
        if told[0].starts_on < ended <= newer.submitted_on:
            return ended
    return None
