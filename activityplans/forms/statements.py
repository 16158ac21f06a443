"""The support-month statement: what the coach adds, and why one is corrected."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activityplans.enums import ExplanationState
from activityplans.transitions.statements import StatementInput
from jobcentre.casework.forms import CaseForm, text_area


class StatementForm(CaseForm):
    asked = forms.ChoiceField(
        label=gettext_lazy("The person's explanation of absence"),
        choices=ExplanationState.choices,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Asked before the statement tells of unexcused absence."),
    )
    explanation = text_area(
        gettext_lazy("What the person says"),
        required=False,
        help_text=gettext_lazy("In the person's own words."),
    )
    comment = text_area(
        gettext_lazy("The coach's comment"),
        required=False,
        help_text=gettext_lazy("Only what the income-support unit needs. No judgement of support."),
    )

    def clean(self):
        cleaned = super().clean()
        is_given = cleaned.get("asked") == ExplanationState.GIVEN
        if is_given and not cleaned.get("explanation", "").strip():
            self.add_error("explanation", _("Write what the person says."))
        if not is_given and cleaned.get("explanation", "").strip():
            self.add_error("asked", _("There is an explanation: choose that it was given."))
        return cleaned

    def written(self) -> StatementInput:
        names = ("asked", "explanation", "comment")
        return StatementInput(**{name: self.cleaned_data[name] for name in names})


class CorrectionForm(CaseForm):
    reason = forms.CharField(
        label=gettext_lazy("What was wrong, and what is corrected?"), max_length=300
    )


class StatementsFilter(forms.Form):
    """Which statements are listed."""

    STATES = [("open", gettext_lazy("Waiting")), ("done", gettext_lazy("Done"))]
    state = forms.ChoiceField(label=gettext_lazy("Show"), choices=STATES, required=False)
