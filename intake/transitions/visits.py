"""What becomes of a visit: called, met, done, sent on, left. Two desks may press at once."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intake.enums import OPEN_STATES, SERVED_STATES, VisitorKind, VisitResult, VisitState
from intake.models import Desk, Visit
from intake.transitions.traces import log_change
from jobcentre.accounts.models import Unit, User
from jobcentre.casework.access.checks import require
from jobcentre.casework.enums import AppointmentState, Protection
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.identity import Identity
from jobcentre.casework.models import Appointment, Case, Person
from jobcentre.casework.models.appointment import FIRST_MEETING
from jobcentre.casework.saving import save_checked
from jobcentre.casework.timeline import record_event
from jobcentre.casework.transitions.appointments import book_appointment, move_appointment
from jobcentre.casework.transitions.cases import Enrolment, open_case
from jobcentre.casework.transitions.persons import register_person
from jobcentre.casework.transitions.protection import begin_protection
from jobcentre.notices.writer import NoticeText, notify, notify_many
from jobcentre.reading import read, read_locked
from jobcentre.replay import moment_now
from jobcentre.ui import formats

# {action: (from, to)}: the moves of a visit.
MOVES = {
    "call": ((VisitState.WAITING,), VisitState.CALLED),
    "put_back": ((VisitState.CALLED,), VisitState.WAITING),
    "begin": ((VisitState.WAITING, VisitState.CALLED), VisitState.MEETING),
    "finish": (OPEN_STATES, VisitState.DONE),
    "enrol": (OPEN_STATES, VisitState.DONE),
    "send_on": (OPEN_STATES, VisitState.SENT_ON),
    "leave": (OPEN_STATES, VisitState.LEFT),
}
# How a visit may be said to have ended; a case is opened by `enrol_visitor` alone.
RESULTS = (VisitResult.SOLVED, VisitResult.UNSOLVED, VisitResult.MET)


def available_moves(visit: Visit) -> frozenset[str]:
    """The moves that the state allows now; whether the user may is the page's question."""
    return frozenset(move for move, (sources, _target) in MOVES.items() if visit.state in sources)


def _begin_move(visit: Visit, move: str, actor: User) -> Visit:
    """The visit under a lock, in its new state; Refused says who was quicker, and when."""
    # What belongs to it is read after the lock is held; before, it would be as it was then.
    visit = read_locked(Visit, visit.pk)
    visit.centre = read(Unit, visit.centre_id)
    if visit.person_id is not None:
        visit.person = read(Person, visit.person_id)
    require(actor, "visit.register", visit)
    sources, target = MOVES[move]
    if visit.state not in sources:
        raise Refused(what_happened(visit))
    visit.state = target
    return visit


def what_happened(visit: Visit) -> str:
    """Why the visit is no longer where the other one saw it: who did what, when."""
    who = visit.ticket or visit.shown_name or _("The visitor")
    if visit.state in SERVED_STATES:
        values = {
            "name": visit.called_by.name,
            "ticket": who,
            "place": place_of(visit),
            "time": formats.clock_time(visit.called_at),
        }
        return _("%(name)s called %(ticket)s to %(place)s at %(time)s.") % values
    if visit.state == VisitState.WAITING:
        return _("%(ticket)s waits again.") % {"ticket": who}
    return _("%(ticket)s was ended at %(time)s: %(state)s.") % {
        "ticket": who,
        "time": formats.clock_time(visit.ended_at),
        "state": visit.get_state_display(),
    }


def place_of(visit: Visit) -> str:
    """The desk or room called to, else the front desk."""
    return visit.desk.name if visit.desk else _("the front desk")


def _serve(visit: Visit, actor: User) -> None:
    """Served without having been called by the board: the call is now."""
    if visit.called_at is None:
        visit.called_at, visit.called_by = moment_now(), actor


def _tell_case(visit: Visit, kind: str, actor: User, payload: dict | None = None) -> None:
    if visit.case is not None:
        record_event(visit.case, kind, actor=actor, payload=payload)


def _move_appointment(visit: Visit, move: str, actor: User) -> None:
    appointment = visit.appointment
    if appointment is not None and appointment.state == AppointmentState.ARRIVED:
        move_appointment(appointment, move, actor=actor)


def _take_place(visit: Visit, desk: Desk | None) -> None:
    """Put the visit at a desk of the centre, one visitor at a time."""
    if desk is None:
        visit.desk = None
        return
    desk = Desk.objects.select_for_update().get(pk=desk.pk)
    if desk.centre_id != visit.centre_id or not desk.is_active:
        raise Refused(_("Choose a desk or room of this centre."))
    other = (
        Visit.objects.filter(desk=desk, state__in=SERVED_STATES)
        .exclude(pk=visit.pk)
        .select_related("called_by", "person", "desk")
        .first()
    )
    if other is not None:
        raise Refused(
            _("%(place)s has a visitor already. %(what)s")
            % {"place": desk.name, "what": _seen_by_all(other)}
        )
    visit.desk = desk


def _seen_by_all(visit: Visit) -> str:
    """As `what_happened`, but nothing of a visitor who became protected meanwhile."""
    if visit.person is not None and visit.person.is_protected:
        return ""
    return what_happened(visit)


@transaction.atomic
def call_visit(visit: Visit, *, actor: User, desk: Desk | None = None) -> Visit:
    """Call the visitor to a desk or room, or to the front desk. The waiting ends here.

    Raises Refused when somebody else was quicker (who, where, when) or the desk is taken.
    """
    visit = _begin_move(visit, "call", actor)
    _take_place(visit, desk)
    visit.called_at, visit.called_by = moment_now(), actor
    save_checked(visit)
    _tell_case(
        visit,
        "visit.called",
        actor,
        {"ticket": visit.ticket, "place": place_of(visit)},
    )
    log_change(actor, "visit.call", visit, visit.person, ["state", "desk"])
    return visit


@transaction.atomic
def put_back(visit: Visit, *, actor: User) -> Visit:
    """The visitor did not come when called: back in the queue, at the old place in it."""
    visit = _begin_move(visit, "put_back", actor)
    visit.called_at = visit.called_by = visit.desk = None
    save_checked(visit)
    _tell_case(visit, "visit.put_back", actor)
    log_change(actor, "visit.put_back", visit, visit.person, ["state", "desk"])
    return visit


@transaction.atomic
def begin_meeting(visit: Visit, *, actor: User, desk: Desk | None = None) -> Visit:
    """The visitor has come to the desk or room; a booked appointment is held."""
    visit = _begin_move(visit, "begin", actor)
    if desk is not None:
        _take_place(visit, desk)
    _serve(visit, actor)
    visit.met_at = moment_now()
    save_checked(visit)
    _move_appointment(visit, "hold", actor)
    _tell_case(visit, "visit.met", actor)
    log_change(actor, "visit.begin", visit, visit.person, ["state"])
    return visit


@transaction.atomic
def finish_visit(visit: Visit, result: str, *, actor: User, answer: str = "") -> Visit:
    """The visitor has been helped: solved at the desk, not solved, or the meeting was held.

    Who has to come back has not had the meeting: unless it had begun it is only booked again.
    """
    if result not in RESULTS:
        raise ValueError(f"no such result: {result}")
    visit = _begin_move(visit, "finish", actor)
    _serve(visit, actor)
    visit.ended_at = moment_now()
    visit.result = result
    visit.answer = answer
    save_checked(visit)
    _move_appointment(visit, "leave" if result == VisitResult.UNSOLVED else "hold", actor)
    _tell_case(visit, "visit.done", actor, {"result": visit.result})
    log_change(actor, "visit.finish", visit, visit.person, ["state", "result"])
    return visit


@transaction.atomic
def leave(visit: Visit, *, actor: User) -> Visit:
    """The visitor has gone. A booked appointment that nobody held is only booked again."""
    visit = _begin_move(visit, "leave", actor)
    visit.ended_at = moment_now()
    save_checked(visit)
    _move_appointment(visit, "leave", actor)
    _tell_case(visit, "visit.left", actor)
    log_change(actor, "visit.leave", visit, visit.person, ["state"])
    return visit


@transaction.atomic
def send_on(visit: Visit, sent_to: User, *, actor: User, answer: str = "") -> Visit:
    """A colleague takes over and is told.

    The meeting that the visitor had come for is held when it is with that colleague; else it is
    only booked again, so that it is noted what became of it, and whom it is with is told.
    """
    visit = _begin_move(visit, "send_on", actor)
    visit.ended_at = moment_now()
    visit.sent_to = sent_to
    visit.answer = answer
    save_checked(visit)
    if sent_to.pk != actor.pk and not (visit.person and visit.person.is_protected):
        notify(
            NoticeText(
                user_id=sent_to.pk,
                key=f"visit-sent:{visit.pk}",
                sentence=gettext_lazy("A visitor at the front desk of %(centre)s is sent to you."),
                payload={"centre": visit.centre.name},
            )
        )
    _meet_or_wait(visit, sent_to, actor)
    _tell_case(visit, "visit.sent_on", actor, {"to": sent_to.name})
    log_change(actor, "visit.send_on", visit, visit.person, ["state", "sent_to"])
    return visit


def _meet_or_wait(visit: Visit, sent_to: User, actor: User) -> None:
    appointment = visit.appointment
    if appointment is None or appointment.state != AppointmentState.ARRIVED:
        return
    whom = {appointment.with_user_id, appointment.also_with_id} - {None}
    if sent_to.pk in whom:
        _move_appointment(visit, "hold", actor)
        return
    _move_appointment(visit, "leave", actor)
    if visit.person is not None and visit.person.is_protected:
        return
    notify_many(
        NoticeText(
            user_id=user_id,
            key=f"visit-sent-elsewhere:{visit.pk}:{user_id}",
            sentence=gettext_lazy(
                "Your visitor for the meeting %(when)s is sent on to %(name)s. Note what became of "
                "the meeting."
            ),
            payload={"when": appointment.starts_at, "name": sent_to.name},
            url_name="casework:meetings",
        )
        for user_id in sorted(whom - {actor.pk})
    )


@transaction.atomic
def enrol_visitor(
    visit: Visit,
    enrolment: Enrolment,
    starts_at: datetime | None,
    *,
    actor: User,
    today: date,
) -> Case:
    """Open a case for the visitor, give it the coach and book the first meeting, unless the person
    has come to one that is booked today.

    Raises Refused when the person already has an open case or the coach is booked then.
    """
    visit = _begin_move(visit, "enrol", actor)
    if visit.person is None:
        raise Refused(_("Say who the visitor is first."))
    case = open_case(visit.person, enrolment, actor=actor, today=today)
    is_booked = Appointment.objects.taking_time().filter(case=case, starts_at__date=today).exists()
    if enrolment.coach is not None and starts_at is not None and not is_booked:
        book_appointment(
            case,
            enrolment.coach,
            starts_at,
            FIRST_MEETING,
            actor=actor,
            place=enrolment.centre.name,
            interpreter_language=visit.person.interpreter_language,
        )
    _serve(visit, actor)
    visit.ended_at = moment_now()
    visit.result = VisitResult.ENROLLED
    visit.case = case
    visit.sent_to = enrolment.coach
    save_checked(visit)
    log_change(actor, "visit.enrol", visit, visit.person, ["state"])
    return case


def _take_off_the_board(visit: Visit, actor: User) -> None:
    """As a protected person's visit begins: a meeting, without a ticket and at no desk."""
    visit.state = VisitState.MEETING
    visit.ticket_letter, visit.ticket_number, visit.desk = "", None, None
    _serve(visit, actor)
    visit.met_at = visit.met_at or moment_now()


@transaction.atomic
def name_visitor(
    visit: Visit,
    person: Person | None,
    fields: dict,
    identity: Identity | None,
    *,
    actor: User,
    protection: str = Protection.NONE,
) -> Visit:
    """Say who a visitor without a name is: a known person, or a new one with `fields`.

    A new person with protected data leaves the queue and the board: the visit becomes a meeting
    without a ticket. Raises Refused when the visit has a person already or the person is in the
    queue already, and for a known protected person, who comes by the agreed entrance.
    """
    visit = Visit.objects.select_for_update().get(pk=visit.pk)
    require(actor, "visit.register", visit)
    if visit.person_id or visit.kind != VisitorKind.PERSON or not visit.is_open:
        raise Refused(_("It is known already who this visitor is."))
    if person is None:
        person = register_person(fields, identity, visit.centre, actor=actor)
        if protection != Protection.NONE:
            person = begin_protection(
                person, protection, unit=visit.centre, actor=actor, today=timezone.localdate()
            )
            _take_off_the_board(visit, actor)
    elif person.is_protected:
        raise Refused(_("Fetch this visitor by the agreed entrance; nothing is saved."))
    if Visit.objects.open().filter(person=person, centre=visit.centre).exists():
        raise Refused(_("%(name)s is in the queue already.") % {"name": person.name})
    visit.person, visit.visitor_name = person, ""
    visit.case = person.cases.filter(status="open").select_related("coach").first()
    if visit.case is not None:
        visit.host = visit.host or visit.case.coach
    save_checked(visit)
    _tell_case(visit, "visit.arrived", actor, {"centre": visit.centre.name})
    log_change(actor, "visit.name", visit, person, ["person"])
    return visit
