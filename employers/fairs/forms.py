from django import forms
from django.utils.translation import gettext_lazy as _

from employers.models import Employer
from jobcentre.casework.forms import CaseForm


class FairsFilter(forms.Form):
    """Which fairs are listed."""

    STATES = [("ahead", _("Coming")), ("past", _("Earlier"))]
    state = forms.ChoiceField(label=_("Show"), choices=STATES, required=False)


class FairEmployerForm(CaseForm):
    """One more employer of the register; those on the list already are not offered."""

    employer = forms.ModelChoiceField(
        label=_("Employer in the register"),
        queryset=Employer.objects.none(),
        error_messages={"required": _("Choose an employer.")},
    )

    def __init__(self, *args, employers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["employer"].queryset = employers
