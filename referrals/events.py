from django.utils.translation import gettext_lazy as _

from jobcentre.casework.enums import Area
from jobcentre.casework.registries import EventKind, event_kinds
from referrals.enums import DeclineReason, DisclosureBasis, OrderResult, ReportKind


def register() -> None:
    event_kinds.register(
        EventKind(
            "order.sent",
            _("Order sent"),
            _("%(service)s at %(provider)s. Passed on because of %(basis)s."),
            ("service", "provider", "basis"),
            area=Area.REFERRALS,
            icon="send",
            sign="accent",
            choices={"basis": DisclosureBasis},
        ),
        EventKind(
            "order.accepted",
            _("Order accepted"),
            _("%(provider)s accepts; first day %(first_on)s."),
            ("provider", "first_on"),
            area=Area.REFERRALS,
            icon="check",
            sign="ok",
        ),
        EventKind(
            "order.declined",
            _("Order declined"),
            _("%(provider)s declines: %(reason)s."),
            ("provider", "reason"),
            area=Area.REFERRALS,
            icon="x",
            sign="soon",
            choices={"reason": DeclineReason},
        ),
        EventKind(
            "order.started",
            _("Started at the provider"),
            _("%(provider)s, from %(from_on)s."),
            ("provider", "from_on"),
            area=Area.REFERRALS,
            icon="play",
            sign="ok",
        ),
        EventKind(
            "order.ended",
            _("Ended at the provider"),
            _("%(provider)s, last day %(last_on)s: %(result)s."),
            ("provider", "last_on", "result"),
            area=Area.REFERRALS,
            icon="flag",
            choices={"result": OrderResult},
        ),
        EventKind(
            "order.withdrawn",
            _("Order withdrawn"),
            _("%(provider)s: %(reason)s"),
            ("provider", "reason"),
            area=Area.REFERRALS,
            icon="undo",
        ),
        EventKind(
            "order.reported",
            _("Report from the provider"),
            _("%(provider)s: %(kind)s."),
            ("provider", "kind"),
            area=Area.REFERRALS,
            icon="file-text",
            choices={"kind": ReportKind},
        ),
    )
