from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobcentre.accounts.enums import UnitKind
from jobcentre.accounts.models import Unit
from jobcentre.casework.caseload_forms import CoachField
from jobcentre.casework.enums import Source, Track
from jobcentre.casework.forms import CaseForm
from jobcentre.casework.models import TargetGroup
from jobcentre.casework.sources import SourceField


class EnrolForm(CaseForm):
    """Opens a case: who referred, where, which group, which coach, when the first meeting is."""

    source = SourceField()
    district = forms.ModelChoiceField(
        label=gettext_lazy("District"),
        queryset=Unit.objects.none(),
        required=False,
        help_text=gettext_lazy("The income-support unit follows from the district."),
    )
    target_groups = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Target groups"),
        queryset=TargetGroup.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    track = forms.ChoiceField(label=gettext_lazy("Track"), choices=Track.choices)
    coach = CoachField(
        label=gettext_lazy("Coach"),
        help_text=gettext_lazy("The one who fits and has most room is proposed first."),
    )
    at = forms.TimeField(
        label=gettext_lazy("First meeting today at"),
        input_formats=["%H:%M", "%H.%M", "%H%M"],
        widget=forms.TimeInput(attrs={"autocomplete": "off"}, format="%H:%M"),
    )

    def __init__(self, *args, districts, groups, proposals, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["source"].offer(Source)
        self.fields["district"].queryset = districts
        self.fields["target_groups"].queryset = groups
        self.fields["coach"].offer(proposals)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("source") == Source.INCOME_SUPPORT and not cleaned.get("district"):
            self.add_error("district", _("Choose the district; its unit approves the plan."))
        return cleaned


def districts_of(centre: Unit):
    return Unit.objects.active().within(centre).filter(kind=UnitKind.DISTRICT)
