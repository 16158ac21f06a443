"""A case is given from one coach to another: the note, the meeting of the three, what is booked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobcentre.accounts.models import User
from jobcentre.audit import log
from jobcentre.audit.enums import Access
from jobcentre.casework.access.checks import forget_relations, require
from jobcentre.casework.caseloads.open_work import meetings_of
from jobcentre.casework.concurrency import lock
from jobcentre.casework.deadlines import clock
from jobcentre.casework.enums import InvolvementKind
from jobcentre.casework.exceptions import Conflict, Refused
from jobcentre.casework.models import Appointment, Case, HandOver, Involvement
from jobcentre.casework.models.appointment import HAND_OVER_MEETING
from jobcentre.casework.saving import save_checked
from jobcentre.casework.staff_times import clash_of
from jobcentre.casework.timeline import record_event
from jobcentre.casework.transitions.appointments import (
    cancel_appointment,
    give_appointment,
    place_appointment,
)
from jobcentre.casework.transitions.cases import give_coach
from jobcentre.notices.writer import NoticeText, notify

MAX_DAYS = 30  # so long the former coach may go on reading
MAX_MANY = 40  # cases handed over at once
MOVE, KEEP, CANCEL = "move", "keep", "cancel"


@dataclass(frozen=True)
class Handing:
    """What is decided when a case is handed over.

    `meets_at` is when the person and both coaches meet; without a meeting the former coach reads
    until `sees_before` (half-open), or no longer. `meetings` says of the former coach's booked
    meetings, by id, whether they move to the new coach at the same time, are kept or told off;
    those it does not name move when the new coach is free and are kept otherwise.
    """

    coach: User
    note: str
    meets_at: datetime | None = None
    minutes: int = 45
    sees_before: date | None = None
    meetings: Mapping[int, str] = field(default_factory=dict)


@transaction.atomic
def hand_over(
    case: Case, handing: Handing, *, actor: User, today: date, version: int | None = None
) -> HandOver:
    """Give the case to another coach from `today`.

    The clocks wait for the new coach, who is told; the former reads the case until the meeting.
    Raises Refused when the case is closed or has no coach, the new one may not have it or is busy,
    or the former would read on for more than MAX_DAYS.
    """
    case = lock(case, version)
    require(actor, "case.hand_over", case)
    if not case.is_open:
        raise Refused(_("The case is closed."))
    former = case.coach
    if former is None:
        raise Refused(_("The case has no coach; give it one instead."))
    if former.pk == handing.coach.pk:
        raise Refused(_("%(name)s is already the coach.") % {"name": former.name})
    sees_before = _sees_before(handing, today)
    booked = meetings_of(case, former, timezone.now())
    give_coach(case, handing.coach, "", actor=actor, today=today)
    meeting = _book(case, handing, former, actor) if handing.meets_at else None
    given = HandOver(
        case=case,
        former=former,
        coach=handing.coach,
        note=handing.note,
        handed_on=today,
        sees_before=sees_before,
        appointment=meeting,
        handed_by=actor,
    )
    save_checked(given)
    if sees_before > today:
        _let_read(given)
    for each in booked:
        _settle(each, handing, actor)
    _tell(given, actor)
    clock.recompute(case)
    forget_relations(actor)
    log.record(
        actor,
        "case.hand_over",
        access=Access.CHANGE,
        subject=case.person.ref,
        obj=case,
        fields=["coach"],
    )
    return given


def _sees_before(handing: Handing, today: date) -> date:
    """The first day on which the former coach no longer reads the case."""
    if handing.meets_at is not None:
        day = timezone.localdate(handing.meets_at) + timedelta(days=1)
        if handing.meets_at <= timezone.now():
            raise Refused(_("The hand-over meeting has to lie ahead."))
    else:
        day = max(handing.sees_before or today, today)
    if (day - today).days > MAX_DAYS:
        raise Refused(
            _("The former coach reads the case for at most %(n)d days.") % {"n": MAX_DAYS}
        )
    return day


def _book(case: Case, handing: Handing, former: User, actor: User) -> Appointment:
    return place_appointment(
        case.person,
        handing.coach,
        handing.meets_at,
        HAND_OVER_MEETING,
        case=case,
        centre=case.centre,
        actor=actor,
        minutes=handing.minutes,
        interpreter_language=case.person.interpreter_language,
        also_with=former,
    )


def _let_read(given: HandOver) -> None:
    row = Involvement(
        case=given.case,
        kind=InvolvementKind.HAND_OVER,
        subject_key=given.involvement_key,
        user=given.former,
        label=given.former.name,
        phone=given.former.phone,
        starts_on=given.handed_on,
        ends_before=given.sees_before,
        visible_before=given.sees_before,
    )
    save_checked(row)


def _settle(booked: Appointment, handing: Handing, actor: User) -> None:
    """What becomes of one of the former coach's meetings with the person."""
    wanted = handing.meetings.get(booked.pk)
    if wanted == CANCEL:
        cancel_appointment(booked, actor=actor)
    elif wanted == MOVE or (
        wanted is None and clash_of(handing.coach, booked.starts_at, booked.minutes) is None
    ):
        give_appointment(booked, handing.coach, actor=actor)


def _tell(given: HandOver, actor: User) -> None:
    case, former = given.case, given.former
    last_on = given.sees_before - timedelta(days=1) if given.sees_before > given.handed_on else None
    record_event(
        case,
        "case.handed_over",
        actor=actor,
        payload={
            "former": former.name,
            "coach": given.coach.name,
            "last_on": last_on or given.handed_on,
        },
    )
    record_event(case, "case.hand_over_note", actor=actor, text=given.note)
    if actor is None or former.pk != actor.pk:
        notify(
            NoticeText(
                user_id=former.pk,
                key=f"handed-over:{given.pk}",
                sentence=gettext_lazy("Case %(case)s is handed over from you to %(coach)s."),
                payload={"case": case.number, "coach": given.coach.name},
                url_name="casework:case" if last_on else "",
                url_arg=case.number if last_on else "",
            )
        )


@dataclass(frozen=True)
class Outcome:
    """What became of one case when several were handed over."""

    case: Case
    coach: User
    refusal: str = ""


def hand_over_many(
    rows: list[tuple[Case, User]],
    note: str,
    sees_before: date | None,
    *,
    actor: User,
    today: date,
) -> list[Outcome]:
    """Hand over each case to the coach beside it, each in a transaction of its own.

    One that is refused stops none of the others. Raises Refused for more than MAX_MANY.
    """
    if len(rows) > MAX_MANY:
        raise Refused(_("At most %(n)d cases at a time.") % {"n": MAX_MANY})
    done = []
    for case, coach in rows:
        refusal = ""
        try:
            hand_over(
                case,
                Handing(coach, note, sees_before=sees_before),
                actor=actor,
                today=today,
                version=case.version,
            )
        except (Refused, Conflict) as refused:
            refusal = str(refused)
        except PermissionDenied:
            refusal = _("You may not hand over this case.")
        done.append(Outcome(case, coach, refusal))
    return done
