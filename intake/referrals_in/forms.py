"""Forms of a referral in: sending, the first meeting, following up, ending."""

from django import forms
from django.utils.translation import gettext_lazy as _

from intake.enums import ContactResult, ContactWay, PassingGround, ReferralEnd
from intake.models import SupportObstacle
from intake.registrations.known import OnePersonForm, birth_date_field, protection_field
from intake.transitions.referrals_in import SENT
from jobcentre.accounts.enums import Role, UnitKind
from jobcentre.accounts.models import Unit
from jobcentre.casework.enums import Source
from jobcentre.casework.fields import IdentityField, PhoneField
from jobcentre.casework.forms import CaseForm, text_area
from jobcentre.casework.models import Person
from jobcentre.casework.sources import SourceField
from jobcentre.ui.fields import DayField

# Who may send for whom: the income-support unit for its own, the centre for all others.
SOURCES = {
    Role.SOCIAL_SECRETARY: [Source.INCOME_SUPPORT],
    Role.YOUTH_COORDINATOR: [Source.KAA, Source.OWN],
}
CENTRE_SOURCES = [Source.AF, Source.KAA, Source.PROJECT, Source.OWN]


class SendForm(OnePersonForm, CaseForm):
    """A person and why; the centre follows from the district unless another one is chosen."""

    identity = IdentityField(required=False)
    given_name = forms.CharField(label=_("Given name"), max_length=200)
    family_name = forms.CharField(label=_("Family name"), max_length=200, required=False)
    birth_date = birth_date_field()
    phone = PhoneField(required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    first_language = forms.CharField(label=_("First language"), max_length=60, required=False)
    interpreter_language = forms.CharField(label=_("Interpreter in"), max_length=60, required=False)
    source = SourceField()
    district = forms.ModelChoiceField(
        label=_("District"),
        queryset=Unit.objects.none(),
        required=False,
        help_text=_("The centre follows from the district."),
    )
    centre = forms.ModelChoiceField(
        label=_("Another centre than the district's"),
        queryset=Unit.objects.none(),
        required=False,
        help_text=_("Only for a specialised centre; say why."),
    )
    exception_reason = forms.CharField(
        label=_("Why another centre"), max_length=300, required=False
    )
    ground = forms.ChoiceField(
        label=_("Ground for passing on the information"),
        choices=PassingGround.choices,
        widget=forms.RadioSelect,
    )
    obstacle = forms.ModelChoiceField(
        label=_("Obstacle to self-support"),
        queryset=SupportObstacle.objects.none(),
        required=False,
    )
    wishes = text_area(_("The person's wishes"), max_length=2000, required=False)
    protection = protection_field()

    PERSON = (
        *("given_name", "family_name", "birth_date", "phone", "email"),
        *("first_language", "interpreter_language"),
    )

    def __init__(self, *args, membership, today, **kwargs):
        super().__init__(*args, **kwargs)
        unit, role = membership.unit, Role(membership.role)
        centres = Unit.objects.active().filter(kind=UnitKind.JOB_CENTRE)
        districts = Unit.objects.active().filter(kind=UnitKind.DISTRICT)
        self.own_centre = None
        if role == Role.SOCIAL_SECRETARY:
            districts = districts.filter(income_support_unit=unit)
        elif unit.kind == UnitKind.JOB_CENTRE:
            districts = districts.filter(parent=unit)
            self.own_centre = unit
        self.fields["source"].offer(SOURCES.get(role, CENTRE_SOURCES))
        self.fields["district"].queryset = districts.select_related("parent").order_by("name")
        self.fields["centre"].queryset = centres.order_by("name")
        self.fields["obstacle"].queryset = SupportObstacle.objects.valid_on(today)

    def clean(self):
        cleaned = super().clean()
        district, other = cleaned.get("district"), cleaned.get("centre")
        if cleaned.get("source") == Source.INCOME_SUPPORT and not district:
            self.add_error("district", _("Choose the district; its unit approves the plan."))
        usual = district.parent if district else self.own_centre
        if other and other != usual and not cleaned.get("exception_reason"):
            self.add_error("exception_reason", _("Say why another centre."))
        cleaned["goes_to"] = other or usual
        if cleaned["goes_to"] is None and not self.errors:
            self.add_error("district", _("Choose a district or a centre."))
        return cleaned


class ContactForm(CaseForm):
    way = forms.ChoiceField(label=_("How"), choices=ContactWay.choices)
    result = forms.ChoiceField(
        label=_("Result"), choices=ContactResult.choices, widget=forms.RadioSelect
    )
    next_on = DayField(label=_("Next attempt"))
    note = forms.CharField(label=_("Note"), max_length=300, required=False)


class EndForm(CaseForm):
    reason = forms.ChoiceField(label=_("Why does it end?"), choices=ReferralEnd.choices)
    note = forms.CharField(label=_("Note"), max_length=500, required=False)


class ReferralsFilter(forms.Form):
    STATES = [
        ("open", _("Open")),
        ("late", _("To be seen to")),
        ("booked", _("Booked")),
        ("ended", _("Ended")),
    ]
    state = forms.ChoiceField(label=_("Show"), choices=STATES, required=False)


class SentPersonForm(CaseForm, forms.ModelForm):
    """What the sender may correct of a person who has not come."""

    class Meta:
        model = Person
        fields = SENT
        field_classes = {"phone": PhoneField}
