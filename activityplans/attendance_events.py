"""What is told of attendance on the timeline."""

from django.utils.translation import gettext_lazy as _

from activityplans.enums import AttendanceOutcome, ContactBefore
from jobcentre.casework.enums import Area
from jobcentre.casework.registries import EventKind, event_kinds


def register() -> None:
    event_kinds.register(
        EventKind(
            "attendance.absent",
            _("Absence"),
            _("Unexcused absence from %(service)s on %(absent_on)s, %(hours)s hours."),
            ("service", "absent_on", "hours"),
            area=Area.ATTENDANCE,
            icon="alert",
            sign="late",
        ),
        EventKind(
            "attendance.reported",
            _("Absence reported"),
            _("Absence from %(service)s on %(absent_on)s. Before the report: %(contact)s."),
            ("service", "absent_on", "contact"),
            area=Area.ATTENDANCE,
            icon="send",
            sign="late",
            choices={"contact": ContactBefore},
        ),
        EventKind(
            "attendance.corrected",
            _("Reported absence corrected"),
            _("Absence from %(service)s on %(absent_on)s, now: %(outcome)s."),
            ("service", "absent_on", "outcome"),
            area=Area.ATTENDANCE,
            icon="history",
            sign="info",
            choices={"outcome": AttendanceOutcome},
        ),
        EventKind(
            "statement.sent",
            _("Statement sent"),
            _("Statement of the month that began %(month_on)s, version %(version)s, to %(unit)s."),
            ("month_on", "version", "unit"),
            area=Area.ATTENDANCE,
            icon="send",
            sign="accent",
        ),
        EventKind(
            "attendance.talked",
            _("Talk about repeated absence"),
            _("After %(times)s absences, on %(talked_on)s."),
            ("times", "talked_on"),
            area=Area.ATTENDANCE,
            icon="users",
            sign="ok",
        ),
    )
