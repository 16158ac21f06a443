from django.utils.translation import gettext_lazy as _

from employers.enums import PlacementResult
from jobcentre.casework.enums import Area
from jobcentre.casework.registries import EventKind, event_kinds


def register() -> None:
    event_kinds.register(
        EventKind(
            "placement.proposed",
            _("Proposed to an employer"),
            _("%(need)s at %(employer)s."),
            ("need", "employer"),
            area=Area.EMPLOYERS,
            icon="handshake",
            sign="accent",
        ),
        EventKind(
            "placement.agreed",
            _("The employer said yes"),
            _("%(employer)s: %(answer)s"),
            ("employer", "answer"),
            area=Area.EMPLOYERS,
            icon="check",
            sign="ok",
        ),
        EventKind(
            "placement.declined",
            _("The employer said no"),
            _("%(employer)s: %(answer)s"),
            ("employer", "answer"),
            area=Area.EMPLOYERS,
            icon="x",
            sign="soon",
        ),
        EventKind(
            "placement.withdrawn",
            _("Proposal withdrawn"),
            _("%(employer)s: %(reason)s"),
            ("employer", "reason"),
            area=Area.EMPLOYERS,
            icon="undo",
        ),
        EventKind(
            "placement.started",
            _("Placement started"),
            _("%(employer)s, from %(from_on)s."),
            ("employer", "from_on"),
            area=Area.EMPLOYERS,
            icon="play",
            sign="ok",
        ),
        EventKind(
            "placement.ended",
            _("Placement ended"),
            _("%(employer)s, last day %(last_on)s: %(result)s."),
            ("employer", "last_on", "result"),
            area=Area.EMPLOYERS,
            icon="flag",
            choices={"result": PlacementResult},
        ),
    )
