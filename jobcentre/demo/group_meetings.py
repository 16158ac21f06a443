"""Groups and events of every centre: what was held, what waits to be registered, what comes."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from activityplans.enums import PlanState
from activityplans.models import PlanLine
from intake.groups.models import GroupMeeting
from intake.transitions import groups
from intake.transitions.groups import Attended, Planned
from jobcentre.casework.enums import MissedReason
from jobcentre.casework.exceptions import Occupied
from jobcentre.casework.models import Case
from jobcentre.demo.world import World
from jobcentre.replay import happening

WEEK = timedelta(weeks=1)


@dataclass(frozen=True)
class Told:
    """A meeting: on which weekday (1 is Monday) of which week from this one, and how many come."""

    kind: str
    title: str
    week: int
    weekday: int
    hour: int
    places: int
    people: int
    minutes: int = 90
    room: str = "Stora salen"
    company: str = ""
    interpreter: str = ""
    dates: int = 1


TOLD = (
    Told("information", "Välkommen till jobbtorget", -1, 4, 9, 12, 9),
    Told("cv", "CV-verkstad", -1, 5, 13, 10, 8, room="Datasalen"),
    Told("motivation", "Motivationsgrupp", -2, 2, 9, 8, 7, minutes=120, room="Rum 4", dates=6),
    Told("rights", "Rättigheter och skyldigheter", 1, 3, 13, 8, 10, interpreter="somaliska"),
    Told("fair", "Rekryteringsmässa: lager och transport", 2, 4, 10, 40, 14, minutes=240,
         room="Entréhallen", company="Fem bemanningsföretag i entrén"),
    Told("studies", "Att läsa på komvux", 2, 1, 10, 15, 5),
    Told("information", "Välkommen till jobbtorget", 3, 4, 9, 12, 3),
)  # fmt: skip
LATE = 15


def tell(world: World, centre: str, cases: list[Case], today: date) -> None:
    """Tell it for one centre, whose open cases are `cases`."""
    known = [case for case in cases if case.started_on < today - 3 * WEEK]
    monday = today - timedelta(days=today.weekday())
    leaders = world.coaches[centre]
    in_plan = {"motivation": _with_activity(known, "motivation", today)}
    for index, told in enumerate(TOLD):
        first = monday + told.week * WEEK + timedelta(days=told.weekday - 1)
        planned = Planned(
            told.kind, told.title, _at(first, told.hour), told.minutes, told.room, told.places,
            leaders[index % 2], interpreter_language=told.interpreter, company=told.company,
        )  # fmt: skip
        people = known[3 * index :][: told.people] or known[: told.people]
        if told.kind in in_plan:
            people = [*in_plan[told.kind], *people][: told.people]
            people = list({case.pk: case for case in people}.values())
        try:
            meetings = _planned(world, centre, planned, told, first, people, today)
        except Occupied:  # the leader meets somebody then; the story goes on without
            continue
        for number, meeting in enumerate(meetings):
            # The latest that was held waits to be registered.
            if meeting.starts_at < _at(today - timedelta(days=5), 0):
                _attend(meeting, leaders[0], number)


def _with_activity(cases: list[Case], service: str, today: date) -> list[Case]:
    """Those whose plan has the service just now; one query."""
    having = set(
        PlanLine.objects.filter(
            version__state=PlanState.APPROVED,
            activity__service__key=service,
            starts_on__lte=today,
            ends_before__gt=today,
        ).values_list("version__case_id", flat=True)
    )
    return [case for case in cases if case.pk in having]


def _at(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


def _planned(
    world: World, centre: str, planned: Planned, told: Told, first: date, people, today: date
) -> list[GroupMeeting]:
    unit, desk = world.centres[centre], world.reception[centre]
    days = [first + n * WEEK for n in range(told.dates)]
    with happening(min(_at(first - 2 * WEEK, 9), _at(today - timedelta(days=1), 9))):
        if told.dates == 1:
            meetings = [groups.plan_meeting(unit, planned, actor=desk)]
        else:
            meetings = groups.plan_series(unit, planned, days, actor=desk)
        for case in people:
            if told.dates == 1:
                groups.sign_up(meetings[0], case.person, case=case, actor=desk)
            else:
                groups.sign_up_series(meetings[0], case.person, case=case, actor=desk)
    return meetings


def _attend(meeting: GroupMeeting, leader, number: int) -> None:
    """One late, one ill, and one who said nothing; the rest came."""
    places = list(meeting.signed_up.taking().order_by("pk").values_list("pk", flat=True))
    marks = {
        **{pk: Attended("excused", MissedReason.ILL) for pk in places[-1:]},
        **{pk: Attended("late", late_minutes=LATE) for pk in places[1 + number : 2 + number]},
        **{pk: Attended("missed") for pk in places[3 + number : 4 + number]},
    }
    with happening(meeting.ends_at):
        groups.register_attendance(meeting, marks, rest_came=True, actor=leader)
