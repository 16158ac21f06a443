"""The one writer of approvals: requested once, decided once, by somebody else."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from jobcentre.accounts.enums import Role, UnitKind
from jobcentre.accounts.models import Unit, User
from jobcentre.audit import log
from jobcentre.audit.enums import Access
from jobcentre.casework.access.checks import require
from jobcentre.casework.approvals import rules
from jobcentre.casework.approvals.unit import texts_of
from jobcentre.casework.concurrency import lock
from jobcentre.casework.deadlines import clock
from jobcentre.casework.enums import ApprovalState
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import Approval, Case
from jobcentre.casework.registries import approval_kinds
from jobcentre.casework.saving import save_checked
from jobcentre.replay import moment_now


def approving_unit(case: Case) -> Unit:
    """The case's income-support unit, else its home centre (manager or deputy)."""
    return case.income_support_unit or case.centre


def answers_for(actor: User, unit: Unit) -> bool:
    """Whether the actor's membership speaks for the unit that decides: a social secretary for
    their own income-support unit, a manager for the centres below their unit."""
    membership = actor.acting
    if unit.kind == UnitKind.INCOME_SUPPORT:
        return membership.role == Role.SOCIAL_SECRETARY and membership.unit_id == unit.pk
    return membership.role == Role.MANAGER and unit.path.startswith(membership.unit.path)


def request_approval(
    case: Case,
    kind: str,
    subject,
    *,
    version: int,
    last_edited_by: User,
    actor: User,
    today: date,
    written_by: User | None = None,
) -> Approval:
    """Open an approval of `subject` at `version`; called by a transition inside its transaction.

    `written_by` began the version, `last_edited_by` saved it last, `actor` asks: none of them
    may decide.

    Raises Refused when one is already pending.
    """
    key = f"{kind}:{subject.pk}"
    if Approval.objects.pending().filter(kind=kind, subject_key=key).exists():
        raise Refused(_("This already waits for an answer."))
    approval = Approval(
        case=case,
        kind=kind,
        subject_key=key,
        subject_id=subject.pk,
        subject_version=version,
        content_hash=rules.content_hash(approval_kinds[kind].content(subject)),
        unit=approving_unit(case),
        requested_by=actor,
        last_edited_by=last_edited_by,
        written_by=written_by,
        requested_on=today,
    )
    save_checked(approval)
    return approval


def _sentence(refusal: rules.Refusal, approval: Approval) -> str:
    answered = {"name": approval.decided_by, "state": approval.get_state_display()}
    return {
        rules.Refusal.ALREADY_DECIDED: _("%(name)s has already answered this: %(state)s.")
        % answered
        if approval.decided_by_id
        else _("This no longer waits for an answer."),
        rules.Refusal.OWN_WORK: _(
            "You have worked on this yourself. Somebody else has to decide it."
        ),
        rules.Refusal.CHANGED: _(
            "This has been changed since you opened it. Look at the changes and decide again."
        ),
        rules.Refusal.NO_REASON: _("Say why you return or refuse this."),
    }[refusal]


@transaction.atomic
def decide(
    approval: Approval,
    state: ApprovalState,
    *,
    actor: User,
    today: date,
    seen_hash: str,
    reason: str = "",
    comments: dict | None = None,
) -> Approval:
    """Approve, return or refuse. The decision is final and binds what the decider saw.

    `comments` are texts by the key of what they stand at. The unit's words of that day (delegation,
    what the position means, how to have a refusal tried) are kept with it.

    Raises PermissionDenied without the right, Refused with a sentence for the page otherwise.
    """
    case = lock(approval.case)
    approval = lock(approval)
    approval.case = case
    kind = approval_kinds[approval.kind]
    require(actor, kind.action, approval)
    if not answers_for(actor, approval.unit):
        raise PermissionDenied(kind.action)
    subject = kind.subject(approval)
    now_hash = rules.content_hash(kind.content(subject))
    pending = rules.Pending(
        requested_by=approval.requested_by_id,
        last_edited_by=approval.last_edited_by_id,
        coach=case.coach_id,
        content_hash=now_hash,
        is_pending=approval.state == ApprovalState.PENDING,
        written_by=approval.written_by_id,
    )
    refusal = rules.refusal(
        pending, actor.pk, seen_hash, approves=state == ApprovalState.APPROVED, reason=reason
    )
    if refusal is None and now_hash != approval.content_hash:
        refusal = rules.Refusal.CHANGED
    if refusal is not None:
        raise Refused(_sentence(refusal, approval))
    approval.state = state
    approval.decided_by = actor
    approval.decided_on = today
    approval.decided_at = moment_now()
    approval.reason = reason
    approval.comments = comments or {}
    texts = texts_of(approval.unit)
    if texts is not None:
        approval.delegation = texts.delegation
        approval.decision_text = texts.decision_text
        approval.appeal = texts.appeal if state == ApprovalState.REFUSED else ""
    save_checked(approval)
    run = {
        ApprovalState.APPROVED: kind.on_approve,
        ApprovalState.RETURNED: kind.on_return,
        ApprovalState.REFUSED: kind.on_refuse,
    }[state]
    run(subject, approval, actor=actor, today=today)
    clock.recompute(case)
    log.record(
        actor,
        f"{approval.kind}.{state}",
        access=Access.CHANGE,
        subject=case.person.ref,
        obj=approval,
        fields=["state"],
    )
    return approval


def withdraw(approval: Approval) -> None:
    """Take back a pending approval (its subject was superseded); inside a transaction."""
    Approval.objects.filter(pk=approval.pk, state=ApprovalState.PENDING).update(
        state=ApprovalState.WITHDRAWN
    )
