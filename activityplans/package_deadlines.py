"""The clock of the package to AF: it begins when the cap is thirty days away."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from activityplans.models import AfPackage
from activityplans.plan_enums import PackageState
from jobcentre.accounts.enums import Role
from jobcentre.casework.deadline_kinds import cap_facts
from jobcentre.casework.deadlines import rules
from jobcentre.casework.deadlines.calendar import municipal_calendar
from jobcentre.casework.deadlines.clock import pauses_of
from jobcentre.casework.deadlines.rules import Length, Unit
from jobcentre.casework.enums import WaitsFor
from jobcentre.casework.models import Deadline, DeadlineRule
from jobcentre.casework.registries import ClockFact, DeadlineKind, deadline_kinds
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
    if due is None or due - BEFORE > today or due - BEFORE < case.started_on:
        return []
    begins = due - BEFORE
    handed = (
        AfPackage.objects.filter(
            case=case, state=PackageState.HANDED, handed_on__gte=begins - BEFORE
        )
        .order_by("handed_on")
        .values_list("handed_on", flat=True)
        .first()
    )
    return [
        ClockFact(
            started_on=begins,
            met_on=max(handed, begins) if handed else None,
            owner_id=case.coach_id,
            url=reverse("activityplans:package_write", args=[case.number]),
        )
    ]


def _cap_due(case, cap: ClockFact):
    """The day of the cap, as its own clock reckons it."""
    rule = DeadlineRule.objects.filter(kind="cap").first()
    kind = deadline_kinds["cap"]
    length = Length(rule.length, Unit(rule.unit)) if rule else kind.length
    due = rules.due_on(length, cap.started_on, pauses_of(case), municipal_calendar())
    return due and max(rules.add_earlier_days(due, cap.earlier_days), cap.started_on)


def cases_near_the_cap(today):
    """Open cases whose cap has come within thirty days and that have no such clock yet."""
    known = Deadline.objects.filter(kind=KIND).values("case")
    return list(
        Deadline.objects.running()
        .filter(kind="cap", due_on__lte=today + BEFORE, due_on__gte=today, case__status="open")
        .exclude(case__in=known)
        .order_by("case_id")
        .values_list("case_id", flat=True)
    )


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
            begins_by_itself=cases_near_the_cap,
        )
    )
