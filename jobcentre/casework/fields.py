"""Form fields that understand what people write."""

import re
from datetime import date, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from jobcentre.casework.identity import IdentityError, parse_identity

_WORDS = {
    "idag": 0,
    "i dag": 0,
    "today": 0,
    "imorgon": 1,
    "i morgon": 1,
    "tomorrow": 1,
    "igår": -1,
    "i går": -1,
    "yesterday": -1,
}
FIRST_YEAR, LAST_YEAR = 1900, 2199


def parse_day(text: str, today: date) -> date:
    """The day meant by `text`: 2026-12-03, 20261203, 3/12, 3/12 2027, 3.12.2027, "imorgon".

    A day and month without a year is the nearest such day: this year's, or next year's when it
    lies more than half a year back. Raises ValueError.
    """
    text = " ".join(text.casefold().split())
    if text in _WORDS:
        return today + timedelta(days=_WORDS[text])
    if match := re.fullmatch(r"(\d{4})-?(\d{2})-?(\d{2})", text, re.ASCII):
        day = date(*(int(part) for part in match.groups()))
    elif match := re.fullmatch(r"(\d{1,2})[/.](\d{1,2})(?:[/. ]+(\d{4}))?", text, re.ASCII):
        number, month, year = match.groups()
        day = date(int(year or today.year), int(month), int(number))
        if year is None and (today - day).days > 182:
            day = date(today.year + 1, int(month), int(number))
    else:
        raise ValueError("not a date")
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError("out of range")
    return day


class DayInput(forms.DateInput):
    def __init__(self, attrs=None):
        super().__init__(
            attrs={"inputmode": "text", "autocomplete": "off", "maxlength": 30, **(attrs or {})},
            format="%Y-%m-%d",
        )


class DayField(forms.DateField):
    """A date typed as people type it."""

    widget = DayInput

    def __init__(self, *, latest_today: bool = False, **kwargs):
        kwargs.setdefault(
            "help_text", gettext_lazy("For example 2026-12-03, 3/12, today or tomorrow.")
        )
        self.latest_today = latest_today
        super().__init__(**kwargs)

    def to_python(self, value):
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return super().to_python(value)
        try:
            return parse_day(str(value)[:30], timezone.localdate())
        except ValueError:
            raise ValidationError(
                _("Write the date as 2026-12-03 or 3/12."), code="invalid"
            ) from None

    def validate(self, value):
        super().validate(value)
        if self.latest_today and value is not None and value > timezone.localdate():
            raise ValidationError(_("The day cannot be in the future."), code="future")


class LastDayField(DayField):
    """A last day, typed to and including; its value is the day after (periods are half-open)."""

    def prepare_value(self, value):
        return value - timedelta(days=1) if isinstance(value, date) else value

    def clean(self, value):
        day = super().clean(value)
        return day + timedelta(days=1) if day is not None else None


class IdentityField(forms.CharField):
    """An identity number in any written form; gives an Identity."""

    def __init__(self, **kwargs):
        kwargs.setdefault("label", gettext_lazy("Identity number"))
        kwargs.setdefault(
            "help_text",
            gettext_lazy("10 or 12 digits. Coordination numbers and reserve numbers work too."),
        )
        kwargs.setdefault("max_length", 40)
        super().__init__(**kwargs)
        self.widget.attrs.update({"autocomplete": "off", "inputmode": "text"})

    def clean(self, value):
        value = super().clean(value)
        if not value:
            return None
        try:
            return parse_identity(value, timezone.localdate())
        except IdentityError as error:
            english = (get_language() or "sv").startswith("en")
            raise ValidationError(
                error.message_en if english else error.message_sv, code=error.code
            ) from None
