"""The board as the front desk sees it: who waits, who is where, who is booked, the day so far."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Count, Max, OuterRef, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from intake.enums import SERVED_STATES, VisitPurpose, VisitState
from intake.models import Desk, Visit
from intake.reception import rules
from intake.reception.figures import DeskFigures, counted_visits, desk_figures
from jobcentre.casework.enums import AppointmentState, Protection
from jobcentre.casework.models import Appointment, IdentityNumber

MAX_ROWS = 200
MAX_BOOKED = 40
# However little has changed, what is shown is made anew after so long: new bookings, a conflict of
# interest declared meanwhile.
LONGEST_SECONDS = 300


@dataclass(frozen=True)
class Row:
    """One open visit on the board."""

    visit: Visit
    ticket: str
    name: str
    facts: str
    minutes: int
    sign: str
    belongs_to: str

    @property
    def needs_name(self) -> bool:
        """A visitor whom nobody has identified."""
        return self.visit.kind == "person" and self.visit.person_id is None

    @property
    def wants_to_enrol(self) -> bool:
        return (
            self.visit.purpose == VisitPurpose.ENROL
            and self.visit.case_id is None
            and self.visit.person_id is not None
        )


@dataclass(frozen=True)
class Place:
    """A desk or room with who sits there today and the visitor called to it."""

    desk: Desk
    staff: str
    is_mine: bool
    row: Row | None

    @property
    def kind(self) -> str:
        """busy, free or paused (nobody sits there)."""
        if self.row is not None:
            return "busy"
        return "free" if self.staff else "paused"


@dataclass(frozen=True)
class Board:
    """Everything on the board at one moment, in a fixed number of queries."""

    waiting: list[Row]
    elsewhere: list[Row]
    places: list[Place]
    booked: list[Appointment]
    day: DeskFigures
    mine: Desk | None
    refs: list = field(default_factory=list)

    @property
    def first(self) -> Row | None:
        return self.waiting[0] if self.waiting else None

    @property
    def calls_to(self) -> Desk | None:
        """The user's own desk while it is free: where a button of the board calls to."""
        free = [place.desk for place in self.places if place.is_mine and place.row is None]
        return free[0] if free else None


def open_visits(user, today):
    """The open visits of the day that may be shown to many: never a protected person's."""
    number = IdentityNumber.objects.filter(person=OuterRef("person"), is_current=True)
    return (
        Visit.objects.visible_to(user)
        .unprotected()
        .open()
        .filter(came_on=today)
        .select_related("person", "host", "case__coach", "called_by", "desk")
        .annotate(number=Subquery(number.values("number")[:1]))
        .order_by("arrived_at", "pk")
    )


def board_of(user, now: datetime) -> Board:
    """The board of the user's centre at `now`."""
    today = timezone.localdate(now)
    rows = [_row(visit, now) for visit in open_visits(user, today)[:MAX_ROWS]]
    at_desk = {row.visit.desk_id: row for row in rows if row.visit.desk_id}
    places = [
        _place(desk, at_desk, user, today)
        for desk in Desk.objects.visible_to(user).active().select_related("staffed_by")
    ]
    booked = list(
        Appointment.objects.visible_to(user)
        .held_within(user.acting.unit)
        .filter(
            starts_at__date=today,
            state=AppointmentState.BOOKED,
            person__protection=Protection.NONE,
        )
        .select_related("person", "with_user", "case")
        .order_by("starts_at", "pk")[:MAX_BOOKED]
    )
    return Board(
        waiting=[row for row in rows if row.visit.state == VisitState.WAITING],
        elsewhere=[
            row for row in rows if row.visit.state in SERVED_STATES and not row.visit.desk_id
        ],
        places=places,
        booked=booked,
        day=desk_figures(counted_visits(user.acting.unit, today, today + timedelta(days=1))),
        mine=next((place.desk for place in places if place.is_mine), None),
        refs=[row.visit.person.ref for row in rows if row.visit.person_id]
        + [appointment.person.ref for appointment in booked],
    )


def _row(visit: Visit, now: datetime) -> Row:
    minutes = rules.waited_minutes(visit.arrived_at, visit.called_at or now)
    facts = []
    if visit.person_id:
        age = visit.person.age_on(timezone.localdate(now))
        if age is not None:
            facts.append(_("%(n)d years") % {"n": age})
        if visit.number:
            facts.append(f"{visit.number[2:8]}-****")
        if visit.person.interpreter_language:
            facts.append(
                _("interpreter in %(language)s") % {"language": visit.person.interpreter_language}
            )
    elif visit.kind == "person":
        facts.append(_("checked in at the door") if visit.screen_id else _("no name taken"))
    coach = visit.case.coach if visit.case_id else None
    host = visit.host or coach
    return Row(
        visit=visit,
        ticket=visit.ticket,
        name=visit.shown_name or _("Visitor without a name"),
        facts=" · ".join(facts),
        minutes=minutes,
        sign=rules.wait_sign(minutes),
        belongs_to=host.name if host else "",
    )


def _place(desk: Desk, at_desk: dict, user, today) -> Place:
    # Who sat down on an earlier day has gone home, whether or not they said so.
    sits = desk.staffed_at is not None and timezone.localdate(desk.staffed_at) == today
    return Place(
        desk=desk,
        staff=desk.staffed_by.name if sits else "",
        is_mine=sits and desk.staffed_by_id == user.pk,
        row=at_desk.get(desk.pk),
    )


def desk_of(user, today) -> Desk | None:
    """The desk at which the user sits today."""
    desk = Desk.objects.visible_to(user).active().filter(staffed_by=user).first()
    if desk is None or timezone.localdate(desk.staffed_at) != today:
        return None
    return desk


def board_mark(user, now: datetime) -> str:
    """A mark of what the board shows (an ETag); the same mark, the same board. One query.

    The times of change count every move; the versions of the persons their corrections and
    protection.
    """
    today, unit = timezone.localdate(now), user.acting.unit
    kept = ("table", "n", "last", "people")
    visits = (
        Visit.objects.filter(centre=unit, came_on=today)
        .order_by()
        .values("centre")
        .annotate(
            table=Value("visits"),
            n=Count("pk"),
            last=Max("changed_at"),
            people=Coalesce(Sum("person__version"), 0),
        )
    )
    desks = (
        Desk.objects.filter(centre=unit)
        .order_by()
        .values("centre")
        .annotate(table=Value("desks"), n=Count("pk"), last=Max("changed_at"), people=Value(0))
    )
    changes = visits.values_list(*kept).union(desks.values_list(*kept), all=True)
    return _mark(
        (
            user.pk,
            user.acting.pk,
            get_language(),
            today,
            int(now.timestamp()) // LONGEST_SECONDS,
            *sorted(changes),
        )
    )


# --- the screen in the waiting room --------------------------------------------------------------
@dataclass(frozen=True)
class Call:
    """A ticket on the screen and where it is called to; nothing else of the visit."""

    ticket: str
    place: str


@dataclass(frozen=True)
class Lobby:
    called: list[Call]
    waiting: list[str]

    @property
    def mark(self) -> str:
        return _mark((*((call.ticket, call.place) for call in self.called), "|", *self.waiting))


MAX_CALLED, MAX_SHOWN = 8, 30


def lobby_of(centre, now: datetime) -> Lobby:
    """The tickets of the day at the centre: called (the latest first) and waiting; one query."""
    rows = (
        Visit.objects.unprotected()
        .filter(
            centre=centre,
            came_on=timezone.localdate(now),
            state__in=(VisitState.WAITING, VisitState.CALLED),
        )
        .exclude(ticket_letter="")
        .order_by("arrived_at", "pk")
        .values_list("state", "ticket_letter", "ticket_number", "desk__name", "called_at")
    )
    called, waiting = [], []
    for state, letter, number, place, called_at in rows:
        ticket = rules.ticket_text(letter, number)
        if state == VisitState.CALLED:
            called.append((called_at, Call(ticket, place or "")))
        else:
            waiting.append(ticket)
    called.sort(key=lambda each: each[0], reverse=True)
    return Lobby([call for _at, call in called[:MAX_CALLED]], waiting[:MAX_SHOWN])


def _mark(parts) -> str:
    digest = hashlib.sha256("\x1f".join(str(part) for part in parts).encode()).hexdigest()
    return f'"{digest[:32]}"'
