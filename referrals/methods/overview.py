"""What the pages show of a support by a method; reads only, the same few queries for each page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db.models import CharField, IntegerField, OuterRef, Q, Subquery
from django.db.models import DateField as Day
from django.utils import timezone
from django.utils.translation import gettext as _

from intake.groups.models import GroupMeeting, GroupPlace
from jobcentre.accounts.models import Unit
from jobcentre.casework.access.checks import can
from jobcentre.casework.access.queries import cases_for
from jobcentre.casework.models import Case
from jobcentre.ui import formats
from jobcentre.ui.charts import Columns, Series
from referrals import aliases
from referrals.enums import OrderState
from referrals.methods import rules
from referrals.methods.enums import MethodStep
from referrals.models import MethodContact, MethodIntensity, MethodStage, MethodSupport
from referrals.transitions.methods import leader_name

GROUPS_BACK = timedelta(days=60)  # a series that began so long ago can still be joined
WITH = MethodSupport.objects.select_related(
    "case__person",
    "case__coach",
    "case__centre",
    "order__provider",
    "order__case__person",
    "job_coach",
    "series",
)


@dataclass(frozen=True)
class StepShown:
    """A step of the method beside the days it was gone through; `sign` ok, now or nothing yet."""

    label: str
    sign: str
    days: list[tuple[date, date | None]]


def supports(rows, today: date):
    """`rows` with what a list shows of each: `step`, `contact_on`, `minutes_now`."""
    of_this = {"support": OuterRef("pk")}
    counted = MethodContact.objects.filter(**of_this, corrected_by__isnull=True)
    planned = MethodIntensity.objects.filter(**of_this, from_on__lte=today)
    stages = MethodStage.objects.filter(**of_this)
    return rows.annotate(
        step=Subquery(stages.order_by("-starts_on", "-pk").values("step")[:1], CharField()),
        contact_on=Subquery(counted.order_by("-on", "-pk").values("on")[:1], Day()),
        minutes_now=Subquery(
            planned.order_by("-from_on").values("minutes_per_week")[:1], IntegerField()
        ),
    )


def name_for(support: MethodSupport, user) -> str:
    """The name of the person; at a provider the alias of a protected one."""
    if can(user, "portal"):
        return aliases.name_at_provider(support.order)
    return support.case.person.name


def covered(
    support: MethodSupport, user, parts: Iterable[tuple[Iterable, tuple[str, ...]]]
) -> None:
    """Take the name of a protected person out of what the provider reads: (rows, their fields)."""
    if can(user, "portal"):
        for rows, fields in parts:
            aliases.cover(support.order, ((row, fields) for row in rows))


def with_words(rows: Iterable[MethodSupport], user, today: date) -> list[MethodSupport]:
    """Each with `name`, `step_label`, `leader`, `hours_now`, `is_quiet` and `lacks_leader`."""
    found = list(rows)
    for each in found:
        each.name = name_for(each, user)
        each.step_label = MethodStep(each.step).label
        each.leader = leader_name(each)
        each.hours_now = Decimal(each.minutes_now or 0) / 60
        each.is_quiet = each.ended_on is None and rules.is_quiet(
            each.contact_on, each.minutes_now or 0, each.started_on, today
        )
        each.lacks_leader = each.ended_on is None and lacks_leader(each)
    return found


def lacks_leader(support: MethodSupport) -> bool:
    """Whether the order in which the provider leads has ended."""
    return support.order is not None and support.order.state not in OrderState.holding()


def readable(user):
    """The supports whose log the user may read."""
    cases = cases_for(Case.objects.all(), user, "method.view")
    return WITH.visible_to(user).filter(case__in=cases.values("pk"))


def steps_of(support: MethodSupport, stages: list[MethodStage]) -> list[StepShown]:
    """Every step of the method, with the days in it."""
    found = []
    for step in rules.STEPS[support.method]:
        days = [(row.starts_on, row.last_on) for row in stages if row.step == step]
        is_now = any(row.step == step and row.ends_before is None for row in stages)
        found.append(StepShown(step.label, "now" if is_now else "ok" if days else "", days))
    return found


def chart_of(support: MethodSupport, intensities, today: date) -> Columns | None:
    """Planned and logged support month by month; None before anything is logged or planned."""
    contacts = support.contacts.filter(corrected_by__isnull=True).values_list("on", "minutes")
    shown = rules.months(
        [(row.from_on, row.minutes_per_week) for row in intensities],
        contacts,
        support.started_on,
        today,
        support.ended_on,
    )
    if not any(month.planned or month.given for month in shown):
        return None
    return Columns(
        title=_("Support month by month"),
        categories=tuple(formats.month_short(month.first) for month in shown),
        series=(
            Series(_("planned"), tuple(_hours(month.planned) for month in shown), "paused"),
            Series(_("in the log"), tuple(_hours(month.given) for month in shown), "1"),
        ),
        category_label=_("Month"),
        unit="h",
        stacked=False,
    )


def _hours(minutes: int) -> float:
    return round(minutes / 60, 1)


def group_meetings(support: MethodSupport) -> list[GroupMeeting]:
    """The meetings of the group, each with `place`: the person's own, None without."""
    if support.series_id is None:
        return []
    meetings = list(GroupMeeting.objects.filter(series=support.series_id).order_by("starts_at"))
    places = {
        row.meeting_id: row
        for row in GroupPlace.objects.filter(
            meeting__series=support.series_id, person=support.case.person_id
        ).order_by("pk")
    }
    for each in meetings:
        each.place = places.get(each.pk)
    return meetings


def groups_of(centre: Unit, now: datetime) -> dict[int, str]:
    """{series: in words} of the centre's series that can be chosen, the next one first."""
    found: dict[int, str] = {}
    coming = GroupMeeting.objects.filter(
        Q(starts_at__gte=now - GROUPS_BACK), centre=centre, series__isnull=False
    )
    for meeting in coming.order_by("starts_at", "pk"):
        day = formats.day_year(timezone.localdate(meeting.starts_at))
        words = _("%(title)s, from %(day)s") % {"title": meeting.title, "day": day}
        found.setdefault(meeting.series_id, words)
    return found
