"""The days on which each line of an approved plan runs: its own period while its version holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from activityplans.in_force import days_held
from activityplans.models import PlanLine, PlanVersion


@dataclass(frozen=True)
class Run:
    """A line on the days from `starts_on` to before `ends_before`."""

    line: PlanLine
    starts_on: date
    ends_before: date

    @property
    def case_id(self) -> int:
        return self.line.version.case_id

    def holds(self, day: date) -> bool:
        return self.starts_on <= day < self.ends_before


def runs_from(case_ids: Iterable[int], day: date) -> list[Run]:
    """The runs that reach beyond `day`, of activities that nobody has ended, of the cases; three
    queries for one case or a thousand. One activity may have a run in each of two versions."""
    versions: dict[int, list[PlanVersion]] = {}
    for version in PlanVersion.objects.filter(case__in=case_ids, approved_on__isnull=False).only(
        "case_id", "number", "starts_on", "ends_before", "approved_on", "ended_on"
    ):
        versions.setdefault(version.case_id, []).append(version)
    held = {
        version.pk: days[version.number]
        for each in versions.values()
        for days in [days_held(each)]
        for version in each
        if version.number in days and days[version.number].ends_before > day
    }
    lines = (
        PlanLine.objects.filter(
            version__in=held,
            ends_before__gt=day,
            activity__follow_up__isnull=True,
            activity__broken_off__isnull=True,
        )
        .select_related("version", "provider", "activity")
        .prefetch_related("times")
        .order_by("pk")
    )
    runs = [
        Run(
            line,
            max(line.starts_on, held[line.version_id].starts_on),
            min(line.ends_before, held[line.version_id].ends_before),
        )
        for line in lines
    ]
    return [run for run in runs if max(run.starts_on, day) < run.ends_before]
