"""Somebody waits at every centre today, whatever day it is: told through the transitions.

Called when the municipality is made and each time the demo starts, so that the board of a demo is
never empty. A centre that has visits today is left alone.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

from intake.enums import DeskKind, ScreenKind, VisitPurpose, VisitResult
from intake.models import Desk, PlannedEntrance, Screen, Visit
from intake.transitions import nights, register_visit
from intake.transitions import visits as moves
from intake.transitions.desks import add_desk, add_screen, take_desk
from intake.transitions.entrances import agree_entrance
from jobcentre.accounts.acting import act_as
from jobcentre.accounts.enums import Role, UnitKind
from jobcentre.accounts.models import Membership, Unit, User
from jobcentre.casework.access import queries
from jobcentre.casework.enums import AppointmentState, Protection
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import Appointment, Case
from jobcentre.casework.transitions.appointments import book_appointment
from jobcentre.replay import happening

SEED = 1907
COMPANIES = ("Byggnadsfirma Holm AB", "Restaurang Ankaret", "Älvbro Städ", "Lindbloms Lager AB")
# (days before today, visits of that day): something to count from the first day.
EARLIER = ((1, 4), (2, 3), (3, 4))


@dataclass
class Scene:
    """One centre with those who work there and the persons who may come."""

    centre: Unit
    reception: User
    coaches: list[User]
    cases: list[Case]
    random: Random
    now: datetime

    def at(self, minutes_ago: int):
        """Everything inside happened so many minutes ago, but today."""
        midnight = timezone.make_aware(datetime.combine(self.today, time(0)))
        return happening(max(self.now - timedelta(minutes=minutes_ago), midnight))

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)

    def next_case(self) -> Case:
        return self.cases.pop()

    def comes(self, minutes_ago: int, purpose: str, **who) -> Visit:
        with self.at(minutes_ago):
            return register_visit(self.centre, purpose, actor=self.reception, **who)


def tell_front_desks(now: datetime) -> int:
    """Fill the board of every centre that has no visits waiting today; returns how many centres."""
    nights.end_days_before(timezone.localdate(now))
    told = 0
    for index, centre in enumerate(
        Unit.objects.active().filter(kind=UnitKind.JOB_CENTRE).order_by("id")
    ):
        scene = _scene(centre, now, Random(SEED + index))
        if scene is None or Visit.objects.open().filter(centre=centre).exists():
            continue
        _furnish(scene)
        _earlier_days(scene)
        _today(scene)
        _agreed(scene)
        told += 1
    return told


def _scene(centre: Unit, now: datetime, random: Random) -> Scene | None:
    staff: dict[str, list[User]] = {}
    for membership in (
        Membership.objects.valid_on(timezone.localdate(now))
        .filter(unit=centre, role__in=(Role.RECEPTION, Role.COACH))
        .select_related("user", "unit")
        .order_by("id")
    ):
        staff.setdefault(membership.role, []).append(act_as(membership.user, membership))
    if Role.RECEPTION not in staff or Role.COACH not in staff:
        return None
    cases = list(
        Case.objects.open()
        .filter(
            centre=centre,
            person__protection=Protection.NONE,
            coach__in=[coach.pk for coach in staff[Role.COACH]],
        )
        .exclude(appointments__starts_at__date=timezone.localdate(now))
        .select_related("person", "centre", "coach")
        .order_by("id")
    )
    random.shuffle(cases)
    return Scene(centre, staff[Role.RECEPTION][0], staff[Role.COACH], cases, random, now)


def _furnish(scene: Scene) -> None:
    """Two desks, two rooms, the waiting room's screen and a tablet, once."""
    if Desk.objects.filter(centre=scene.centre).exists():
        return
    for name, kind in (
        ("Disk 1", DeskKind.DESK),
        ("Disk 2", DeskKind.DESK),
        ("Rum 7", DeskKind.ROOM),
        ("Rum 9", DeskKind.ROOM),
    ):
        add_desk(scene.centre, name, kind, actor=None)
    if not Screen.objects.filter(centre=scene.centre).exists():
        add_screen(scene.centre, ScreenKind.LOBBY, "Väntrummet", actor=None)
        add_screen(scene.centre, ScreenKind.CHECK_IN, "Entrén", actor=None)


def _earlier_days(scene: Scene) -> None:
    if Visit.objects.filter(centre=scene.centre, ticket_letter="C").exists():
        return
    for days, count in EARLIER:
        for index in range(count):
            purpose = scene.random.choice(
                (VisitPurpose.QUESTION, VisitPurpose.PAPERS, VisitPurpose.DROP_IN)
            )
            day = scene.today - timedelta(days=days)
            came = timezone.make_aware(datetime.combine(day, time(9 + index, 10)))
            waited = scene.random.randrange(1, 19)
            with happening(came):
                visit = register_visit(scene.centre, purpose, actor=scene.reception)
            with happening(came + timedelta(minutes=waited)):
                moves.call_visit(visit, actor=scene.reception)
            with happening(came + timedelta(minutes=waited + 6)):
                result = scene.random.choice(
                    (VisitResult.SOLVED, VisitResult.SOLVED, VisitResult.UNSOLVED)
                )
                moves.finish_visit(visit, result, actor=scene.reception)


def _today(scene: Scene) -> None:
    one, _two, room, other = Desk.objects.filter(centre=scene.centre).order_by("kind", "name")[:4]
    with scene.at(95):
        take_desk(one, actor=scene.reception)
    for minutes, result in ((88, VisitResult.SOLVED), (70, VisitResult.UNSOLVED)):
        visit = scene.comes(minutes, VisitPurpose.QUESTION)
        with scene.at(minutes - 5):
            moves.call_visit(visit, actor=scene.reception, desk=one)
        with scene.at(minutes - 11):
            moves.finish_visit(visit, result, actor=scene.reception)
    if len(scene.cases) >= 5:
        _with_coach(scene, room)
        _called(scene, other)
        scene.comes(18, VisitPurpose.PAPERS, person=scene.next_case().person)
        scene.comes(11, VisitPurpose.DROP_IN, person=scene.next_case().person)
        _booked(scene)
    scene.comes(13, VisitPurpose.COMPANY, company_name=scene.random.choice(COMPANIES))
    scene.comes(6, VisitPurpose.QUESTION)
    scene.comes(3, VisitPurpose.EVENT, company_name=scene.random.choice(COMPANIES))


def _with_coach(scene: Scene, room: Desk) -> None:
    """One who was called to a room and sits there with the coach."""
    case = scene.next_case()
    coach = next(user for user in scene.coaches if user.pk == case.coach_id)
    visit = scene.comes(31, VisitPurpose.DROP_IN, person=case.person)
    with scene.at(24):
        moves.call_visit(visit, actor=coach, desk=room)
    with scene.at(22):
        moves.begin_meeting(visit, actor=coach)


def _called(scene: Scene, room: Desk) -> None:
    """One who was called a moment ago: the screen in the waiting room shows the ticket."""
    case = scene.next_case()
    coach = next(user for user in scene.coaches if user.pk == case.coach_id)
    visit = scene.comes(9, VisitPurpose.PAPERS, person=case.person)
    with scene.at(1):
        moves.call_visit(visit, actor=coach, desk=room)


def _booked(scene: Scene) -> None:
    """One who has come for a booked meeting, and one who has not come yet."""
    for minutes_ahead, has_come in ((12, True), (47, False)):
        starts_at = (scene.now + timedelta(minutes=minutes_ahead)).replace(second=0, microsecond=0)
        if timezone.localdate(starts_at) != scene.today or not scene.cases:
            continue
        case = scene.next_case()
        coach = next(user for user in scene.coaches if user.pk == case.coach_id)
        with scene.at(3 * 24 * 60):
            appointment = _appointment(case, coach, starts_at)
        if has_come and appointment is not None:
            scene.comes(8, VisitPurpose.BOOKED, person=case.person, appointment=appointment)


def _appointment(case: Case, coach: User, starts_at: datetime) -> Appointment | None:
    try:
        return book_appointment(
            case,
            coach,
            starts_at,
            "Uppföljning",
            actor=coach,
            place=case.centre.name,
            interpreter_language=case.person.interpreter_language,
        )
    except Refused:
        return None  # the coach is booked then; the story goes on without


def _agreed(scene: Scene) -> None:
    """A protected person comes by agreement; the coach of the circle has agreed it."""
    if PlannedEntrance.objects.filter(
        appointment__case__centre=scene.centre, at__gte=scene.now
    ).exists():
        return
    tomorrow = timezone.make_aware(datetime.combine(scene.today + timedelta(days=1), time(13, 20)))
    for coach in scene.coaches:
        case = (
            queries.visible_cases(Case.objects.open(), coach)
            .filter(coach=coach, centre=scene.centre)
            .exclude(person__protection=Protection.NONE)
            .select_related("person", "centre")
            .order_by("id")
            .first()
        )
        if case is None:
            continue
        with scene.at(30):
            appointment = _appointment(case, coach, tomorrow)
            if appointment is not None and appointment.state == AppointmentState.BOOKED:
                agree_entrance(
                    appointment,
                    tomorrow - timedelta(minutes=5),
                    "Gårdsporten",
                    scene.reception.name,
                    actor=coach,
                )
        return
