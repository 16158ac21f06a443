"""Who may not, or only by name, see a person: protection with its circle, and conflicts of interest."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobcentre.accounts.enums import Role
from jobcentre.accounts.models import Membership, Unit, User
from jobcentre.audit import log
from jobcentre.audit.enums import Access
from jobcentre.casework.access.checks import forget_relations, require
from jobcentre.casework.access.queries import who_may_know
from jobcentre.casework.circle_meetings import outside_circle
from jobcentre.casework.concurrency import lock
from jobcentre.casework.enums import Protection
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import Case, CircleMember, ConflictOfInterest, Person
from jobcentre.casework.saving import save_checked
from jobcentre.casework.transitions.persons import ADDRESS, case_or_unit
from jobcentre.notices.writer import NoticeText, notify_many


@transaction.atomic
def protect_person(
    person: Person,
    level: str,
    circle: list[User],
    *,
    actor: User | None,
    today: date,
    version: int | None = None,
    new: bool = False,
) -> Person:
    """Set the level of protection and the named circle; the address is removed at once.

    Without protection there is no circle. Raises Refused when a protected person would have an
    empty circle, Conflict when somebody else has changed the person since `version`. `new`: the
    person is registered in the same transaction, whose right has been asked for.
    """
    person = lock(person, version)
    if not new:
        require(actor, "person.protect", case_or_unit(person))
    if level != Protection.NONE and not circle:
        raise Refused(_("Name at least one user who may see the person."))
    person.protection = level
    if level != Protection.NONE:
        for name in ADDRESS:
            setattr(person, name, "")
    person.version += 1
    save_checked(person)
    wanted = {user.pk: user for user in circle} if level != Protection.NONE else {}
    for member in CircleMember.objects.filter(person=person, ends_before__isnull=True):
        if wanted.pop(member.user_id, None) is not None:
            continue
        if member.starts_on < today:
            member.ends_before = today
            save_checked(member)
        else:
            member.delete()  # named and unnamed the same day: a period of no day
    for user in wanted.values():
        save_checked(CircleMember(person=person, user=user, added_by=actor, starts_on=today))
    log.record(
        actor,
        "person.protect",
        access=Access.CHANGE,
        subject=person.ref,
        obj=person,
        fields=["protection", "circle"],
    )
    if not new:
        _tell_of_meetings(person, actor)
    if actor is not None:
        forget_relations(actor)
    return person


def _tell_of_meetings(person: Person, actor: User | None) -> None:
    """Tell the coach, when one of the circle, of the meetings with somebody outside it; the one
    who acts reads of them on the page. No name of the person is in it."""
    meetings = [meeting for meeting in outside_circle(person) if meeting.case is not None]
    coaches = {meeting.case.coach for meeting in meetings} - {None, actor}
    knows = who_may_know(person, coaches) if coaches else []
    notify_many(
        NoticeText(
            user_id=meeting.case.coach_id,
            key=f"circle-meeting:{meeting.pk}:{meeting.case.coach_id}:{person.version}",
            sentence=gettext_lazy(
                "The meeting %(when)s in case %(case)s is with a colleague who may not know of the "
                "person. Move it to somebody who may."
            ),
            payload={"when": meeting.starts_at, "case": meeting.case.number},
            url_name="casework:case",
            url_arg=meeting.case.number,
            by_mail=True,
        )
        for meeting in meetings
        if meeting.case.coach in knows
    )


@transaction.atomic
def begin_protection(person: Person, level: str, *, unit: Unit, actor: User, today: date) -> Person:
    """Protect somebody who is being registered, for transitions that have asked for the right to
    register. The circle begins with who registers and the managers of `unit`, else those above it;
    a manager names the others."""
    managers = Membership.objects.valid_on(today).filter(role=Role.MANAGER, unit=unit)
    own = list(User.objects.filter(pk__in=managers.values("user_id")))
    circle = {user.pk: user for user in (actor, *(own or managers_of(unit, today)))}
    return protect_person(person, level, list(circle.values()), actor=actor, today=today, new=True)


@transaction.atomic
def declare_conflict(case: Case, *, actor: User, today: date) -> ConflictOfInterest:
    """The acting user declares a conflict of interest: the person disappears from their view.

    The managers of the home centre are told, because somebody else has to take over.
    """
    case = lock(case)
    require(actor, "conflict.declare", case)
    conflict = ConflictOfInterest(person=case.person, user=actor, declared_on=today)
    save_checked(conflict)
    log.record(
        actor,
        "conflict.declare",
        access=Access.CHANGE,
        subject=case.person.ref,
        obj=case,
        fields=["conflict"],
    )
    notify_many(
        NoticeText(
            user_id=user.pk,
            key=f"conflict:{conflict.pk}:{user.pk}",
            sentence=gettext_lazy(
                "%(name)s has declared a conflict of interest in case %(case)s. See that somebody"
                " else takes it."
            ),
            payload={"name": actor.name, "case": case.number},
            url_name="casework:case",
            url_arg=case.number,
            by_mail=True,
        )
        for user in managers_of(case.centre, today)
        if user.pk != actor.pk
    )
    forget_relations(actor)
    return conflict


def managers_of(centre: Unit, today: date) -> list[User]:
    """Those who are managers of the unit or of one above it today."""
    above = [int(pk) for pk in centre.path.split(".") if pk]
    held = Membership.objects.valid_on(today).filter(role=Role.MANAGER, unit_id__in=above)
    return list(User.objects.filter(pk__in=held.values("user_id")).order_by("id"))


@transaction.atomic
def lift_conflict(conflict: ConflictOfInterest, case: Case, *, actor: User) -> None:
    """A manager takes away a declared conflict that no longer holds (or was somebody else's case)."""
    require(actor, "person.protect", case)
    if conflict.person_id != case.person_id or conflict.user_id == actor.pk:
        raise Refused(_("This conflict of interest cannot be taken away here."))
    log.record(
        actor,
        "conflict.lift",
        access=Access.CHANGE,
        subject=case.person.ref,
        obj=case,
        fields=["conflict"],
    )
    conflict.delete()
