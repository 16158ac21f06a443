"""A change that needs no approval comes into force at once, and everybody is told."""

from datetime import date

from django.utils import translation
from django.utils.translation import gettext_lazy

from activityplans import compare, rules
from activityplans.content import content
from activityplans.enums import PlanState
from activityplans.free_changes import needs_approval
from activityplans.models import PlanFieldRule, PlanVersion
from activityplans.transitions.sessions import follow_schedule
from activityplans.transitions.states import move
from jobcentre.accounts.models import User
from jobcentre.audit import log
from jobcentre.audit.enums import Access
from jobcentre.casework.access.queries import who_may_know
from jobcentre.casework.approvals.unit import approvers_of, at_work, covers_on
from jobcentre.casework.approvals.writer import approving_unit
from jobcentre.casework.deadlines import clock
from jobcentre.casework.saving import save_checked
from jobcentre.casework.timeline import record_event
from jobcentre.notices.writer import NoticeText, notify_many


def free_fields() -> frozenset[str]:
    """The fields whose change needs no approval in this municipality; one query."""
    rows = PlanFieldRule.objects.filter(needs_approval=False).values_list("field", flat=True)
    return frozenset(rows)


def enters_freely(version: PlanVersion, *, actor: User | None, today: date) -> bool:
    """Put the version in force when all it changes are fields that need no approval.

    Called by `submit_plan` under the lock of the case, with the version checked. Returns whether
    it did; a first plan and an unchanged one never do.
    """
    case = version.case
    old = case.plan_versions.filter(state=PlanState.APPROVED).first()
    if old is None:
        return False
    before, after = content(old), content(version)
    changes = rules.differences(before, after)
    if not changes or needs_approval(changes, free_fields()):
        return False
    move(old, "supersede")
    old.save()
    move(version, "enter")
    version.submitted_on = version.approved_on = today
    save_checked(version)
    follow_schedule(case, today)
    with translation.override("sv"):
        told = "; ".join(
            f"{field.name}: {field.old} → {field.new}"
            for change in compare.described(changes, before, after)
            for field in change.fields
        )
    record_event(
        case,
        "plan.corrected",
        actor=actor,
        payload={"version": version.number, "changes": told[:600]},
    )
    unit = approving_unit(case)
    ids = at_work([user.pk for user in approvers_of(unit, today)], covers_on(unit, today))
    receivers = who_may_know(case.person, User.objects.filter(pk__in=ids))
    notify_many(
        NoticeText(
            user_id=user.pk,
            key=f"plan-corrected:{version.pk}:{user.pk}",
            sentence=gettext_lazy(
                "Version %(number)s in case %(case)s is in force: only what needs no approval "
                "was changed."
            ),
            payload={"number": version.number, "case": case.number},
            url_name="activityplans:plan",
            url_arg=case.number,
        )
        for user in receivers
    )
    clock.recompute(case)
    log.record(
        actor,
        "plan.correct",
        access=Access.CHANGE,
        subject=case.person.ref,
        obj=version,
        fields=["state"],
    )
    return True
