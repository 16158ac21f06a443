"""The register of providers searched and kept."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activityplans.models import Service
from jobcentre.accounts.enums import UnitKind
from jobcentre.accounts.models import Unit
from jobcentre.casework.fields import PhoneField
from jobcentre.casework.forms import CaseForm, text_area
from jobcentre.ui.fields import DayField, LastDayField
from referrals.enums import ProviderForm, ProviderPersonKind
from referrals.models import ProviderSite

NUMBER = r"^\d{6}-?\d{4}$"


class ProvidersFilter(forms.Form):
    """Words, a form and a service; they stay in the address. `after` is where the next page
    begins."""

    q = forms.CharField(
        label=gettext_lazy("Search"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    form = forms.ChoiceField(
        label=gettext_lazy("Form"),
        choices=[("", gettext_lazy("All forms")), *ProviderForm.choices],
        required=False,
    )
    service = forms.ModelChoiceField(
        label=gettext_lazy("Service"),
        queryset=Service.objects.none(),
        to_field_name="key",
        required=False,
        empty_label=gettext_lazy("All services"),
    )
    free = forms.ChoiceField(
        label=gettext_lazy("Places"),
        choices=[("", gettext_lazy("All")), ("now", gettext_lazy("Free this week"))],
        required=False,
    )
    after = forms.IntegerField(required=False, min_value=0, max_value=100_000)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["service"].queryset = at_provider()


def at_provider():
    """The services that a provider may carry out."""
    return Service.objects.filter(at_provider=True).order_by("position", "id")


class PlainForm(CaseForm):
    """A form whose values go to a row as they are."""

    apart: tuple[str, ...] = ()

    def values(self) -> dict:
        left_out = ("token", "version", *self.apart)
        return {name: value for name, value in self.cleaned_data.items() if name not in left_out}


def number_field():
    return forms.RegexField(
        label=gettext_lazy("Organisation number"),
        regex=NUMBER,
        required=False,
        help_text=gettext_lazy("Ten digits, for example 559999-0001."),
        error_messages={"invalid": gettext_lazy("An organisation number has ten digits.")},
    )


class ProviderDetailsForm(PlainForm):
    """What a provider is and offers."""

    apart = ("unit", "services")
    form = forms.ChoiceField(
        label=gettext_lazy("Form"), choices=ProviderForm.choices, widget=forms.RadioSelect
    )
    organisation_number = number_field()
    description = text_area(
        gettext_lazy("What it does"),
        rows=4,
        max_length=2000,
        help_text=gettext_lazy("So that a coach knows whom it fits."),
    )
    services = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Services it carries out"),
        queryset=Service.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["services"].queryset = at_provider()


class NewProviderForm(ProviderDetailsForm):
    unit = forms.ModelChoiceField(
        label=gettext_lazy("Unit"),
        queryset=Unit.objects.none(),
        help_text=gettext_lazy("The administrator makes the unit and its users first."),
    )
    field_order = ["unit"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = (
            Unit.objects.active()
            .filter(kind=UnitKind.PROVIDER, provider__isnull=True)
            .order_by("name", "pk")
        )


class PartForm(PlainForm):
    """A part of a provider; `provider` narrows what can be chosen."""

    def __init__(self, *args, provider, **kwargs):
        super().__init__(*args, **kwargs)
        self.provider = provider


def coordinate(label, edge: int, help_text):
    """Degrees (WGS 84), as a map shows them; point or comma."""
    return forms.DecimalField(
        label=label,
        min_value=-edge,
        max_value=edge,
        max_digits=8,
        decimal_places=5,
        required=False,
        localize=True,
        help_text=help_text,
        widget=forms.TextInput(attrs={"class": "ei-w-6", "inputmode": "decimal"}),
    )


class SiteForm(PartForm):
    name = forms.CharField(
        label=gettext_lazy("Name of the place"),
        max_length=120,
        help_text=gettext_lazy("For example Workshop or Office."),
    )
    street = forms.CharField(label=gettext_lazy("Street"), max_length=200)
    postcode = forms.RegexField(
        label=gettext_lazy("Postcode"),
        regex=r"^\d{3} ?\d{2}$",
        required=False,
        error_messages={"invalid": gettext_lazy("A postcode has five digits.")},
    )
    city = forms.CharField(label=gettext_lazy("City"), max_length=80)
    latitude = coordinate(gettext_lazy("Latitude"), 90, gettext_lazy("For example 59.20125."))
    longitude = coordinate(
        gettext_lazy("Longitude"),
        180,
        gettext_lazy("For example 17.83401. With both, the distance is shown when one orders."),
    )
    opening_hours = forms.CharField(
        label=gettext_lazy("Opening hours"),
        max_length=300,
        help_text=gettext_lazy("For example Monday to Thursday 8–16, Friday 8–14."),
    )
    directions = forms.CharField(
        label=gettext_lazy("How to get there"), max_length=300, required=False
    )
    step_free = forms.BooleanField(label=gettext_lazy("No steps at the entrance"), required=False)
    has_lift = forms.BooleanField(label=gettext_lazy("Lift, or all on one floor"), required=False)
    accessible_toilet = forms.BooleanField(label=gettext_lazy("Accessible toilet"), required=False)
    hearing_loop = forms.BooleanField(label=gettext_lazy("Hearing loop"), required=False)
    quiet_room = forms.BooleanField(label=gettext_lazy("A quiet room"), required=False)
    access_note = forms.CharField(
        label=gettext_lazy("More about getting in and around"), max_length=300, required=False
    )
    ends_before = LastDayField(
        label=gettext_lazy("Used to and including"), required=False, help_text=""
    )


class PersonForm(PartForm):
    kind = forms.ChoiceField(
        label=gettext_lazy("What for"),
        choices=ProviderPersonKind.choices,
        widget=forms.RadioSelect,
    )
    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    phone = PhoneField(max_length=40, required=False)
    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False)
    site = forms.ModelChoiceField(
        label=gettext_lazy("Place"),
        queryset=ProviderSite.objects.none(),
        required=False,
        empty_label=gettext_lazy("No certain place"),
    )
    ends_before = LastDayField(label=gettext_lazy("To and including"), required=False, help_text="")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["site"].queryset = self.provider.sites.all()

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not cleaned.get("phone") and not cleaned.get("email"):
            self.add_error("phone", _("Write a phone number or an e-mail address."))
        return cleaned


class CapacityForm(PartForm):
    service = forms.ModelChoiceField(label=gettext_lazy("Service"), queryset=Service.objects.none())
    from_on = DayField(
        label=gettext_lazy("From the week of"),
        help_text=gettext_lazy("Any day of the week; it counts from the Monday."),
    )
    places = forms.IntegerField(label=gettext_lazy("Places each week"), min_value=0, max_value=2000)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["service"].queryset = self.provider.services.order_by("position", "id")


class SubSupplierForm(PartForm):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    organisation_number = number_field()
    does = forms.CharField(label=gettext_lazy("What it does"), max_length=300)
    starts_on = DayField(label=gettext_lazy("From"), help_text="")
    ends_before = LastDayField(label=gettext_lazy("To and including"), required=False, help_text="")
