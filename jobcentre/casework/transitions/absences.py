"""A colleague's absence, noted by the manager or the front desk, and what becomes of the meetings.

Only the days: why somebody is away is nobody's business here. What a coach notes of the own
absences is in `hours`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobcentre.accounts.models import User
from jobcentre.audit import log
from jobcentre.audit.enums import Access
from jobcentre.casework.absences import absences_of, booked_during, who_can_take
from jobcentre.casework.access.checks import require
from jobcentre.casework.access.queries import visible_staff
from jobcentre.casework.concurrency import lock
from jobcentre.casework.enums import AppointmentState
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import Appointment, CircleMember, StaffAbsence
from jobcentre.casework.saving import save_checked
from jobcentre.casework.transitions import hours
from jobcentre.casework.transitions.appointments import cancel_appointment, give_appointment
from jobcentre.notices.writer import NoticeText, notify, notify_many


def _require_staff(actor: User, user: User, today: date) -> None:
    """Raises PermissionDenied unless the user works where the actor notes absences."""
    if not visible_staff(actor, "absence.note", today).filter(pk=user.pk).exists():
        raise PermissionDenied("absence.note")


def _log(actor: User, user: User) -> None:
    log.record(actor, "absence.note", access=Access.CHANGE, obj=user, fields=["absence"])


@transaction.atomic
def note_absence(
    user: User, starts_on: date, ends_before: date, *, actor: User, today: date
) -> StaffAbsence:
    """Note that a colleague cannot be booked from `starts_on` until `ends_before`.

    The colleague is told, and the circle of each protected person who had a meeting then: nobody
    else knows of it. Raises Refused as `hours.add_absence` does, and for days that are over.
    """
    _require_staff(actor, user, today)
    if ends_before <= today:
        raise Refused(_("Those days are over."))
    absence = hours.add_absence(user, starts_on, ends_before, actor=actor)
    if user.pk != actor.pk:
        notify(
            NoticeText(
                user_id=user.pk,
                key=f"absence:{absence.pk}",
                sentence=gettext_lazy(
                    "%(name)s has noted that you are away from %(from_on)s, back %(back_on)s."
                ),
                payload={"name": actor.name, "from_on": starts_on, "back_on": ends_before},
                url_name="casework:my_hours",
            )
        )
    _tell_circles(absence, actor, today)
    return absence


def _tell_circles(absence: StaffAbsence, actor: User, today: date) -> None:
    met = {
        meeting.person_id: meeting
        for meeting in booked_during({absence.user_id: [absence]}, today)
        if meeting.person.is_protected
    }
    if not met:
        return
    circle = CircleMember.objects.filter(person__in=met, ends_before__isnull=True).exclude(
        user__in=[absence.user_id, actor.pk]
    )
    notify_many(
        NoticeText(
            user_id=user_id,
            key=f"absence:{absence.pk}:{person_id}",
            sentence=gettext_lazy("%(name)s is away %(when)s and has a meeting that you can move."),
            payload={
                "name": absence.user.name,
                "when": met[person_id].starts_at,
            },
            url_name="casework:case" if met[person_id].case else "",
            url_arg=met[person_id].case.number if met[person_id].case else "",
        )
        for person_id, user_id in circle.order_by("pk").values_list("person_id", "user_id")
    )


@transaction.atomic
def end_absence(absence: StaffAbsence, back_on: date, *, actor: User, today: date) -> None:
    """The colleague is back on `back_on`: what lay after it is taken away, all of it when the
    absence had not begun then. Raises Refused when it has ended already."""
    _require_staff(actor, absence.user, today)
    lock(absence.user)
    absence = StaffAbsence.objects.filter(pk=absence.pk).select_related("user").first()
    if absence is None or absence.ends_before <= back_on:
        raise Refused(_("The absence has been taken away already."))
    if back_on <= absence.starts_on:
        absence.delete()
    else:
        absence.ends_before = back_on
        save_checked(absence)
    _log(actor, absence.user)


@dataclass(frozen=True)
class Settled:
    """What became of one meeting: with whom it is now (None: cancelled), or why nothing was done."""

    meeting: Appointment
    colleague: User | None
    refusal: str = ""


def settle_meetings(
    user: User,
    chosen: Mapping[Appointment, User | None],
    colleagues: list[User],
    *,
    actor: User,
    today: date,
) -> list[Settled]:
    """Give each chosen meeting of `user` to the colleague beside it at the same time, or cancel it
    (None). Each by itself: one that is refused stops none of the others."""
    _require_staff(actor, user, today)
    done = []
    for meeting, colleague in chosen.items():
        refusal = ""
        try:
            _settle(user, meeting, colleague, colleagues, actor, today)
        except Refused as refused:
            refusal = str(refused)
        except ValidationError as error:
            refusal = " ".join(error.messages)
        except PermissionDenied:
            refusal = _("You may not move this meeting.")
        done.append(Settled(meeting, colleague, refusal))
    return done


@transaction.atomic
def _settle(
    user: User,
    meeting: Appointment,
    colleague: User | None,
    colleagues: list[User],
    actor: User,
    today: date,
) -> None:
    require(actor, "absence.note", meeting)
    meeting = lock(meeting)
    is_theirs = user.pk in (meeting.with_user_id, meeting.also_with_id)
    if meeting.state != AppointmentState.BOOKED or not is_theirs:
        raise Refused(_("Somebody has moved or ended the meeting already."))
    during = booked_during({user.pk: absences_of([user.pk], today)[user.pk]}, today)
    if meeting not in during:
        raise Refused(_("%(name)s is not away then any longer.") % {"name": user.name})
    if colleague is None:
        cancel_appointment(meeting, actor=actor)
        return
    if colleague not in who_can_take([meeting], colleagues, today).get(meeting.pk, ()):
        raise Refused(_("%(name)s can no longer take it.") % {"name": colleague.name})
    give_appointment(meeting, colleague, actor=actor)
