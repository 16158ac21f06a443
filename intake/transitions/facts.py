"""What is noted of the person's work and schooling. Facts are added and removed, never changed."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from intake.mapping import ssyk
from intake.mapping.enums import OCCUPATIONS, FactKind
from intake.models import MappingFact
from intake.transitions.traces import log_change
from jobcentre.accounts.models import User
from jobcentre.casework.access.checks import require
from jobcentre.casework.concurrency import lock
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import Case
from jobcentre.casework.saving import save_checked
from jobcentre.casework.timeline import record_event

MAX_FACTS = 60


@transaction.atomic
def add_fact(
    case: Case, kind: str, values: dict, *, actor: User | None, today: date
) -> MappingFact:
    """Note a fact; `values` are fields of MappingFact. A new one about SFI takes the former's place.

    Raises Refused when the case is closed, the occupation is not in SSYK 2012 or there are sixty
    already, ValidationError when the same is noted.
    """
    case = lock(case)
    require(actor, "mapping.edit", case)
    if not case.is_open:
        raise Refused(_("The case is closed."))
    if kind in OCCUPATIONS and values["code"] not in ssyk.occupations():
        raise Refused(_("Choose one of the occupations of the list."))
    author = actor or case.coach
    known = MappingFact.objects.current().filter(case=case)
    if kind == FactKind.SFI:
        known.filter(kind=kind).update(removed_on=today, removed_by=author)
    elif known.count() >= MAX_FACTS:
        raise Refused(_("There are already %(n)d facts. Remove one first.") % {"n": MAX_FACTS})
    fact = MappingFact(case=case, kind=kind, noted_by=author, **values)
    save_checked(fact)
    record_event(case, "mapping.fact_noted", actor=actor, payload={"kind": kind})
    log_change(actor, "mapping.edit", fact, case.person, [kind])
    return fact


@transaction.atomic
def remove_fact(fact: MappingFact, *, actor: User, today: date) -> MappingFact:
    """Remove a wrong or old fact; it stays in the history."""
    require(actor, "mapping.edit", fact)
    fact = MappingFact.objects.select_for_update(of=("self",)).get(pk=fact.pk)
    if not fact.case.is_open:
        raise Refused(_("The case is closed."))
    if fact.removed_on is not None:
        raise Refused(_("It has already been removed."))
    fact.removed_on, fact.removed_by = today, actor
    save_checked(fact)
    record_event(fact.case, "mapping.fact_removed", actor=actor, payload={"kind": fact.kind})
    log_change(actor, "mapping.edit", fact, fact.case.person, ["removed_on"])
    return fact
