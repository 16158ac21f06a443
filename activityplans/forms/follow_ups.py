"""Reviews of the plan and follow-ups of activities."""

from django import forms
from django.utils.translation import gettext_lazy

from activityplans.enums import FollowUpResult, NextMove
from jobcentre.casework.forms import CaseForm, text_area
from jobcentre.ui.fields import DayField


class ReviewForm(CaseForm):
    conclusion = text_area(
        gettext_lazy("Conclusion"),
        help_text=gettext_lazy("What has changed, what helps, and what comes next?"),
    )


class FollowUpForm(CaseForm):
    ended_on = DayField(label=gettext_lazy("The activity ended"), latest_today=True)
    result = forms.ChoiceField(
        label=gettext_lazy("Result"), choices=FollowUpResult.choices, widget=forms.RadioSelect
    )
    comment = text_area(gettext_lazy("What came of it"))
    next_move = forms.ChoiceField(
        label=gettext_lazy("What happens next"),
        choices=NextMove.choices,
        widget=forms.RadioSelect,
    )
