"""The booked meetings of a protected person with somebody who may not know of the person: booked
before the protection, or before the circle became smaller. They are moved by hand."""

from django.utils.translation import gettext as _

from jobcentre.casework.access.queries import who_may_know
from jobcentre.casework.enums import AppointmentState
from jobcentre.casework.models import Appointment, Person
from jobcentre.replay import moment_now
from jobcentre.ui import formats


def outside_circle(person: Person) -> list[Appointment]:
    """The coming meetings with one of the staff who may not know, the next one first; none of
    somebody without protection. At most three queries."""
    if not person.is_protected:
        return []
    ahead = list(
        Appointment.objects.filter(
            person=person, state=AppointmentState.BOOKED, starts_at__gt=moment_now()
        )
        .select_related("with_user", "also_with", "case__coach")
        .order_by("starts_at", "pk")
    )
    staff = {user for meeting in ahead for user in (meeting.with_user, meeting.also_with) if user}
    knows = set(who_may_know(person, staff)) if staff else set()
    return [
        meeting for meeting in ahead if not {meeting.with_user, meeting.also_with} - {None} <= knows
    ]


def saved_sentence(person: Person) -> str:
    """What is said when the protection is saved: also which meetings have to be moved."""
    saved = _("The protection is saved and works at once.")
    outside = outside_circle(person)
    if not outside:
        return saved
    told = "; ".join(
        f"{formats.moment(meeting.starts_at)}, {meeting.staff_names}" for meeting in outside
    )
    return " ".join(
        (saved, _("Move the meetings with colleagues who may not know of the person: %s.") % told)
    )
