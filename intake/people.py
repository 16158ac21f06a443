"""The tab that answers who the person is with, with the youth worker of the outreach register."""

from datetime import date

from django.utils.translation import gettext as _

from intake.models import EmergencyNote
from intake.youth.models import OutreachEntry
from jobcentre.casework.access.checks import can, open_areas
from jobcentre.casework.enums import Area
from jobcentre.casework.models import Case
from jobcentre.casework.people import Partner, people_of
from jobcentre.ui import formats


def panel(case: Case, user, today: date) -> dict:
    """Everybody who works with the person; eight queries, whatever their number."""
    areas = open_areas(user, case)
    people = people_of(case, areas, today)
    # The register is as sensitive as a case: only the own coach knows that there is an entry.
    if Area.NOTES in areas:
        people["inside"] += _youth_workers(case)
    return {
        **people,
        "reads_contacts": Area.CONTACT in areas,
        "emergency": _emergency(case) if Area.SENSITIVE in areas else None,
        "may_record": case.is_open and can(user, "contact.record", case),
    }


def _emergency(case: Case) -> EmergencyNote | None:
    """Whom to call if something happens; it is as sensitive as the sensitive areas."""
    return (
        EmergencyNote.objects.filter(case=case).select_related("noted_by").order_by("-pk").first()
    )


def _youth_workers(case: Case) -> list[Partner]:
    """Whom to ask at the youth unit that follows a linked entry."""
    entries = OutreachEntry.objects.open().filter(case=case).select_related("unit", "coordinator")
    return [
        Partner(
            entry.coordinator.name if entry.coordinator else entry.unit.name,
            _("Youth outreach"),
            is_unit=entry.coordinator is None,
            place=entry.unit.name,
            phone=(entry.coordinator and entry.coordinator.phone) or entry.unit.phone,
            email=(entry.coordinator and entry.coordinator.email) or entry.unit.email,
            next=_("Contact %(day)s") % {"day": formats.day_year(entry.next_on)}
            if entry.next_on
            else "",
        )
        for entry in entries
    ]
