from django.utils.translation import gettext_lazy as _

from activityplans.enums import BreakReason, FollowUpResult, NextMove
from activityplans.plan_enums import MidwayResult, SignatureForm
from jobcentre.casework.enums import Area
from jobcentre.casework.registries import EventKind, event_kinds


def register() -> None:
    event_kinds.register(
        EventKind(
            "plan.submitted",
            _("Plan sent for approval"),
            _("Version %(version)s, sent to %(unit)s."),
            ("version", "unit"),
            area=Area.PLAN,
            icon="send",
            sign="accent",
        ),
        EventKind(
            "plan.approved",
            _("Plan approved"),
            _("Version %(version)s is in force."),
            ("version",),
            area=Area.PLAN,
            icon="check-circle",
            sign="ok",
        ),
        EventKind(
            "plan.corrected",
            _("Plan corrected"),
            _("Version %(version)s is in force without approval: %(changes)s"),
            ("version", "changes"),
            area=Area.PLAN,
            icon="pencil",
            sign="ok",
        ),
        EventKind(
            "plan.returned",
            _("Plan returned"),
            _("Version %(version)s: %(reason)s"),
            ("version", "reason"),
            area=Area.PLAN,
            icon="undo",
            sign="soon",
        ),
        EventKind(
            "plan.refused",
            _("Plan refused"),
            _("Version %(version)s: %(reason)s"),
            ("version", "reason"),
            area=Area.PLAN,
            icon="x",
            sign="late",
        ),
        EventKind(
            "plan.signed",
            _("Plan signed"),
            _("Version %(version)s: the person %(how)s, %(signed_on)s."),
            ("version", "how", "signed_on"),
            area=Area.PLAN,
            icon="pencil",
            sign="ok",
            choices={"how": SignatureForm},
        ),
        EventKind(
            "plan.reviewed",
            _("Plan reviewed"),
            _("Reviewed on %(reviewed_on)s."),
            ("reviewed_on",),
            area=Area.PLAN,
            icon="refresh",
            sign="ok",
        ),
        EventKind(
            "package.handed",
            _("Package handed over to AF"),
            _("Version %(version)s, to %(receiver)s."),
            ("version", "receiver"),
            area=Area.PLAN,
            icon="send",
            sign="ok",
        ),
        EventKind(
            "activity.broken_off",
            _("Activity broken off"),
            _("%(service)s, last day %(last_on)s: %(reason)s."),
            ("service", "last_on", "reason"),
            area=Area.ATTENDANCE,
            icon="x",
            sign="soon",
            choices={"reason": BreakReason},
        ),
        EventKind(
            "activity.midway",
            _("Activity followed up midway"),
            _("%(service)s, %(held_on)s: %(result)s."),
            ("service", "held_on", "result"),
            area=Area.ATTENDANCE,
            icon="flag",
            sign="ok",
            choices={"result": MidwayResult},
        ),
        EventKind(
            "activity.followed_up",
            _("Activity followed up"),
            _("%(service)s ended %(ended_on)s: %(result)s. Next: %(next_move)s."),
            ("service", "ended_on", "result", "next_move"),
            area=Area.ATTENDANCE,
            icon="flag",
            sign="ok",
            choices={"result": FollowUpResult, "next_move": NextMove},
        ),
    )
