"""The events of the methods on the timeline. What a contact was about stands in the log only."""

from django.utils.translation import gettext_lazy as _

from jobcentre.casework.enums import Area
from jobcentre.casework.registries import EventKind, event_kinds
from referrals.methods.enums import ContactKind, ContactWith, Method, MethodEnd, MethodStep


def _kind(key, label, sentence, keys, icon, sign="", area=Area.REFERRALS, **choices):
    return EventKind(
        f"method.{key}", label, sentence, keys, area=area, icon=icon, sign=sign, choices=choices
    )


def register() -> None:
    event_kinds.register(
        _kind(
            "started",
            _("Support by a method begun"),
            _("%(method)s, led by %(who)s."),
            ("method", "who"),
            "play",
            "accent",
            method=Method,
        ),
        _kind(
            "led",
            _("Another leads the support"),
            _("%(method)s is led by %(who)s."),
            ("method", "who"),
            "users",
            method=Method,
        ),
        _kind(
            "step",
            _("Step of the method"),
            _("%(method)s: %(step)s."),
            ("method", "step"),
            "arrow-right",
            "ok",
            method=Method,
            step=MethodStep,
        ),
        _kind(
            "intensity",
            _("Planned support changed"),
            _("%(method)s: %(minutes)s minutes a week from %(from_on)s."),
            ("method", "minutes", "from_on"),
            "clock",
            method=Method,
        ),
        _kind(
            "contact",
            _("Contact in the log"),
            _("%(held_on)s, %(kind)s with %(with_whom)s."),
            ("kind", "with_whom", "held_on"),
            "message",
            area=Area.PROVIDER_NOTES,
            kind=ContactKind,
            with_whom=ContactWith,
        ),
        _kind(
            "future_plan",
            _("Own future plan"),
            _("Version %(number)s is written."),
            ("number",),
            "lightbulb",
            "ok",
        ),
        _kind(
            "ended",
            _("Support by a method ended"),
            _("%(method)s: %(reason)s."),
            ("method", "reason"),
            "flag",
            method=Method,
            reason=MethodEnd,
        ),
    )
