"""What coaches can, moves between tracks, cases handed over, and group meetings: told last."""

from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

from jobcentre.accounts.models import User
from jobcentre.casework.deadlines import clock
from jobcentre.casework.enums import Protection, Track, TrackReason
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import Case, Language, Specialisation
from jobcentre.casework.transitions.coaches import save_profile
from jobcentre.casework.transitions.handing_over import Handing, hand_over
from jobcentre.casework.transitions.tracks import change_track
from jobcentre.demo import fairs, group_meetings
from jobcentre.demo.together import told_together
from jobcentre.demo.world import World
from jobcentre.replay import happening

SEED = 1812
LANGUAGES = (("so", "en"), ("ar",), ("ti", "am"), (), ("prs", "fa"), ("uk", "ru"), ("tr",))
SKILLS = (
    ("youth",),
    ("newly_arrived",),
    ("rehabilitation",),
    ("long_unemployed",),
    ("disability",),
)
MOVES = (
    (Track.DIRECT, TrackReason.CLOSER, ""),
    (Track.SUPPORT, TrackReason.HEALTH, "Läkarintyg har kommit."),
    (Track.LATER, TrackReason.LANGUAGE, ""),
)
NOTES = (
    "Planen gäller till våren. Vill helst ha besked per sms. Nästa steg: boka studiebesöket.",
    "Har precis börjat på praktiken. Handledaren ringer på fredag. Lovat hjälp med ansökan.",
)

HAND_OVER_TIMES = (time(8, 15), time(11, 15), time(13, 15), time(15, 15))


def tell(world: World, today: date) -> None:
    """Tell it for every centre; a few seconds."""
    random = Random(SEED)
    lengths = clock.Lengths.load()
    with told_together(lengths):
        _profiles(world)
        for centre in world.centres:
            cases = _cases(world, centre)
            _tracks(world, cases, today, random)
            group_meetings.tell(world, centre, cases, today)
        fairs.tell(world)
    # Hand-overs read the clocks and the coach as they stand.
    _hand_overs(world, today)


def _cases(world: World, centre: str) -> list[Case]:
    return list(
        Case.objects.open()
        .filter(centre=world.centres[centre], person__protection=Protection.NONE)
        .select_related("person", "centre", "coach")
        .order_by("started_on", "pk")
    )


def _profiles(world: World) -> None:
    languages = {row.key: row for row in Language.objects.all()}
    skills = {row.key: row for row in Specialisation.objects.all()}
    coaches = [coach for members in world.coaches.values() for coach in members]
    for index, coach in enumerate(coaches):
        save_profile(
            coach,
            [languages[key] for key in LANGUAGES[index % len(LANGUAGES)]],
            [skills[key] for key in SKILLS[index % len(SKILLS)]],
            percent=50 if index % 6 == 5 else 100,
            actor=coach,
        )


def _acting(world: World, case: Case) -> User | None:
    members = (coach for coaches in world.coaches.values() for coach in coaches)
    return next((coach for coach in members if coach.pk == case.coach_id), None)


def _at(day: date, hour: int, minute: int = 0) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def _tracks(world: World, cases: list[Case], today: date, random: Random) -> None:
    for case in cases:
        lived = (today - case.started_on).days
        coach = _acting(world, case)
        if lived < 60 or coach is None or random.random() > 0.15:
            continue
        track, reason, note = random.choice(MOVES)
        day = case.started_on + timedelta(days=random.randrange(30, lived))
        if track != case.track:
            with happening(_at(day, 14)):
                change_track(
                    case, track, reason, note, actor=coach, today=day, version=case.version
                )


def _hand_overs(world: World, today: date) -> None:
    """At two centres a case went over yesterday; the three meet in two working days."""
    meets_on = clock.Lengths.load().calendar.add_workdays(today, 2) or today
    for (centre, coaches), note in zip(world.coaches.items(), NOTES, strict=False):
        case = (
            Case.objects.open()
            .filter(coach=coaches[0], person__protection=Protection.NONE)
            .order_by("started_on", "pk")
            .last()
        )
        day = today - timedelta(days=1)
        if case is None or case.started_on >= day:
            continue
        for at in HAND_OVER_TIMES:
            meets_at = timezone.make_aware(datetime.combine(meets_on, at))
            handing = Handing(coaches[1], note, meets_at=meets_at)
            with happening(_at(day, 15)):
                try:
                    hand_over(case, handing, actor=world.managers[centre], today=day)
                except Refused:  # somebody is busy then; the next hour may be free
                    continue
            break
