"""Meetings booked, moved, held and missed. The only writer of an appointment's state."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobcentre.accounts.models import Unit, User
from jobcentre.audit import log
from jobcentre.audit.enums import Access
from jobcentre.casework.access.checks import require
from jobcentre.casework.concurrency import lock
from jobcentre.casework.enums import AppointmentState, MissedReason
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import Appointment, Case, Person
from jobcentre.casework.saving import save_checked
from jobcentre.casework.timeline import record_event
from jobcentre.notices.writer import NoticeText, notify
from jobcentre.ui import formats

MAX_MINUTES = 600


def _log(actor, action, appointment: Appointment, fields):
    log.record(
        actor,
        action,
        access=Access.CHANGE,
        subject=appointment.person.ref,
        obj=appointment,
        fields=fields,
    )


@transaction.atomic
def book_appointment(
    case: Case,
    with_user: User,
    starts_at: datetime,
    purpose: str,
    *,
    actor: User | None,
    minutes: int = 60,
    place: str = "",
    interpreter_language: str = "",
) -> Appointment:
    """Book a meeting in a case. Raises Refused when the other already has one during that time."""
    require(actor, "appointment.book", case)
    return place_appointment(
        case.person,
        with_user,
        starts_at,
        purpose,
        case=case,
        centre=case.centre,
        actor=actor,
        minutes=minutes,
        place=place,
        interpreter_language=interpreter_language,
    )


def place_appointment(
    person: Person,
    with_user: User,
    starts_at: datetime,
    purpose: str,
    *,
    case: Case | None,
    centre: Unit,
    actor: User | None,
    minutes: int = 60,
    place: str = "",
    interpreter_language: str = "",
    moved_from: Appointment | None = None,
) -> Appointment:
    """Book without asking for the right to it: for transitions that have asked for their own.

    Two who book the same user wait for each other by the lock of the user's row.
    """
    lock(with_user)
    ends_at = starts_at + timedelta(minutes=minutes)
    near = Appointment.objects.taking_time().filter(
        with_user=with_user,
        starts_at__lt=ends_at,
        starts_at__gt=starts_at - timedelta(minutes=MAX_MINUTES),
    )
    if moved_from is not None:
        near = near.exclude(pk=moved_from.pk)
    if any(
        at + timedelta(minutes=length) > starts_at
        for at, length in near.values_list("starts_at", "minutes")
    ):
        raise Refused(_("%(name)s already has an appointment then.") % {"name": with_user.name})
    appointment = Appointment(
        case=case,
        person=person,
        centre=None if case else centre,
        with_user=with_user,
        starts_at=starts_at,
        minutes=minutes,
        place=place or centre.name,
        purpose=purpose,
        interpreter_language=interpreter_language,
        moved_from=moved_from,
        booked_by=actor or with_user,
    )
    save_checked(appointment)
    if case is not None:
        record_event(
            case,
            "appointment.booked",
            actor=actor,
            payload={
                "when": formats.moment(starts_at),
                "with_user": with_user.name,
                "purpose": purpose,
            },
        )
    _log(actor, "appointment.book", appointment, ["starts_at"])
    if actor is not None and with_user.pk != actor.pk:
        _tell(appointment, gettext_lazy("A meeting is booked with you: %(when)s."), "booked")
    return appointment


def _tell(appointment: Appointment, sentence, key: str) -> None:
    notify(
        NoticeText(
            user_id=appointment.with_user_id,
            key=f"appointment-{key}:{appointment.pk}",
            sentence=sentence,
            payload={"when": formats.moment(appointment.starts_at)},
            url_name="casework:meetings",
        )
    )


# {action: (from, to)}: the moves of an appointment.
APPOINTMENT_MOVES = {
    "arrive": ((AppointmentState.BOOKED,), AppointmentState.ARRIVED),
    "hold": ((AppointmentState.BOOKED, AppointmentState.ARRIVED), AppointmentState.HELD),
    "leave": ((AppointmentState.ARRIVED,), AppointmentState.BOOKED),
    "miss": ((AppointmentState.BOOKED,), AppointmentState.MISSED),
    "cancel": ((AppointmentState.BOOKED,), AppointmentState.CANCELLED),
}


def available_moves(appointment: Appointment) -> list[str]:
    """The moves that the table allows now."""
    return [
        move for move, (sources, _to) in APPOINTMENT_MOVES.items() if appointment.state in sources
    ]


@transaction.atomic
def move_appointment(
    appointment: Appointment, move: str, *, actor: User | None, reason: str = ""
) -> Appointment:
    """Arrive, leave before it begins, hold, miss or cancel an appointment.

    A missed one has a MissedReason (no word, when absent). Raises Refused when the move is not
    its turn. Telling somebody else's meeting off tells them.
    """
    require(actor, "appointment.book", appointment)
    appointment = lock(appointment)
    sources, target = APPOINTMENT_MOVES[move]
    if appointment.state not in sources:
        raise Refused(
            _("The appointment is already %(state)s.") % {"state": appointment.get_state_display()}
        )
    appointment.state = target
    if move == "miss":
        appointment.missed_reason = reason or MissedReason.NO_WORD
    save_checked(appointment)
    if appointment.case is not None and move in ("miss", "cancel"):
        record_event(
            appointment.case,
            f"appointment.{'missed' if move == 'miss' else 'cancelled'}",
            actor=actor,
            payload={
                "when": formats.moment(appointment.starts_at),
                "with_user": appointment.with_user.name,
            }
            | ({"reason": appointment.missed_reason} if move == "miss" else {}),
        )
    _log(actor, f"appointment.{move}", appointment, ["state"])
    if move == "cancel" and actor is not None and appointment.with_user_id != actor.pk:
        _tell(appointment, gettext_lazy("Your meeting %(when)s is cancelled."), "cancelled")
    return appointment


@transaction.atomic
def rebook_appointment(
    appointment: Appointment, with_user: User, starts_at: datetime, *, actor: User | None
) -> Appointment:
    """Move a meeting to another time or another colleague; the former row is kept as cancelled."""
    old = move_appointment(appointment, "cancel", actor=actor)
    return place_appointment(
        old.person,
        with_user,
        starts_at,
        old.purpose,
        case=old.case,
        centre=old.case.centre if old.case else old.centre,
        actor=actor,
        minutes=old.minutes,
        place=old.place,
        interpreter_language=old.interpreter_language,
        moved_from=old,
    )


@transaction.atomic
def book_interpreter(appointment: Appointment, is_booked: bool, *, actor: User) -> Appointment:
    """Note that the interpreter of a meeting is booked, or no longer is."""
    require(actor, "appointment.book", appointment)
    appointment = lock(appointment)
    if is_booked and not appointment.interpreter_language:
        raise Refused(_("The meeting has no interpreter."))
    appointment.interpreter_booked = is_booked
    save_checked(appointment)
    _log(actor, "appointment.interpreter", appointment, ["interpreter_booked"])
    return appointment


def give_to_case(person: Person, case: Case) -> None:
    """The meetings that the person had booked before the case belong to it now; inside the
    transition that opens the case."""
    Appointment.objects.filter(person=person, case__isnull=True).update(case=case, centre=None)
