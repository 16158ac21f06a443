"""What happens on the first day: rights and duties, AF, consents, contact, language, emergency.

Nothing is written over: each act adds a row, and the newest holds. `seen` is the newest row that the
page showed (0: none); when somebody has added one since, Conflict is raised and nothing is saved.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from intake.models import (
    AfRegistration,
    ConsentRefusal,
    EmergencyNote,
    LanguageNeed,
    RightsGiven,
)
from intake.transitions.traces import log_change
from jobcentre.accounts.models import User
from jobcentre.casework.access.checks import require
from jobcentre.casework.concurrency import lock
from jobcentre.casework.exceptions import Conflict, Refused
from jobcentre.casework.models import Case, ContactWish
from jobcentre.casework.saving import save_checked
from jobcentre.casework.timeline import record_event
from jobcentre.casework.transitions.persons import correct_person
from jobcentre.casework.transitions.wishes import note_wish
from jobcentre.ui import formats

RIGHTS_BEFORE = timedelta(days=90)


def newest(model, case: Case) -> int:
    """The id of the row that holds, 0 when there is none."""
    return model.objects.filter(case=case).order_by("-pk").values_list("pk", flat=True).first() or 0


def _begin(model, case: Case, seen: int | None, actor: User | None) -> Case:
    """The case under its lock, when `actor` may write and nobody has written since `seen`."""
    require(actor, "rights.record", case)
    case = lock(case)
    if not case.is_open:
        raise Refused(_("The case is closed."))
    if seen is not None and newest(model, case) != seen:
        raise Conflict(
            _("Somebody else has changed this since you opened it. What you wrote is still here.")
        )
    return case


@transaction.atomic
def give_rights(
    case: Case,
    *,
    given_on: date,
    form: str,
    language: str,
    with_interpreter: bool,
    actor: User | None,
    seen: int | None = None,
) -> RightsGiven:
    """Record that rights, duties and consequences were explained.

    Raises Refused for a day more than `RIGHTS_BEFORE` ahead of the case: a group meeting or a first
    talk may come before it, an earlier time at the centre is another case's.
    """
    case = _begin(RightsGiven, case, seen, actor)
    if given_on < case.started_on - RIGHTS_BEFORE:
        raise Refused(
            _("The case began on %(day)s. Rights are explained at most %(n)d days before that.")
            % {"day": formats.day_year(case.started_on), "n": RIGHTS_BEFORE.days}
        )
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
    log_change(actor, "rights.record", given, case.person)
    return given


@transaction.atomic
def check_af(
    case: Case,
    *,
    status: str,
    since: date | None,
    actor: User | None,
    today: date,
    booked_on: date | None = None,
    seen: int | None = None,
) -> AfRegistration:
    """Record what the check of the AF registration showed; `booked_on` is the day on which one who
    is to register has a time there."""
    case = _begin(AfRegistration, case, seen, actor)
    registration = AfRegistration(
        case=case,
        status=status,
        since=since,
        booked_on=booked_on,
        checked_on=today,
        checked_by=actor or case.coach,
    )
    save_checked(registration)
    record_event(case, "af.checked", actor=actor, payload={"status": status})
    log_change(actor, "rights.record", registration, case.person)
    return registration


@transaction.atomic
def refuse_consent(
    case: Case, purpose: str, *, said_on: date, actor: User | None
) -> ConsentRefusal:
    """Record that the person was asked for a consent and said no.

    Raises Refused while a consent to the same is in force: that one is withdrawn instead.
    """
    require(actor, "rights.record", case)
    case = lock(case)
    if not case.is_open:
        raise Refused(_("The case is closed."))
    in_force = case.consents.filter(purpose=purpose, withdrawn_on__isnull=True)
    if in_force.exclude(ends_before__lte=said_on).exists():
        raise Refused(_("A consent to this is in force; withdraw it instead."))
    refusal = ConsentRefusal(
        case=case, purpose=purpose, said_on=said_on, recorded_by=actor or case.coach
    )
    save_checked(refusal)
    record_event(case, "consent.refused", actor=actor, payload={"purpose": purpose})
    log_change(actor, "rights.record", refusal, case.person, ["purpose"])
    return refusal


@transaction.atomic
def wish_contact(
    case: Case, channel: str, *, only: bool, times: str, actor: User | None, seen: int | None = None
) -> ContactWish:
    """Record how and when the person wants to be reached from now on."""
    case = _begin(ContactWish, case, seen, actor)
    return note_wish(case, channel, only=only, times=times, actor=actor)


@dataclass(frozen=True)
class Languages:
    """What a person speaks, reads and needs. Empty texts mean none."""

    first_language: str
    other_languages: str
    interpreter_language: str
    minority_language: str = ""
    wants_translation: bool = False


@transaction.atomic
def settle_language(
    case: Case,
    said: Languages,
    *,
    actor: User | None,
    seen: int | None = None,
    version: int | None = None,
) -> LanguageNeed:
    """Record the languages: on the person what is the person's, in the case what was asked for.

    `version` is the version of the person that the page showed.
    """
    case = _begin(LanguageNeed, case, seen, actor)
    need = LanguageNeed(
        case=case,
        minority_language=said.minority_language,
        wants_translation=said.wants_translation,
        noted_by=actor or case.coach,
    )
    save_checked(need)
    spoken = {
        name: getattr(said, name)
        for name in ("first_language", "other_languages", "interpreter_language")
    }
    correct_person(
        case.person,
        spoken,
        actor=actor,
        version=case.person.version if version is None else version,
    )
    if said.minority_language:
        record_event(
            case,
            "language.asked",
            actor=actor,
            payload={"language": said.minority_language},
        )
    log_change(actor, "rights.record", need, case.person, ["minority_language"])
    return need


@transaction.atomic
def note_emergency(
    case: Case, text: str, *, actor: User | None, seen: int | None = None
) -> EmergencyNote:
    """Record whom to call if something happens; an empty text: asked, and names nobody.

    The timeline says that it was noted, never whom.
    """
    case = _begin(EmergencyNote, case, seen, actor)
    note = EmergencyNote(case=case, text=text.strip(), noted_by=actor or case.coach)
    save_checked(note)
    record_event(case, "emergency.noted", actor=actor)
    log_change(actor, "rights.record", note, case.person, ["text"])
    return note
