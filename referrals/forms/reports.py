"""A provider's reports."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobcentre.casework.forms import CaseForm, text_area
from jobcentre.ui import formats
from jobcentre.ui.fields import DayField
from referrals.enums import OrderResult, ReportKind


class ReportForm(CaseForm):
    KINDS = [choice for choice in ReportKind.choices if choice[0] != ReportKind.FINAL]
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=KINDS, widget=forms.RadioSelect)
    month = forms.DateField(label=gettext_lazy("Month"), required=False, widget=forms.Select)
    done = text_area(gettext_lazy("What was done"))
    development = text_area(gettext_lazy("Development"))
    recommendation = text_area(gettext_lazy("Recommendation"), required=False)

    def __init__(self, *args, months, **kwargs):
        super().__init__(*args, **kwargs)
        self.months = months
        self.fields["month"].widget.choices = [("", _("Choose"))] + [
            (month.isoformat(), formats.month(month)) for month in months
        ]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("kind") == ReportKind.MONTHLY and cleaned.get("month") not in self.months:
            self.add_error("month", _("Choose the month."))
        return cleaned


class EndForm(CaseForm):
    """The last day, the result and the final report."""

    ended_on = DayField(label=gettext_lazy("Last day"), latest_today=True)
    result = forms.ChoiceField(
        label=gettext_lazy("Result"), choices=OrderResult.choices, widget=forms.RadioSelect
    )
    done = text_area(gettext_lazy("What was done"))
    development = text_area(gettext_lazy("Development"))
    recommendation = text_area(gettext_lazy("Recommendation"), required=False)
