"""The catalogue searched and kept."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activityplans.enums import ActivityType
from jobcentre.casework.enums import Track
from jobcentre.casework.forms import CaseForm, text_area
from jobcentre.casework.models import TargetGroup
from jobcentre.ui.fields import DayField, LastDayField


class CatalogueFilter(forms.Form):
    """Words and a track; they stay in the address."""

    q = forms.CharField(label=gettext_lazy("Search"), max_length=100, required=False)
    track = forms.ChoiceField(
        label=gettext_lazy("Track"),
        choices=[("", gettext_lazy("All tracks")), *Track.choices],
        required=False,
    )


class ServiceForm(CaseForm):
    """A service of the catalogue. What is changed becomes a new version."""

    label_sv = forms.CharField(label=gettext_lazy("Name in Swedish"), max_length=120)
    label_en = forms.CharField(label=gettext_lazy("Name in English"), max_length=120)
    description_sv = text_area(
        gettext_lazy("Description in plain Swedish"),
        rows=3,
        max_length=2000,
        help_text=gettext_lazy("The person reads it on the plan."),
    )
    description_en = text_area(gettext_lazy("Description in English"), rows=3, max_length=2000)
    activity_type = forms.ChoiceField(
        label=gettext_lazy("Kind in the activity requirement"), choices=ActivityType.choices
    )
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
    usual_weeks = forms.IntegerField(
        label=gettext_lazy("Usual length in weeks"), min_value=1, max_value=104
    )
    usual_hours = forms.DecimalField(
        label=gettext_lazy("Usual hours per week"),
        min_value=0.5,
        max_value=40,
        max_digits=4,
        decimal_places=1,
        localize=True,
        required=False,
    )
    at_provider = forms.BooleanField(
        label=gettext_lazy("Carried out by a provider"), required=False
    )
    places = forms.CharField(
        label=gettext_lazy("Where it is given"), max_length=300, required=False
    )
    given_by = forms.CharField(label=gettext_lazy("Who gives it"), max_length=200, required=False)
    cost = forms.DecimalField(
        label=gettext_lazy("Cost for a person and week, kronor"),
        min_value=0,
        max_value=9_999_999,
        max_digits=9,
        decimal_places=2,
        localize=True,
        required=False,
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
        return cleaned

    def values(self) -> dict:
        """The fields of the service; the target groups stand apart."""
        apart = ("token", "version", "target_groups")
        return {name: value for name, value in self.cleaned_data.items() if name not in apart}
