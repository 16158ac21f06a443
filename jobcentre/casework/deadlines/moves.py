"""What an interruption did to the clocks, in words."""

from datetime import date

from django.utils.translation import gettext as _

from jobcentre.casework.models import ClockPause
from jobcentre.casework.registries import DeadlineKind, deadline_kinds
from jobcentre.ui import formats


def moves_of(pause: ClockPause) -> list[dict]:
    """What the interruption moved, in words: the clock, its day before and after, and of one that
    is met whether it is another answer now (`verdict`, else empty)."""

    def words(day: str | None) -> str:
        return formats.day_year(date.fromisoformat(day)) if day else _("not known")

    return [
        {
            "name": _name(deadline_kinds[each["kind"]], each["about"]),
            "old": words(each["old"]),
            "new": words(each["new"]),
            "verdict": _verdict(each),
        }
        for each in pause.moved
        if each["kind"] in deadline_kinds
    ]


def _name(kind: DeadlineKind, about: str) -> str:
    return f"{kind.label}: {kind.tell_subject(about)}" if about else str(kind.label)


def _verdict(each: dict) -> str:
    """What became of a clock that was met already: ISO days compare as they stand."""
    met, old, new = each.get("met"), each["old"], each["new"]
    if met is None or old is None or new is None:
        return ""
    was_late, is_late = met > old, met > new
    if was_late == is_late:
        return ""
    return _("was in time, is now late") if is_late else _("was late, is now in time")
