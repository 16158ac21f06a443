"""The times of a day as people type them: "9-12", "9.30-12, 13-16"."""

import re
from datetime import time
from itertools import pairwise

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from activityplans.schedule import MAX_MINUTES, MIN_MINUTES, Slot

DAYS = range(1, 8)
_TIME = re.compile(
    r"(\d{1,2})(?:[.:]?(\d{2}))?\s*(?:-|\u2013|\u2014|till|to)\s*(\d{1,2})(?:[.:]?(\d{2}))?",
    re.ASCII,
)
_BETWEEN = re.compile(r"(?:\s|,|;|och|and)*")


def parse_times(text: str) -> list[tuple[time, int]]:
    """(start, minutes) of each time in `text`. Raises ValueError with a sentence."""
    found, at = [], 0
    text = text.casefold().strip()
    while at < len(text):
        match = _TIME.match(text, at)
        if match is None:
            raise ValueError(_("Write the times as 9-12 or 9.30-12, 13-16."))
        hour, minute, end_hour, end_minute = (int(part or 0) for part in match.groups())
        if hour > 23 or end_hour > 23 or minute > 59 or end_minute > 59:
            raise ValueError(_("The hours of a day are 0 to 23."))
        minutes = (end_hour - hour) * 60 + end_minute - minute
        if minutes <= 0:
            raise ValueError(_("The time must end after it begins."))
        if not MIN_MINUTES <= minutes <= MAX_MINUTES:
            raise ValueError(_("A time is 15 minutes to 12 hours long."))
        found.append((time(hour, minute), minutes))
        at = _BETWEEN.match(text, match.end()).end()
    return found


def shown(slots: list[Slot]) -> str:
    """The times of one day as the field shows them."""
    return ", ".join(f"{each.starts_at:%H:%M}\u2013{each.ends_at:%H:%M}" for each in slots)


class TimesField(forms.CharField):
    """The times of one weekday; its value is a list of slots."""

    def __init__(self, weekday: int, **kwargs):
        self.weekday = weekday
        kwargs.setdefault("label", WEEKDAYS[weekday - 1])
        super().__init__(required=False, max_length=80, **kwargs)
        self.widget.attrs.update({"autocomplete": "off", "inputmode": "text"})

    def clean(self, value) -> list[Slot]:
        text = super().clean(value)
        try:
            times = parse_times(text) if text else []
        except ValueError as error:
            raise ValidationError(str(error), code="times") from None
        slots = sorted(Slot(self.weekday, starts_at, minutes) for starts_at, minutes in times)
        for one, other in pairwise(slots):
            if other.first_minute < one.last_minute:
                raise ValidationError(_("Two of the times overlap."), code="overlap")
        return slots


class WeekFields(forms.Form):
    """Seven fields, `day1` to `day7`: the weekly schedule of an activity."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for weekday in DAYS:
            self.fields[f"day{weekday}"] = TimesField(weekday)

    @property
    def days(self):
        """The fields of the week in order, for the template."""
        return [self[f"day{weekday}"] for weekday in DAYS]

    def slots(self) -> tuple[Slot, ...]:
        """The schedule that was written; call it on a form that is right."""
        return tuple(slot for day in DAYS for slot in self.cleaned_data.get(f"day{day}") or ())


def initial_days(slots) -> dict[str, str]:
    """The initial values of the seven fields."""
    return {f"day{day}": shown([slot for slot in slots if slot.weekday == day]) for day in DAYS}
