from django.utils.translation import gettext_lazy as _

from intake.enums import AfStatus, RightsForm
from jobcentre.casework.enums import Area
from jobcentre.casework.registries import EventKind, event_kinds


def register() -> None:
    event_kinds.register(
        EventKind(
            "visit.arrived",
            _("Visit"),
            _("Came to %(centre)s."),
            ("centre",),
            area=Area.APPOINTMENTS,
            icon="door-open",
        ),
        EventKind(
            "rights.given",
            _("Rights and duties"),
            _("Explained in %(language)s: %(form)s."),
            ("language", "form"),
            area=Area.CONTACT,
            icon="scale",
            sign="ok",
            choices={"form": RightsForm},
        ),
        EventKind(
            "af.checked",
            _("Public employment service (AF)"),
            _("Checked: %(status)s."),
            ("status",),
            area=Area.CONTACT,
            icon="building",
            choices={"status": AfStatus},
        ),
        EventKind(
            "mapping.begun",
            _("Mapping begun"),
            _("Begun on %(begun_on)s."),
            ("begun_on",),
            area=Area.CLOCKS,
            icon="compass",
        ),
        EventKind(
            "mapping.completed",
            _("Mapping completed"),
            _("Completed on %(completed_on)s."),
            ("completed_on",),
            area=Area.CLOCKS,
            icon="compass",
            sign="ok",
        ),
    )
