"""The group meetings of the centre: as a list by kind, and as a calendar of the coming weeks."""

from datetime import timedelta

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from intake.groups.enums import GroupState
from intake.groups.forms import CalendarFilter, GroupsFilter
from intake.groups.models import GroupKind, GroupMeeting
from jobcentre.accounts.enums import UnitKind
from jobcentre.casework.deadlines.calendar import shown_calendar

MEETINGS = GroupMeeting.objects.select_related(
    "centre", "leader", "language", "kind", "series"
).with_counts()
PAGE = 100
WEEKS = 4  # that the calendar shows
MOST_SHOWN = 400
FARTHEST = timedelta(days=3660)


@require_GET
def groups(request):
    """The meetings of the centre: those that come, those to register, or the earlier ones."""
    kinds = list(GroupKind.objects.all())
    form = GroupsFilter(request.GET, kinds=kinds)
    asked = form.cleaned_data if form.is_valid() else {}
    state, kind = asked.get("state") or "ahead", asked.get("kind") or ""
    now = timezone.now()
    found = MEETINGS.visible_to(request.user)
    if kind:
        found = found.filter(kind=kind)
    if state == "ahead":
        found = found.ahead(now).order_by("starts_at", "pk")
    elif state == "open":
        found = found.to_register(now).order_by("starts_at", "pk")
    else:
        found = found.exclude(pk__in=GroupMeeting.objects.ahead(now).values("pk"))
        found = found.order_by("-starts_at", "-pk")
    return render(
        request,
        "intake/groups/list.html",
        {
            "rows": list(found[:PAGE]),
            "form": GroupsFilter(initial={"state": state, "kind": kind}, kinds=kinds),
            "state": state,
            "now": now,
            **_who(request),
        },
    )


def _who(request) -> dict:
    is_centre = request.user.acting.unit.kind == UnitKind.JOB_CENTRE
    return {"may_plan": is_centre, "several": not is_centre}


@require_GET
def calendar(request):
    """Four weeks of meetings, the cancelled left out; `vecka` is a day of the first week."""
    kinds = list(GroupKind.objects.all())
    form = CalendarFilter(request.GET, kinds=kinds)
    asked = form.cleaned_data if form.is_valid() else {}
    kind, today = asked.get("kind") or "", timezone.localdate()
    first = asked.get("vecka") or today
    if abs(first - today) > FARTHEST:
        first = today
    first -= timedelta(days=first.weekday())
    found = (
        MEETINGS.visible_to(request.user)
        .exclude(state=GroupState.CANCELLED)
        .filter(starts_at__date__gte=first, starts_at__date__lt=first + timedelta(weeks=WEEKS))
    )
    if kind:
        found = found.filter(kind=kind)
    on_days: dict = {}
    for row in found.order_by("starts_at", "pk")[:MOST_SHOWN]:
        on_days.setdefault(timezone.localdate(row.starts_at), []).append(row)
    return render(
        request,
        "intake/groups/calendar.html",
        {
            "weeks": [_week(first + timedelta(weeks=n), on_days, today) for n in range(WEEKS)],
            "count": sum(map(len, on_days.values())),
            "form": CalendarFilter(initial={"kind": kind, "vecka": first.isoformat()}, kinds=kinds),
            "kind": kind,
            "before": (first - timedelta(weeks=WEEKS)).isoformat(),
            "after": (first + timedelta(weeks=WEEKS)).isoformat(),
            "today": today,
            **_who(request),
        },
    )


def _week(monday, on_days: dict, today) -> dict:
    """Monday to Friday, and the weekend when something is on one."""
    closed = shown_calendar()
    days = [monday + timedelta(days=n) for n in range(7)]
    return {
        "monday": monday,
        "is_empty": not any(day in on_days for day in days),
        "days": [
            {
                "day": day,
                "rows": on_days.get(day, []),
                "is_today": day == today,
                "is_closed": not closed.is_workday(day),
            }
            for day in days
            if day.weekday() < 5 or day in on_days
        ],
    }
