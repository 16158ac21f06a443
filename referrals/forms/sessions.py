"""Sessions by a weekly schedule."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobcentre.casework.forms import CaseForm
from jobcentre.ui.fields import DayField, LastDayField


class SessionsForm(CaseForm):
    """A weekly schedule: the same days and time over a period."""

    WEEKDAYS = [
        ("0", gettext_lazy("Monday")),
        ("1", gettext_lazy("Tuesday")),
        ("2", gettext_lazy("Wednesday")),
        ("3", gettext_lazy("Thursday")),
        ("4", gettext_lazy("Friday")),
    ]
    starts_on = DayField(label=gettext_lazy("From"))
    ends_before = LastDayField(label=gettext_lazy("To and including"))
    weekdays = forms.MultipleChoiceField(
        label=gettext_lazy("Weekdays"), choices=WEEKDAYS, widget=forms.CheckboxSelectMultiple
    )
    at = forms.TimeField(
        label=gettext_lazy("Starts"),
        input_formats=["%H:%M", "%H.%M", "%H%M"],
        widget=forms.TimeInput(attrs={"autocomplete": "off"}, format="%H:%M"),
    )
    hours = forms.DecimalField(
        label=gettext_lazy("Hours each time"),
        min_value=0.25,
        max_value=12,
        max_digits=4,
        decimal_places=2,
        localize=True,
    )
    place = forms.CharField(label=gettext_lazy("Place"), max_length=200, required=False)

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("starts_on"), cleaned.get("ends_before")
        if first and last and last <= first:
            self.add_error("ends_before", _("The last day must not be before the first."))
        elif first and last and (last - first).days > 200:
            self.add_error("ends_before", _("Plan at most half a year at a time."))
        return cleaned
