from django.utils.translation import gettext_lazy as _

from employers.models import CompetenceProfile, Placement
from employers.transitions import has_bank_consent
from jobcentre.casework.access.checks import can
from jobcentre.casework.enums import Area
from jobcentre.casework.registries import CasePanel, case_panels


def _employers(case, user, today):
    return {
        "placements": list(Placement.objects.filter(case=case).select_related("need__employer")),
        "profile": CompetenceProfile.objects.filter(case=case).first(),
        "has_consent": has_bank_consent(case, today),
        "may_edit": case.is_open and can(user, "competence.edit", case),
    }


def register() -> None:
    case_panels.register(
        CasePanel(
            "employers",
            _("Employers"),
            Area.EMPLOYERS,
            "employers/panels/employers.html",
            _employers,
            place="tab",
            position=50,
        )
    )
