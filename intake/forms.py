from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intake.enums import AfStatus, MappingArea, RightsForm
from jobcentre.accounts.enums import UnitKind
from jobcentre.accounts.models import Unit, User
from jobcentre.casework.enums import Source, Track
from jobcentre.casework.fields import DayField
from jobcentre.casework.forms import CaseForm, text_area
from jobcentre.casework.models import TargetGroup


class CoachChoice(forms.ModelChoiceField):
    """Coaches with their caseload, the proposed one first."""

    def __init__(self, **kwargs):
        self.loads = {}
        super().__init__(queryset=User.objects.none(), **kwargs)

    def label_from_instance(self, coach):
        load = self.loads.get(coach.pk)
        return _("%(name)s, %(n)d open cases") % {
            "name": coach.name,
            "n": load.open_cases if load else 0,
        }


class EnrolForm(CaseForm):
    """Opens a case: who referred, where, which group, which coach, when the first meeting is."""

    source = forms.ChoiceField(label=gettext_lazy("Referred by"), choices=Source.choices)
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
    coach = CoachChoice(
        label=gettext_lazy("Coach"),
        help_text=gettext_lazy("The one with the fewest open cases is proposed."),
    )
    at = forms.TimeField(
        label=gettext_lazy("First meeting today at"),
        input_formats=["%H:%M", "%H.%M", "%H%M"],
        widget=forms.TimeInput(attrs={"autocomplete": "off"}, format="%H:%M"),
    )

    def __init__(self, *args, districts, groups, coaches, loads, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["district"].queryset = districts
        self.fields["target_groups"].queryset = groups
        self.fields["coach"].queryset = coaches
        self.fields["coach"].loads = {load.coach_id: load for load in loads}

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("source") == Source.INCOME_SUPPORT and not cleaned.get("district"):
            self.add_error("district", _("Choose the district; its unit approves the plan."))
        return cleaned


class FirstDayForm(CaseForm):
    """Rights and duties explained, and the registration with AF."""

    given_on = DayField(label=gettext_lazy("Explained on"), latest_today=True)
    form = forms.ChoiceField(
        label=gettext_lazy("Rights, duties and consequences were"),
        choices=RightsForm.choices,
        widget=forms.RadioSelect,
    )
    language = forms.CharField(label=gettext_lazy("In which language"), max_length=60)
    with_interpreter = forms.BooleanField(label=gettext_lazy("With interpreter"), required=False)
    af_status = forms.ChoiceField(
        label=gettext_lazy("Public employment service (AF)"),
        choices=AfStatus.choices,
        widget=forms.RadioSelect,
    )
    af_since = DayField(label=gettext_lazy("Registered since"), required=False, latest_today=True)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("af_since") and cleaned.get("af_status") != AfStatus.REGISTERED:
            self.add_error("af_since", _("Only a registered person has a date."))
        return cleaned


class MappingForm(CaseForm):
    """All areas on one page; saved as often as one likes, completed once."""

    LEVELS = [
        ("", gettext_lazy("Not asked yet")),
        ("1", gettext_lazy("1 – needs much support")),
        ("2", gettext_lazy("2 – needs some support")),
        ("3", gettext_lazy("3 – manages")),
        ("4", gettext_lazy("4 – manages well")),
        ("5", gettext_lazy("5 – a strength")),
    ]
    others = forms.CharField(
        label=gettext_lazy("Others who took part"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("For example AF, Försäkringskassan or a study counsellor."),
    )
    summary = text_area(
        gettext_lazy("Summary"),
        required=False,
        help_text=gettext_lazy(
            "Read by the income-support unit. Write what matters for the plan, nothing sensitive."
        ),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for area, label in MappingArea.choices:
            self.fields[f"level_{area}"] = forms.ChoiceField(
                label=label, choices=self.LEVELS, required=False
            )
            self.fields[f"text_{area}"] = forms.CharField(
                label=_("In own words"),
                max_length=4000,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
            self.fields[f"needs_{area}"] = forms.BooleanField(
                label=_("A measure is needed"), required=False
            )

    def sections(self):
        """(label, level, text, needs) as bound fields, area by area."""
        return [
            {
                "key": area,
                "label": label,
                "level": self[f"level_{area}"],
                "text": self[f"text_{area}"],
                "needs": self[f"needs_{area}"],
            }
            for area, label in MappingArea.choices
        ]

    def answers(self) -> dict[str, tuple[int | None, str, bool]]:
        data = self.cleaned_data
        return {
            area: (
                int(data[f"level_{area}"]) if data[f"level_{area}"] else None,
                data[f"text_{area}"],
                data[f"needs_{area}"],
            )
            for area in MappingArea.values
        }


def districts_of(centre: Unit):
    return Unit.objects.active().within(centre).filter(kind=UnitKind.DISTRICT)
