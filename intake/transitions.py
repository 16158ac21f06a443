"""What happens at the front desk and on the first day. The only writers of a visit's and a
mapping's state."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intake import rules
from intake.enums import MappingArea, MappingState, VisitorKind, VisitState
from intake.models import AfRegistration, Mapping, MappingAnswer, RightsGiven, Visit
from jobcentre.accounts.models import Unit, User
from jobcentre.audit import log
from jobcentre.audit.enums import Access
from jobcentre.casework.access.checks import require
from jobcentre.casework.concurrency import lock
from jobcentre.casework.exceptions import Conflict, Refused
from jobcentre.casework.identity import Identity
from jobcentre.casework.models import Case, Person
from jobcentre.casework.saving import save_checked
from jobcentre.casework.timeline import record_event
from jobcentre.casework.transitions.cases import Enrolment, open_case
from jobcentre.casework.transitions.persons import register_person
from jobcentre.casework.transitions.records import book_appointment
from jobcentre.notices.writer import NoticeText, notify
from jobcentre.replay import moment_now

# {action: (from, to)}: the moves of a visit.
MOVES = {
    "enrol": (VisitState.WAITING, VisitState.ENROLLED),
    "send_on": (VisitState.WAITING, VisitState.SENT_ON),
    "answer": (VisitState.WAITING, VisitState.ANSWERED),
    "leave": (VisitState.WAITING, VisitState.LEFT),
}


def _log(actor, action, obj, person=None, fields=()):
    log.record(
        actor,
        action,
        access=Access.CHANGE,
        subject=person.ref if person else None,
        obj=obj,
        fields=fields,
    )


class _At:
    """A centre as the object of an access question."""

    def __init__(self, unit: Unit):
        self.unit = unit

    def access_unit(self) -> Unit:
        return self.unit


@transaction.atomic
def register_visit(
    centre: Unit,
    purpose: str,
    *,
    actor: User,
    person: Person | None = None,
    company_name: str = "",
    language: str = "",
    at: datetime | None = None,
) -> Visit:
    """Put a visitor, a person or a company, in the queue of the centre."""
    require(actor, "visit.register", _At(centre))
    visit = Visit(
        centre=centre,
        kind=VisitorKind.PERSON if person else VisitorKind.COMPANY,
        person=person,
        company_name=company_name,
        purpose=purpose,
        language=language,
        registered_by=actor,
        arrived_at=at or moment_now(),
    )
    save_checked(visit)
    case = person.cases.filter(status="open").first() if person else None
    if case is not None:
        visit.case = case
        visit.save()
        record_event(case, "visit.arrived", actor=actor, payload={"centre": centre.name})
        if case.coach_id and case.coach_id != actor.pk:
            notify(
                NoticeText(
                    user_id=case.coach_id,
                    key=f"visit:{visit.pk}",
                    sentence=gettext_lazy("A person in case %(case)s waits at the front desk."),
                    payload={"case": case.number},
                    url_name="casework:case",
                    url_arg=case.number,
                )
            )
    _log(actor, "visit.register", visit, person)
    return visit


@transaction.atomic
def register_visitor(
    centre: Unit,
    fields: dict,
    identity: Identity | None,
    purpose: str,
    *,
    actor: User,
    language: str = "",
) -> Visit:
    """Register a new person and the visit in one step."""
    require(actor, "visit.register", _At(centre))
    person = register_person(fields, identity, centre, actor=actor)
    return register_visit(centre, purpose, actor=actor, person=person, language=language)


def _end(visit: Visit, move: str, actor) -> Visit:
    visit = Visit.objects.select_for_update(of=("self",)).get(pk=visit.pk)
    require(actor, "visit.register", visit)
    source, target = MOVES[move]
    if visit.state != source:
        raise Refused(
            _("The visit is already ended: %(state)s.") % {"state": visit.get_state_display()}
        )
    visit.state = target
    visit.ended_at = moment_now()
    return visit


@transaction.atomic
def enrol_visitor(
    visit: Visit,
    enrolment: Enrolment,
    starts_at: datetime | None,
    *,
    actor: User,
    today: date,
) -> Case:
    """Open a case for the visitor, give it the coach and book the first meeting.

    Raises Refused when the person already has an open case or the coach is booked then.
    """
    visit = _end(visit, "enrol", actor)
    case = open_case(visit.person, enrolment, actor=actor, today=today)
    if enrolment.coach is not None and starts_at is not None:
        book_appointment(
            case,
            enrolment.coach,
            starts_at,
            _("First meeting"),
            actor=actor,
            place=enrolment.centre.name,
            interpreter_language=visit.person.interpreter_language,
        )
    visit.case = case
    visit.sent_to = enrolment.coach
    save_checked(visit)
    _log(actor, "visit.enrol", visit, visit.person, ["state"])
    return case


@transaction.atomic
def finish_visit(
    visit: Visit, move: str, *, actor: User, answer: str = "", sent_to: User | None = None
) -> Visit:
    """End a visit without a new case: answered, sent on to a colleague, or left."""
    if move not in ("send_on", "answer", "leave"):
        raise ValueError(f"no such move: {move}")
    visit = _end(visit, move, actor)
    if move == "answer" and not answer.strip():
        raise Refused(_("Write shortly what was asked and answered."))
    visit.answer = answer
    visit.sent_to = sent_to
    save_checked(visit)
    if sent_to is not None and sent_to.pk != actor.pk:
        notify(
            NoticeText(
                user_id=sent_to.pk,
                key=f"visit-sent:{visit.pk}",
                sentence=gettext_lazy("A visitor at the front desk of %(centre)s is sent to you."),
                payload={"centre": visit.centre.name},
            )
        )
    _log(actor, f"visit.{move}", visit, visit.person, ["state"])
    return visit


@transaction.atomic
def give_rights(
    case: Case,
    *,
    given_on: date,
    form: str,
    language: str,
    with_interpreter: bool,
    actor: User | None,
) -> RightsGiven:
    """Record that rights, duties and consequences were explained."""
    require(actor, "rights.record", case)
    given = RightsGiven(
        case=case,
        given_on=given_on,
        form=form,
        language=language,
        with_interpreter=with_interpreter,
        given_by=actor or case.coach,
    )
    save_checked(given)
    record_event(case, "rights.given", actor=actor, payload={"language": language, "form": form})
    _log(actor, "rights.record", given, case.person)
    return given


@transaction.atomic
def check_af(
    case: Case, *, status: str, since: date | None, actor: User | None, today: date
) -> AfRegistration:
    """Record what the check of the AF registration showed."""
    require(actor, "rights.record", case)
    registration = AfRegistration(
        case=case,
        status=status,
        since=since,
        checked_on=today,
        checked_by=actor or case.coach,
    )
    save_checked(registration)
    record_event(case, "af.checked", actor=actor, payload={"status": status})
    _log(actor, "rights.record", registration, case.person)
    return registration


@dataclass(frozen=True)
class MappingInput:
    """A mapping as it is written; `answers` by area: (level or None, text, needs a measure)."""

    answers: dict[str, tuple[int | None, str, bool]] = field(default_factory=dict)
    summary: str = ""
    others: str = ""


@transaction.atomic
def save_mapping(
    case: Case,
    written: MappingInput,
    *,
    actor: User | None,
    today: date,
    edit: int | None = None,
    complete: bool = False,
) -> Mapping:
    """Begin, go on with or complete the mapping of a case.

    Raises Conflict when somebody has saved it since `edit`, Refused when it is to be completed
    and areas or the summary are missing.
    """
    case = lock(case)
    require(actor, "mapping.edit", case)
    if not case.is_open:
        raise Refused(_("The case is closed."))
    mapping = case.mappings.filter(state=MappingState.BEGUN).first()
    if mapping is None:
        mapping = Mapping(case=case, begun_on=today, made_by=actor or case.coach)
        is_new = True
    else:
        is_new = False
        if edit is not None and mapping.edit != edit:
            raise Conflict(
                _(
                    "Somebody else has changed this since you opened it. "
                    "What you wrote is still here."
                )
            )
        mapping.edit += 1
    mapping.summary = written.summary
    mapping.others = written.others
    if complete:
        _check_complete(written)
        mapping.state = MappingState.COMPLETED
        mapping.completed_on = today
    save_checked(mapping)
    mapping.answers.all().delete()
    MappingAnswer.objects.bulk_create(
        [
            MappingAnswer(mapping=mapping, area=area, level=level, text=text, needs_measure=needs)
            for area, (level, text, needs) in written.answers.items()
            if level is not None or text.strip()
        ]
    )
    if is_new:
        record_event(case, "mapping.begun", actor=actor, payload={"begun_on": today})
    if complete:
        record_event(case, "mapping.completed", actor=actor, payload={"completed_on": today})
    _log(actor, "mapping.edit", mapping, case.person, ["answers", "summary"])
    return mapping


def _check_complete(written: MappingInput) -> None:
    missing = rules.unanswered(
        MappingArea.values,
        (
            rules.AreaAnswer(area, level, text)
            for area, (level, text, _needs) in written.answers.items()
        ),
    )
    if missing:
        names = ", ".join(str(MappingArea(area).label) for area in missing)
        raise Refused(_("Answer every area before you complete it: %(areas)s.") % {"areas": names})
    if not written.summary.strip():
        raise Refused(_("Write the summary before you complete the mapping."))
