"""Form fields for days: one, and the last one of a period."""

from datetime import date, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobcentre.ui.days import parse_day

LONGEST = 30  # characters of what can mean a day


class DayInput(forms.TextInput):
    """A text box for a day, with a button that opens the browser's calendar."""

    template_name = "ui/widgets/day.html"

    def __init__(self, attrs=None):
        own = {"class": "ei-w-6", "autocomplete": "off", "maxlength": LONGEST}
        super().__init__({**own, **(attrs or {})})

    def format_value(self, value):
        return value.isoformat() if isinstance(value, date) else value


class DayField(forms.DateField):
    """A date typed as people type it (2026-12-03, 3/12, imorgon, fredag) or picked.

    Words are read against today in the local zone. With `latest_today` a day ahead is refused.
    """

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
            return parse_day(str(value)[: LONGEST + 1], timezone.localdate())
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from error

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
