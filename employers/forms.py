from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from employers import rules
from employers.enums import ContactForm, NeedKind, PlacementResult
from jobcentre.casework.fields import PhoneField
from jobcentre.casework.forms import CaseForm, text_area
from jobcentre.ui.fields import DayField, LastDayField

_YES_NO = [
    ("", gettext_lazy("Not asked yet")),
    ("no", gettext_lazy("No")),
    ("yes", gettext_lazy("Yes")),
]


class EmployerSearch(forms.Form):
    """Employers are no persons: the words may stand in the address."""

    q = forms.CharField(
        label=gettext_lazy("Name, organisation number or sector"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    after = forms.IntegerField(
        required=False, min_value=0, max_value=100_000, widget=forms.HiddenInput
    )


class EmployerForm(CaseForm):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    organisation_number = forms.CharField(
        label=gettext_lazy("Organisation number"),
        max_length=20,
        required=False,
        help_text=gettext_lazy(
            "Ten digits. Leave empty for a sole trader: that number is a person's."
        ),
    )
    sector = forms.CharField(label=gettext_lazy("Sector"), max_length=120, required=False)
    is_social_enterprise = forms.BooleanField(
        label=gettext_lazy("Social enterprise"), required=False
    )
    contact_name = forms.CharField(
        label=gettext_lazy("Contact person"), max_length=200, required=False
    )
    phone = PhoneField(required=False)
    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False)
    address = forms.CharField(label=gettext_lazy("Address"), max_length=200, required=False)

    def clean_organisation_number(self):
        written = self.cleaned_data["organisation_number"].strip()
        if not written:
            return None
        try:
            return rules.parse_organisation_number(written)
        except ValueError as error:
            raise forms.ValidationError(
                {
                    "form": _("An organisation number has ten digits."),
                    "person": _("That is a person's number. Leave the field empty."),
                    "check_digit": _("The check digit is wrong. Check the number."),
                }[str(error)]
            ) from None


class ContactNoteForm(CaseForm):
    on = DayField(label=gettext_lazy("Day"), latest_today=True)
    form = forms.ChoiceField(label=gettext_lazy("How"), choices=ContactForm.choices)
    text = text_area(gettext_lazy("What was said"), rows=3)


class NeedForm(CaseForm):
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=NeedKind.choices)
    occupation = forms.CharField(
        label=gettext_lazy("Occupation"),
        max_length=120,
        help_text=gettext_lazy("As people say it, for example warehouse or cook."),
    )
    description = text_area(gettext_lazy("Description"), rows=3, required=False)
    requirements = text_area(gettext_lazy("Requirements"), rows=2, max_length=2000, required=False)
    needs_licence = forms.BooleanField(
        label=gettext_lazy("A driving licence is needed"), required=False
    )
    places = forms.IntegerField(label=gettext_lazy("Places"), min_value=1, max_value=500, initial=1)
    hours_per_week = forms.IntegerField(
        label=gettext_lazy("Hours per week"), min_value=1, max_value=40, initial=40
    )
    starts_on = DayField(label=gettext_lazy("From"))
    ends_before = LastDayField(label=gettext_lazy("To and including"), required=False)
    replaces = forms.ChoiceField(
        label=gettext_lazy("Does it replace ordinary staff?"),
        choices=_YES_NO,
        required=False,
        help_text=gettext_lazy("Asked before every placement with support."),
    )
    union_consulted_on = DayField(
        label=gettext_lazy("The union was consulted on"), required=False, latest_today=True
    )

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("starts_on"), cleaned.get("ends_before")
        if first and last and last <= first:
            self.add_error("ends_before", _("The need must end after it begins."))
        cleaned["replaces_staff"] = {"yes": True, "no": False}.get(cleaned.get("replaces"))
        return cleaned


class ProfileForm(CaseForm):
    """What the competence bank shows; nothing else is shown."""

    headline = forms.CharField(
        label=gettext_lazy("In one line"),
        max_length=200,
        help_text=gettext_lazy(
            "What an employer should know first. Nothing about health or support."
        ),
    )
    occupations = forms.CharField(label=gettext_lazy("Occupations wanted"), max_length=300)
    skills = text_area(
        gettext_lazy("Skills and experience"), rows=4, max_length=2000, required=False
    )
    languages = forms.CharField(label=gettext_lazy("Languages"), max_length=200, required=False)
    has_licence = forms.BooleanField(label=gettext_lazy("Driving licence"), required=False)
    hours_per_week = forms.IntegerField(
        label=gettext_lazy("Hours per week"), min_value=1, max_value=40, initial=40
    )
    available_from = DayField(label=gettext_lazy("Available from"))


class ProposeForm(CaseForm):
    note = text_area(gettext_lazy("Why it fits"), rows=3, max_length=2000, required=False)


class AnswerForm(CaseForm):
    VERDICTS = [("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))]
    verdict = forms.ChoiceField(
        label=gettext_lazy("The employer says"), choices=VERDICTS, widget=forms.RadioSelect
    )
    answer = forms.CharField(
        label=gettext_lazy("In the employer's words"), max_length=300, required=False
    )


class StartForm(CaseForm):
    starts_on = DayField(label=gettext_lazy("First day"), latest_today=True)
    ends_before = LastDayField(label=gettext_lazy("To and including"), required=False)
    supervisor = forms.CharField(label=gettext_lazy("Supervisor"), max_length=200)

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("starts_on"), cleaned.get("ends_before")
        if first and last and last <= first:
            self.add_error("ends_before", _("The placement must end after it begins."))
        return cleaned


class EndForm(CaseForm):
    ended_on = DayField(label=gettext_lazy("Last day"), latest_today=True)
    result = forms.ChoiceField(
        label=gettext_lazy("Result"), choices=PlacementResult.choices, widget=forms.RadioSelect
    )
    note = text_area(gettext_lazy("What came of it"), rows=3, max_length=2000, required=False)


class WithdrawForm(CaseForm):
    reason = forms.CharField(label=gettext_lazy("Why is it withdrawn?"), max_length=300)
