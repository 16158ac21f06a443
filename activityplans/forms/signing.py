"""The person's signature."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activityplans.plan_enums import SignatureForm
from jobcentre.casework.forms import CaseForm
from jobcentre.ui.fields import DayField


class SigningForm(CaseForm):
    """How the person signed, or that they were told."""

    form = forms.ChoiceField(
        label=gettext_lazy("How"), choices=SignatureForm.choices, widget=forms.RadioSelect
    )
    name = forms.CharField(
        label=gettext_lazy("The person writes the name here"), max_length=200, required=False
    )
    is_seen = forms.BooleanField(
        label=gettext_lazy("I was there and saw it."),
        error_messages={"required": gettext_lazy("Say that you saw it.")},
    )
    signed_on = DayField(label=gettext_lazy("Day"), latest_today=True)
    seen_hash = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("form") == SignatureForm.TYPED and not cleaned.get("name"):
            self.add_error("name", _("The person writes the name to sign here."))
        return cleaned
