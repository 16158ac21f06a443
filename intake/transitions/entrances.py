"""The planned entrance of a protected person: agreed beforehand, known to the circle only."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from intake.enums import VisitPurpose
from intake.models import PlannedEntrance, Visit
from intake.transitions.arrivals import register_visit
from intake.transitions.traces import log_change
from jobcentre.accounts.models import User
from jobcentre.casework.access.checks import require
from jobcentre.casework.enums import AppointmentState
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import Appointment
from jobcentre.casework.saving import save_checked
from jobcentre.replay import moment_now


@transaction.atomic
def agree_entrance(
    appointment: Appointment, at: datetime, entrance: str, met_by: str, *, actor: User
) -> PlannedEntrance:
    """Agree where and when the person is let in; agreed again, the later one holds.

    Raises Refused for a person who is not protected (they come by the door), for an appointment
    that is not booked, and for a time on another day than the appointment's.
    """
    require(actor, "entrance.agree", appointment)
    appointment = Appointment.objects.select_for_update().get(pk=appointment.pk)
    if not appointment.person.is_protected:
        raise Refused(_("Only a protected person has an agreed entrance."))
    if appointment.state != AppointmentState.BOOKED:
        raise Refused(
            _("The appointment is already %(state)s.") % {"state": appointment.get_state_display()}
        )
    if timezone.localdate(at) != timezone.localdate(appointment.starts_at):
        raise Refused(_("The agreed time is on the day of the appointment."))
    planned = PlannedEntrance.objects.filter(appointment=appointment).first() or PlannedEntrance(
        appointment=appointment
    )
    planned.at, planned.entrance, planned.met_by = at, entrance, met_by
    planned.agreed_by = actor
    save_checked(planned)
    log_change(actor, "entrance.agree", planned, appointment.person, ["at", "entrance", "met_by"])
    return planned


@transaction.atomic
def let_in(planned: PlannedEntrance, *, actor: User) -> Visit:
    """The protected person has come by the agreed entrance: the appointment is met, the one it is
    with is told, and nothing shows on a board."""
    require(actor, "entrance.agree", planned)
    planned = PlannedEntrance.objects.select_for_update().get(pk=planned.pk)
    if planned.came_at is not None:
        raise Refused(_("The visitor has already been let in."))
    appointment = planned.appointment
    planned.came_at = moment_now()
    save_checked(planned)
    visit = register_visit(
        appointment.at_centre,
        VisitPurpose.BOOKED,
        actor=actor,
        person=appointment.person,
        appointment=appointment,
    )
    log_change(actor, "entrance.let_in", planned, appointment.person, ["came_at"])
    return visit
