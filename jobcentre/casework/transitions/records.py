"""What is noted in a case: notes, consents, documents, involvement."""

from datetime import date, datetime, timedelta

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from jobcentre.accounts.models import Unit, User
from jobcentre.audit import log
from jobcentre.audit.enums import Access
from jobcentre.casework.access.checks import forget_relations, require
from jobcentre.casework.concurrency import lock
from jobcentre.casework.consents import covers
from jobcentre.casework.enums import Area
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import (
    Case,
    CaseEvent,
    Consent,
    Document,
    Involvement,
    SensitiveOpening,
    StruckNote,
)
from jobcentre.casework.registries import consent_steps
from jobcentre.casework.saving import save_checked
from jobcentre.casework.stored_files import store
from jobcentre.casework.timeline import record_event

SENSITIVE_MINUTES = 60
NOTE_KINDS = ("note.written", "note.corrected")


def _log(actor, action, case, obj, fields):
    log.record(actor, action, access=Access.CHANGE, subject=case.person.ref, obj=obj, fields=fields)


@transaction.atomic
def write_note(case: Case, text: str, *, actor: User, at: datetime | None = None) -> CaseEvent:
    """Write a note in the case; it stands for ever, a wrong one is corrected by a new one."""
    require(actor, "note.write", case)
    if not text.strip():
        raise Refused(_("Write something first."))
    event = record_event(case, "note.written", actor=actor, text=text.strip(), at=at)
    _log(actor, "note.write", case, event, ["text"])
    return event


@transaction.atomic
def correct_note(note: CaseEvent, text: str, *, actor: User) -> CaseEvent:
    """Write a note that replaces `note`, which is kept and marked as corrected."""
    require(actor, "note.write", note.case)
    if note.kind not in NOTE_KINDS or note.actor_id != actor.pk:
        raise Refused(_("Only the one who wrote a note corrects it."))
    if not text.strip():
        raise Refused(_("Write something first."))
    event = record_event(note.case, "note.corrected", actor=actor, text=text.strip(), corrects=note)
    _log(actor, "note.correct", note.case, event, ["text"])
    return event


@transaction.atomic
def strike_note(note: CaseEvent, reason: str, *, actor: User) -> StruckNote:
    """Hide a note written in the wrong case; the trace and the reason stay."""
    require(actor, "note.strike", note.case)
    if note.kind not in NOTE_KINDS:
        raise Refused(_("Only notes can be struck."))
    struck = StruckNote(event=note, reason=reason, struck_by=actor)
    save_checked(struck)
    _log(actor, "note.strike", note.case, note, ["struck"])
    return struck


@transaction.atomic
def give_consent(
    case: Case,
    purpose: str,
    form: str,
    given_on: date,
    ends_before: date | None,
    *,
    actor: User,
    receiver: str = "",
) -> Consent:
    """Record the person's consent to one purpose; with a `receiver` to that one only.

    Raises Refused when one that covers it is already in force.
    """
    require(actor, "consent.record", case)
    case = lock(case)
    receiver = " ".join(receiver.split())
    if covers(case.consents.filter(purpose=purpose).order_by(), purpose, given_on, receiver):
        raise Refused(_("A consent to this is already in force."))
    consent = Consent(
        case=case,
        purpose=purpose,
        receiver=receiver,
        form=form,
        given_on=given_on,
        ends_before=ends_before,
        recorded_by=actor,
    )
    save_checked(consent)
    kind = "consent.given_to_one" if receiver else "consent.given"
    record_event(case, kind, actor=actor, payload={"purpose": purpose})
    _log(actor, "consent.give", case, consent, ["purpose"])
    return consent


@transaction.atomic
def withdraw_consent(consent: Consent, *, actor: User, today: date) -> Consent:
    """The person takes back a consent; what it opened is closed at the next request."""
    require(actor, "consent.record", consent)
    consent = Consent.objects.select_for_update().get(pk=consent.pk)
    if consent.withdrawn_on is not None:
        raise Refused(_("The consent has already been withdrawn."))
    consent.withdrawn_on = max(today, consent.given_on)
    save_checked(consent)
    kind = "consent.withdrawn_from_one" if consent.receiver else "consent.withdrawn"
    record_event(consent.case, kind, actor=actor, payload={"purpose": consent.purpose})
    for step in consent_steps:
        step.withdrawn(consent, actor=actor, today=today)
    _log(actor, "consent.withdraw", consent.case, consent, ["withdrawn_on"])
    return consent


@transaction.atomic
def add_document(
    case: Case, title: str, file: File, content_type: str, area: Area, *, actor: User | None
) -> Document:
    """Store a checked file (the form has looked at size, kind and content) with the case."""
    require(actor, "document.add", case)
    document = Document(
        case=case,
        title=title,
        area=area,
        content_type=content_type,
        added_by=actor or case.coach,
    )
    store(document, file)
    save_checked(document)
    record_event(case, "document.added", actor=actor, payload={"title": title})
    _log(actor, "document.add", case, document, ["file"])
    return document


def involve(
    case: Case,
    kind: str,
    *,
    label: str,
    starts_on: date,
    subject_key: str = "",
    unit: Unit | None = None,
    user: User | None = None,
    phone: str = "",
) -> Involvement:
    """Note that somebody works with the person from `starts_on`; called inside a transition."""
    involvement = Involvement(
        case=case,
        kind=kind,
        subject_key=subject_key,
        unit=unit,
        user=user,
        label=label[:200],
        phone=phone,
        starts_on=starts_on,
    )
    save_checked(involvement)
    return involvement


def end_involvement(
    case: Case, kind: str, subject_key: str, *, ends_before: date, days_after: int = 0
) -> None:
    """The work ends on `ends_before`; the right to see lasts `days_after` days longer."""
    for involvement in Involvement.objects.filter(case=case, kind=kind, subject_key=subject_key):
        involvement.ends_before = max(ends_before, involvement.starts_on)
        involvement.visible_before = involvement.ends_before + timedelta(days=days_after)
        save_checked(involvement)


@transaction.atomic
def open_sensitive_areas(case: Case, reason: str, *, actor: User) -> SensitiveOpening:
    """Open a colleague's sensitive areas for 60 minutes, with a reason that is logged and shown."""
    require(actor, "case.open_sensitive", case)
    if len(reason.strip()) < 20:
        raise Refused(_("Say in at least 20 characters why you need to open this."))
    opening = SensitiveOpening(
        case=case,
        user=actor,
        reason=reason.strip(),
        valid_until=timezone.now() + timedelta(minutes=SENSITIVE_MINUTES),
    )
    save_checked(opening)
    record_event(case, "sensitive.opened", actor=actor, payload={"reason": reason.strip()})
    log.record(
        actor,
        "case.open_sensitive",
        access=Access.READ,
        subject=case.person.ref,
        obj=case,
        reason=reason.strip(),
    )
    forget_relations(actor)
    return opening
