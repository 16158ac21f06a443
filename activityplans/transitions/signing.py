"""The person signs the plan."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from activityplans.content import content
from activityplans.enums import PlanState
from activityplans.models import PlanSignature, PlanVersion
from activityplans.plan_enums import SignatureForm
from jobcentre.accounts.models import User
from jobcentre.audit import log
from jobcentre.audit.enums import Access
from jobcentre.casework.access.checks import require
from jobcentre.casework.approvals.rules import content_hash
from jobcentre.casework.concurrency import lock
from jobcentre.casework.exceptions import Conflict, Refused
from jobcentre.casework.saving import save_checked
from jobcentre.casework.timeline import record_event

SIGNABLE = (PlanState.DRAFT, PlanState.RETURNED, PlanState.SUBMITTED, PlanState.APPROVED)


@transaction.atomic
def sign_plan(
    version: PlanVersion,
    form: str,
    *,
    name: str = "",
    signed_on: date,
    seen_hash: str,
    actor: User | None,
    today: date,
) -> PlanSignature:
    """Record that the person signed what the page showed (`seen_hash`), in one of the ways of
    SignatureForm.

    Raises Refused for a version that is no longer used or a day that is not there yet, Conflict
    when the version was changed since the page was opened.
    """
    case = lock(version.case)
    version = lock(version)
    version.case = case
    require(actor, "plan.edit", version)
    if version.state not in SIGNABLE:
        raise Refused(
            _("Version %(number)s is %(state)s.")
            % {"number": version.number, "state": version.get_state_display()}
        )
    if signed_on > today:
        raise Refused(_("The day cannot be in the future."))
    stands = content_hash(content(version))
    if stands != seen_hash:
        raise Conflict(_("The plan was changed since you opened the page. Read it again and sign."))
    signature = PlanSignature(
        version=version,
        form=form,
        name=" ".join(name.split()) if form == SignatureForm.TYPED else "",
        signed_on=signed_on,
        content_hash=stands,
        seen_by=actor or version.last_edited_by,
    )
    save_checked(signature)
    record_event(
        case,
        "plan.signed",
        actor=actor,
        payload={"version": version.number, "how": form, "signed_on": signed_on.isoformat()},
    )
    log.record(
        actor,
        "plan.edit",
        access=Access.CHANGE,
        subject=case.person.ref,
        obj=signature,
        fields=["form", "name", "signed_on"],
    )
    return signature
