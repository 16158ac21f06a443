"""Reviews of the plan and follow-ups of activities."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activityplans.enums import BreakReason, FollowUpResult, NextMove
from activityplans.plan_enums import MidwayResult
from jobcentre.casework.forms import CaseForm, text_area
from jobcentre.ui.fields import DayField


class ReviewForm(CaseForm):
    """The review meeting: who was there, how it has gone, and what it leads to."""

    took_part = forms.CharField(
        label=gettext_lazy("Who took part"),
        max_length=300,
        help_text=gettext_lazy("For example the person, the coach, an interpreter, AF."),
    )
    what_worked = text_area(gettext_lazy("What has worked, and what has not"))
    person_view = text_area(gettext_lazy("The person's view"), rows=3)
    next_steps = text_area(gettext_lazy("What comes next"), rows=3)
    conclusion = text_area(
        gettext_lazy("Conclusion"),
        help_text=gettext_lazy("What has changed, what helps, and what comes next?"),
    )


class BreakOffForm(CaseForm):
    last_on = DayField(label=gettext_lazy("Last day"), latest_today=True)
    reason = forms.ChoiceField(
        label=gettext_lazy("Why it was broken off"),
        choices=BreakReason.choices,
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=gettext_lazy("What happened"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("reason") == BreakReason.OTHER and not cleaned.get("note"):
            self.add_error("note", _("Say what happened."))
        return cleaned


class MidwayForm(CaseForm):
    """How it goes halfway, and what comes next."""

    held_on = DayField(label=gettext_lazy("Followed up on"), latest_today=True)
    result = forms.ChoiceField(
        label=gettext_lazy("How it goes"), choices=MidwayResult.choices, widget=forms.RadioSelect
    )
    comment = text_area(gettext_lazy("What the person and the place say"))
    next_steps = text_area(
        gettext_lazy("What comes next"),
        rows=3,
        required=False,
        help_text=gettext_lazy("Needed unless it goes as planned. A change is made in the plan."),
    )

    def clean(self):
        cleaned = super().clean()
        result = cleaned.get("result")
        if result and result != MidwayResult.AS_PLANNED and not cleaned.get("next_steps"):
            self.add_error("next_steps", _("Say what comes next."))
        return cleaned


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
