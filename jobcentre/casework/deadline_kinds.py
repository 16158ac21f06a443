"""The clock that needs only the case itself: the cap on the whole time at the centre."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from jobcentre.accounts.enums import Role
from jobcentre.casework.deadlines.facts import read_once
from jobcentre.casework.deadlines.rules import Length, Unit
from jobcentre.casework.enums import WaitsFor
from jobcentre.casework.models import CapExtension, Case
from jobcentre.casework.registries import ClockFact, DeadlineKind, deadline_kinds

# Days of cases that ended this recently before the start count towards the cap (decisions: cap).
EARLIER_WINDOW_DAYS = 365


def earlier_days(case: Case) -> int:
    """Days already spent in the person's cases that ended within the year before this one."""
    window = case.started_on - timedelta(days=EARLIER_WINDOW_DAYS)
    return sum(
        (ended - started).days
        for started, ended in Case.objects.filter(
            person_id=case.person_id, ended_on__gte=window, ended_on__lte=case.started_on
        )
        .exclude(pk=case.pk)
        .values_list("started_on", "ended_on")
    )


@read_once
def cap_facts(case: Case) -> list[ClockFact]:
    """One clock from the first visit, with the days of earlier cases and the newest decision."""
    return [
        ClockFact(
            started_on=case.started_on,
            met_on=None,
            owner_id=case.coach_id,
            earlier_days=earlier_days(case) if case.previous_id else 0,
            extended_to=CapExtension.objects.filter(case=case)
            .values_list("extended_to", flat=True)
            .first(),
        )
    ]


def register() -> None:
    deadline_kinds.register(
        DeadlineKind(
            key="cap",
            label=_("Time at the centre"),
            length=Length(18, Unit.MONTHS),
            pausable=True,
            warn_before=(30, 7),
            escalate_to=Role.MANAGER,
            waits_for=WaitsFor.COACH,
            met_by=_("the case ends or is handed over"),
            step=_("See what can be done"),
            # Closing is one of three ways; the page shows where each stands.
            url_name="activityplans:cap",
            facts=cap_facts,
            extendable=True,
        )
    )
