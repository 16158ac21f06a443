from django.utils.translation import gettext_lazy as _

from jobcentre.casework.access.checks import can
from jobcentre.casework.enums import Area
from jobcentre.casework.models import Exit
from jobcentre.casework.registries import CasePanel, case_panels
from reporting.models import FollowUp
from reporting.transitions.follow_ups import may_contact


def _outcome(case, user, today):
    """The exit and its follow-ups; nothing for an open case. At most three queries."""
    if case.is_open:
        return {"left": None}
    return {
        "left": Exit.objects.filter(case=case).select_related("reason").first(),
        "follow_ups": list(FollowUp.objects.filter(case=case).select_related("recorded_by")),
        "may_record": can(user, "followup.record", case),
        "may_contact": may_contact(case, today),
        "today": today,
    }


def register() -> None:
    case_panels.register(
        CasePanel(
            "outcome",
            _("Exit and follow-up"),
            Area.OUTCOME,
            "reporting/panels/outcome.html",
            _outcome,
            place="overview",
            position=15,
        )
    )
