"""What is done with visits when the day is over; no user does it."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from intake.enums import VisitResult, VisitState
from intake.models import Visit
from intake.transitions.traces import log_change
from jobcentre.casework.enums import AppointmentState
from jobcentre.casework.models import Appointment, Case
from jobcentre.casework.saving import save_checked
from jobcentre.casework.transitions.appointments import move_appointment
from jobcentre.replay import moment_now

BATCH = 500


@transaction.atomic
def end_left_over(visits) -> int:
    """End what nobody ended on its own day: who was in a meeting has met, who waited or was
    called has left. An appointment the visitor had come for is held with the meeting; of who left
    it is only booked again, so that it can still be noted what became of it. `visits` is a
    queryset of earlier days. Returns how many; safe to repeat."""
    rows = list(visits.open().select_for_update().order_by("pk"))
    for visit in rows:
        if visit.state == VisitState.MEETING:
            visit.state, visit.result, move = VisitState.DONE, VisitResult.MET, "hold"
        else:
            visit.state, move = VisitState.LEFT, "leave"
        visit.ended_at = moment_now()
        save_checked(visit)
        _end_appointment(visit.appointment, move)
        log_change(None, "visit.end_left_over", visit, visit.person, ["state"])
    return len(rows)


def _end_appointment(appointment: Appointment | None, move: str) -> None:
    if appointment is not None and appointment.state == AppointmentState.ARRIVED:
        move_appointment(appointment, move, actor=None)


def end_days_before(today: date) -> int:
    """The nightly round of `end_left_over`, over all centres."""
    return end_left_over(Visit.objects.filter(came_on__lt=today))


@transaction.atomic
def make_nameless(today: date, days: int) -> int:
    """Take the names out of visits that ended more than `days` days ago and belong to no case.

    What is left can be counted and leads to nobody. A visitor who later got a case keeps the
    visit: it is that case's. Returns how many; safe to repeat.
    """
    later = Case.objects.values("person_id")
    old = (
        Visit.objects.filter(
            came_on__lt=today - timedelta(days=days),
            ended_at__isnull=False,
            case__isnull=True,
            nameless_at__isnull=True,
        )
        .exclude(person__in=later)
        .select_for_update()
        .order_by("pk")[:BATCH]
    )
    rows = list(old)
    for visit in rows:
        # The appointment names the person too.
        visit.person = visit.appointment = None
        visit.visitor_name = visit.company_name = visit.language = visit.answer = ""
        visit.nameless_at = timezone.now()
        save_checked(visit)
        log_change(None, "visit.make_nameless", visit, None, ["person"])
    return len(rows)
