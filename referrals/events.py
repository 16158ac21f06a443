from django.utils.translation import gettext_lazy as _

from jobcentre.casework.enums import Area
from jobcentre.casework.registries import EventKind, event_kinds
from referrals.enums import DeclineReason, DisclosureBasis, OrderResult, ProposalKind, ReportKind


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
        EventKind(
            "order.asked",
            _("The provider asks"),
            _("%(provider)s has a question before it answers."),
            ("provider",),
            area=Area.REFERRALS,
            icon="help",
            sign="soon",
        ),
        EventKind(
            "order.replied",
            _("Reply to the provider"),
            _("%(provider)s has a reply to its question."),
            ("provider",),
            area=Area.REFERRALS,
            icon="message",
        ),
        EventKind(
            "order.waiting",
            _("On the waiting list"),
            _("%(provider)s: %(reason)s Place expected %(expected_on)s."),
            ("provider", "reason", "expected_on"),
            area=Area.REFERRALS,
            icon="hourglass",
            sign="soon",
        ),
        EventKind(
            "order.paused",
            _("Order paused"),
            _("%(provider)s, from %(from_on)s: %(reason)s"),
            ("provider", "from_on", "reason"),
            area=Area.REFERRALS,
            icon="pause",
            sign="paused",
        ),
        EventKind(
            "order.resumed",
            _("Order goes on"),
            _("%(provider)s, from %(from_on)s."),
            ("provider", "from_on"),
            area=Area.REFERRALS,
            icon="play",
            sign="ok",
        ),
        *(
            EventKind(
                f"order.{key}",
                label,
                sentence,
                ("provider", "kind"),
                area=Area.REFERRALS,
                icon=icon,
                sign=sign,
                choices={"kind": ProposalKind},
            )
            for key, label, sentence, icon, sign in (
                (
                    "proposed",
                    _("The provider proposes"),
                    _("%(provider)s proposes %(kind)s."),
                    "lightbulb",
                    "soon",
                ),
                (
                    "proposal_accepted",
                    _("Proposal accepted"),
                    _("%(provider)s: %(kind)s."),
                    "check",
                    "ok",
                ),
                (
                    "proposal_refused",
                    _("Proposal refused"),
                    _("%(provider)s: %(kind)s."),
                    "x",
                    "",
                ),
            )
        ),
    )
