"""The clock that needs only the case itself: the cap on the whole time at the centre."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from jobcentre.accounts.enums import Role
from jobcentre.casework.deadlines.facts import own_rule, read_once, rows_of
from jobcentre.casework.deadlines.rules import Length, Unit
from jobcentre.casework.enums import WaitsFor
from jobcentre.casework.models import CapExtension, Case
from jobcentre.casework.registries import ClockFact, DeadlineKind, deadline_kinds
from jobcentre.workdays import add_months

# Days of cases that ended so recently before the start count towards the cap (decisions: cap), when
# the municipality has not decided otherwise.
EARLIER_MONTHS = 12


def earlier_days(case: Case) -> int:
    """Days already spent in the person's cases that ended within the months before this one; a day
    in two of them, of one who was registered twice, is one day."""
    rule = own_rule(case, "cap")
    months = EARLIER_MONTHS
    if rule is not None and rule.earlier_months is not None:
        months = rule.earlier_months
    if months == 0:
        return 0
    since = add_months(case.started_on, -months)
    days, counted_to = 0, date.min
    for spent in _ended(case):  # of the case itself no day lies before its start
        if since <= spent.ended_on <= case.started_on:
            days += max(0, (spent.ended_on - max(spent.started_on, counted_to)).days)
            counted_to = max(counted_to, spent.ended_on)
    return days


@rows_of("person__cases")
def _ended():
    """The ended cases of the person, the one that began first before the others."""
    columns = Case.objects.only("started_on", "ended_on")
    return columns.filter(ended_on__isnull=False).order_by("started_on", "pk")


@rows_of("case")
def _extensions():
    return CapExtension.objects.order_by("-pk")


@read_once
def cap_facts(case: Case) -> list[ClockFact]:
    """One clock from the first visit, with the days of earlier cases and the newest decision."""
    return [
        ClockFact(
            started_on=case.started_on,
            met_on=None,
            owner_id=case.coach_id,
            # Not by the link to an earlier case alone: a merge brings cases that have none.
            earlier_days=earlier_days(case),
            extended_to=next((each.extended_to for each in _extensions(case)), None),
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
