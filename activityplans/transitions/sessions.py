"""Sessions follow the weekly schedule of the version that holds on their day, and give way to
interruptions.

Only what lies ahead and nobody has registered is added, moved or taken away; what is registered
stays whatever the plan says later. For one case or a thousand the number of statements is the same.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from activityplans.enums import PlanState
from activityplans.hours import is_closed
from activityplans.models import Activity, LineTime, PlanLine, Session, SetAsideSession
from activityplans.runs import Run, runs_from
from activityplans.schedule import Slot, occurrences
from activityplans.transitions.absences import settle_repeated, tell_of_interruption
from jobcentre.casework.deadlines.calendar import municipal_calendar
from jobcentre.casework.models import Case, ClockPause
from jobcentre.replay import moment_now
from jobcentre.workdays import Calendar, Period

BATCH = 500  # cases whose sessions are brought in line at a time


def follow_schedule(case: Case, today: date) -> int:
    """Bring the sessions of the case after `today` in line with its plan; returns how many rows
    changed. Running it again changes nothing. The caller holds the lock of the case."""
    return _follow([case.pk], today, municipal_calendar())


def follow_after_interruption(case: Case) -> None:
    """An interruption began, moved or ended, also afterwards: sessions inside it go, and those after
    come back. What is registered stays; unexcused absence is told to the coach."""
    today = timezone.localdate(moment_now())
    _put_aside(case, today)
    follow_schedule(case, today)
    settle_repeated(case, today)
    tell_of_interruption(case)


def _put_aside(case: Case, today: date) -> None:
    """Sessions until `today` that nobody has registered and that the interruption covers were never
    held: they are set aside, and come back when it turns out that it did not."""
    inside = list(
        Session.objects.filter(case=case, on__lte=today, group_place=None)
        .unregistered()
        .in_interruption()
    )
    Session.objects.filter(pk__in=[each.pk for each in inside]).delete()
    SetAsideSession.objects.bulk_create(_aside(inside), ignore_conflicts=True)


def follow_all(today: date) -> int:
    """The same for every case with a plan in force, for what no user did: a new closed day, an
    interruption that has come to its end. Returns how many rows changed."""
    calendar = municipal_calendar()
    ids = list(
        PlanLine.objects.filter(version__state=PlanState.APPROVED, ends_before__gt=today)
        .order_by("version__case_id")
        .values_list("version__case_id", flat=True)
        .distinct()
    )
    changed = 0
    for first in range(0, len(ids), BATCH):
        with transaction.atomic():
            batch = ids[first : first + BATCH]
            list(Case.objects.select_for_update().filter(pk__in=batch).order_by("pk"))
            changed += _follow(batch, today, calendar)
    return changed


def end_sessions(activity: Activity, ended_on: date, today: date) -> None:
    """The activity ended: sessions after that day that have not been held yet are not held.

    One whose time has passed stays and waits to be registered, whatever is said of the end: what
    nobody has registered stands in the way of what may be held against the person.
    """
    now = timezone.localtime(moment_now())
    ahead = Q(on__gt=max(ended_on, today))
    if ended_on < today == now.date():
        ahead |= Q(on=today, starts_at__gt=now.time())
    Session.objects.filter(ahead, activity=activity).unregistered().delete()
    SetAsideSession.objects.filter(activity=activity).delete()


def _has_times(case_ids: list[int], today: date) -> bool:
    """Whether there is anything to bring in line: times of a week, sessions ahead or set aside."""
    return (
        LineTime.objects.filter(line__version__case__in=case_ids).exists()
        or Session.objects.filter(case__in=case_ids, on__gt=today).unregistered().exists()
        or SetAsideSession.objects.filter(activity__case__in=case_ids).exists()
    )


def _follow(case_ids: list[int], today: date, calendar: Calendar) -> int:
    if not _has_times(case_ids, today):
        return 0
    aside = list(
        SetAsideSession.objects.filter(activity__case__in=case_ids).select_related("activity")
    )
    runs = runs_from(case_ids, today + timedelta(days=1))
    ahead = list(
        Session.objects.filter(case__in=case_ids, on__gt=today).unregistered().order_by("pk")
    )
    if not ahead and not aside and not any(run.line.times.all() for run in runs):
        return 0
    pauses = _pauses(case_ids)
    first = min([today, *(row.on for row in aside)])
    registered = set(
        Session.objects.filter(case__in=case_ids, on__gte=first)
        .exclude(pk__in=[session.pk for session in ahead])
        .values_list("activity_id", "on", "starts_at")
    )
    wanted = _wanted(runs, pauses, today, calendar)
    kept: dict[int, list[Run]] = {}
    for run in runs:
        kept.setdefault(run.line.activity_id, []).append(run)

    def runs_on(activity_id: int, day: date) -> bool:
        return any(run.holds(day) for run in kept.get(activity_id, ()))

    def case_of(activity_id: int) -> int:
        return kept[activity_id][0].case_id

    gone, moved, parked, known = [], [], [], set(registered)
    for session in ahead:
        key = (session.activity_id, session.on, session.starts_at)
        if session.is_scheduled:
            if key not in wanted:
                gone.append(session)
                continue
            minutes, place = wanted[key]
            if (session.minutes, session.place) != (minutes, place):
                session.minutes, session.place = minutes, place
                moved.append(session)
        elif not runs_on(session.activity_id, session.on):
            gone.append(session)
            continue
        elif _is_paused(session.on, pauses.get(session.case_id, ())):
            parked.append(session)
            continue
        known.add(key)
    back = [
        row
        for row in aside
        if (row.on > today and row.activity_id not in kept)
        or not _is_paused(row.on, pauses.get(row.activity.case_id, ()))
    ]
    new = [
        Session(
            case_id=row.activity.case_id, activity_id=row.activity_id, on=row.on,
            starts_at=row.starts_at, minutes=row.minutes, place=row.place,
        )
        for row in back
        # What lies behind was planned by the plan of its day, whatever the plan says since.
        if (row.on <= today or runs_on(row.activity_id, row.on))
        and (row.activity_id, row.on, row.starts_at) not in known
    ]  # fmt: skip
    known |= {(each.activity_id, each.on, each.starts_at) for each in new}
    new += [
        Session(
            case_id=case_of(activity_id), activity_id=activity_id, on=on,
            starts_at=starts_at, minutes=minutes, place=place, is_scheduled=True,
        )
        for (activity_id, on, starts_at), (minutes, place) in wanted.items()
        if (activity_id, on, starts_at) not in known
    ]  # fmt: skip
    _write(gone, moved, parked, back, new)
    return len(gone) + len(moved) + len(parked) + len(new)


def _write(gone, moved, parked, back, new) -> None:
    if gone or parked:
        Session.objects.filter(pk__in=[each.pk for each in (*gone, *parked)]).delete()
    if back:
        SetAsideSession.objects.filter(pk__in=[row.pk for row in back]).delete()
    if moved:
        Session.objects.bulk_update(moved, ["minutes", "place"])
    SetAsideSession.objects.bulk_create(_aside(parked))
    Session.objects.bulk_create(new)


def _aside(sessions: Iterable[Session]) -> list[SetAsideSession]:
    return [
        SetAsideSession(
            activity_id=each.activity_id,
            on=each.on,
            starts_at=each.starts_at,
            minutes=each.minutes,
            place=each.place,
        )
        for each in sessions
    ]


def _pauses(case_ids) -> dict[int, list[Period]]:
    found: dict[int, list[Period]] = {}
    for pause in ClockPause.objects.filter(case__in=case_ids).order_by("starts_on"):
        found.setdefault(pause.case_id, []).append(Period(pause.starts_on, pause.ends_before))
    return found


def _is_paused(day: date, pauses: Iterable[Period]) -> bool:
    return any(pause.contains(day) for pause in pauses)


def _wanted(runs: Iterable[Run], pauses, today, calendar) -> dict[tuple, tuple[int, str]]:
    """{(activity, day, start): (minutes, place)} of what the schedules give after `today`."""
    closed = is_closed(calendar)
    wanted = {}
    for run in runs:
        line = run.line
        slots = [Slot(each.weekday, each.starts_at, each.minutes) for each in line.times.all()]
        place = line.place or (line.provider.address if line.provider else "") or ""
        for each in occurrences(
            slots,
            max(run.starts_on, today + timedelta(days=1)),
            run.ends_before,
            closed=closed,
            pauses=pauses.get(run.case_id, ()),
        ):
            key = (line.activity_id, each.on, each.starts_at)
            wanted[key] = (each.minutes, place[:200])
    return wanted
