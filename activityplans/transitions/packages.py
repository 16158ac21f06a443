"""The package to AF written, handed over, and written anew. The only writers of its state."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from activityplans.models import AfPackage, Session
from activityplans.packages import gathered
from activityplans.plan_enums import PackageBasis, PackageState
from activityplans.transitions.absences import why_not_adverse
from jobcentre.accounts.models import User
from jobcentre.audit import log
from jobcentre.audit.enums import Access
from jobcentre.casework.access.checks import require
from jobcentre.casework.approvals.rules import content_hash
from jobcentre.casework.concurrency import lock
from jobcentre.casework.consents import covers
from jobcentre.casework.deadlines import clock
from jobcentre.casework.enums import ConsentPurpose
from jobcentre.casework.exceptions import Conflict, Refused
from jobcentre.casework.models import Case
from jobcentre.casework.saving import save_checked
from jobcentre.casework.timeline import record_event
from jobcentre.replay import moment_now

AF_NAMES = ("AF", "Arbetsförmedlingen")


@dataclass(frozen=True)
class PackageInput:
    """What the coach adds to what is gathered; `basis` is a PackageBasis."""

    summary: str = ""
    remains: str = ""
    receiver: str = ""
    basis: str = PackageBasis.CONSENT
    ground: str = ""


def being_written(case: Case) -> AfPackage | None:
    return case.af_packages.filter(state=PackageState.DRAFT).first()


def latest_handed(case: Case) -> AfPackage | None:
    return case.af_packages.filter(state=PackageState.HANDED).first()


def _save(case: Case, written: PackageInput, actor: User | None, edit: int | None) -> AfPackage:
    package = being_written(case)
    if package is None:
        if edit:
            raise Conflict(_("Somebody else has changed this since you opened it."))
        last = case.af_packages.first()
        package = AfPackage(
            case=case, number=last.number + 1 if last else 1, created_by=actor or case.coach
        )
    elif edit is not None and package.edit != edit:
        raise Conflict(
            _("Somebody else has changed this since you opened it. What you wrote is still here.")
        )
    else:
        package.edit += 1
    for name, value in written.__dict__.items():
        setattr(package, name, value)
    if package.basis == PackageBasis.CONSENT:
        package.ground = ""
    save_checked(package)
    log.record(
        actor,
        "package.write",
        access=Access.CHANGE,
        subject=case.person.ref,
        obj=package,
        fields=list(written.__dict__),
    )
    return package


@transaction.atomic
def save_package(
    case: Case, written: PackageInput, *, actor: User | None, edit: int | None = None
) -> AfPackage:
    """Keep what the coach has written so far; nothing leaves.

    `edit` is the number of the save that the page showed. Raises Conflict when it was saved since.
    """
    case = lock(case)
    require(actor, "package.write", case)
    if not case.is_open:
        raise Refused(_("The case is closed."))
    return _save(case, written, actor, edit)


def why_not_hand_over(case: Case, basis: str, content: dict, today: date) -> str:
    """Why the package cannot be handed over now, as one sentence; empty when it can."""
    if basis == PackageBasis.CONSENT and not covers(
        case.consents.all(), ConsentPurpose.AF, today, *AF_NAMES
    ):
        return _(
            "There is no consent to exchange with AF in force. Ask the person, or choose the rule "
            "that lets you hand it over."
        )
    if content["attendance"]["unexcused"]:
        return why_not_adverse(Session.objects.filter(case=case), today)
    return ""


@transaction.atomic
def hand_over_package(
    case: Case,
    written: PackageInput,
    *,
    actor: User | None,
    today: date,
    edit: int | None = None,
) -> AfPackage:
    """Hand the package over to AF: from now on it stands, and its clock is met.

    Raises Refused without a consent or a rule that lets it, without a summary or a receiver, and
    when it tells of unexcused absence while a session is unregistered.
    """
    case = lock(case)
    require(actor, "package.write", case)
    if not case.is_open:
        raise Refused(_("The case is closed."))
    if not written.summary.strip():
        raise Refused(_("Write the summary."))
    if not written.receiver.strip():
        raise Refused(_("Say who at AF receives it."))
    if written.basis == PackageBasis.LAW and not written.ground.strip():
        raise Refused(_("Say which rule lets it be handed over."))
    package = _save(case, written, actor, edit)
    content = gathered(case, today)
    if sentence := why_not_hand_over(case, package.basis, content, today):
        raise Refused(sentence)
    package.content = content
    package.content_hash = content_hash(_bound(package))
    package.state = PackageState.HANDED
    package.handed_by, package.handed_on = actor or case.coach, today
    package.handed_at = moment_now()
    save_checked(package)
    record_event(
        case,
        "package.handed",
        actor=actor,
        payload={"version": package.number, "receiver": package.receiver},
    )
    clock.recompute(case)
    log.record(
        actor,
        "package.hand_over",
        access=Access.CHANGE,
        subject=case.person.ref,
        obj=package,
        fields=["state"],
    )
    return package


def _bound(package: AfPackage) -> dict:
    """What the hash binds: all that the package says."""
    return {
        "content": package.content,
        **{
            name: getattr(package, name)
            for name in ("number", "summary", "remains", "receiver", "basis", "ground")
        },
    }


def is_as_handed(package: AfPackage) -> bool:
    """Whether what is kept is what was handed over."""
    return package.content_hash == content_hash(_bound(package))
