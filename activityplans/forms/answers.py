"""The position of the approver."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobcentre.casework.forms import CaseForm, text_area


class DecisionForm(CaseForm):
    """Approve, return or refuse what was seen."""

    VERDICTS = [
        ("approved", gettext_lazy("Approve the plan")),
        ("returned", gettext_lazy("Return it to the coach")),
        ("refused", gettext_lazy("Refuse it")),
    ]
    verdict = forms.ChoiceField(
        label=gettext_lazy("Your position"), choices=VERDICTS, widget=forms.RadioSelect
    )
    reason = text_area(
        gettext_lazy("Reason"),
        rows=3,
        required=False,
        help_text=gettext_lazy(
            "Needed when you return or refuse. The coach and the person read it."
        ),
    )
    seen_hash = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("verdict") in ("returned", "refused") and not cleaned.get("reason"):
            self.add_error("reason", _("Say why you return or refuse this."))
        return cleaned
