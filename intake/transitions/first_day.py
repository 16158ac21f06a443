"""What happens on the first day: rights and duties, the registration with AF."""

from datetime import date

from django.db import transaction

from intake.models import AfRegistration, RightsGiven
from intake.transitions.traces import log_change
from jobcentre.accounts.models import User
from jobcentre.casework.access.checks import require
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
