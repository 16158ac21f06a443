from django.utils.translation import gettext_lazy as _

from intake.enums import AfStatus, RightsForm, VisitResult
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
            "visit.called",
            _("Visit"),
            _("Called with ticket %(ticket)s to %(place)s."),
            ("ticket", "place"),
            area=Area.APPOINTMENTS,
            icon="megaphone",
        ),
        EventKind(
            "visit.put_back",
            _("Visit"),
            _("Did not come when called; waits again."),
            area=Area.APPOINTMENTS,
            icon="undo",
        ),
        EventKind(
            "visit.met",
            _("Visit"),
            _("The meeting began."),
            area=Area.APPOINTMENTS,
            icon="messages",
            sign="ok",
        ),
        EventKind(
            "visit.done",
            _("Visit"),
            _("Ended: %(result)s."),
            ("result",),
            area=Area.APPOINTMENTS,
            icon="check-circle",
            choices={"result": VisitResult},
        ),
        EventKind(
            "visit.sent_on",
            _("Visit"),
            _("Sent on to %(to)s."),
            ("to",),
            area=Area.APPOINTMENTS,
            icon="route",
        ),
        EventKind(
            "visit.left",
            _("Visit"),
            _("Left without help."),
            area=Area.APPOINTMENTS,
            icon="log-out",
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
