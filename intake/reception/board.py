"""The board as the front desk sees it: who waits, who is where, who is booked, the day so far."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Count, DateTimeField, Max, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from intake.enums import SERVED_STATES, VisitPurpose, VisitState
from intake.models import Desk, Visit
from intake.reception import rules
from intake.reception.figures import DeskFigures, counted_visits, desk_figures
from jobcentre.casework.enums import AppointmentState, Protection
from jobcentre.casework.models import Appointment, ConflictOfInterest, IdentityNumber

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
class Centre:
    """What everybody at a front desk sees alike: the open visits, the desks, who is booked, the day.

    `html` keeps what has been made of it for a page, by what it depends on.
    """

    rows: list[Row]
    desks: list[Desk]
    booked: list[Appointment]
    day: DeskFigures
    html: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Board:
    """Everything on the board at one moment, in a fixed number of queries."""

    centre: Centre
    waiting: list[Row]
    elsewhere: list[Row]
    places: list[Place]
    mine: Desk | None

    @property
    def booked(self) -> list[Appointment]:
        return self.centre.booked

    @property
    def day(self) -> DeskFigures:
        return self.centre.day

    @property
    def refs(self) -> list:
        """The persons shown, for the log."""
        return [row.visit.person.ref for row in self.centre.rows if row.visit.person_id] + [
            appointment.person.ref for appointment in self.booked
        ]

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
        .select_related("person", "host", "case__coach", "called_by")
        .only(*_READ)
        .annotate(number=Subquery(number.values("number")[:1]))
        .order_by("arrived_at", "pk")
    )


# What the board reads of a visit: a row of forty columns forty times is most of its time.
_READ = (
    *("ref", "came_on", "ticket_letter", "ticket_number", "kind", "visitor_name", "company_name"),
    *("purpose", "state", "arrived_at", "called_at", "screen", "desk", "case", "person", "host"),
    *("called_by", "person__ref", "person__given_name", "person__family_name"),
    *("person__birth_date", "person__interpreter_language", "person__protection"),
    *("host__name", "case__coach", "case__coach__name", "called_by__name"),
)


def board_of(user, now: datetime) -> Board:
    """The board of the user's centre at `now`."""
    return _board(user, _centre_of(user, now), timezone.localdate(now))


def renewed_board(user, now: datetime, marks: "Marks") -> Board:
    """The board as one desk of many asks for it every ten seconds.

    What all desks see alike is kept in the memory of the process while its mark is the same: after
    a change the first desk reads it, the others only what is their own. It holds
    no protected person, and whoever has declared a conflict of interest gets a reading of their
    own, which is kept for nobody.
    """
    today = timezone.localdate(now)
    if marks.is_own:
        return _board(user, _centre_of(user, now), today)
    place = (user.acting.unit_id, user.acting.role, get_language())
    kept = _kept.get(place)
    if kept is None or kept[0] != marks.centre:
        kept = _kept[place] = (marks.centre, _centre_of(user, now))
    return _board(user, kept[1], today)


# {(centre, role, language): (mark, what everybody sees)}; a row for each front desk.
_kept: dict[tuple[int, str, str], tuple[str, Centre]] = {}


def forget_boards() -> None:
    """Keep nothing (tests begin with an empty memory)."""
    _kept.clear()


def _centre_of(user, now: datetime) -> Centre:
    today = timezone.localdate(now)
    booked = (
        Appointment.objects.visible_to(user)
        .held_within(user.acting.unit)
        .filter(
            starts_at__date=today,
            state=AppointmentState.BOOKED,
            person__protection=Protection.NONE,
        )
        .select_related("person", "with_user")
        .order_by("starts_at", "pk")[:MAX_BOOKED]
    )
    return Centre(
        rows=[_row(visit, now) for visit in open_visits(user, today)[:MAX_ROWS]],
        desks=list(Desk.objects.visible_to(user).active().select_related("staffed_by")),
        booked=list(booked),
        day=desk_figures(counted_visits(user.acting.unit, today, today + timedelta(days=1))),
    )


def _board(user, centre: Centre, today) -> Board:
    at_desk = {row.visit.desk_id: row for row in centre.rows if row.visit.desk_id}
    places = [_place(desk, at_desk, user, today) for desk in centre.desks]
    return Board(
        centre=centre,
        waiting=[row for row in centre.rows if row.visit.state == VisitState.WAITING],
        elsewhere=[
            row for row in centre.rows if row.visit.state in SERVED_STATES and not row.visit.desk_id
        ],
        places=places,
        mine=next((place.desk for place in places if place.is_mine), None),
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


@dataclass(frozen=True)
class Marks:
    """What a board shows, as marks: the same mark, the same board.

    `centre` is of what everybody there sees, `own` (an ETag) of the user's board. `is_own` says
    that the user sees less than the others: a conflict of interest is declared.
    """

    centre: str
    own: str
    is_own: bool


def marks_of(user, now: datetime) -> Marks:
    """The marks of the user's board at `now`; one query.

    The times of change and the counts by state tell every move, also of two transactions that
    end in another order than they began; the versions of the persons tell their corrections and
    protection; the counts of long waits the signs.
    """
    today, unit = timezone.localdate(now), user.acting.unit
    waiting = Q(state=VisitState.WAITING)
    visits = (
        Visit.objects.filter(centre=unit, came_on=today)
        .order_by()
        .values("centre")
        .annotate(
            n=Count("pk"),
            last=Max("changed_at"),
            people=Coalesce(Sum("person__version"), 0),
            waiting=Count("pk", filter=waiting),
            called=Count("pk", filter=Q(state=VisitState.CALLED)),
            met=Count("pk", filter=Q(state=VisitState.MEETING)),
            soon=Count("pk", filter=waiting & Q(arrived_at__lte=rules.soon_since(now))),
            late=Count("pk", filter=waiting & Q(arrived_at__lte=rules.late_since(now))),
        )
    )
    none = dict.fromkeys(("waiting", "called", "met", "soon", "late"), Value(0))
    desks = (
        Desk.objects.filter(centre=unit)
        .order_by()
        .values("centre")
        .annotate(n=Count("pk"), last=Max("changed_at"), people=Count("staffed_by"), **none)
    )
    conflicts = (
        ConflictOfInterest.objects.filter(user=user)
        .order_by()
        .values("user")
        .annotate(
            n=Count("pk"),
            last=Value(None, output_field=DateTimeField()),
            people=Value(0),
            **none,
        )
    )
    kept = ("table", "n", "last", "people", "waiting", "called", "met", "soon", "late")
    first, *others = (
        rows.annotate(table=Value(table)).values_list(*kept)
        for table, rows in (("visits", visits), ("desks", desks), ("conflicts", conflicts))
    )
    found = {row[0]: row for row in first.union(*others, all=True)}
    own = found.pop("conflicts", ())
    bucket = int(now.timestamp()) // LONGEST_SECONDS
    centre = _mark((unit.pk, today, bucket, *sorted(found.values())))
    return Marks(
        centre=centre,
        own=_mark((user.pk, user.acting.pk, get_language(), centre, *own)),
        is_own=bool(own),
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
