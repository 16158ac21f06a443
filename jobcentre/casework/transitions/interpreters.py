"""The interpreter of a meeting: in which language, and whether one is booked.

A meeting follows the person's need as long as it says the same as the person; what was set
otherwise for the one meeting stays as it was set (docs/rules.md, Meetings).
"""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobcentre.accounts.models import User
from jobcentre.audit import log
from jobcentre.audit.enums import Access
from jobcentre.casework.access.checks import require
from jobcentre.casework.concurrency import lock
from jobcentre.casework.enums import AppointmentState
from jobcentre.casework.exceptions import Conflict, Refused
from jobcentre.casework.models import Appointment, Person
from jobcentre.casework.saving import save_checked
from jobcentre.notices.writer import NoticeText, notify_many
from jobcentre.replay import moment_now

LASTING = (AppointmentState.BOOKED, AppointmentState.ARRIVED)


def _lasting(appointment: Appointment) -> Appointment:
    """The meeting under its lock; Refused when it is over."""
    appointment = lock(appointment)
    if appointment.state not in LASTING:
        raise Refused(
            _("The appointment is already %(state)s.") % {"state": appointment.get_state_display()}
        )
    return appointment


def _log(actor: User | None, appointment: Appointment, *fields: str) -> None:
    log.record(
        actor,
        "appointment.interpreter",
        access=Access.CHANGE,
        subject=appointment.person.ref,
        obj=appointment,
        fields=fields,
    )


@transaction.atomic
def book_interpreter(appointment: Appointment, is_booked: bool, *, actor: User) -> Appointment:
    """Note that the interpreter of a meeting is booked, or no longer is."""
    require(actor, "appointment.book", appointment)
    appointment = _lasting(appointment)
    if is_booked and not appointment.interpreter_language:
        raise Refused(_("The meeting has no interpreter. Say in which language one is needed."))
    appointment.interpreter_booked = is_booked
    save_checked(appointment)
    _log(actor, appointment, "interpreter_booked")
    return appointment


@transaction.atomic
def set_interpreter(
    appointment: Appointment, language: str, *, actor: User, seen: str | None = None
) -> Appointment:
    """Say in which language the meeting needs an interpreter; an empty text: it needs none.

    An interpreter who was booked in another language no longer is. Raises Refused when the meeting
    is over, Conflict when the language is no longer the one that the page showed (`seen`).
    """
    require(actor, "appointment.book", appointment)
    appointment = _lasting(appointment)
    if appointment.interpreter_language == language:
        return appointment
    if seen is not None and appointment.interpreter_language != seen:
        raise Conflict(
            _("Somebody else has changed this since you opened it. What you wrote is still here.")
        )
    _change(appointment, language, actor)
    return appointment


def follow_person(
    person: Person, former: str, *, actor: User | None, language: str | None = None
) -> None:
    """The person's need was `former` and is another now, the person's own unless `language` is
    given: the meetings ahead that said the same follow.

    For transitions that have asked for their own right; one query when no meeting follows.
    """
    language = person.interpreter_language if language is None else language
    if language == former:
        return
    ahead = Appointment.objects.filter(
        person=person,
        state=AppointmentState.BOOKED,
        starts_at__gt=moment_now(),
        interpreter_language=former,
    )
    for appointment in ahead.select_for_update(of=("self",)).order_by("pk"):
        _change(appointment, language, actor)


def _change(appointment: Appointment, language: str, actor: User | None) -> None:
    was_booked = appointment.interpreter_booked
    appointment.interpreter_language = language
    appointment.interpreter_booked = False
    save_checked(appointment)
    _log(actor, appointment, "interpreter_language", "interpreter_booked")
    _tell(appointment, _sentence(language, was_booked), actor)


def _sentence(language: str, was_booked: bool):
    if was_booked:
        return gettext_lazy(
            "The interpreter booked for your meeting %(when)s is not the right one any longer. "
            "Tell the interpreter."
        )
    if language:
        return gettext_lazy("Your meeting %(when)s needs an interpreter, and none is booked.")
    return gettext_lazy("Your meeting %(when)s needs no interpreter any longer.")


def _tell(appointment: Appointment, sentence, actor: User | None) -> None:
    """Tell those of the staff whom the meeting is with, but the one who acts."""
    whom = {appointment.with_user_id, appointment.also_with_id} - {None}
    whom -= {actor.pk if actor is not None else None}
    now = moment_now().isoformat()
    notify_many(
        NoticeText(
            user_id=user_id,
            key=f"appointment-interpreter:{appointment.pk}:{user_id}:{now}",
            sentence=sentence,
            payload={"when": appointment.starts_at},
            url_name="casework:meetings",
        )
        for user_id in sorted(whom)
    )
