from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intake.registrations.known import OnePersonForm, birth_date_field
from intake.youth.enums import (
    CombinedWith,
    ContactChannel,
    ContactResult,
    ContractResult,
    EndReason,
    KnownFrom,
    MeasureKind,
    MeasureResult,
    MeasureState,
    NeedKind,
    OccupationKind,
    Origin,
    OutreachState,
    StudyProgress,
)
from jobcentre.accounts.enums import UnitKind
from jobcentre.accounts.models import Unit, User
from jobcentre.casework.enums import Source, Track
from jobcentre.casework.fields import IdentityField, PhoneField
from jobcentre.casework.forms import CaseForm, text_area
from jobcentre.casework.models import TargetGroup
from jobcentre.casework.sources import SourceField
from jobcentre.ui.fields import DayField, LastDayField

STUDIES = (
    OccupationKind.ADULT_EDUCATION,
    OccupationKind.FOLK_HIGH_SCHOOL,
    OccupationKind.OTHER_STUDIES,
)


def _text(label, *, required=False, max_length=200, help_text=""):
    return forms.CharField(
        label=label, required=required, max_length=max_length, help_text=help_text
    )


class RegisterFilter(forms.Form):
    """Filters of the register; they stay in the address and name nobody."""

    WHOSE = [
        ("", gettext_lazy("Everybody's")),
        ("mine", gettext_lazy("Mine")),
        ("nobody", gettext_lazy("Nobody's yet")),
    ]
    BANDS = [
        ("", gettext_lazy("All ages")),
        ("under_20", gettext_lazy("Under 20")),
        ("from_20", gettext_lazy("20 to 24")),
        ("kaa", gettext_lazy("In the KAA register")),
    ]
    WHEN = [
        ("", gettext_lazy("Whenever")),
        ("late", gettext_lazy("Late")),
        ("week", gettext_lazy("Within a week")),
    ]
    whose = forms.ChoiceField(label=gettext_lazy("Whose"), choices=WHOSE, required=False)
    band = forms.ChoiceField(label=gettext_lazy("Age"), choices=BANDS, required=False)
    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        choices=[("", gettext_lazy("All in the register")), *OutreachState.choices],
        required=False,
    )
    when = forms.ChoiceField(label=gettext_lazy("Next contact"), choices=WHEN, required=False)
    school = forms.ChoiceField(label=gettext_lazy("School"), required=False)
    after = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)

    def __init__(self, *args, schools=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["school"].choices = [
            ("", gettext_lazy("All schools")),
            *((name, name) for name in schools),
        ]


class RegisterForm(OnePersonForm, CaseForm):
    """A young person registered by hand."""

    origin = forms.ChoiceField(label=gettext_lazy("Where does it come from?"), choices=Origin)
    identity = IdentityField(required=False)
    given_name = _text(gettext_lazy("Given name"), required=True)
    family_name = _text(gettext_lazy("Family name"))
    birth_date = birth_date_field()
    phone = PhoneField(required=False)
    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False)
    street = _text(gettext_lazy("Street address"))
    postcode = _text(gettext_lazy("Postcode"), max_length=10)
    city = _text(gettext_lazy("Post town"), max_length=100)
    guardian = _text(gettext_lazy("Guardian and phone"))
    school = _text(gettext_lazy("Latest school"))
    school_left_on = DayField(
        label=gettext_lazy("Left the school on"), required=False, latest_today=True
    )
    coordinator = forms.ModelChoiceField(
        label=gettext_lazy("Responsible"), queryset=User.objects.none(), required=False
    )

    def __init__(self, *args, coordinators, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["coordinator"].queryset = coordinators

    def clean(self):
        cleaned = super().clean()
        known = cleaned.get("identity") or cleaned.get("birth_date")
        if not known and not {"identity", "birth_date"} & set(self.errors):
            self.add_error("identity", _("Write the identity number or the birth date."))
        return cleaned


class DetailsForm(CaseForm):
    """Contact details, school and completed upper secondary school; the name while there is no case."""

    person_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    given_name = _text(gettext_lazy("Given name"), required=True)
    family_name = _text(gettext_lazy("Family name"))
    phone = PhoneField(required=False)
    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False)
    street = _text(gettext_lazy("Street address"))
    postcode = _text(gettext_lazy("Postcode"), max_length=10)
    city = _text(gettext_lazy("Post town"), max_length=100)
    guardian = _text(gettext_lazy("Guardian and phone"))
    school = _text(gettext_lazy("Latest school"))
    school_left_on = DayField(
        label=gettext_lazy("Left the school on"), required=False, latest_today=True
    )
    completed_on = DayField(
        label=gettext_lazy("Completed upper secondary school on"),
        required=False,
        latest_today=True,
        help_text=gettext_lazy("The person leaves the KAA register that day."),
    )

    def __init__(self, *args, is_protected=False, has_case=False, **kwargs):
        super().__init__(*args, **kwargs)
        hidden = ("street", "postcode", "city") if is_protected else ()
        for name in (*hidden, *(("given_name", "family_name") if has_case else ())):
            del self.fields[name]


class AttemptForm(CaseForm):
    channel = forms.ChoiceField(label=gettext_lazy("How?"), choices=ContactChannel)
    on = DayField(label=gettext_lazy("Day"), latest_today=True)
    result = forms.ChoiceField(
        label=gettext_lazy("What came of it?"),
        choices=ContactResult,
        widget=forms.RadioSelect,
    )
    companion = _text(
        gettext_lazy("Who came along?"),
        help_text=gettext_lazy("At a home visit two go; write the colleague's name."),
    )
    safety = _text(
        gettext_lazy("Safety, as judged before the visit"),
        max_length=500,
        help_text=gettext_lazy("Needed at a home visit: what was known, and how you prepared."),
    )
    needs = forms.MultipleChoiceField(
        label=gettext_lazy("What does the person want help with?"),
        choices=NeedKind,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("In their own words below; this is counted in the yearly survey."),
    )
    note = text_area(gettext_lazy("Note"), rows=4, required=False)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("channel") == ContactChannel.HOME_VISIT:
            needed = {
                "companion": _("A home visit is made by two: write who came along."),
                "safety": _("Write how the safety was judged before the visit."),
            }
            for name, message in needed.items():
                if not cleaned.get(name):
                    self.add_error(name, message)
        return cleaned


class OccupationForm(CaseForm):
    kind = forms.ChoiceField(label=gettext_lazy("What does the person do?"), choices=OccupationKind)
    place = _text(gettext_lazy("School or workplace"))
    percent = forms.IntegerField(
        label=gettext_lazy("Per cent of full time"), min_value=1, max_value=100, required=False
    )
    starts_on = DayField(label=gettext_lazy("From"))
    ends_before = LastDayField(
        label=gettext_lazy("To and including"),
        required=False,
        help_text=gettext_lazy("Leave empty when no end is known."),
    )
    known_from = forms.ChoiceField(label=gettext_lazy("How do we know?"), choices=KnownFrom)


class OccupationEndForm(CaseForm):
    ends_before = LastDayField(label=gettext_lazy("Last day"))


class MeasureForm(CaseForm):
    kind = forms.ChoiceField(label=gettext_lazy("Measure"), choices=MeasureKind)
    note = _text(gettext_lazy("What is offered?"), max_length=500)
    offered_on = DayField(label=gettext_lazy("Offered on"), latest_today=True)


class MeasureAnswerForm(CaseForm):
    """What becomes of a measure: begun or declined, then ended with a result."""

    ACTS = {
        MeasureState.OFFERED: [
            ("begin", gettext_lazy("The measure begins")),
            ("decline", gettext_lazy("The person declines")),
        ],
        MeasureState.BEGUN: [("end", gettext_lazy("The measure ends"))],
    }
    act = forms.ChoiceField(label=gettext_lazy("What happens?"), widget=forms.RadioSelect)
    on = DayField(label=gettext_lazy("Day"), latest_today=True)
    result = forms.ChoiceField(
        label=gettext_lazy("Result"),
        choices=[("", "–"), *MeasureResult.choices],
        required=False,
    )

    def __init__(self, *args, state, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["act"].choices = self.ACTS.get(state, [])
        if state == MeasureState.BEGUN:
            self.fields["result"].required = True
            self.fields["act"].initial = "end"
        else:
            del self.fields["result"]


class AssignForm(CaseForm):
    coordinator = forms.ModelChoiceField(
        label=gettext_lazy("Responsible"), queryset=User.objects.none()
    )

    def __init__(self, *args, coordinators, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["coordinator"].queryset = coordinators


class EndForm(CaseForm):
    because = forms.ChoiceField(
        label=gettext_lazy("Why does the person leave the register?"),
        choices=[each for each in EndReason.choices if each[0] != EndReason.TURNED_25],
        widget=forms.RadioSelect,
    )
    ended_on = DayField(label=gettext_lazy("First day outside the register"), latest_today=True)


class OpenCaseForm(CaseForm):
    """A case at a job centre, with a coach there or a coordinator of the youth unit."""

    centre = forms.ModelChoiceField(
        label=gettext_lazy("Job centre"),
        queryset=Unit.objects.active().filter(kind=UnitKind.JOB_CENTRE),
    )
    district = forms.ModelChoiceField(
        label=gettext_lazy("District"),
        queryset=Unit.objects.active().filter(kind=UnitKind.DISTRICT),
        required=False,
        help_text=gettext_lazy("Only when the person has income support."),
    )
    coach = forms.ModelChoiceField(label=gettext_lazy("Coach"), queryset=User.objects.none())
    source = SourceField()
    track = forms.ChoiceField(label=gettext_lazy("Track"), choices=Track, widget=forms.RadioSelect)
    target_groups = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Target groups beside the young"),
        queryset=TargetGroup.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, coaches, groups, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["source"].offer(Source)
        self.fields["coach"].queryset = coaches
        self.fields["target_groups"].queryset = groups

    def clean(self):
        cleaned = super().clean()
        centre, district = cleaned.get("centre"), cleaned.get("district")
        if centre and district and not district.path.startswith(centre.path):
            self.add_error("district", _("The district belongs to another job centre."))
        return cleaned


class ContractForm(CaseForm):
    kind = forms.ChoiceField(
        label=gettext_lazy("Studies"), choices=[(each.value, each.label) for each in STUDIES]
    )
    school = _text(gettext_lazy("School"), required=True)
    programme = _text(gettext_lazy("Programme or courses"), required=True)
    percent = forms.IntegerField(
        label=gettext_lazy("Studies in per cent of full time"), min_value=1, max_value=100
    )
    combined_with = forms.ChoiceField(
        label=gettext_lazy("Combined with"), choices=CombinedWith, widget=forms.RadioSelect
    )
    combined_percent = forms.IntegerField(
        label=gettext_lazy("Work or practice in per cent of full time"),
        min_value=1,
        max_value=100,
        required=False,
    )
    goal = _text(gettext_lazy("Goal"), max_length=500)
    starts_on = DayField(label=gettext_lazy("First day"))
    ends_before = LastDayField(label=gettext_lazy("Planned last day"))

    def clean(self):
        cleaned = super().clean()
        combined = cleaned.get("combined_with")
        if combined == CombinedWith.NOTHING:
            cleaned["combined_percent"] = None
        elif combined and not cleaned.get("combined_percent"):
            self.add_error("combined_percent", _("Write the extent, for example 50."))
        return cleaned


class ContractFollowUpForm(CaseForm):
    on = DayField(label=gettext_lazy("Day"), latest_today=True)
    progress = forms.ChoiceField(
        label=gettext_lazy("How do the studies go?"),
        choices=StudyProgress,
        widget=forms.RadioSelect,
    )
    note = text_area(gettext_lazy("Note"), rows=3, required=False)


class ContractEndForm(CaseForm):
    ended_on = DayField(label=gettext_lazy("Last day"), latest_today=True)
    result = forms.ChoiceField(
        label=gettext_lazy("Result"), choices=ContractResult, widget=forms.RadioSelect
    )


class ExtractForm(CaseForm):
    """Which half-year the extract is of, by its first day."""

    starts_on = forms.TypedChoiceField(label=gettext_lazy("Half-year"), choices=())

    def __init__(self, *args, halves, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].choices = [(day.isoformat(), label) for day, label in halves]
        self.fields["starts_on"].coerce = {day.isoformat(): day for day, _label in halves}.get


class YearForm(forms.Form):
    year = forms.TypedChoiceField(label=gettext_lazy("Year"), coerce=int, required=False)

    def __init__(self, *args, years, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(str(year), str(year)) for year in years]
