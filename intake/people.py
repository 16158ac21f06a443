"""The tab that answers who the person is with, with the youth worker of the outreach register."""

from datetime import date

from django.db.models import Max
from django.utils.translation import gettext as _

from intake.models import EmergencyNote, ReferralIn
from intake.youth.models import OutreachEntry
from jobcentre.casework.access.checks import can, open_areas
from jobcentre.casework.enums import Area
from jobcentre.casework.models import Case
from jobcentre.casework.people import Partner, people_of
from jobcentre.ui import formats


def panel(case: Case, user, today: date) -> dict:
    """Everybody who works with the person; nine queries, ten with an employer, whatever their
    number."""
    areas = open_areas(user, case)
    people = people_of(case, areas, today)
    _tell_sender(case, people["inside"])
    # The register is as sensitive as a case: only the own coach knows that there is an entry.
    if Area.NOTES in areas:
        people["inside"] += _youth_workers(case)
    return {
        **people,
        "reads_contacts": Area.CONTACT in areas,
        "emergency": _emergency(case) if Area.SENSITIVE in areas else None,
        "may_record": case.is_open and can(user, "contact.record", case),
    }


def _tell_sender(case: Case, inside: list[Partner]) -> None:
    """Who referred the person is the latest known of a unit that has done nothing in the case yet."""
    sent = ReferralIn.objects.filter(case=case).select_related("sending_unit", "sent_by").first()
    if sent is None or sent.sending_unit_id != case.income_support_unit_id:
        return
    for each in inside:
        if each.is_unit and each.name == sent.sending_unit.name and not each.latest:
            said = {"day": formats.day_year(sent.sent_on), "name": sent.sent_by.name}
            each.latest = _("%(day)s, referred by %(name)s") % said


def _emergency(case: Case) -> EmergencyNote | None:
    """Whom to call if something happens; it is as sensitive as the sensitive areas."""
    return (
        EmergencyNote.objects.filter(case=case).select_related("noted_by").order_by("-pk").first()
    )


def _youth_workers(case: Case) -> list[Partner]:
    """Whom to ask at the youth unit that follows a linked entry, with the day it last tried to reach
    the person; never what came of it."""
    entries = (
        OutreachEntry.objects.open()
        .filter(case=case)
        .select_related("unit", "coordinator")
        .annotate(tried_on=Max("attempts__on"))
        .order_by("pk")
    )
    return [
        Partner(
            entry.coordinator.name if entry.coordinator else entry.unit.name,
            _("Youth outreach"),
            is_unit=entry.coordinator is None,
            place=entry.unit.name,
            phone=(entry.coordinator and entry.coordinator.phone) or entry.unit.phone,
            email=(entry.coordinator and entry.coordinator.email) or entry.unit.email,
            latest=formats.day_year(entry.tried_on) if entry.tried_on else "",
            next=_("Contact %(day)s") % {"day": formats.day_year(entry.next_on)}
            if entry.next_on
            else "",
        )
        for entry in entries
    ]
