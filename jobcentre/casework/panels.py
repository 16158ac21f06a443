"""The panels of the case page that casework itself fills."""

from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jobcentre.casework.access.checks import can, open_areas
from jobcentre.casework.consents import SENSITIVE
from jobcentre.casework.deadlines.moves import moves_of
from jobcentre.casework.enums import Area, InvolvementKind
from jobcentre.casework.interrupted_meetings import touched
from jobcentre.casework.models import Case, ClockPause, Consent, Document, Involvement
from jobcentre.casework.registries import CasePanel, case_panels
from jobcentre.casework.timeline import lines_of
from jobcentre.ui import formats

UNTIL_SHOWN = (InvolvementKind.COVER, InvolvementKind.OTHER_CENTRE)


def _overview(case: Case, user, today):
    person = case.person
    reads_sensitive = Area.SENSITIVE in open_areas(user, case)
    return {
        "target_groups": list(case.target_groups.all()),
        "consents": [
            {"row": consent, "receiver": _receiver(consent, reads_sensitive)}
            for consent in case.consents.all()
            if consent.withdrawn_on is None
        ],
        "person": person,
    }


def _receiver(consent: Consent, reads_sensitive: bool) -> str:
    """The one whom the consent is limited to, for a reader who may know who it is."""
    if consent.receiver and consent.purpose in SENSITIVE and not reads_sensitive:
        return _("one named receiver")
    return consent.receiver


def _who_works(case: Case, user, today):
    return {"who": who_works_with(case, today)}


def who_works_with(case: Case, today) -> list[dict]:
    """Everybody who works with the person today, coach first; at most one query."""
    return who_works_with_each([case], today)[case.pk]


def who_works_with_each(cases: Sequence[Case], today) -> dict[int, list[dict]]:
    """For each case, by its id, everybody who works with the person today; one query in all."""
    found = {case.pk: _of_the_case(case) for case in cases}
    for involvement in (
        Involvement.objects.filter(case__in=found).working_on(today).select_related("unit", "user")
    ):
        found[involvement.case_id].append(
            {
                "name": involvement.label,
                "what": _what(involvement),
                "phone": involvement.phone or (involvement.unit.phone if involvement.unit else ""),
                "org": involvement.user_id is None,
            }
        )
    return found


def _what(involvement: Involvement) -> str:
    """Why they work with the person; of one who stands in or lends a hand, until when."""
    if involvement.kind not in UNTIL_SHOWN or involvement.ends_before is None:
        return involvement.get_kind_display()
    return gettext("%(what)s, until %(day)s") % {
        "what": involvement.get_kind_display(),
        "day": formats.day_year(involvement.ends_before - timedelta(days=1)),
    }


def _of_the_case(case: Case) -> list[dict]:
    """The coach and the income-support unit, which stand on the case itself."""
    rows = []
    if case.coach:
        rows.append(
            {"name": case.coach.name, "what": _("Coach"), "phone": case.coach.phone, "org": False}
        )
    if case.income_support_unit:
        rows.append(
            {
                "name": case.income_support_unit.name,
                "what": _("Income support"),
                "phone": case.income_support_unit.phone,
                "org": True,
            }
        )
    return rows


def _timeline(case: Case, user, today):
    return {"lines": lines_of(case, open_areas(user, case), user, limit=9)}


def _documents(case: Case, user, today):
    areas = open_areas(user, case)
    documents = Document.objects.filter(case=case, area__in=areas).select_related("added_by")
    return {"documents": list(documents[:100]), "may_add": can(user, "document.add", case)}


def _interruptions(case: Case, user, today):
    # An uninterrupted case asks nothing: the page has its pauses already.
    pauses = (
        list(ClockPause.objects.filter(case=case).select_related("decided_by", "document"))
        if case.pauses.all()
        else []
    )
    meetings = touched(case, pauses, timezone.now())
    for pause in pauses:
        pause.moves = moves_of(pause)
        pause.has_begun = pause.starts_on <= today
        pause.meetings = meetings.get(pause.pk, [])
    return {
        "pauses": pauses,
        "open_pause": next((pause for pause in pauses if pause.ends_before is None), None),
        "may_pause": case.is_open and can(user, "case.pause", case),
        "may_book": can(user, "appointment.book", case),
    }


def register() -> None:
    case_panels.register(
        CasePanel(
            "overview",
            _("Overview"),
            Area.CONTACT,
            "casework/panels/overview.html",
            _overview,
            place="overview",
            position=10,
        ),
        CasePanel(
            "interruptions",
            _("Interruptions"),
            Area.CLOCKS,
            "casework/panels/interruptions.html",
            _interruptions,
            place="overview",
            position=90,
        ),
        CasePanel(
            "who_works",
            _("Who works with the person?"),
            Area.HEADER,
            "casework/panels/who_works.html",
            _who_works,
            place="aside",
            position=10,
        ),
        CasePanel(
            "timeline",
            _("Timeline"),
            Area.CLOCKS,
            "casework/panels/timeline.html",
            _timeline,
            place="aside",
            position=20,
        ),
        CasePanel(
            "documents",
            _("Documents"),
            Area.DOCUMENTS,
            "casework/panels/documents.html",
            _documents,
            place="tab",
            position=80,
        ),
    )
