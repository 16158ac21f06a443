"""How the person and the coach rate the way to work. The only writer of measures."""

from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter

from django.db import transaction
from django.utils.translation import gettext as _

from intake.mapping.enums import Rater
from intake.models import ProgressIndicator, ProgressMeasure, ProgressRating
from intake.transitions.traces import log_change
from jobcentre.accounts.models import User
from jobcentre.casework.access.checks import require
from jobcentre.casework.concurrency import lock
from jobcentre.casework.deadlines.clock import recompute
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import Case
from jobcentre.casework.saving import save_checked
from jobcentre.casework.timeline import record_event
from jobcentre.replay import decided


@dataclass(frozen=True)
class MeasureInput:
    """One rater's ratings of a day: steps 1 to 5 by the key of the indicator."""

    rater: str
    measured_on: date
    steps: dict[str, int] = field(default_factory=dict)
    comment: str = ""


@transaction.atomic
def record_measure(
    case: Case, measured: MeasureInput, *, actor: User | None, today: date
) -> ProgressMeasure:
    """Record a measure; one of the same day and rater before it is kept and no longer counts.

    Raises Refused on a closed case, without a rating, on a day before the first visit or after
    `today`, or for an indicator that the rater is not asked about.
    """
    case = lock(case)
    require(actor, "progress.rate", case)
    if not case.is_open:
        raise Refused(_("The case is closed."))
    if not measured.steps:
        raise Refused(_("Rate at least one of the indicators."))
    if not case.started_on <= measured.measured_on <= today:
        raise Refused(_("The day lies between the first visit and today."))
    indicators = {row.key: row for row in asked_of(measured.rater, measured.measured_on)}
    if set(measured.steps) - set(indicators):
        raise Refused(_("One of the indicators is no longer asked about. Open the page again."))
    same_day = case.progress_measures.filter(
        rater=measured.rater, measured_on=measured.measured_on, is_current=True
    )
    same_day.update(is_current=False)
    measure = ProgressMeasure(
        case=case,
        rater=measured.rater,
        measured_on=measured.measured_on,
        comment=measured.comment,
        recorded_by=actor or case.coach,
    )
    save_checked(measure)
    ProgressRating.objects.bulk_create(
        [
            ProgressRating(measure=measure, indicator=indicators[key], step=step)
            for key, step in measured.steps.items()
        ]
    )
    record_event(case, "progress.measured", actor=actor, payload={"rater": measured.rater})
    recompute(case)
    log_change(actor, "progress.rate", measure, case.person, ["ratings"])
    return measure


def asked_of(rater: str, day: date) -> list[ProgressIndicator]:
    """The indicators that the rater is asked about on `day`, in order."""
    asked = attrgetter("asked_of_person" if rater == Rater.PERSON else "asked_of_coach")
    return [row for row in _indicators() if row.is_valid_on(day) and asked(row)]


@decided
def _indicators() -> list[ProgressIndicator]:
    return list(ProgressIndicator.objects.order_by("position", "id"))
