"""The plan and its lines as they are written."""

from django import forms
from django.forms import formset_factory
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from activityplans.models import Service
from activityplans.rules import latest_end
from jobcentre.accounts.enums import UnitKind
from jobcentre.accounts.models import Unit
from jobcentre.casework.fields import DayField, LastDayField
from jobcentre.casework.forms import CaseForm, text_area


class PlanForm(CaseForm):
    """The plan without its lines; everything but the period may wait until it is sent."""

    starts_on = DayField(label=gettext_lazy("The plan begins"))
    ends_before = LastDayField(
        label=gettext_lazy("To and including"),
        help_text=gettext_lazy("At most six months, then the plan is reviewed."),
    )
    goal = text_area(
        gettext_lazy("Goal"),
        rows=3,
        max_length=2000,
        required=False,
        help_text=gettext_lazy("What should be true when the plan ends? Needed to send the plan."),
    )
    person_view = text_area(gettext_lazy("The person's own view"), rows=3, required=False)
    support_needs = text_area(gettext_lazy("Support and adaptation"), rows=2, required=False)
    others_do = text_area(
        gettext_lazy("What others are responsible for"),
        rows=2,
        required=False,
        help_text=gettext_lazy("For example AF, Försäkringskassan, health care or SFI."),
    )
    weekly_target = forms.DecimalField(
        label=gettext_lazy("Hours per week that the plan asks"),
        min_value=0,
        max_value=60,
        max_digits=4,
        decimal_places=1,
        localize=True,
    )
    own_search_hours = forms.DecimalField(
        label=gettext_lazy("Own job search, hours per week"),
        min_value=0,
        max_value=40,
        max_digits=4,
        decimal_places=1,
        localize=True,
    )
    target_reason = text_area(
        gettext_lazy("Why fewer hours"),
        rows=2,
        max_length=2000,
        required=False,
        help_text=gettext_lazy(
            "Needed when the week has fewer hours than full time or than the plan asks."
        ),
    )
    change_reason = text_area(
        gettext_lazy("Why the plan is changed"),
        rows=2,
        max_length=2000,
        required=False,
        help_text=gettext_lazy("Needed from the second version on; the approver reads it."),
    )

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("starts_on"), cleaned.get("ends_before")
        if first and last:
            if last <= first:
                self.add_error("ends_before", _("The plan must end after it begins."))
            elif last > latest_end(first):
                self.add_error("ends_before", _("A plan covers at most six months."))
        return cleaned


class LineForm(forms.Form):
    """One activity of the plan."""

    activity = forms.UUIDField(widget=forms.HiddenInput, required=False)
    service = forms.ModelChoiceField(label=gettext_lazy("Service"), queryset=Service.objects.none())
    description = forms.CharField(
        label=gettext_lazy("What the person does"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    expected_result = forms.CharField(
        label=gettext_lazy("Expected result"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    provider = forms.ModelChoiceField(
        label=gettext_lazy("Provider"), queryset=Unit.objects.none(), required=False
    )
    place = forms.CharField(label=gettext_lazy("Place"), max_length=200, required=False)
    starts_on = DayField(label=gettext_lazy("Begins"), help_text="")
    ends_before = LastDayField(label=gettext_lazy("To and including"), help_text="")
    hours_per_week = forms.DecimalField(
        label=gettext_lazy("Hours per week"),
        min_value=0.5,
        max_value=40,
        max_digits=4,
        decimal_places=1,
        localize=True,
    )
    change_reason = forms.CharField(
        label=gettext_lazy("Reason for the change"), max_length=300, required=False
    )

    def __init__(self, *args, services, providers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["service"].queryset = services
        self.fields["provider"].queryset = providers

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("starts_on"), cleaned.get("ends_before")
        if first and last and last <= first:
            self.add_error("ends_before", _("An activity must end after it begins."))
        return cleaned


class BaseLines(forms.BaseFormSet):
    """The lines of a plan; a line left empty is not there."""

    def clean(self):
        super().clean()
        seen = set()
        for form in self.forms:
            ref = form.cleaned_data.get("activity") if hasattr(form, "cleaned_data") else None
            if ref and ref in seen:
                raise forms.ValidationError(_("The same activity stands twice."))
            seen.add(ref)


LineFormSet = formset_factory(
    LineForm, formset=BaseLines, extra=1, can_delete=True, max_num=20, validate_max=True
)


def line_choices(today):
    """The services and providers a line may choose among, each fetched once for all lines."""
    position = "label_en" if (get_language() or "sv").startswith("en") else "label_sv"
    return {
        "services": Service.objects.valid_on(today).order_by("position", position),
        "providers": Unit.objects.active().filter(kind=UnitKind.PROVIDER).order_by("name"),
    }
