"""What a coach sees of the outreach register: that a linked entry exists, and whom to ask."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from intake.youth.models import OutreachEntry
from jobcentre.casework.enums import Area
from jobcentre.casework.registries import CasePanel, case_panels


def _outreach_rows() -> dict:
    return {"has_outreach": Exists(OutreachEntry.objects.open().filter(case=OuterRef("pk")))}


def _outreach(case, user, today):
    if not case.has_outreach:
        return {"entry": None}
    return {
        "entry": OutreachEntry.objects.open()
        .filter(case=case)
        .select_related("unit", "coordinator")
        .only("registered_on", "unit__name", "coordinator__name", "coordinator__phone")
        .first()
    }


def register() -> None:
    case_panels.register(
        CasePanel(
            "outreach",
            _("Youth outreach"),
            Area.NOTES,  # the coach's own: no colleague, manager or social secretary
            "intake/youth/panels/outreach.html",
            _outreach,
            place="aside",
            position=90,
            brings=_outreach_rows,
        )
    )
