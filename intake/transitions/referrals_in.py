"""What happens to a referral in: sent, given a time, followed up, met or ended. The only writer of
its state."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intake.enums import ReferralEnd, ReferralState
from intake.models import ReferralContact, ReferralIn, SupportObstacle
from intake.transitions import groups
from intake.transitions.traces import log_change
from jobcentre.accounts.models import Unit, User
from jobcentre.audit import log
from jobcentre.casework.access.checks import require
from jobcentre.casework.access.queries import unhidden_persons, who_may_know
from jobcentre.casework.concurrency import lock
from jobcentre.casework.deadlines.calendar import municipal_calendar
from jobcentre.casework.enums import AppointmentState, CaseStatus, Protection, Source
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.identity import Identity
from jobcentre.casework.models import Appointment, Case, Person
from jobcentre.casework.models.appointment import FIRST_MEETING
from jobcentre.casework.saving import save_checked
from jobcentre.casework.sources import allows_own_initiative, refusal_of
from jobcentre.casework.timeline import record_event
from jobcentre.casework.transitions.appointments import (
    cancel_appointment,
    give_to_case,
    move_meeting,
    place_appointment,
    refuse_past,
)
from jobcentre.casework.transitions.persons import register_person, write_correction
from jobcentre.casework.transitions.protection import begin_protection, managers_of
from jobcentre.notices.writer import NoticeText, notify, notify_many
from jobcentre.replay import moment_now

OFFER_WORKDAYS = 2  # a time is offered by then
AFTER_MEETING_WORKDAYS = 1  # by then it is known whether the person came
SENT = ("given_name", "family_name", "phone", "email")  # what the sender may correct
MAX_NEXT_DAYS = 30  # the next attempt lies at most so far ahead

# {action: (from, to)}: the moves of a referral in.
MOVES = {
    "book": ((ReferralState.WAITING, ReferralState.BOOKED), ReferralState.BOOKED),
    "wait": ((ReferralState.BOOKED,), ReferralState.WAITING),
    "meet": ((ReferralState.WAITING, ReferralState.BOOKED), ReferralState.MET),
    "end": ((ReferralState.WAITING, ReferralState.BOOKED), ReferralState.ENDED),
}


@dataclass(frozen=True)
class Sending:
    """What the sender says; `centre` is the district's own unless `exception_reason` says why not."""

    source: str
    centre: Unit
    ground: str
    district: Unit | None = None
    exception_reason: str = ""
    obstacle: SupportObstacle | None = None
    wishes: str = ""


class _From:
    """The acting unit as the object of an access question."""

    def __init__(self, unit: Unit):
        self.unit = unit

    def access_unit(self) -> Unit:
        return self.unit


def _move(referral: ReferralIn, move: str) -> ReferralIn:
    referral = lock(referral)
    sources, target = MOVES[move]
    if referral.state not in sources:
        raise _over(referral)
    referral.state = target
    return referral


@transaction.atomic
def send_referral(
    person: Person | None,
    fields: dict,
    identity: Identity | None,
    sending: Sending,
    *,
    actor: User,
    today: date,
    protection: str = Protection.NONE,
) -> ReferralIn:
    """Send a person, known or new with `fields`, to a centre. Of a new protected person only the
    sender and the centre's managers know, who are told to name the others.

    Raises Refused when the person is at a centre already, is referred already, goes to another
    centre than the district's without a reason, or comes on own initiative where the municipality
    takes nobody in so.
    """
    require(actor, "referral_in.send", _From(actor.acting.unit))
    if lacking := lacking_in(sending, own_initiative=allows_own_initiative()):
        raise Refused(lacking)
    is_new = person is None
    if person is None:
        person = register_person(fields, identity, sending.centre, actor=actor)
        if protection != Protection.NONE:
            person = begin_protection(
                person, protection, unit=sending.centre, actor=actor, today=today
            )
    person = lock(person)
    if busy := busy_among([person.pk]).get(person.pk):
        raise Refused(busy)
    referral = _referral_of(person, sending, actor, today, _offer_by(today))
    save_checked(referral)
    log_change(actor, "referral_in.send", referral, person, ["state"])
    if is_new and person.is_protected:
        _tell_managers(referral, actor, today)
    return referral


def _tell_managers(referral: ReferralIn, actor: User, today: date) -> None:
    notify_many(
        NoticeText(
            user_id=user.pk,
            key=f"referral-in-protected:{referral.pk}:{user.pk}",
            sentence=gettext_lazy(
                "A person with a protected identity is referred to %(centre)s. Name those who are "
                "to see the person."
            ),
            payload={"centre": referral.centre.name},
            url_name="intake:referral_in",
            url_arg=str(referral.ref),
            by_mail=True,
        )
        for user in who_may_know(referral.person, managers_of(referral.centre, today))
        if user.pk != actor.pk
    )


def lacking_in(sending: Sending, *, own_initiative: bool) -> str | Promise:
    """What has to be said before anybody can be sent like this; empty when nothing is.
    `own_initiative`: what the municipality has decided (`allows_own_initiative`)."""
    if refusal := refusal_of(sending.source, own_initiative=own_initiative):
        return refusal
    goes_elsewhere = (
        sending.district is not None and sending.district.parent_id != sending.centre.pk
    )
    if goes_elsewhere and not sending.exception_reason.strip():
        return gettext_lazy("Say why the person goes to another centre than the district's.")
    if sending.source == Source.INCOME_SUPPORT and sending.district is None:
        return gettext_lazy("Choose the district; its unit approves the plan.")
    return ""


def busy_among(persons: Collection[int]) -> dict[int, str | Promise]:
    """Those of `persons` (ids) who cannot be sent, and why; two queries."""
    referred = ReferralIn.objects.open().filter(person__in=persons)
    enrolled = Case.objects.filter(person__in=persons, status=CaseStatus.OPEN)
    return dict.fromkeys(
        referred.order_by("pk").values_list("person_id", flat=True),
        gettext_lazy("The person is referred already and has not come yet."),
    ) | dict.fromkeys(
        enrolled.order_by("pk").values_list("person_id", flat=True),
        gettext_lazy("The person already has an open case."),
    )


@transaction.atomic
def send_together(
    sent: Sequence[tuple[Person, Sending]], *, actor: User, today: date
) -> list[ReferralIn]:
    """Send many persons, each once, of whom `lacking_in` and `busy_among` say nothing, in two
    queries. Raises IntegrityError when somebody was sent meanwhile: nobody is sent then."""
    require(actor, "referral_in.send", _From(actor.acting.unit))
    offer_by = _offer_by(today)
    referrals = ReferralIn.objects.bulk_create(
        [_referral_of(person, sending, actor, today, offer_by) for person, sending in sent]
    )
    with log.gathered_entries.open():
        for referral in referrals:
            log_change(actor, "referral_in.send", referral, referral.person, ["state"])
    return referrals


def _offer_by(today: date) -> date:
    return municipal_calendar().add_workdays(today, OFFER_WORKDAYS)


def _referral_of(
    person: Person, sending: Sending, actor: User, today: date, offer_by: date
) -> ReferralIn:
    return ReferralIn(
        person=person,
        source=sending.source,
        sending_unit=actor.acting.unit,
        sent_by=actor,
        sent_on=today,
        district=sending.district,
        centre=sending.centre,
        exception_reason=sending.exception_reason,
        ground=sending.ground,
        obstacle=sending.obstacle,
        wishes=sending.wishes,
        contact_on=offer_by,
    )


@transaction.atomic
def book_first_meeting(
    referral: ReferralIn,
    with_user: User,
    starts_at: datetime,
    *,
    actor: User,
    interpreter_language: str | None = None,
) -> Appointment:
    """Give the referred person a first meeting, or another one instead of the one booked.

    Without a language said, the interpreter is the former meeting's or the person's.
    """
    require(actor, "referral_in.book", referral)
    refuse_past(starts_at)
    referral = _move(referral, "book")
    old = referral.appointment
    if old is not None and old.state == AppointmentState.BOOKED:
        save_checked(referral)
        return move_meeting(
            old, with_user, starts_at, actor=actor, interpreter_language=interpreter_language
        )
    person = referral.person
    appointment = place_appointment(
        person,
        with_user,
        starts_at,
        FIRST_MEETING,
        case=None,
        centre=referral.centre,
        actor=actor,
        interpreter_language=person.interpreter_language
        if interpreter_language is None
        else interpreter_language,
    )
    _has_time(referral, appointment, actor)
    return appointment


def _has_time(referral: ReferralIn, appointment: Appointment, actor: User | None) -> None:
    """The first meeting is that one; soon after it, it is seen whether the person came."""
    referral.appointment = appointment
    referral.contact_on = municipal_calendar().add_workdays(
        timezone.localdate(appointment.starts_at), AFTER_MEETING_WORKDAYS
    )
    save_checked(referral)
    log_change(actor, "referral_in.book", referral, referral.person, ["appointment"])


# --- what happens to the first meeting (casework's registry of meeting steps) ------------------------
def hold_referral_of(appointment: Appointment) -> None:
    """Lock the open referral of a meeting before the meeting itself: booking another time locks
    them in that order. A meeting of a case has no open referral."""
    if appointment.case_id is None:
        _booked_of(appointment)


def _booked_of(appointment: Appointment) -> ReferralIn | None:
    found = ReferralIn.objects.filter(appointment=appointment, state=ReferralState.BOOKED)
    return found.select_for_update(of=("self",)).select_related("person").first()


def follow_moved(old: Appointment, new: Appointment, actor: User | None) -> None:
    """The first meeting has another time or is with another colleague: the referral goes with it.
    One that is met already only shows the meeting that stands."""
    referral = _booked_of(old)
    if referral is not None:
        _has_time(referral, new, actor)
    else:
        ReferralIn.objects.filter(appointment=old).update(appointment=new)


def follow_called_off(appointment: Appointment, actor: User | None) -> None:
    """Nobody came to the first meeting, or it was cancelled: the referral waits for a new time, to
    be offered within the same days as the first. The sender is told of who did not come."""
    if appointment.case_id is not None:
        return
    referral = _booked_of(appointment)
    if referral is None:
        return
    referral = _move(referral, "wait")
    referral.contact_on = _offer_by(timezone.localdate(moment_now()))
    save_checked(referral)
    log_change(actor, "referral_in.wait", referral, referral.person, ["state", "contact_on"])
    is_missed = appointment.state == AppointmentState.MISSED
    if is_missed and (actor is None or referral.sent_by_id != actor.pk):
        notify(
            NoticeText(
                user_id=referral.sent_by_id,
                key=f"referral-in-missed:{appointment.pk}",
                sentence=gettext_lazy(
                    "A person you referred on %(sent_on)s did not come to the first meeting "
                    "%(when)s."
                ),
                payload={
                    "sent_on": referral.sent_on,
                    "when": appointment.starts_at,
                },
                url_name="intake:referral_in",
                url_arg=str(referral.ref),
            )
        )


@transaction.atomic
def note_contact(
    referral: ReferralIn,
    *,
    way: str,
    result: str,
    next_on: date,
    note: str,
    actor: User,
    today: date,
) -> ReferralContact:
    """Note an attempt to reach the person, and when the next one is."""
    require(actor, "referral_in.follow", referral)
    referral = lock(referral)
    if not referral.is_open:
        raise _over(referral)
    if not today < next_on <= today + timedelta(days=MAX_NEXT_DAYS):
        raise Refused(_("The next attempt lies within %(n)d days.") % {"n": MAX_NEXT_DAYS})
    contact = ReferralContact(
        referral=referral,
        on=today,
        way=way,
        result=result,
        note=note,
        made_by=actor,
        next_on=next_on,
    )
    save_checked(contact)
    referral.contact_on = next_on
    save_checked(referral)
    log_change(actor, "referral_in.contact", referral, referral.person, ["contact_on"])
    return contact


def _over(referral: ReferralIn) -> Refused:
    return Refused(
        _("The referral is already: %(state)s.") % {"state": referral.get_state_display()}
    )


@transaction.atomic
def correct_sent_person(
    referral: ReferralIn, fields: dict, *, actor: User, version: int
) -> list[str]:
    """The sender corrects what is obviously wrong (names as in SENT) of a person who has not come.

    Returns the names of what changed. Raises Refused once the referral is met or ended, Conflict
    when somebody else has changed the person since `version`.
    """
    referral = lock(referral)
    require(actor, "referral_in.correct", referral)
    person = lock(referral.person, version)
    if not unhidden_persons(actor).filter(pk=person.pk).exists():
        raise PermissionDenied("referral_in.correct")
    if not referral.is_open:
        raise _over(referral)
    wanted = {name: fields[name] for name in SENT if name in fields}
    return write_correction(person, wanted, actor=actor, action="referral_in.correct")


@transaction.atomic
def end_referral(
    referral: ReferralIn, reason: str, note: str, *, actor: User, today: date
) -> ReferralIn:
    """End a referral without a case; the sender is told. A booked meeting is cancelled."""
    require(actor, "referral_in.end", referral)
    referral = _move(referral, "end")
    referral.ended_on = today
    referral.end_reason, referral.end_note, referral.contact_on = reason, note, None
    save_checked(referral)
    log_change(actor, "referral_in.end", referral, referral.person, ["state"])
    # After the state: a meeting told off gives an open referral back to those who wait.
    if referral.appointment is not None and referral.appointment.state == AppointmentState.BOOKED:
        cancel_appointment(referral.appointment, actor=None)
    if referral.sent_by_id != actor.pk:
        _tell_sender(
            referral,
            gettext_lazy("A person you referred on %(sent_on)s: %(reason)s."),
            {"reason": ReferralEnd(reason).label},
        )
    return referral


def meet_referral(person: Person, case: Case, *, actor: User | None, today: date) -> None:
    """The referred person has come: the referral is met by the case, with the meetings booked
    before it. Called inside the transition that opens the case."""
    give_to_case(person, case)
    groups.give_to_case(person, case)
    referral = ReferralIn.objects.open().filter(person=person).only("pk").first()
    if referral is None:
        return
    referral = _move(referral, "meet")
    referral.case, referral.ended_on, referral.contact_on = case, today, None
    save_checked(referral)
    record_event(
        case,
        "case.referred",
        actor=actor,
        payload={"unit": referral.sending_unit.name, "sent_on": referral.sent_on},
    )
    log_change(actor, "referral_in.meet", referral, person, ["state"])
    _tell_sender(
        referral,
        gettext_lazy("A person you referred on %(sent_on)s has come: case %(case)s."),
        {"case": case.number},
    )


def _tell_sender(referral: ReferralIn, sentence, payload: dict) -> None:
    notify(
        NoticeText(
            user_id=referral.sent_by_id,
            key=f"referral-in-ended:{referral.pk}",
            sentence=sentence,
            payload={"sent_on": referral.sent_on, **payload},
            url_name="intake:referral_in",
            url_arg=str(referral.ref),
        )
    )


def warn_of_late(today: date) -> int:
    """Tell the managers of each centre of referrals whose day to act has passed; returns how many
    notices were new. Safe to run again: once for each day that was missed."""
    late = ReferralIn.objects.open().filter(contact_on__lt=today).select_related("centre")
    managers: dict[int, list[User]] = {}
    texts = []
    for referral in late:
        if referral.centre_id not in managers:
            managers[referral.centre_id] = managers_of(referral.centre, today)
        texts += [
            NoticeText(
                user_id=user.pk,
                key=f"referral-in-late:{referral.pk}:{referral.contact_on}:{user.pk}",
                sentence=gettext_lazy(
                    "A referral in to %(centre)s was to be seen to by %(contact_on)s."
                ),
                payload={"centre": referral.centre.name, "contact_on": referral.contact_on},
                url_name="intake:referral_in",
                url_arg=str(referral.ref),
            )
            for user in managers[referral.centre_id]
        ]
    return notify_many(texts)
