"""An answer passed on within the unit, and who stands in for one who is away."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobcentre.accounts.models import User
from jobcentre.audit import log
from jobcentre.audit.enums import Access
from jobcentre.casework.access.checks import require
from jobcentre.casework.access.queries import who_may_know
from jobcentre.casework.approvals.unit import approvers_of, at_work, covers_on
from jobcentre.casework.approvals.writer import answers_for
from jobcentre.casework.concurrency import lock
from jobcentre.casework.enums import ApprovalState
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import Approval, ApprovalForward, ApproverCover
from jobcentre.casework.registries import approval_kinds
from jobcentre.casework.saving import save_checked
from jobcentre.notices.writer import NoticeText, notify, notify_many

MAX_COVER_DAYS = 184  # longer than half a year the administrator ends the membership


@transaction.atomic
def forward(
    approval: Approval, colleague: User, reason: str, *, actor: User, today: date
) -> ApprovalForward:
    """Pass the approval on to a colleague of the same unit, who is told; anybody of the unit may
    still answer it. Its clock goes on.

    Raises Refused when it is answered, when the colleague does not answer for the unit or may not
    know of the person, or has it already.
    """
    case = approval.case
    approval = lock(approval)
    approval.case = case
    require(actor, approval_kinds[approval.kind].action, approval)
    if not answers_for(actor, approval.unit):
        raise PermissionDenied(approval_kinds[approval.kind].action)
    if approval.state != ApprovalState.PENDING:
        raise Refused(_("This no longer waits for an answer."))
    if colleague not in approvers_of(approval.unit, today):
        raise Refused(_("%(name)s does not answer for the unit.") % {"name": colleague})
    own = (approval.requested_by_id, approval.last_edited_by_id, approval.written_by_id)
    if colleague.pk in (*own, case.coach_id) or not who_may_know(case.person, [colleague]):
        raise Refused(_("%(name)s may not answer this one.") % {"name": colleague})
    if approval.handled_by_id == colleague.pk:
        raise Refused(_("%(name)s has it already.") % {"name": colleague})
    passed_on = ApprovalForward(
        approval=approval, sent_by=actor, sent_to=colleague, reason=reason.strip()
    )
    save_checked(passed_on)
    approval.handled_by = colleague
    save_checked(approval)
    for user_id in at_work([colleague.pk], covers_on(approval.unit, today)):
        notify(
            NoticeText(
                user_id=user_id,
                key=f"forward:{passed_on.pk}:{user_id}",
                sentence=gettext_lazy(
                    "%(name)s passed on to you to take a position in case %(case)s: %(reason)s"
                ),
                payload={"name": actor.name, "case": case.number, "reason": passed_on.reason},
                url=approval_kinds[approval.kind].url(approval),
            )
        )
    log.record(
        actor,
        f"{approval.kind}.forward",
        access=Access.CHANGE,
        subject=case.person.ref,
        obj=approval,
        fields=["handled_by"],
    )
    return passed_on


@transaction.atomic
def add_cover(
    away: User, cover: User, starts_on: date, ends_before: date, *, actor: User, today: date
) -> ApproverCover:
    """`cover` answers for `away` in their unit from `starts_on` until `ends_before`, and is told.

    Raises Refused when it overlaps another absence, is too long or past, or the stand-in does not
    answer for the unit or is away too.
    """
    unit = away.acting.unit
    lock(away)
    if (ends_before - starts_on).days > MAX_COVER_DAYS:
        raise Refused(_("At most half a year at a time."))
    if ends_before <= today:
        raise Refused(_("The absence is already over."))
    if cover not in approvers_of(unit, today):
        raise Refused(_("%(name)s does not answer for the unit.") % {"name": cover})
    meanwhile = ApproverCover.objects.filter(
        unit=unit, starts_on__lt=ends_before, ends_before__gt=starts_on
    )
    if meanwhile.filter(away=away).exists():
        raise Refused(_("There is an absence during part of that time already."))
    if meanwhile.filter(away=cover).exists():
        raise Refused(_("%(name)s is away during part of that time.") % {"name": cover})
    row = ApproverCover(
        away=away, cover=cover, unit=unit, starts_on=starts_on, ends_before=ends_before
    )
    save_checked(row)
    notify_many(
        [
            NoticeText(
                user_id=cover.pk,
                key=f"approver-cover:{row.pk}",
                sentence=gettext_lazy("You answer plans for %(name)s from %(from_on)s."),
                payload={"name": away.name, "from_on": starts_on},
                url_name="activityplans:queue",
                by_mail=True,
            )
        ]
    )
    log.record(actor, "approver.cover", access=Access.CHANGE, obj=row, fields=["cover"])
    return row


@transaction.atomic
def end_cover(row: ApproverCover, *, actor: User, today: date) -> None:
    """The one who was away is back today, or does not go."""
    if row.starts_on >= today:
        row.delete()
    else:
        row.ends_before = today
        save_checked(row)
    log.record(actor, "approver.cover_end", access=Access.CHANGE, obj=row, fields=["cover"])
