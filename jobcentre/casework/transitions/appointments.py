"""Meetings booked, moved, held and missed. The only writer of an appointment's state."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobcentre.accounts.enums import UnitKind
from jobcentre.accounts.models import Unit, User
from jobcentre.audit import log
from jobcentre.audit.enums import Access
from jobcentre.casework.access.checks import relations_to, require
from jobcentre.casework.access.policy import Relation
from jobcentre.casework.access.queries import who_may_know
from jobcentre.casework.concurrency import lock
from jobcentre.casework.enums import AppointmentState, InvolvementKind, MissedReason
from jobcentre.casework.exceptions import Occupied, Refused
from jobcentre.casework.models import Appointment, Case, HandOver, Involvement, Person
from jobcentre.casework.registries import meeting_steps
from jobcentre.casework.saving import save_checked
from jobcentre.casework.staff_times import clash_of, refusal
from jobcentre.casework.timeline import record_event
from jobcentre.notices.writer import NoticeText, notify_many
from jobcentre.replay import moment_now


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
    """Book a meeting in a case. Raises Occupied when the other is busy then, Refused on a day that
    has been; earlier today it is booked to be noted afterwards."""
    require(actor, "appointment.book", case)
    if timezone.localdate(starts_at) < timezone.localdate(moment_now()):
        raise Refused(_("That day has been. A meeting is booked for today or later."))
    return place_appointment(
        case.person,
        with_user,
        starts_at,
        purpose,
        case=case,
        centre=centre_of_meeting(case, actor),
        actor=actor,
        minutes=minutes,
        place=place,
        interpreter_language=interpreter_language,
    )


def centre_of_meeting(case: Case, actor: User | None) -> Unit:
    """Where a meeting that `actor` books is held: at the home centre, or at the one the person is
    lent to when the actor works there."""
    membership = getattr(actor, "acting", None)
    if membership is None or membership.unit.kind != UnitKind.JOB_CENTRE:
        return case.centre
    at_home = relations_to(actor, case) & {Relation.OWN, Relation.CENTRE}
    return case.centre if at_home else membership.unit


def refuse_past(starts_at: datetime) -> None:
    """Raise Refused for a time that has been: nobody can come to it any longer."""
    if starts_at < moment_now():
        raise Refused(_("That time has been. Choose one that lies ahead."))


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
    interpreter_booked: bool = False,
    moved_from: Appointment | None = None,
    also_with: User | None = None,
) -> Appointment:
    """Book without asking for the right to it: for transitions that have asked for their own.

    Whom the meeting is with is told of it, so it has to be somebody who may know of the person:
    Refused for a declared conflict of interest and, of a protected person, for those outside the
    circle. Two who book the same user wait for each other by the lock of the user's row;
    `also_with` is a second colleague, who has to be free too.
    """
    both = [with_user] + ([also_with] if also_with is not None else [])
    for user in sorted(both, key=lambda each: each.pk):
        lock(user)
    # Read again: who became protected a moment ago is met by the circle.
    known = who_may_know(Person.objects.get(pk=person.pk), both)
    for user in both:
        if user not in known:
            raise Refused(
                _("%(name)s cannot meet this person. Choose another colleague.")
                % {"name": user.name}
            )
    for user in both:
        clash = clash_of(user, starts_at, minutes, but=moved_from)
        if clash is not None:
            raise Occupied(refusal(user, clash))
    appointment = Appointment(
        case=case,
        person=person,
        # The home centre follows the case when it moves; another one stays.
        centre=None if case is not None and centre.pk == case.centre_id else centre,
        with_user=with_user,
        also_with=also_with,
        starts_at=starts_at,
        minutes=minutes,
        place=place or centre.name,
        purpose=purpose,
        interpreter_language=interpreter_language,
        interpreter_booked=interpreter_booked,
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
                "when": starts_at,
                "with_user": appointment.staff_names,
                "purpose": purpose,
            },
        )
    _log(actor, "appointment.book", appointment, ["starts_at"])
    _tell(appointment, actor, gettext_lazy("A meeting is booked with you: %(when)s."), "booked")
    return appointment


def _tell(appointment: Appointment, actor: User | None, sentence, key: str) -> None:
    """Tell those of the staff whom the meeting is with, but the one who acts."""
    if actor is None:
        return
    whom = {appointment.with_user_id, appointment.also_with_id} - {None, actor.pk}
    notify_many(
        NoticeText(
            user_id=user_id,
            # The meeting's own key is that of whom it is with; the second one has one beside it.
            key=f"appointment-{key}:{appointment.pk}"
            + ("" if user_id == appointment.with_user_id else ":also"),
            sentence=sentence,
            payload={"when": appointment.starts_at},
            url_name="casework:meetings",
        )
        for user_id in sorted(whom)
    )


# {action: (from, to)}: the moves of an appointment.
APPOINTMENT_MOVES = {
    "arrive": ((AppointmentState.BOOKED,), AppointmentState.ARRIVED),
    "hold": ((AppointmentState.BOOKED, AppointmentState.ARRIVED), AppointmentState.HELD),
    "leave": ((AppointmentState.ARRIVED,), AppointmentState.BOOKED),
    "miss": ((AppointmentState.BOOKED,), AppointmentState.MISSED),
    "cancel": ((AppointmentState.BOOKED,), AppointmentState.CANCELLED),
}


def is_too_early(move: str, starts_at: datetime, now: datetime) -> bool:
    """Nobody has missed a meeting before it begins; held it is at the earliest on its day (who
    comes early is met early)."""
    if move == "miss":
        return starts_at > now
    return move == "hold" and timezone.localdate(starts_at) > timezone.localdate(now)


def available_moves(appointment: Appointment) -> list[str]:
    """The moves that the table and the time allow now."""
    now = moment_now()
    return [
        move
        for move, (sources, _to) in APPOINTMENT_MOVES.items()
        if appointment.state in sources and not is_too_early(move, appointment.starts_at, now)
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
    return _move_and_follow(appointment, move, actor=actor, reason=reason)


def _move_and_follow(
    appointment: Appointment, move: str, *, actor: User | None, reason: str = ""
) -> Appointment:
    if move not in ("miss", "cancel"):
        return _move(appointment, move, actor=actor)
    for step in meeting_steps:
        step.hold(appointment)
    appointment = _move(appointment, move, actor=actor, reason=reason)
    for step in meeting_steps:
        step.off(appointment, actor)
    return appointment


def _move(
    appointment: Appointment, move: str, *, actor: User | None, reason: str = ""
) -> Appointment:
    appointment = lock(appointment)
    sources, target = APPOINTMENT_MOVES[move]
    if appointment.state not in sources:
        raise Refused(
            _("The appointment is already %(state)s.") % {"state": appointment.get_state_display()}
        )
    if is_too_early(move, appointment.starts_at, moment_now()):
        raise Refused(_("The meeting has not begun yet."))
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
                "when": appointment.starts_at,
                "with_user": appointment.staff_names,
            }
            | ({"reason": appointment.missed_reason} if move == "miss" else {}),
        )
    _log(actor, f"appointment.{move}", appointment, ["state"])
    if move == "cancel":
        sentence = gettext_lazy("Your meeting %(when)s is cancelled.")
        _tell(appointment, actor, sentence, "cancelled")
    return appointment


@transaction.atomic
def rebook_appointment(
    appointment: Appointment, with_user: User, starts_at: datetime, *, actor: User | None
) -> Appointment:
    """Move a meeting to another time or another colleague; the former row is kept as cancelled.

    A hand-over meeting stays one of three, and the former coach reads the case until the new day.
    """
    require(actor, "appointment.book", appointment)
    refuse_past(starts_at)
    return move_meeting(appointment, with_user, starts_at, actor=actor)


def give_appointment(
    appointment: Appointment, with_user: User, *, actor: User | None
) -> Appointment:
    """The meeting is with another colleague at the same time: for transitions that have asked for
    their own right. Raises Refused when the colleague is busy."""
    return move_meeting(appointment, with_user, appointment.starts_at, actor=actor)


def cancel_appointment(appointment: Appointment, *, actor: User | None) -> Appointment:
    """Tell a meeting off: for transitions that have asked for their own right."""
    return _move_and_follow(appointment, "cancel", actor=actor)


def move_meeting(
    appointment: Appointment,
    with_user: User,
    starts_at: datetime,
    *,
    actor: User | None,
    interpreter_language: str | None = None,
) -> Appointment:
    """As `rebook_appointment`, for transitions that have asked for their own right. What hangs on
    the meeting follows to the new row.

    The need of an interpreter goes along, or becomes the one given; who is booked comes at the
    booked time and in that language only.
    """
    for step in meeting_steps:
        step.hold(appointment)
    old = _move(appointment, "cancel", actor=actor)
    also_with = old.also_with if old.also_with_id != with_user.pk else old.with_user
    language = old.interpreter_language if interpreter_language is None else interpreter_language
    new = place_appointment(
        old.person,
        with_user,
        starts_at,
        old.purpose,
        case=old.case,
        centre=old.at_centre,
        actor=actor,
        minutes=old.minutes,
        place=old.place,
        interpreter_language=language,
        interpreter_booked=old.interpreter_booked
        and starts_at == old.starts_at
        and language == old.interpreter_language,
        moved_from=old,
        also_with=also_with,
    )
    _follow_hand_over(old, new)
    for step in meeting_steps:
        step.moved(old, new, actor)
    return new


def _follow_hand_over(old: Appointment, new: Appointment) -> None:
    """A moved hand-over meeting moves the day until which the former coach reads the case."""
    if old.also_with_id is None:
        return
    hand_over = HandOver.objects.filter(appointment=old).first()
    if hand_over is None:
        return
    hand_over.appointment = new
    hand_over.sees_before = timezone.localdate(new.starts_at) + timedelta(days=1)
    save_checked(hand_over)
    Involvement.objects.filter(
        case_id=hand_over.case_id,
        kind=InvolvementKind.HAND_OVER,
        subject_key=hand_over.involvement_key,
    ).update(ends_before=hand_over.sees_before, visible_before=hand_over.sees_before)


def give_to_case(person: Person, case: Case) -> None:
    """The meetings that the person had booked before the case belong to it now; inside the
    transition that opens the case."""
    Appointment.objects.filter(person=person, case__isnull=True).update(case=case, centre=None)
