"""What happens on the first day and in the mapping. The only writers of a mapping's state."""

from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from intake import rules
from intake.enums import MappingArea, MappingState
from intake.models import AfRegistration, Mapping, MappingAnswer, RightsGiven
from intake.transitions.traces import log_change
from jobcentre.accounts.models import User
from jobcentre.casework.access.checks import require
from jobcentre.casework.concurrency import lock
from jobcentre.casework.exceptions import Conflict, Refused
from jobcentre.casework.models import Case
from jobcentre.casework.saving import save_checked
from jobcentre.casework.timeline import record_event


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
    log_change(actor, "rights.record", given, case.person)
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
    log_change(actor, "rights.record", registration, case.person)
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
    log_change(actor, "mapping.edit", mapping, case.person, ["answers", "summary"])
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
