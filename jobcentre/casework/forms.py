import uuid

from crispy_forms.helper import FormHelper
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from jobcentre.accounts.enums import Role
from jobcentre.accounts.models import Membership, Unit, User
from jobcentre.casework.consents import EXCHANGES, MAX_RECEIVER
from jobcentre.casework.enums import (
    ConsentForm,
    ConsentPurpose,
    EmploymentForm,
    Outcome,
    PauseReason,
    Subsidy,
    Track,
)
from jobcentre.casework.fields import PhoneField
from jobcentre.casework.models import ExitReason, Person
from jobcentre.ui.fields import DayField

TEXT_MAX = 20_000


def text_area(label, *, rows=4, max_length=4000, required=True, help_text=""):
    """A free-text field, bounded and normalised."""
    return forms.CharField(
        label=label,
        max_length=max_length,
        required=required,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


NOTHING_CHOSEN = "---------"  # what Django says; we say it in words


class CaseForm(forms.Form):
    """A form that is sent once, and only over the version that was opened.

    `token` makes a second press of the button lead to the first result; `version`, when given,
    is the version of the row that the page showed.
    """

    token = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(
        widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1
    )

    def __init__(self, *args, version: int | None = None, **kwargs):
        initial = kwargs.pop("initial", None) or {}
        initial.setdefault("token", uuid.uuid4())
        if version is not None:
            initial.setdefault("version", version)
        super().__init__(*args, initial=initial, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField) and field.empty_label == NOTHING_CHOSEN:
                field.empty_label = _("Choose")
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True


class SearchForm(forms.Form):
    q = forms.CharField(
        label=_("Name, identity number, case number or phone"),
        max_length=100,
        required=False,
        widget=forms.TextInput(
            attrs={"type": "search", "autocomplete": "off", "class": "form-control"}
        ),
    )


class KeysetForm(forms.Form):
    """Where the next page of a list begins."""

    before = forms.CharField(max_length=60, required=False)


class CasesFilter(forms.Form):
    """Filters of the list of cases; they stay in the address. `after` is where the next page
    begins, and no field to fill in."""

    STATES = [
        ("open", _("Open")),
        ("late", _("With a late clock")),
        ("paused", _("Interrupted")),
        ("closed", _("Closed")),
    ]
    SORTS = [
        ("due", _("Next clock")),
        ("-due", _("Next clock, the latest first")),
        ("name", _("Name")),
        ("-name", _("Name, from the end")),
        ("since", _("Since, the oldest first")),
        ("-since", _("Since, the newest first")),
        ("-ended", _("Ended, the latest first")),
        ("ended", _("Ended, the oldest first")),
    ]
    state = forms.ChoiceField(choices=STATES, required=False, widget=forms.HiddenInput)
    track = forms.ChoiceField(
        label=_("Track"), choices=[("", _("All tracks")), *Track.choices], required=False
    )
    whose = forms.ChoiceField(
        label=_("Whose"),
        choices=[("mine", _("Mine")), ("all", _("The whole centre"))],
        required=False,
    )
    # The heads of the columns sort too, where there is room for them.
    sort = forms.ChoiceField(
        label=_("Sort by"),
        choices=SORTS,
        required=False,
        widget=forms.Select(attrs={"data-narrow-only": True}),
    )
    after = forms.IntegerField(required=False, min_value=1, max_value=2**62)


class NoteForm(CaseForm):
    text = text_area(_("Note"), rows=5, max_length=TEXT_MAX)


class StrikeForm(CaseForm):
    reason = forms.CharField(label=_("Why is it struck?"), max_length=300)


class SensitiveForm(CaseForm):
    reason = text_area(
        _("Why do you need to open this?"),
        rows=3,
        max_length=300,
        help_text=_("At least 20 characters. It is logged and shown on the timeline."),
    )


def receiver_field():
    """The one receiver that a consent is limited to."""
    return forms.CharField(
        label=_("Only to"),
        max_length=MAX_RECEIVER,
        required=False,
        widget=forms.TextInput(attrs={"list": "receivers", "autocomplete": "off"}),
        help_text=_(
            "One receiver by name, for example a clinic or a provider. Empty: everybody of the kind."
        ),
    )


class ConsentGivenForm(CaseForm):
    purpose = forms.ChoiceField(label=_("Consent to"), choices=ConsentPurpose.choices)
    receiver = receiver_field()
    form = forms.ChoiceField(
        label=_("Given"), choices=ConsentForm.choices, widget=forms.RadioSelect
    )
    given_on = DayField(label=_("Given on"), latest_today=True)
    ends_before = DayField(label=_("No longer valid on"), required=False)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("receiver") and cleaned.get("purpose") not in (None, *EXCHANGES):
            self.add_error("receiver", _("Only an exchange has a receiver."))
        return cleaned


class PauseForm(CaseForm):
    starts_on = DayField(label=_("First day"))
    ends_before = DayField(
        label=_("Back on"),
        required=False,
        help_text=_("Leave empty when it is not known yet."),
    )
    expected_back_on = DayField(
        label=_("Expected back"), required=False, help_text=_("When the day back is not known.")
    )
    reason = forms.ChoiceField(label=_("Reason"), choices=PauseReason.choices)
    note = forms.CharField(label=_("Note"), max_length=300, required=False)
    document = forms.ModelChoiceField(
        label=_("Document"),
        queryset=None,
        required=False,
        empty_label=_("None"),
        help_text=_("A certificate or decision among the documents of the case."),
    )

    def __init__(self, *args, documents, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["document"].queryset = documents

    def clean(self):
        cleaned = super().clean()
        first, back = cleaned.get("starts_on"), cleaned.get("ends_before")
        expected = cleaned.get("expected_back_on")
        if first and back and back <= first:
            self.add_error("ends_before", _("The day back must be after the first day."))
        if first and expected and expected <= first:
            self.add_error(
                "expected_back_on", _("The expected day back must be after the first day.")
            )
        return cleaned


class PauseEndForm(CaseForm):
    ends_before = DayField(label=_("Back on"))


class ExitForm(CaseForm):
    """How the case ends; work asks for its form, extent and subsidy."""

    reason = forms.ModelChoiceField(label=_("Reason"), queryset=ExitReason.objects.none())
    ended_on = DayField(label=_("Last day"), latest_today=True)
    employment_form = forms.ChoiceField(
        label=_("Form of employment"),
        choices=[("", _("Choose")), *EmploymentForm.choices],
        required=False,
        help_text=_("Only when the reason is work."),
    )
    extent_percent = forms.IntegerField(
        label=_("Extent in per cent of full time"), min_value=1, max_value=100, required=False
    )
    subsidy = forms.ChoiceField(
        label=_("Subsidy"), choices=[("", _("Choose")), *Subsidy.choices], required=False
    )
    employer_name = forms.CharField(label=_("Employer or school"), max_length=200, required=False)
    begins_on = DayField(label=_("Work or studies begin"), required=False)
    note = text_area(_("Comment"), required=False)

    def __init__(self, *args, reasons, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].queryset = reasons

    def clean(self):
        cleaned = super().clean()
        reason = cleaned.get("reason")
        if reason and (reason.outcome == Outcome.WORK or reason.needs_employment):
            needed = {
                "employment_form": _("Choose the form of employment."),
                "extent_percent": _("Write the extent, for example 75."),
                "subsidy": _("Choose the subsidy, or no subsidy."),
            }
            for name, message in needed.items():
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, message)
        return cleaned


class PersonForm(CaseForm, forms.ModelForm):
    class Meta:
        model = Person
        fields = [
            "given_name",
            "family_name",
            "birth_date",
            "sex",
            "phone",
            "email",
            "street",
            "postcode",
            "city",
            "first_language",
            "other_languages",
            "interpreter_language",
        ]
        field_classes = {"birth_date": DayField, "phone": PhoneField}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.is_protected:
            for name in ("street", "postcode", "city"):
                del self.fields[name]


class DocumentForm(CaseForm):
    """A file of a kind we take, not too large, whose content is what its name says."""

    title = forms.CharField(label=_("Title"), max_length=200)
    file = forms.FileField(
        label=_("File"), help_text=_("PDF, PNG or JPEG, at most 10 MB."), max_length=200
    )

    MAGIC = {
        b"%PDF-": ("application/pdf", (".pdf",)),
        b"\x89PNG\r\n\x1a\n": ("image/png", (".png",)),
        b"\xff\xd8\xff": ("image/jpeg", (".jpg", ".jpeg")),
    }

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > settings.DOCUMENT_MAX_BYTES:
            raise forms.ValidationError(_("The file is larger than 10 MB."))
        head = file.read(16)
        file.seek(0)
        for magic, (content_type, suffixes) in self.MAGIC.items():
            if head.startswith(magic) and file.name.lower().endswith(suffixes):
                self.cleaned_data["content_type"] = content_type
                return file
        raise forms.ValidationError(_("Only PDF, PNG and JPEG files are taken."))


def coaches_of(centre: Unit, today):
    """Users who are coaches at the centre today, by name."""
    held = Membership.objects.valid_on(today).filter(
        unit=centre, role__in=[Role.COACH, Role.YOUTH_COORDINATOR]
    )
    return User.objects.filter(pk__in=held.values("user_id")).order_by("name", "id")
