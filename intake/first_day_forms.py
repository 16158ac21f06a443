"""The forms of the first day, one for each step; each is saved by itself."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intake.enums import AfStatus, FirstDayStep, MinorityLanguage, RightsForm
from jobcentre.casework.consents import EXCHANGES
from jobcentre.casework.enums import ConsentForm, ConsentPurpose, ContactChannel
from jobcentre.casework.forms import CaseForm, receiver_field
from jobcentre.ui.fields import DayField

MAX_ID = 2**62


class StepForm(CaseForm):
    """A step of the first day. `step` says which, `seen` the newest row that the page showed."""

    step = forms.CharField(max_length=10, widget=forms.HiddenInput)
    seen = forms.IntegerField(
        widget=forms.HiddenInput, required=False, min_value=0, max_value=MAX_ID
    )
    key: FirstDayStep

    def __init__(self, *args, seen: int | None = None, **kwargs):
        kwargs["auto_id"] = f"id_{self.key.value}_%s"
        initial = {"step": self.key.value, **kwargs.pop("initial", {})}
        if seen is not None:
            initial["seen"] = seen
        super().__init__(*args, initial=initial, **kwargs)

    def clean_seen(self):
        # Without it the page was not ours: nothing was seen.
        return self.cleaned_data["seen"] or 0


class RightsStep(StepForm):
    key = FirstDayStep.RIGHTS
    form = forms.ChoiceField(
        label=gettext_lazy("Rights, duties and consequences were"),
        choices=RightsForm.choices,
        widget=forms.RadioSelect,
    )
    given_on = DayField(label=gettext_lazy("Explained on"), latest_today=True)
    language = forms.CharField(label=gettext_lazy("In which language"), max_length=60)
    with_interpreter = forms.BooleanField(label=gettext_lazy("With interpreter"), required=False)


class AfStep(StepForm):
    key = FirstDayStep.AF
    status = forms.ChoiceField(
        label=gettext_lazy("The person is"), choices=AfStatus.choices, widget=forms.RadioSelect
    )
    since = DayField(label=gettext_lazy("Registered since"), required=False, latest_today=True)
    booked_on = DayField(
        label=gettext_lazy("Time booked to register"),
        required=False,
        help_text=gettext_lazy("The day on which the person is to register with AF."),
    )

    def clean(self):
        cleaned = super().clean()
        status = cleaned.get("status")
        if cleaned.get("since") and status != AfStatus.REGISTERED:
            self.add_error("since", _("Only a registered person has a date."))
        if cleaned.get("booked_on") and status != AfStatus.WILL_REGISTER:
            self.add_error("booked_on", _("Only one who is to register has a booked day."))
        return cleaned


NO = "no"


class ConsentStep(StepForm):
    key = FirstDayStep.CONSENTS
    purpose = forms.ChoiceField(
        label=gettext_lazy("Consent to"),
        choices=[("", gettext_lazy("Choose")), *ConsentPurpose.choices],
    )
    receiver = receiver_field()
    answer = forms.ChoiceField(
        label=gettext_lazy("The person says"),
        choices=[
            (ConsentForm.WRITTEN.value, gettext_lazy("yes, in writing")),
            (ConsentForm.ORAL.value, gettext_lazy("yes, orally")),
            (NO, gettext_lazy("no")),
        ],
        widget=forms.RadioSelect,
    )
    said_on = DayField(label=gettext_lazy("Said on"), latest_today=True)
    ends_before = DayField(label=gettext_lazy("No longer valid on"), required=False)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("ends_before") and cleaned.get("answer") == NO:
            self.add_error("ends_before", _("A no has no last day."))
        if cleaned.get("receiver") and cleaned.get("answer") == NO:
            self.add_error("receiver", _("A no is to all of the kind. Name whom the yes is to."))
        elif cleaned.get("receiver") and cleaned.get("purpose") not in (None, *EXCHANGES):
            self.add_error("receiver", _("Only an exchange has a receiver."))
        return cleaned


class ContactStep(StepForm):
    key = FirstDayStep.CONTACT
    channel = forms.ChoiceField(
        label=gettext_lazy("Best reached by"),
        choices=ContactChannel.choices,
        widget=forms.RadioSelect,
    )
    only = forms.BooleanField(
        label=gettext_lazy("In no other way"),
        required=False,
        help_text=gettext_lazy("Letters only, for example: nothing is sent by e-mail."),
    )
    times = forms.CharField(
        label=gettext_lazy("When it suits"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("For example: mornings, not during prayers on Fridays."),
    )


class LanguageStep(StepForm):
    key = FirstDayStep.LANGUAGE
    first_language = forms.CharField(
        label=gettext_lazy("First language"), max_length=60, required=False
    )
    other_languages = forms.CharField(
        label=gettext_lazy("Other languages"), max_length=200, required=False
    )
    interpreter_language = forms.CharField(
        label=gettext_lazy("Interpreter in"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("Leave empty when none is needed."),
    )
    minority_language = forms.ChoiceField(
        label=gettext_lazy("National minority language asked for"),
        choices=[("", gettext_lazy("none")), *MinorityLanguage.choices],
        required=False,
        help_text=gettext_lazy(
            "Tell everybody of the right. Finnish, Meänkieli and Sami may be used where the"
            " municipality is an administrative area, elsewhere when somebody here speaks them."
        ),
    )
    wants_translation = forms.BooleanField(
        label=gettext_lazy("Wants decisions translated in writing"), required=False
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("wants_translation") and not cleaned.get("minority_language"):
            self.add_error("minority_language", _("Choose the language to translate to."))
        return cleaned


class EmergencyStep(StepForm):
    key = FirstDayStep.EMERGENCY
    text = forms.CharField(
        label=gettext_lazy("Whom to call, and the number"),
        max_length=200,
        required=False,
        help_text=gettext_lazy(
            "Short: a name, who it is and a number. Only you read it, and colleagues who open the"
            " sensitive areas with a reason."
        ),
    )
    nobody = forms.BooleanField(
        label=gettext_lazy("The person does not want to name anybody"), required=False
    )

    def clean(self):
        cleaned = super().clean()
        if bool(cleaned.get("text", "").strip()) == bool(cleaned.get("nobody")):
            self.add_error("text", _("Write whom to call, or tick that nobody is named."))
        return cleaned
