"""A study counsellor is invited to add their part to a mapping, and when that ends."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intake.transitions.traces import log_change
from jobcentre.accounts.enums import Role
from jobcentre.accounts.models import Membership, User
from jobcentre.casework.access.checks import require
from jobcentre.casework.concurrency import lock
from jobcentre.casework.enums import InvolvementKind
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import Case, CircleMember, ConflictOfInterest, Involvement
from jobcentre.casework.saving import save_checked
from jobcentre.casework.timeline import record_event
from jobcentre.casework.transitions.records import involve
from jobcentre.notices.writer import NoticeText, notify


def counsellors(case: Case, today: date):
    """The study counsellors who may be invited: in service, not in conflict, of a protected
    person only those of the circle."""
    held = Membership.objects.valid_on(today).filter(role=Role.STUDY_COUNSELLOR)
    found = User.objects.filter(pk__in=held.values("user_id")).exclude(
        pk__in=ConflictOfInterest.objects.filter(person_id=case.person_id).values("user_id")
    )
    if case.person.is_protected:
        circle = CircleMember.objects.filter(person_id=case.person_id).exclude(
            ends_before__lte=today
        )
        found = found.filter(pk__in=circle.values("user_id"))
    return found.order_by("name", "id")


def _key(user: User) -> str:
    return f"guidance:{user.pk}"


@transaction.atomic
def invite_counsellor(case: Case, counsellor: User, *, actor: User | None, today: date):
    """Open the case to a study counsellor for guidance, and tell them. Raises Refused when they
    are invited already or may not know of the person."""
    case = lock(case)
    require(actor, "mapping.edit", case)
    if not case.is_open:
        raise Refused(_("The case is closed."))
    if not counsellors(case, today).filter(pk=counsellor.pk).exists():
        raise Refused(_("Choose one of the study counsellors."))
    former = Involvement.objects.filter(
        case=case, kind=InvolvementKind.GUIDANCE, user=counsellor
    ).first()
    if former is None:
        former = involve(
            case,
            InvolvementKind.GUIDANCE,
            label=counsellor.name,
            starts_on=today,
            subject_key=_key(counsellor),
            user=counsellor,
            phone=counsellor.phone,
        )
    elif former.ends_before is None or former.ends_before > today:
        raise Refused(_("%(name)s is already invited.") % {"name": counsellor.name})
    else:
        former.ends_before = former.visible_before = None
        save_checked(former)
    record_event(case, "mapping.invited", actor=actor, payload={"name": counsellor.name})
    notify(
        NoticeText(
            user_id=counsellor.pk,
            key=f"guidance:{former.pk}:{today}",
            sentence=gettext_lazy("You are invited to add to the mapping of case %(case)s."),
            payload={"case": case.number},
            url_name="intake:mapping_part",
            url_arg=case.number,
        )
    )
    log_change(actor, "mapping.invite", former, case.person, ["user"])
    return former


@transaction.atomic
def end_guidance(involvement: Involvement, *, actor: User | None, today: date) -> Involvement:
    """The guidance ends; the counsellor no longer knows of the case. Raises Refused when it has
    ended already."""
    require(actor, "mapping.edit", involvement)
    involvement = Involvement.objects.select_for_update(of=("self",)).get(pk=involvement.pk)
    if involvement.ends_before is not None and involvement.ends_before <= today:
        raise Refused(_("It has already ended."))
    involvement.ends_before = involvement.visible_before = max(today, involvement.starts_on)
    save_checked(involvement)
    log_change(actor, "mapping.uninvite", involvement, involvement.case.person, ["ends_before"])
    return involvement
