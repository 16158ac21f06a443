"""What an interruption did to the clocks, in words."""

from datetime import date

from django.utils.translation import gettext as _

from jobcentre.casework.models import ClockPause
from jobcentre.casework.registries import deadline_kinds
from jobcentre.ui import formats


def moves_of(pause: ClockPause) -> list[dict]:
    """What the interruption moved, in words: the clock, its day before and after."""

    def words(day: str | None) -> str:
        return formats.day_year(date.fromisoformat(day)) if day else _("not known")

    return [
        {
            "name": ": ".join(
                part for part in (str(deadline_kinds[each["kind"]].label), each["about"]) if part
            ),
            "old": words(each["old"]),
            "new": words(each["new"]),
        }
        for each in pause.moved
        if each["kind"] in deadline_kinds
    ]
