"""The clock of progression: a new measure within ninety days of the last."""

from django.utils.translation import gettext_lazy as _

from intake.mapping import rules
from intake.models import ProgressMeasure
from jobcentre.accounts.enums import Role
from jobcentre.casework.deadlines.facts import rows_of
from jobcentre.casework.deadlines.rules import Length, Unit
from jobcentre.casework.enums import WaitsFor
from jobcentre.casework.registries import ClockFact, DeadlineKind, deadline_kinds


@rows_of("case")
def _measures():
    return ProgressMeasure.objects.filter(is_current=True).order_by("measured_on", "pk")


def progress_facts(case):
    """One clock for each interval between measures, the first from the first visit."""
    found = rules.intervals(case.started_on, [each.measured_on for each in _measures(case)])
    return [
        ClockFact(
            started_on=each.started_on,
            met_on=each.met_on,
            subject_key=f"progress:{each.started_on.isoformat()}",
            owner_id=case.coach_id,
        )
        for each in found
    ]


def register() -> None:
    deadline_kinds.register(
        DeadlineKind(
            key="progress",
            label=_("Measure of progression"),
            length=Length(90, Unit.DAYS),
            pausable=True,
            warn_before=(7,),
            escalate_to=Role.MANAGER,
            waits_for=WaitsFor.COACH,
            met_by=_("the steps of progression are rated"),
            step=_("Rate the progression"),
            url_name="intake:progress",
            facts=progress_facts,
        )
    )
