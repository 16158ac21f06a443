"""A case moves to another home centre or district, with its open work."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobcentre.accounts.models import User
from jobcentre.audit import log
from jobcentre.audit.enums import Access
from jobcentre.casework.access.checks import forget_relations, require
from jobcentre.casework.access.queries import who_may_know
from jobcentre.casework.concurrency import lock
from jobcentre.casework.deadlines import clock
from jobcentre.casework.enums import MeetingFate
from jobcentre.casework.exceptions import Conflict, Refused
from jobcentre.casework.models import Case
from jobcentre.casework.moving import Moving, WhatMoves, what_moves
from jobcentre.casework.registries import moving_steps
from jobcentre.casework.saving import save_checked
from jobcentre.casework.timeline import record_event
from jobcentre.casework.transitions.appointments import cancel_appointment, give_appointment
from jobcentre.casework.transitions.cases import give_coach
from jobcentre.casework.transitions.loans import end_loans
from jobcentre.casework.transitions.protection import managers_of
from jobcentre.notices.writer import NoticeText, notify_many


@transaction.atomic
def move_case(
    case: Case,
    moving: Moving,
    *,
    actor: User | None,
    today: date,
    version: int | None = None,
    seen: str | None = None,
) -> Case:
    """Move the case to another home centre or district; the income-support unit follows the
    district, and what is open follows the case (`what_moves`).

    `seen` is the mark of what the page showed. Raises Refused with what stands in the way, and
    Conflict when somebody else has changed the case or what moves with it since.
    """
    for step in moving_steps:
        step.hold(case)
    case = lock(case, version)
    require(actor, "case.move", case)
    case.person.refresh_from_db(fields=["protection"])  # it may have come since the page was read
    found = what_moves(case, moving, today, timezone.now())
    if found.obstacles:
        raise Refused(" ".join(found.obstacles))
    if seen is not None and seen != found.mark:
        raise Conflict(_("What moves with the case has changed since you looked. Look again."))
    former, old = case.coach, f"{case.centre}, {case.district or '-'}"
    home = case.centre
    moves_centre = case.centre_id != moving.centre.pk
    case.centre, case.district = moving.centre, moving.district
    case.income_support_unit = moving.district.income_support_unit if moving.district else None
    case.version += 1
    save_checked(case)
    record_event(
        case,
        "case.moved",
        actor=actor,
        payload={
            "old": old,
            "new": f"{moving.centre}, {moving.district or '-'}",
            "reason": moving.reason,
        },
    )
    if moves_centre:
        _take_along(case, moving, found, actor, today)
        for step in moving_steps:
            step.run(case, home, actor=actor)
        _tell(case, moving, former, actor, today)
    clock.recompute(case)
    if actor is not None:
        forget_relations(actor)
    log.record(
        actor,
        "case.move",
        access=Access.CHANGE,
        subject=case.person.ref,
        obj=case,
        fields=["centre", "district", "income_support_unit"],
    )
    return case


def _take_along(
    case: Case, moving: Moving, found: WhatMoves, actor: User | None, today: date
) -> None:
    end_loans(case, actor=actor, today=today, host=moving.centre)
    if moving.coach is not None and moving.coach.pk != case.coach_id:
        give_coach(case, moving.coach, moving.reason, actor=actor, today=today)
    for meeting, fate in found.meetings:
        if fate == MeetingFate.GIVEN:
            give_appointment(meeting, moving.coach, actor=actor)
        elif fate == MeetingFate.TOLD_OFF:
            cancel_appointment(meeting, actor=actor)


def _tell(case: Case, moving: Moving, former: User | None, actor: User | None, today: date) -> None:
    """Tell the managers of the new centre, and the coach whose case it was; of a protected person
    only those who may know."""
    receiving = {user.pk: user for user in managers_of(moving.centre, today)}
    texts = [
        NoticeText(
            user_id=user.pk,
            key=f"moved-here:{case.pk}:{case.version}:{user.pk}",
            sentence=gettext_lazy("Case %(case)s has moved to %(centre)s.")
            if moving.coach is not None
            else gettext_lazy("Case %(case)s has moved to %(centre)s. Give it a coach."),
            payload={"case": case.number, "centre": moving.centre.name},
            url_name="casework:case",
            url_arg=case.number,
            by_mail=True,
        )
        for user in who_may_know(case.person, receiving.values())
    ]
    if former is not None and former.pk not in receiving and moving.coach is not None:
        texts.append(
            NoticeText(
                user_id=former.pk,
                key=f"moved-away:{case.pk}:{case.version}:{former.pk}",
                sentence=gettext_lazy("Case %(case)s has moved to %(centre)s."),
                payload={"case": case.number, "centre": moving.centre.name},
            )
        )
    notify_many(text for text in texts if actor is None or text.user_id != actor.pk)
