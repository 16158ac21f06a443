"""Somebody comes: registered at the desk or by the tablet at the door, and given a ticket."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intake.enums import VisitorKind, VisitPurpose, VisitState
from intake.models import Screen, Visit
from intake.reception import rules
from intake.transitions.groups import note_arrival, todays_place
from intake.transitions.nights import end_left_over
from intake.transitions.traces import AtCentre, log_change
from jobcentre.accounts.enums import Role
from jobcentre.accounts.models import Membership, Unit, User
from jobcentre.casework.access.checks import require
from jobcentre.casework.enums import AppointmentState, Protection
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.identity import Identity
from jobcentre.casework.models import Appointment, Case, CircleMember, Person
from jobcentre.casework.saving import save_checked
from jobcentre.casework.timeline import record_event
from jobcentre.casework.transitions.appointments import move_appointment
from jobcentre.casework.transitions.persons import register_person
from jobcentre.casework.transitions.protection import begin_protection
from jobcentre.notices.writer import NoticeText, notify_many
from jobcentre.reading import read
from jobcentre.replay import moment_now
from jobcentre.text import search_text
from jobcentre.ui import formats


@transaction.atomic
def register_visit(
    centre: Unit,
    purpose: str,
    *,
    actor: User,
    person: Person | None = None,
    company_name: str = "",
    visitor_name: str = "",
    language: str = "",
    host: User | None = None,
    appointment: Appointment | None = None,
    at: datetime | None = None,
) -> Visit:
    """Give a visitor a ticket in the queue of the centre: a person, known or not, or a company.

    Somebody with a booked meeting today has come for it when the errand says so; it is marked as
    met and the one it is with is told. A protected person gets no ticket and is in no queue: the
    visit begins as a meeting. Raises Refused when the person is in the queue already.
    """
    require(actor, "visit.register", AtCentre(centre))
    visit = Visit(
        centre=centre,
        kind=VisitorKind.COMPANY if company_name else VisitorKind.PERSON,
        person=person,
        company_name=company_name,
        visitor_name=visitor_name,
        purpose=purpose,
        language=language,
        host=host,
        registered_by=actor,
        arrived_at=at or moment_now(),
    )
    return _admit(visit, appointment, actor)


@transaction.atomic
def register_visitor(
    centre: Unit,
    fields: dict,
    identity: Identity | None,
    purpose: str,
    *,
    actor: User,
    language: str = "",
    protection: str = Protection.NONE,
) -> Visit:
    """Register a new person, protected or not, and the visit in one step."""
    require(actor, "visit.register", AtCentre(centre))
    person = register_person(fields, identity, centre, actor=actor)
    if protection != Protection.NONE:
        person = begin_protection(
            person, protection, unit=centre, actor=actor, today=timezone.localdate()
        )
    return register_visit(centre, purpose, actor=actor, person=person, language=language)


# --- the tablet at the door ----------------------------------------------------------------------
@dataclass(frozen=True)
class CheckIn:
    """What somebody typed at the door. `token` is the form's: sent twice, it counts once."""

    identity: Identity
    first_name: str
    token: UUID
    language: str = ""


@transaction.atomic
def check_in(screen: Screen, typed: CheckIn, *, now: datetime) -> Visit | None:
    """Give whoever stands at the door a ticket; None when the tablet has taken too many lately.

    Everybody gets the next ticket of the booked, so that nobody learns from the answer who is
    known here. Only when number and first name are those of somebody booked at the centre today,
    for a meeting or a group, does the ticket belong to that person; for everybody else nothing
    typed is kept. A protected person is never checked in: who is to meet them is told, and the
    ticket is nobody's.
    """
    centre = _locked(screen.centre)
    again = Visit.objects.filter(sent_token=typed.token, screen=screen).first()
    if again is not None:
        return again
    recent = Visit.objects.filter(screen=screen, arrived_at__gt=rules.check_ins_since(now)).count()
    if rules.is_too_many(recent):
        log_change(None, "visit.check_in", screen, reason="too many")
        return None
    person = _person_meant(typed)
    appointment = todays_appointment(person, centre, now) if person is not None else None
    place = None
    if person is not None and appointment is None:
        place = todays_place(person, centre, now)
    is_booked = appointment is not None or place is not None
    is_checked_in = is_booked and not person.is_protected and not _is_open(person, centre, now)
    visit = Visit(
        centre=centre,
        kind=VisitorKind.PERSON,
        person=person if is_checked_in else None,
        purpose=VisitPurpose.BOOKED,
        screen=screen,
        sent_token=typed.token,
        arrived_at=now,
    )
    _admit(visit, appointment if is_checked_in else None, None)
    if is_booked and person.is_protected:
        host_id = appointment.with_user_id if appointment is not None else place.meeting.leader_id
        _tell_circle(visit, person, host_id, (appointment or place).case)
    return visit


def _person_meant(typed: CheckIn) -> Person | None:
    person = Person.objects.filter(
        numbers__number=typed.identity.number, numbers__is_current=True
    ).first()
    given = search_text(person.given_name) if person is not None else ""
    return person if rules.is_same_first_name(search_text(typed.first_name), given) else None


def _tell_circle(visit: Visit, person: Person, host_id: int, case: Case | None) -> None:
    """Tell who is to meet the protected person, before a case too; when that one is outside the
    circle, everybody of the circle who works at the centre."""
    circle = set(
        CircleMember.objects.filter(person=person, ends_before__isnull=True).values_list(
            "user_id", flat=True
        )
    )
    whom = circle & {host_id} or set(
        Membership.objects.valid_on(visit.came_on)
        .filter(user__in=circle, unit=visit.centre_id)
        .values_list("user_id", flat=True)
    )
    notify_many(_door_notice(visit, host_id, case, user_id) for user_id in sorted(whom))


def _door_notice(visit: Visit, host_id: int, case: Case | None, user_id: int) -> NoticeText:
    key, payload = f"visit-door:{visit.pk}", {"ticket": visit.ticket}
    if user_id != host_id:
        key = f"{key}:{user_id}"
    if case is None:
        return NoticeText(
            user_id=user_id,
            key=key,
            sentence=gettext_lazy(
                "A visitor with a protected identity and a meeting booked today stands at the door "
                "with ticket %(ticket)s. Fetch the visitor."
            ),
            payload=payload,
            url_name="intake:entrances",
        )
    return NoticeText(
        user_id=user_id,
        key=key,
        sentence=gettext_lazy(
            "The visitor in case %(case)s stands at the door with ticket %(ticket)s. "
            "Fetch the visitor."
        ),
        payload={"case": case.number, **payload},
        url_name="casework:case",
        url_arg=case.number,
    )


# --- what both have in common --------------------------------------------------------------------
def todays_appointment(person: Person, centre: Unit, at: datetime) -> Appointment | None:
    """The person's booked appointment of the day at the centre that is nearest in time."""
    booked = {
        appointment.starts_at: appointment
        for appointment in Appointment.objects.at(centre)
        .filter(
            person=person,
            state=AppointmentState.BOOKED,
            starts_at__date=timezone.localdate(at),
        )
        .select_related(
            "case__person", "case__centre", "case__coach", "with_user", "person", "centre"
        )
    }
    return booked.get(rules.nearest_start(at, booked))


def _locked(centre: Unit) -> Unit:
    """The centre under a lock: two who register at once get different tickets."""
    return Unit.objects.select_for_update(no_key=True).get(pk=centre.pk)


def _is_open(person: Person, centre: Unit, at: datetime) -> bool:
    return (
        Visit.objects.open()
        .filter(person=person, centre=centre, came_on=timezone.localdate(at))
        .exists()
    )


def _admit(visit: Visit, appointment: Appointment | None, actor: User | None) -> Visit:
    """Save a new visit with its ticket, mark the appointment, write the event, tell the host."""
    at = visit.arrived_at
    visit.came_on = timezone.localdate(at)
    visit.centre = centre = _locked(visit.centre)
    case = person = group = None
    if visit.person_id is not None:
        # Read again: who became protected a moment ago gets no ticket.
        visit.person = person = read(Person, visit.person_id)
        end_left_over(Visit.objects.filter(person=person, centre=centre, came_on__lt=visit.came_on))
        _refuse_second(visit)
        case = person.cases.filter(status="open").select_related("coach").first()
        if visit.purpose == VisitPurpose.BOOKED and appointment is None:
            appointment = todays_appointment(person, centre, at)
            if appointment is None:
                group = note_arrival(person, centre, at, actor=actor)
    visit.case, visit.appointment = case, appointment
    visit.host = visit.host or (group.leader if group else _host(case, appointment))
    if person is not None and person.protection != Protection.NONE:
        visit.state = VisitState.MEETING
        visit.called_at = visit.met_at = at
        visit.called_by = actor
    else:
        visit.ticket_letter = rules.TICKET_LETTERS[VisitPurpose(visit.purpose)]
        last = Visit.objects.filter(
            centre=centre, came_on=visit.came_on, ticket_letter=visit.ticket_letter
        ).aggregate(last=Max("ticket_number"))["last"]
        visit.ticket_number = (last or 0) + 1
    save_checked(visit)
    if appointment is not None and appointment.state == AppointmentState.BOOKED:
        move_appointment(appointment, "arrive", actor=actor)
    if case is not None:
        record_event(case, "visit.arrived", actor=actor, payload={"centre": centre.name})
    _tell_host(visit, actor)
    log_change(
        actor,
        "visit.register" if actor is not None else "visit.check_in",
        visit,
        person,
        reason="" if visit.screen_id is None else f"screen {visit.screen_id}",
    )
    return visit


def _refuse_second(visit: Visit) -> None:
    here = Visit.objects.open().filter(
        person=visit.person, centre=visit.centre, came_on=visit.came_on
    )
    if here.exists() and (first := here.order_by("arrived_at", "pk").first()):
        raise Refused(
            _("%(name)s is here already since %(time)s: %(ticket)s.")
            % {
                "name": visit.person.name,
                "time": formats.clock_time(first.arrived_at),
                "ticket": first.ticket or first.get_state_display(),
            }
        )


def _host(case: Case | None, appointment: Appointment | None) -> User | None:
    if appointment is not None:
        return appointment.with_user
    return case.coach if case is not None else None


def _tell_host(visit: Visit, actor: User | None) -> None:
    """The host and the coach are told at once; of a protected visitor only those in the circle."""
    who = {visit.host_id, visit.case.coach_id if visit.case else None} - {None}
    who -= {actor.pk if actor is not None else None}
    if visit.person_id and visit.person.is_protected:
        who &= set(
            CircleMember.objects.filter(
                person_id=visit.person_id, ends_before__isnull=True
            ).values_list("user_id", flat=True)
        )
    if not who:
        return
    # The page of the visit is the centre's; who works elsewhere gets no address they cannot open.
    here = set(
        Membership.objects.valid_on(visit.came_on)
        .filter(user__in=who, role__in=(Role.COACH, Role.RECEPTION), unit=visit.centre_id)
        .values_list("user_id", flat=True)
    )
    notify_many(_notice(visit, user_id, user_id in here) for user_id in who)


def _notice(visit: Visit, user_id: int, is_here: bool) -> NoticeText:
    if visit.case is not None:
        sentence = gettext_lazy("The visitor in case %(case)s is here. Ticket: %(ticket)s.")
        payload = {"case": visit.case.number, "ticket": visit.ticket or "–"}
    else:
        sentence = gettext_lazy("%(who)s waits for you at %(centre)s. Ticket: %(ticket)s.")
        payload = {
            "who": visit.company_name or gettext_lazy("A visitor"),
            "centre": visit.centre.name,
            "ticket": visit.ticket or "–",
        }
    url_name, url_arg = ("intake:visit", str(visit.ref)) if is_here else ("", "")
    if not is_here and visit.case is not None and visit.case.coach_id == user_id:
        url_name, url_arg = "casework:case", visit.case.number
    return NoticeText(
        user_id=user_id,
        key=f"visit:{visit.pk}:{user_id}",
        sentence=sentence,
        payload=payload,
        url_name=url_name,
        url_arg=url_arg,
    )
