"""Form fields of the shell."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from jobcentre.ui.days import parse_day


class DayInput(forms.TextInput):
    """A text box for a day, with a button that opens the browser's calendar."""

    template_name = "ui/widgets/day.html"

    def __init__(self, attrs=None):
        super().__init__({"class": "ei-w-6", "autocomplete": "off", **(attrs or {})})

    def format_value(self, value):
        return value.isoformat() if isinstance(value, date) else value


class DayField(forms.DateField):
    """A date typed as people type it (2026-12-03, 3/12, imorgon, fredag) or picked.

    Words are read against today in the local zone.
    """

    widget = DayInput

    def to_python(self, value):
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return super().to_python(value)
        try:
            return parse_day(str(value), timezone.localdate())
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from error
