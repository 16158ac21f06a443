from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intake.enums import AfStatus, MappingArea, RightsForm, VisitPurpose
from jobcentre.accounts.enums import UnitKind
from jobcentre.accounts.models import Unit, User
from jobcentre.casework.enums import Source, Track
from jobcentre.casework.fields import DayField, IdentityField
from jobcentre.casework.forms import CaseForm, text_area
from jobcentre.casework.models import TargetGroup

PERSON_PURPOSES = [c for c in VisitPurpose.choices if c[0] != VisitPurpose.COMPANY]


class LookupForm(forms.Form):
    """Who comes? A name, a number or a phone; sent by POST so that it stands in no address."""

    q = forms.CharField(
        label=gettext_lazy("Who comes?"),
        max_length=100,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autofocus": True, "class": "form-control"}
        ),
        help_text=gettext_lazy(
            "Name, identity number or phone. Nothing is saved until you choose who it is."
        ),
    )


class VisitForm(CaseForm):
    """A known person is put in the queue."""

    person = forms.UUIDField(widget=forms.HiddenInput)
    purpose = forms.ChoiceField(label=gettext_lazy("Errand"), choices=PERSON_PURPOSES)


class VisitorForm(CaseForm):
    """A new person is registered and put in the queue."""

    identity = IdentityField(required=False)
    given_name = forms.CharField(label=gettext_lazy("Given name"), max_length=200)
    family_name = forms.CharField(label=gettext_lazy("Family name"), max_length=200, required=False)
    phone = forms.CharField(label=gettext_lazy("Phone"), max_length=30, required=False)
    first_language = forms.CharField(
        label=gettext_lazy("First language"), max_length=60, required=False
    )
    interpreter_language = forms.CharField(
        label=gettext_lazy("Interpreter in"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("Leave empty when no interpreter is needed."),
    )
    purpose = forms.ChoiceField(
        label=gettext_lazy("Errand"), choices=PERSON_PURPOSES, initial=VisitPurpose.ENROL
    )


class CompanyForm(CaseForm):
    company_name = forms.CharField(label=gettext_lazy("Company"), max_length=200)


class FinishForm(CaseForm):
    """How a visit ends when no case opens."""

    MOVES = [
        ("answer", gettext_lazy("Answered at the desk")),
        ("send_on", gettext_lazy("Sent on to a colleague")),
        ("leave", gettext_lazy("Left without help")),
    ]
    move = forms.ChoiceField(
        label=gettext_lazy("How did it end?"), choices=MOVES, widget=forms.RadioSelect
    )
    answer = forms.CharField(
        label=gettext_lazy("What was asked and answered"), max_length=300, required=False
    )
    sent_to = forms.ModelChoiceField(
        label=gettext_lazy("Colleague"), queryset=User.objects.none(), required=False
    )

    def __init__(self, *args, staff, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sent_to"].queryset = staff

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("move") == "send_on" and not cleaned.get("sent_to"):
            self.add_error("sent_to", _("Choose the colleague."))
        if cleaned.get("move") == "answer" and not cleaned.get("answer"):
            self.add_error("answer", _("Write shortly what was asked and answered."))
        return cleaned


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
