"""Contact attempts, known occupations and measures."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from intake.youth.enums import ContactResult, MeasureState
from intake.youth.models import (
    ContactAttempt,
    ExpressedNeed,
    KnownOccupation,
    OutreachEntry,
    YouthMeasure,
)
from intake.youth.transitions.upkeep import locked, log_change, may_move, move, settle
from jobcentre.accounts.models import User
from jobcentre.casework.concurrency import lock
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.saving import save_checked

# {act: (from, to)}: the moves of a measure.
MEASURE_MOVES = {
    "begin": (MeasureState.OFFERED, MeasureState.BEGUN),
    "decline": (MeasureState.OFFERED, MeasureState.DECLINED),
    "end": (MeasureState.BEGUN, MeasureState.ENDED),
}
# What an attempt's result does to the entry.
_MOVE_OF = {ContactResult.REACHED: "reach", ContactResult.DECLINED: "decline"}


@dataclass(frozen=True)
class AttemptInput:
    """An attempt as it is written; `needs` are values of NeedKind."""

    on: date
    channel: str
    result: str
    note: str = ""
    companion: str = ""
    safety: str = ""
    needs: tuple[str, ...] = ()


def _not_ahead(day: date, today: date) -> None:
    if day > today:
        raise Refused(_("The day cannot be in the future."))


def _save(entry: OutreachEntry, today: date) -> None:
    entry.version += 1
    settle(entry, today)


@transaction.atomic
def record_attempt(
    entry: OutreachEntry, attempt: AttemptInput, *, actor: User | None, today: date
) -> ContactAttempt:
    """Note an attempt and what came of it; the next contact follows.

    Raises Refused for a day ahead, ValidationError for a home visit without a companion and a
    judgement of safety.
    """
    entry = locked(entry, "youth.write", actor)
    _not_ahead(attempt.on, today)
    made = ContactAttempt(
        entry=entry,
        on=attempt.on,
        channel=attempt.channel,
        result=attempt.result,
        companion=attempt.companion,
        safety=attempt.safety,
        note=attempt.note,
        made_by=actor,
    )
    save_checked(made)
    for kind in attempt.needs:
        save_checked(ExpressedNeed(attempt=made, kind=kind))
    act = _MOVE_OF.get(ContactResult(attempt.result))
    if act is not None and may_move(entry, act):
        move(entry, act, max(attempt.on, entry.since))
    _save(entry, today)
    log_change(actor, "youth.attempt", entry, made)
    return made


@transaction.atomic
def record_occupation(
    entry: OutreachEntry, fields: dict, *, actor: User | None, today: date
) -> KnownOccupation:
    """Note what the young person does: `kind`, `place`, `percent`, `starts_on`, `ends_before`,
    `known_from`. One that runs today makes the entry "occupation found"."""
    entry = locked(entry, "youth.write", actor)
    occupation = KnownOccupation(entry=entry, noted_by=actor, noted_on=today, **fields)
    save_checked(occupation)
    _save(entry, today)
    log_change(actor, "youth.occupation", entry, occupation)
    return occupation


@transaction.atomic
def end_occupation(
    occupation: KnownOccupation, ends_before: date, *, actor: User | None, today: date
) -> KnownOccupation:
    """The occupation ends; without another one the search begins again the same day."""
    entry = locked(occupation.entry, "youth.write", actor)
    occupation = lock(occupation)
    if occupation.ends_before is not None and occupation.ends_before <= ends_before:
        raise Refused(_("The occupation has ended before that day."))
    if hasattr(occupation, "contract") and occupation.contract.ended_on is None:
        raise Refused(_("It belongs to an education contract: end the contract."))
    occupation.ends_before = ends_before
    save_checked(occupation)
    _save(entry, today)
    log_change(actor, "youth.occupation", entry, occupation, ["ends_before"])
    return occupation


# --- measures ------------------------------------------------------------------------------------
@transaction.atomic
def offer_measure(
    entry: OutreachEntry, kind: str, note: str, *, actor: User | None, offered_on: date, today: date
) -> YouthMeasure:
    """Offer an individual measure."""
    entry = locked(entry, "youth.write", actor)
    _not_ahead(offered_on, today)
    measure = YouthMeasure(
        entry=entry, kind=kind, note=note, offered_on=offered_on, offered_by=actor
    )
    save_checked(measure)
    _save(entry, today)
    log_change(actor, "youth.measure", entry, measure)
    return measure


@transaction.atomic
def move_measure(
    measure: YouthMeasure,
    act: str,
    on: date,
    *,
    actor: User | None,
    today: date,
    version: int,
    result: str = "",
) -> YouthMeasure:
    """Begin, decline or end a measure on `on`; an end has a result.

    The entry is in a measure while one runs. Raises Refused when the measure is not in the state
    that `act` goes from, Conflict when it was saved since `version`.
    """
    entry = locked(measure.entry, "youth.write", actor)
    measure = lock(measure, version)
    source, target = MEASURE_MOVES[act]
    if measure.state != source:
        raise Refused(
            _("That is not possible now: %(state)s.") % {"state": measure.get_state_display()}
        )
    _not_ahead(on, today)
    measure.state = target
    if act == "begin":
        measure.begun_on = on
    elif act == "end":
        measure.ended_on, measure.result = on, result
    measure.version += 1
    save_checked(measure)
    runs = entry.measures.filter(state=MeasureState.BEGUN).exists()
    if runs and may_move(entry, "begin_measure"):
        move(entry, "begin_measure", on)
    elif not runs and may_move(entry, "leave_measure"):
        move(entry, "leave_measure", on)
    _save(entry, today)
    log_change(actor, "youth.measure", entry, measure, ["state"])
    return measure
