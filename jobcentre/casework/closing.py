"""What casework itself ends with a case: the meetings that are booked ahead."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobcentre.casework.enums import AppointmentState
from jobcentre.casework.models import Appointment, Case
from jobcentre.casework.registries import ClosingStep, closing_steps
from jobcentre.casework.transitions.appointments import cancel_appointment
from jobcentre.replay import moment_now
from jobcentre.ui import formats


def coming(case: Case):
    """The booked meetings of the case that have not begun."""
    return (
        Appointment.objects.filter(
            case=case, state=AppointmentState.BOOKED, starts_at__gt=moment_now()
        )
        .select_related("with_user", "also_with", "person", "case")
        .order_by("starts_at", "pk")
    )


def goes_with(case: Case) -> list[str]:
    """A sentence for each meeting that is told off; an interpreter has to be told too."""
    sentences = {
        False: _("The meeting %(when)s with %(name)s is cancelled."),
        True: _("The meeting %(when)s with %(name)s is cancelled. Tell the interpreter."),
    }
    return [
        sentences[meeting.interpreter_booked]
        % {"when": formats.moment(meeting.starts_at), "name": meeting.staff_names}
        for meeting in coming(case)
    ]


def obstacles(case: Case) -> list[str]:
    """No meeting ahead stops a case from closing."""
    return []


def run(case: Case, left, *, actor, today) -> None:
    for meeting in coming(case):
        cancel_appointment(meeting, actor=actor)


def register() -> None:
    closing_steps.register(
        ClosingStep(
            "meetings", gettext_lazy("Booked meetings"), obstacles, run, 40, goes_with=goes_with
        )
    )
