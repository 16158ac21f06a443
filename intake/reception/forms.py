"""What is typed at the desk, at the door and about the screens."""

from datetime import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intake.enums import COMPANY_PURPOSES, DeskKind, VisitPurpose, VisitResult
from intake.models import Desk
from intake.registrations.known import OnePersonForm, birth_date_field, protection_field
from jobcentre.accounts.models import User
from jobcentre.casework.fields import IdentityField, PhoneField
from jobcentre.casework.forms import CaseForm

PERSON_PURPOSES = [c for c in VisitPurpose.choices if c[0] not in COMPANY_PURPOSES]
NAMELESS_PURPOSES = [c for c in PERSON_PURPOSES if c[0] != VisitPurpose.BOOKED]


class LookupForm(forms.Form):
    """Who comes? A name, a number or a phone; sent by POST so that it stands in no address."""

    q = forms.CharField(
        label=gettext_lazy("Who comes?"),
        max_length=400,  # a given and a family name of 200 each
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autofocus": True, "class": "form-control"}
        ),
        help_text=gettext_lazy(
            "Name, identity number or phone. Nothing is saved until you choose who it is."
        ),
    )


class VisitForm(CaseForm):
    """A known person gets a ticket."""

    person = forms.UUIDField(widget=forms.HiddenInput)
    purpose = forms.ChoiceField(label=gettext_lazy("Errand"), choices=PERSON_PURPOSES)


class VisitorForm(OnePersonForm, CaseForm):
    """A new person is registered and gets a ticket."""

    identity = IdentityField(required=False)
    given_name = forms.CharField(label=gettext_lazy("Given name"), max_length=200)
    family_name = forms.CharField(label=gettext_lazy("Family name"), max_length=200, required=False)
    birth_date = birth_date_field()
    phone = PhoneField(required=False)
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
    protection = protection_field()


class NamelessForm(CaseForm):
    """Somebody who needs no name gets a ticket: a question, a paper."""

    purpose = forms.ChoiceField(
        label=gettext_lazy("Errand"),
        choices=NAMELESS_PURPOSES,
        initial=VisitPurpose.QUESTION,
    )


class CompanyForm(CaseForm):
    """A company comes, or somebody to an employer event."""

    company_name = forms.CharField(label=gettext_lazy("Company"), max_length=200)
    purpose = forms.ChoiceField(
        label=gettext_lazy("Errand"),
        choices=[c for c in VisitPurpose.choices if c[0] in COMPANY_PURPOSES],
        widget=forms.RadioSelect,
        initial=VisitPurpose.COMPANY,
    )
    host = forms.ModelChoiceField(
        label=gettext_lazy("Has come to see"),
        queryset=User.objects.none(),
        required=False,
        empty_label=gettext_lazy("Nobody in particular"),
        help_text=gettext_lazy("The colleague is told at once."),
    )

    def __init__(self, *args, staff, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["host"].queryset = staff


class ActForm(forms.Form):
    """A button on the board or the page of a visit: where to, and where back."""

    desk = forms.ModelChoiceField(
        label=gettext_lazy("Desk or room"),
        queryset=Desk.objects.none(),
        required=False,
        empty_label=gettext_lazy("The front desk"),
    )
    back = forms.ChoiceField(
        choices=[("board", "board"), ("visit", "visit")], required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args, desks, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["desk"].queryset = desks
        self.fields["desk"].widget.attrs["class"] = "form-select"


class EndForm(CaseForm):
    """How a visit ends when no case opens."""

    SEND_ON, LEAVE = "send_on", "leave"
    ENDS = [
        (VisitResult.SOLVED, gettext_lazy("Solved at the desk")),
        (VisitResult.MET, gettext_lazy("The meeting was held")),
        (VisitResult.UNSOLVED, gettext_lazy("Not solved, has to come back")),
        (SEND_ON, gettext_lazy("Sent on to a colleague")),
        (LEAVE, gettext_lazy("Left without help")),
    ]
    end = forms.ChoiceField(
        label=gettext_lazy("How did it end?"), choices=ENDS, widget=forms.RadioSelect
    )
    sent_to = forms.ModelChoiceField(
        label=gettext_lazy("Colleague"), queryset=User.objects.none(), required=False
    )
    answer = forms.CharField(
        label=gettext_lazy("What was asked and answered"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Short, without names. It is removed with the names."),
    )

    def __init__(self, *args, staff, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sent_to"].queryset = staff

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("end") == self.SEND_ON and not cleaned.get("sent_to"):
            self.add_error("sent_to", _("Choose the colleague."))
        return cleaned


class IdentifyForm(OnePersonForm, CaseForm):
    """Who a visitor without a name is: a known number, or a new person."""

    identity = IdentityField(required=False)
    given_name = forms.CharField(
        label=gettext_lazy("Given name"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Not needed when the number is known here already."),
    )
    family_name = forms.CharField(label=gettext_lazy("Family name"), max_length=200, required=False)
    birth_date = birth_date_field()
    phone = PhoneField(required=False)
    protection = protection_field()

    PERSON = ("given_name", "family_name", "birth_date", "phone")

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("given_name") and not cleaned.get("identity") and not self.errors:
            self.add_error("given_name", _("Write the identity number or the given name."))
        return cleaned


class CheckInForm(forms.Form):
    """What a visitor types at the door. `token` makes a second press count once."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    identity = IdentityField(
        label=gettext_lazy("Your identity number"),
        help_text=gettext_lazy("10 or 12 digits, for example YYMMDD-NNNN."),
    )
    given_name = forms.CharField(
        label=gettext_lazy("Your first name"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "words"}),
    )


class DeskForm(CaseForm):
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=40,
        help_text=gettext_lazy("As visitors read it, for example Disk 3 or Rum 12."),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=DeskKind.choices)


class ScreenForm(CaseForm):
    name = forms.CharField(
        label=gettext_lazy("Name of the tablet"),
        max_length=60,
        help_text=gettext_lazy("Where it stands, for example Main entrance."),
    )


class EntranceForm(CaseForm):
    """Where and when a protected person is let in."""

    at = forms.TimeField(
        label=gettext_lazy("Agreed time"),
        input_formats=["%H:%M", "%H.%M", "%H%M"],
        widget=forms.TimeInput(attrs={"autocomplete": "off"}, format="%H:%M"),
        help_text=gettext_lazy("For example 13:20, the same day as the appointment."),
    )
    entrance = forms.CharField(label=gettext_lazy("Entrance"), max_length=120)
    met_by = forms.CharField(label=gettext_lazy("Met by"), max_length=120, required=False)

    def moment_on(self, day) -> datetime:
        """The agreed time on `day`, Swedish time."""
        return timezone.make_aware(datetime.combine(day, self.cleaned_data["at"]))
