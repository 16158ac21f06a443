from django.utils.translation import gettext_lazy as _

from jobcentre.casework.enums import Area
from jobcentre.casework.registries import EventKind, event_kinds
from reporting.enums import FollowUpKind, FollowUpState, Occupation


def register() -> None:
    event_kinds.register(
        EventKind(
            "follow_up.planned",
            _("Follow-ups planned"),
            _("%(months)s months after the exit."),
            ("months",),
            area=Area.OUTCOME,
            icon="calendar-clock",
        ),
        EventKind(
            "follow_up.answered",
            _("Follow-up answered"),
            _("%(months)s months, %(kind)s: %(occupation)s."),
            ("months", "kind", "occupation"),
            area=Area.OUTCOME,
            icon="flag",
            sign="ok",
            choices={"kind": FollowUpKind, "occupation": Occupation},
        ),
        EventKind(
            "follow_up.without_answer",
            _("Follow-up without answer"),
            _("%(months)s months, %(kind)s: %(state)s."),
            ("months", "kind", "state"),
            area=Area.OUTCOME,
            icon="flag",
            sign="soon",
            choices={"kind": FollowUpKind, "state": FollowUpState},
        ),
    )
