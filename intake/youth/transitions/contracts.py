"""Education contracts: signed, followed up, ended."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from intake.youth import rules
from intake.youth.enums import (
    CombinedWith,
    ContractState,
    IntervalKey,
    KnownFrom,
    OccupationKind,
)
from intake.youth.models import (
    ContractFollowUp,
    EducationContract,
    KnownOccupation,
    OutreachEntry,
)
from intake.youth.models.settings import schedule_now
from intake.youth.transitions.upkeep import locked, log_change, settle
from jobcentre.accounts.models import User
from jobcentre.casework.concurrency import lock
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.saving import save_checked


@dataclass(frozen=True)
class ContractInput:
    """A contract as it is written. Periods are half-open; `kind` is an OccupationKind of studies."""

    school: str
    programme: str
    percent: int
    starts_on: date
    ends_before: date
    combined_with: str = CombinedWith.NOTHING
    combined_percent: int | None = None
    goal: str = ""
    kind: str = OccupationKind.ADULT_EDUCATION


def _next_follow_up(after: date) -> date:
    return after + timedelta(days=schedule_now().days[IntervalKey.CONTRACT])


@transaction.atomic
def sign_contract(
    entry: OutreachEntry, written: ContractInput, *, actor: User | None, today: date
) -> EducationContract:
    """Sign an education contract; the studies become a known occupation and the follow-ups begin.

    Raises Refused for somebody who is not 20 to 24 on the first day or has completed upper secondary
    school, or while another contract runs.
    """
    entry = locked(entry, "youth.contract", actor)
    born = entry.person.birth_date
    if born is None or not rules.is_of_contract_age(born, written.starts_on):
        raise Refused(_("An education contract is for those who are 20 to 24 on the first day."))
    if entry.completed_on is not None:
        raise Refused(
            _("An education contract is for those who have not completed upper secondary school.")
        )
    if entry.contracts.running().exists():
        raise Refused(_("An education contract is already running."))
    occupation = KnownOccupation(
        entry=entry,
        kind=written.kind,
        place=written.school,
        percent=written.percent,
        starts_on=written.starts_on,
        ends_before=written.ends_before,
        known_from=KnownFrom.PERSON,
        noted_by=actor,
        noted_on=today,
    )
    contract = EducationContract(
        entry=entry,
        occupation=occupation,
        school=written.school,
        programme=written.programme,
        percent=written.percent,
        combined_with=written.combined_with,
        combined_percent=written.combined_percent,
        goal=written.goal,
        starts_on=written.starts_on,
        ends_before=written.ends_before,
        next_follow_up_on=_next_follow_up(max(written.starts_on, today)),
        signed_by=actor,
    )
    contract.full_clean(exclude=["occupation"])  # so that each mistake stands by its own field
    save_checked(occupation)
    contract.occupation = occupation
    save_checked(contract)
    entry.version += 1
    settle(entry, today)
    log_change(actor, "youth.contract", entry, contract)
    return contract


def _running(contract: EducationContract, actor, version: int | None = None):
    entry = locked(contract.entry, "youth.contract", actor)
    contract = lock(contract, version)
    if contract.state != ContractState.RUNNING:
        raise Refused(_("The contract has ended."))
    return entry, contract


@transaction.atomic
def follow_up_contract(
    contract: EducationContract,
    on: date,
    progress: str,
    note: str,
    *,
    actor: User | None,
    today: date,
) -> ContractFollowUp:
    """Note how the studies go; the next follow-up comes a setting's time later."""
    entry, contract = _running(contract, actor)
    if on > today:
        raise Refused(_("The day cannot be in the future."))
    made = ContractFollowUp(contract=contract, on=on, progress=progress, note=note, made_by=actor)
    save_checked(made)
    # One noted afterwards, of an earlier day, does not draw the next one nearer.
    contract.next_follow_up_on = max(_next_follow_up(on), contract.next_follow_up_on)
    contract.version += 1
    save_checked(contract)
    log_change(actor, "youth.contract", entry, contract, ["follow_ups"])
    return made


@transaction.atomic
def end_contract(
    contract: EducationContract,
    ended_on: date,
    result: str,
    *,
    actor: User | None,
    today: date,
    version: int,
) -> EducationContract:
    """End the contract with its last day and result; the occupation ends with it."""
    entry, contract = _running(contract, actor, version)
    if ended_on > today:
        raise Refused(_("The day cannot be in the future."))
    contract.state = ContractState.ENDED
    contract.ended_on, contract.result = ended_on, result
    contract.next_follow_up_on = None
    contract.version += 1
    save_checked(contract)
    occupation = lock(contract.occupation)
    occupation.ends_before = max(ended_on, occupation.starts_on) + timedelta(days=1)
    save_checked(occupation)
    entry.version += 1
    settle(entry, today)
    log_change(actor, "youth.contract", entry, contract, ["state"])
    return contract
