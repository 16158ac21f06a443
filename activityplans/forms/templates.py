"""A template of a plan, and the choice of one."""

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activityplans.forms.times import DAYS, WeekFields
from activityplans.models import Service
from activityplans.models.plans import MAX_APPLICATIONS
from activityplans.models.templates import MAX_WEEKS
from activityplans.plan_enums import Span
from activityplans.transitions.templates import TemplateLineInput
from jobcentre.casework.enums import Track
from jobcentre.casework.forms import CaseForm, text_area
from jobcentre.casework.models import TargetGroup
from jobcentre.ui.fields import DayField, LastDayField


class TemplateForm(CaseForm):
    """The template without its activities."""

    label_sv = forms.CharField(label=gettext_lazy("Name in Swedish"), max_length=120)
    label_en = forms.CharField(label=gettext_lazy("Name in English"), max_length=120)
    track = forms.ChoiceField(
        label=gettext_lazy("Most for the track"),
        choices=[("", gettext_lazy("All tracks")), *Track.choices],
        required=False,
    )
    target_groups = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Target groups"),
        queryset=TargetGroup.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None chosen: for all."),
    )
    goal = text_area(
        gettext_lazy("Proposed goal"),
        rows=3,
        max_length=2000,
        help_text=gettext_lazy("The coach changes it with the person."),
    )
    support_needs = text_area(gettext_lazy("Support and adaptation"), rows=2, required=False)
    own_search_hours = forms.DecimalField(
        label=gettext_lazy("Own job search, hours per week"),
        min_value=0,
        max_value=40,
        max_digits=4,
        decimal_places=1,
        localize=True,
    )
    applications = forms.IntegerField(
        label=gettext_lazy("Applications to send"),
        min_value=0,
        max_value=MAX_APPLICATIONS,
        required=False,
    )
    applications_per = forms.ChoiceField(
        label=gettext_lazy("each"), choices=Span.choices, required=False, initial=Span.MONTH
    )
    valid_from = DayField(label=gettext_lazy("Valid from"), help_text="")
    valid_to = LastDayField(
        label=gettext_lazy("Valid to and including"), required=False, help_text=""
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["target_groups"].queryset = TargetGroup.objects.order_by("position", "id")

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("valid_from"), cleaned.get("valid_to")
        if first and last and last <= first:
            self.add_error("valid_to", _("The last day must be after the first."))
        cleaned["applications_per"] = cleaned.get("applications_per") or Span.MONTH
        return cleaned

    def values(self) -> dict:
        """The fields of the template; the target groups stand apart."""
        apart = ("token", "version", "target_groups")
        return {name: value for name, value in self.cleaned_data.items() if name not in apart}


class TemplateLineForm(WeekFields):
    """One activity of the template; a row without a service is not there."""

    service = forms.ModelChoiceField(
        label=gettext_lazy("Service"),
        queryset=Service.objects.none(),
        required=False,
        empty_label=gettext_lazy("Choose"),
    )
    after_weeks = forms.IntegerField(
        label=gettext_lazy("Begins after weeks"),
        min_value=0,
        max_value=MAX_WEEKS - 1,
        required=False,
        help_text=gettext_lazy("0: with the plan."),
    )
    weeks = forms.IntegerField(
        label=gettext_lazy("Length in weeks"), min_value=1, max_value=MAX_WEEKS, required=False
    )
    hours_per_week = forms.DecimalField(
        label=gettext_lazy("Hours per week"),
        min_value=0.5,
        max_value=40,
        max_digits=4,
        decimal_places=1,
        localize=True,
        required=False,
    )
    description = text_area(
        gettext_lazy("What the person does"), rows=2, max_length=2000, required=False
    )
    expected_result = text_area(
        gettext_lazy("Expected result"), rows=2, max_length=2000, required=False
    )
    is_followed_up = forms.BooleanField(label=gettext_lazy("Followed up midway"), required=False)

    def __init__(self, *args, services, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["service"].queryset = services

    @property
    def is_written(self) -> bool:
        return bool(self.cleaned_data.get("service")) and not self.cleaned_data.get("DELETE")

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("service"):
            if cleaned.get("description") or cleaned.get("expected_result"):
                self.add_error("service", _("Choose the service, or empty the row."))
            return cleaned
        for name, sentence in (
            ("weeks", _("Say how many weeks.")),
            ("description", _("Write what the person does.")),
            ("expected_result", _("Write the expected result.")),
        ):
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, sentence)
        wrong = any(f"day{day}" in self.errors for day in DAYS) or "hours_per_week" in self.errors
        if not wrong and not self.slots() and cleaned.get("hours_per_week") is None:
            self.add_error(
                "hours_per_week", _("Write the times of the week, or the hours per week.")
            )
        return cleaned

    def value(self) -> TemplateLineInput:
        values = self.cleaned_data
        return TemplateLineInput(
            service=values["service"],
            description=values["description"],
            expected_result=values["expected_result"],
            weeks=values["weeks"],
            after_weeks=values["after_weeks"] or 0,
            hours_per_week=values["hours_per_week"],
            times=self.slots(),
            is_followed_up=values["is_followed_up"],
        )


TemplateLines = formset_factory(
    TemplateLineForm, extra=1, can_delete=True, max_num=12, validate_max=True
)
