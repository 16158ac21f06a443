"""What goes with a case when it changes coach: clocks, booked meetings, texts not sent."""

from dataclasses import dataclass
from datetime import date, datetime

from jobcentre.accounts.models import User
from jobcentre.casework.enums import AppointmentState, WaitsFor
from jobcentre.casework.models import DUE_FIRST, Appointment, Case, FormDraft
from jobcentre.casework.registries import deadline_kinds
from jobcentre.replay import is_replaying


@dataclass(frozen=True)
class Clock:
    """A running clock that waits for the coach."""

    label: str
    subject: str
    due_on: date | None
    is_late: bool


@dataclass(frozen=True)
class OpenWork:
    """What the former coach has open in a case. Typed texts are counted; only their writer reads
    them, and they are not moved."""

    clocks: list[Clock]
    meetings: list[Appointment]
    texts: list[FormDraft]


def meetings_of(case: Case, coach: User, now: datetime) -> list[Appointment]:
    """The coach's booked meetings in the case that lie ahead; one query."""
    if is_replaying():
        return []  # what the past had booked is told by itself
    return list(
        Appointment.objects.filter(
            case=case, with_user=coach, state=AppointmentState.BOOKED, starts_at__gt=now
        )
        .select_related(
            "person", "with_user", "also_with", "case__centre", "case__person", "centre"
        )
        .order_by("starts_at", "pk")
    )


def open_work(case: Case, coach: User, today: date, now: datetime) -> OpenWork:
    """What `coach` has open in the case; three queries."""
    running = case.deadlines.begun(today).filter(waits_for=WaitsFor.COACH).order_by(*DUE_FIRST)[:50]
    return OpenWork(
        clocks=[
            Clock(
                str(deadline_kinds[each.kind].label),
                deadline_kinds[each.kind].tell_subject(each.subject_label),
                each.due_on,
                each.due_on is not None and each.due_on < today,
            )
            for each in running
        ],
        meetings=meetings_of(case, coach, now),
        texts=list(FormDraft.objects.filter(case=case, user=coach).order_by("-saved_at")[:20]),
    )
