"""Forms for contacts outside the organisation."""

from django import forms
from django.utils.translation import gettext_lazy as _

from jobcentre.casework.enums import ContactKind
from jobcentre.casework.fields import PhoneField
from jobcentre.casework.forms import CaseForm
from jobcentre.ui.fields import DayField, LastDayField


class ContactForm(CaseForm):
    """Who it is, how they are reached, when they were last in touch and what comes next."""

    kind = forms.ChoiceField(label=_("Where"), choices=[("", _("Choose")), *ContactKind.choices])
    name = forms.CharField(label=_("Name"), max_length=200)
    organisation = forms.CharField(
        label=_("Organisation or office"), max_length=200, required=False
    )
    phone = PhoneField(required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    contacted_on = DayField(label=_("Latest contact"), required=False, latest_today=True)
    next_step = forms.CharField(label=_("Next step"), max_length=200, required=False)
    next_on = DayField(label=_("When"), required=False)

    def clean(self):
        cleaned = super().clean()
        is_reachable = cleaned.get("phone") or cleaned.get("email")
        if not is_reachable and not {"phone", "email"} & set(self.errors):
            self.add_error("phone", _("Write a phone number or an e-mail address."))
        if cleaned.get("next_on") and not cleaned.get("next_step"):
            self.add_error("next_step", _("Say what the next step is."))
        return cleaned


class ContactChangeForm(ContactForm):
    ends_before = LastDayField(
        label=_("Last day as a contact"),
        required=False,
        help_text=_("Leave empty while the contact goes on."),
    )
