"""The clock of the package to AF: it begins when the cap is thirty days away."""

from collections import defaultdict
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from activityplans.models import AfPackage
from activityplans.plan_enums import PackageState
from jobcentre.accounts.enums import Role
from jobcentre.casework.deadline_kinds import cap_facts
from jobcentre.casework.deadlines import rules
from jobcentre.casework.deadlines.clock import pauses_of
from jobcentre.casework.deadlines.facts import own_calendar, own_length, rows_of
from jobcentre.casework.deadlines.rules import Length, Unit
from jobcentre.casework.enums import WaitsFor
from jobcentre.casework.models import Deadline
from jobcentre.casework.registries import Beginning, ClockFact, DeadlineKind, deadline_kinds
from jobcentre.replay import moment_now

BEFORE = timedelta(days=30)  # the first warning of the cap
LENGTH = 20  # days: ten are left until the cap
KIND = "af_package"
_SHORT = timedelta(days=180)  # no cap is nearer than that


def package_facts(case):
    """None until the cap is thirty days away; met by a package handed over since two months before."""
    today = timezone.localdate(moment_now())
    (cap,) = cap_facts(case)
    if today < case.started_on + _SHORT and not cap.earlier_days and cap.extended_to is None:
        return []
    due = cap.extended_to or _cap_due(case, cap)
    if due is None or not _is_near(due, case.started_on, today):
        return []
    return [_fact(case.coach_id, due, [each.handed_on for each in _packages(case)])]


@rows_of("case")
def _packages():
    """Those handed over, in order."""
    return AfPackage.objects.filter(state=PackageState.HANDED).order_by("handed_on", "pk")


def _is_near(cap_on: date, started_on: date, today: date) -> bool:
    return started_on <= cap_on - BEFORE <= today


def _fact(coach_id: int | None, cap_on: date, handed: list[date]) -> ClockFact:
    """`handed`: the days of the case's packages, in order."""
    begins = cap_on - BEFORE
    met = next((day for day in handed if day >= begins - BEFORE), None)
    return ClockFact(
        started_on=begins,
        met_on=max(met, begins) if met else None,
        owner_id=coach_id,
    )


def _handed(case_ids: list[int]) -> dict[int, list[date]]:
    days = defaultdict(list)
    rows = AfPackage.objects.filter(case__in=case_ids, state=PackageState.HANDED)
    for case_id, day in rows.order_by("handed_on").values_list("case", "handed_on"):
        days[case_id].append(day)
    return days


def _cap_due(case, cap: ClockFact):
    """The day of the cap, as its own clock reckons it."""
    length = own_length(case, "cap", deadline_kinds["cap"].length)
    due = rules.due_on(length, cap.started_on, pauses_of(case), own_calendar(case))
    return due and max(rules.add_earlier_days(due, cap.earlier_days), cap.started_on)


def _near_caps(today: date):
    """The running caps of open cases that have come within thirty days."""
    return Deadline.objects.running().filter(
        kind="cap", due_on__lte=today + BEFORE, due_on__gte=today, case__status="open"
    )


def cases_near_the_cap(today: date) -> list[int]:
    """Open cases whose cap has come within thirty days and that have no such clock yet."""
    known = Deadline.objects.filter(kind=KIND).values("case")
    return list(_near_caps(today).exclude(case__in=known).values_list("case", flat=True))


def facts_near_the_cap(case_ids: list[int], today: date) -> list[tuple[int, ClockFact]]:
    """What `package_facts` says of each, from the cap as it stands."""
    handed = _handed(case_ids)
    rows = _near_caps(today).filter(case__in=case_ids)
    return [
        (case_id, _fact(coach_id, due, handed[case_id]))
        for case_id, coach_id, started_on, due in rows.values_list(
            "case", "case__coach", "case__started_on", "due_on"
        )
        if _is_near(due, started_on, today)
    ]


def register() -> None:
    deadline_kinds.register(
        DeadlineKind(
            key=KIND,
            label=_("Package to AF"),
            length=Length(LENGTH, Unit.DAYS),
            pausable=False,
            warn_before=(20, 7),
            escalate_to=Role.MANAGER,
            waits_for=WaitsFor.COACH,
            met_by=_("the package is handed over to AF"),
            step=_("Prepare the package to AF"),
            url_name="activityplans:package_write",
            facts=package_facts,
            tells_manager_before=True,
            begins_by_itself=Beginning(cases_near_the_cap, facts_near_the_cap),
        )
    )
