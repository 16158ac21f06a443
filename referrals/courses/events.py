"""The events of quick courses on the timeline."""

from django.utils.translation import gettext_lazy as _

from jobcentre.casework.enums import Area
from jobcentre.casework.registries import EventKind, event_kinds

KINDS = (
    ("requested", _("Quick course asked for"), "send", "accent"),
    ("approved", _("Quick course approved"), "check", "ok"),
    ("refused", _("Quick course refused"), "x", ""),
    ("paid", _("Quick course paid"), "coins", "ok"),
    ("withdrawn", _("Quick course withdrawn"), "undo", ""),
)


def register() -> None:
    event_kinds.register(
        *(
            EventKind(
                f"course.{key}",
                label,
                _("%(title)s."),
                ("title",),
                area=Area.REFERRALS,
                icon=icon,
                sign=sign,
            )
            for key, label, icon, sign in KINDS
        )
    )
