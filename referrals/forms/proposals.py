"""A provider's proposal, and the orderer's answer."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobcentre.casework.forms import CaseForm, text_area
from jobcentre.ui.fields import DayField
from referrals.enums import ProposalKind
from referrals.forms.orders import FullForm

ENDS = (ProposalKind.EXTENSION, ProposalKind.ENDING)


class ProposeForm(CaseForm):
    """What is proposed and why; the kinds are those that fit the order now."""

    kind = forms.ChoiceField(label=gettext_lazy("What do you propose?"), widget=forms.RadioSelect)
    day = DayField(
        label=gettext_lazy("First or last day"),
        required=False,
        help_text=gettext_lazy(
            "The new first day, or the new last day for an extension or an earlier end."
        ),
    )
    hours = forms.DecimalField(
        label=gettext_lazy("Hours per week"),
        min_value=0.5,
        max_value=40,
        max_digits=4,
        decimal_places=1,
        localize=True,
        required=False,
        help_text=gettext_lazy("Only when you propose other hours."),
    )
    reason = text_area(gettext_lazy("Why?"), rows=3, max_length=1000)

    def __init__(self, *args, kinds, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind, ProposalKind(kind).label) for kind in kinds]

    def clean(self):
        cleaned = super().clean()
        kind = cleaned.get("kind")
        if kind in (ProposalKind.START, *ENDS) and not cleaned.get("day"):
            if "day" not in self.errors:
                self.add_error("day", _("Write the day."))
        elif kind in ENDS:
            cleaned["day"] += timedelta(days=1)  # the last day is typed, the day after it kept
        if kind == ProposalKind.HOURS and not cleaned.get("hours") and "hours" not in self.errors:
            self.add_error("hours", _("Write the hours."))
        return cleaned


class AnswerForm(FullForm):
    accepts = forms.ChoiceField(
        label=gettext_lazy("Your answer"),
        choices=[
            ("yes", gettext_lazy("Accept the proposal")),
            ("no", gettext_lazy("Refuse the proposal")),
        ],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=gettext_lazy("Words to the provider"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("Needed when you refuse."),
    )
    although_full = forms.BooleanField(
        label=gettext_lazy("Extend although no place is free"), required=False
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("accepts") == "no" and not cleaned.get("answer"):
            self.add_error("answer", _("Say why the proposal is refused."))
        return cleaned
