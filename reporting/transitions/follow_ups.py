"""Follow-ups planned at the exit and answered later. The only writers of a follow-up's state."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from jobcentre.accounts.models import User
from jobcentre.audit import log
from jobcentre.audit.enums import Access
from jobcentre.casework.access.checks import require
from jobcentre.casework.concurrency import lock
from jobcentre.casework.deadlines import clock
from jobcentre.casework.enums import ConsentPurpose
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import Case, Consent, Exit
from jobcentre.casework.saving import save_checked
from jobcentre.casework.timeline import record_event
from jobcentre.ui import formats
from reporting import rules
from reporting.enums import FollowUpKind, FollowUpState
from reporting.models import FollowUp, FollowUpTime

_UNANSWERED = (FollowUpState.WAITING, FollowUpState.NOT_REACHED)
# {new state: the states it may follow}: the moves of a follow-up.
MOVES = {
    FollowUpState.ANSWERED: _UNANSWERED,
    FollowUpState.NOT_REACHED: _UNANSWERED,
    FollowUpState.REFUSED: _UNANSWERED,
    FollowUpState.CANCELLED: _UNANSWERED,
}


def may_contact(case: Case, today: date) -> bool:
    """Whether the person's consent to being contacted after the exit is in force."""
    return (
        Consent.objects.filter(
            Q(ends_before__isnull=True) | Q(ends_before__gt=today),
            case=case,
            purpose=ConsentPurpose.FOLLOW_UP,
            given_on__lte=today,
            withdrawn_on__isnull=True,
        )
    ).exists()


def plan_follow_ups(left: Exit, *, actor: User | None) -> list[FollowUp]:
    """Plan the follow-ups of an exit; called inside the closing transaction, once."""
    case = left.case
    months = FollowUpTime.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=case.ended_on), valid_from__lte=case.ended_on
    ).values_list("months", flat=True)
    planned = rules.planned_follow_ups(left.outcome, case.ended_on, left.begins_on, months)
    made = FollowUp.objects.bulk_create(
        [
            FollowUp(
                case=case,
                exit=left,
                kind=each.kind,
                months=each.months,
                starts_on=each.starts_on,
                due_on=each.due_on,
            )
            for each in planned
        ]
    )
    after = [str(each.months) for each in made if each.kind == FollowUpKind.AFTER_EXIT]
    if after:
        record_event(case, "follow_up.planned", actor=actor, payload={"months": ", ".join(after)})
    return made


@dataclass(frozen=True)
class Answer:
    """What is recorded of a follow-up. Without an answer only state, day and comment are kept."""

    state: FollowUpState
    answered_on: date
    how: str = ""
    occupation: str = ""
    same_job: bool | None = None
    extent_percent: int | None = None
    note: str = ""


def _check(follow_up: FollowUp, answer: Answer, case: Case, today: date) -> None:
    if follow_up.state not in MOVES[answer.state]:
        raise Refused(
            _("The follow-up is already %(state)s.") % {"state": follow_up.get_state_display()}
        )
    if answer.answered_on > today:
        raise Refused(_("The day cannot be in the future."))
    if answer.state == FollowUpState.CANCELLED:
        return
    earliest = rules.earliest_answer(follow_up.kind, follow_up.due_on)
    if answer.answered_on < earliest:
        raise Refused(
            _("It is too early: an answer counts from %(day)s.")
            % {"day": formats.day_year(earliest)}
        )
    if answer.state == FollowUpState.ANSWERED and not rules.may_ask(
        answer.how, may_contact(case, answer.answered_on)
    ):
        raise Refused(
            _(
                "The person has not consented to being contacted after the exit. "
                "Record what is known in another way, or that there is no answer."
            )
        )


@transaction.atomic
def record_follow_up(
    follow_up: FollowUp,
    answer: Answer,
    *,
    actor: User | None,
    today: date,
    version: int | None = None,
) -> FollowUp:
    """Record the answer, or that there is none; the clock is met (or cancelled).

    Raises Refused when it is too early, already answered or the person may not be contacted,
    Conflict when somebody saved since, ValidationError when the answer is incomplete.
    """
    case = lock(follow_up.case)
    follow_up = lock(follow_up, version)
    require(actor, "followup.record", follow_up)
    _check(follow_up, answer, case, today)
    answered = answer.state == FollowUpState.ANSWERED
    follow_up.state = answer.state
    follow_up.answered_on = answer.answered_on
    follow_up.recorded_by = actor or case.coach
    follow_up.how = answer.how if answered else ""
    follow_up.occupation = answer.occupation if answered else ""
    follow_up.same_job = answer.same_job if answered else None
    follow_up.extent_percent = answer.extent_percent if answered else None
    follow_up.note = answer.note
    follow_up.version += 1
    save_checked(follow_up)
    payload = {"months": follow_up.months, "kind": follow_up.kind}
    if answered:
        record_event(
            case,
            "follow_up.answered",
            actor=actor,
            payload={**payload, "occupation": follow_up.occupation},
        )
    else:
        record_event(
            case,
            "follow_up.without_answer",
            actor=actor,
            payload={**payload, "state": follow_up.state},
        )
    clock.recompute(case)
    log.record(
        actor,
        "followup.record",
        access=Access.CHANGE,
        subject=case.person.ref,
        obj=follow_up,
        fields=["state", "answered_on", "how", "occupation", "same_job", "extent_percent", "note"],
    )
    return follow_up
