"""Ordering, answering, starting and taking back."""

from django import forms
from django.core.cache import cache
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobcentre.accounts.enums import UnitKind
from jobcentre.accounts.models import Unit
from jobcentre.casework.forms import CaseForm, text_area
from jobcentre.ui.fields import DayField, LastDayField
from referrals.enums import DeclineReason, DisclosureBasis, SharedField

NAMED_SECONDS = 60


_PROVIDERS = Unit.objects.active().filter(kind=UnitKind.PROVIDER)


def _named() -> list[tuple[int, str]]:
    """(key, name) of the providers to choose between, at most a minute old; what is chosen is looked
    up when it is sent."""
    names = _PROVIDERS.order_by("name", "pk").values_list("pk", "name")
    return cache.get_or_set("referrals.named-providers", lambda: list(names), NAMED_SECONDS)


class FullForm(CaseForm):
    """A form with the field `although_full`, asked only where no place is free (`is_full`)."""

    def __init__(self, *args, is_full: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        if not is_full:
            del self.fields["although_full"]


class OrderForm(FullForm):
    """What is ordered, with the requirement, and what the provider may see."""

    provider = forms.ModelChoiceField(
        label=gettext_lazy("Provider"),
        queryset=_PROVIDERS,
    )
    requirement = text_area(
        gettext_lazy("Requirement"),
        rows=5,
        help_text=gettext_lazy("What should the activity hold, and what should it lead to?"),
    )
    goals = text_area(
        gettext_lazy("Goals and results wanted"),
        rows=4,
        max_length=2000,
        help_text=gettext_lazy("One on each line; the provider reports on each of them."),
    )
    starts_on = DayField(label=gettext_lazy("Wanted from"))
    ends_before = LastDayField(label=gettext_lazy("To and including"))
    hours_per_week = forms.DecimalField(
        label=gettext_lazy("Hours per week"),
        min_value=0.5,
        max_value=40,
        max_digits=4,
        decimal_places=1,
        localize=True,
    )
    adaptation = text_area(
        gettext_lazy("Adaptation"),
        rows=2,
        max_length=1000,
        required=False,
        help_text=gettext_lazy("For example shorter days, premises without steps, written words."),
    )
    interpreter = forms.CharField(
        label=gettext_lazy("Interpreter wanted"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Language and when, for example: Arabic, at the first meeting."),
    )
    needs_to_know = text_area(
        gettext_lazy("What the provider needs to know"),
        rows=3,
        max_length=2000,
        required=False,
        help_text=gettext_lazy(
            "Only what is needed to do the work. No diagnoses, no reasons for support."
        ),
    )
    shares = forms.MultipleChoiceField(
        label=gettext_lazy("What the provider is told beside the name"),
        choices=SharedField.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Nothing else of the person is shown to the provider."),
    )
    basis = forms.ChoiceField(
        label=gettext_lazy("Passed on because of"),
        choices=DisclosureBasis.choices,
        widget=forms.RadioSelect,
    )
    basis_reason = forms.CharField(
        label=gettext_lazy("Why it is necessary"), max_length=300, required=False
    )
    although_full = forms.BooleanField(
        label=gettext_lazy("Send the order although no place is free"),
        help_text=gettext_lazy("The provider may put the person on its waiting list or decline."),
        required=False,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["provider"]
        field.widget.choices = lambda: [("", field.empty_label), *_named()]

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("starts_on"), cleaned.get("ends_before")
        if first and last and last <= first:
            self.add_error("ends_before", _("The order must end after it begins."))
        if cleaned.get("basis") == DisclosureBasis.NECESSARY and not cleaned.get("basis_reason"):
            self.add_error("basis_reason", _("Say why it is necessary to pass this on."))
        return cleaned


class BasisForm(CaseForm):
    """Another ground for what the provider is told."""

    basis = forms.ChoiceField(
        label=gettext_lazy("Passed on because of"),
        choices=DisclosureBasis.choices,
        widget=forms.RadioSelect,
    )
    basis_reason = forms.CharField(
        label=gettext_lazy("Why it is necessary"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Only without the person's consent."),
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("basis") == DisclosureBasis.NECESSARY and not cleaned.get("basis_reason"):
            self.add_error("basis_reason", _("Say why it is necessary to pass this on."))
        return cleaned


class ElsewhereForm(OrderForm):
    """The same order to another provider."""

    reason = forms.CharField(
        label=gettext_lazy("Why is it taken back from the first provider?"), max_length=300
    )
    field_order = ["reason"]


class AskForm(CaseForm):
    text = text_area(gettext_lazy("What do you need to know before you answer?"), max_length=2000)


class ReplyForm(CaseForm):
    reply = text_area(gettext_lazy("Reply"), max_length=2000)


class WaitForm(CaseForm):
    reason = forms.CharField(label=gettext_lazy("Why is there no place now?"), max_length=300)
    expected_on = DayField(label=gettext_lazy("A place is expected"))


class PauseForm(CaseForm):
    starts_on = DayField(label=gettext_lazy("First day of the pause"), latest_today=True)
    reason = forms.CharField(label=gettext_lazy("Why is the order paused?"), max_length=300)


class ResumeForm(CaseForm):
    back_on = DayField(label=gettext_lazy("Back on"), latest_today=True)


class AcceptForm(FullForm):
    first_day_on = DayField(label=gettext_lazy("First day"))
    contact = forms.CharField(label=gettext_lazy("Supervisor"), max_length=200)
    although_full = forms.BooleanField(
        label=gettext_lazy("Accept although no place is free"), required=False
    )


class DeclineForm(CaseForm):
    reason = forms.ChoiceField(
        label=gettext_lazy("Why do you decline?"),
        choices=DeclineReason.choices,
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label=gettext_lazy("Comment"), max_length=300, required=False)


class StartForm(CaseForm):
    started_on = DayField(label=gettext_lazy("The person started"), latest_today=True)


class WithdrawForm(CaseForm):
    """Of an order that is noted as started the start itself can be taken back."""

    reason = forms.CharField(label=gettext_lazy("Why is the order withdrawn?"), max_length=300)
    never_started = forms.BooleanField(
        label=gettext_lazy("The person never started, the start was noted by mistake"),
        help_text=gettext_lazy("What is claimed for it is taken back."),
        required=False,
    )

    def __init__(self, *args, has_started: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not has_started:
            del self.fields["never_started"]


class MessageForm(CaseForm):
    text = text_area(gettext_lazy("Message"), rows=3)
