"""An identity number in forms: understood as people write it, shown back before it is saved."""

from dataclasses import dataclass, replace
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from jobcentre import text
from jobcentre.casework.enums import NumberKind
from jobcentre.casework.identity import Identity, IdentityError, full_years, parse_identity


class IdentityField(forms.CharField):
    """An identity number in any written form; gives an Identity."""

    def __init__(self, **kwargs):
        kwargs.setdefault("label", gettext_lazy("Identity number"))
        kwargs.setdefault(
            "help_text",
            gettext_lazy("10 or 12 digits. Coordination numbers and reserve numbers work too."),
        )
        kwargs.setdefault("max_length", 40)
        super().__init__(**kwargs)
        self.widget.attrs.update({"autocomplete": "off", "inputmode": "text"})

    def clean(self, value):
        value = super().clean(value)
        if not value:
            return None
        try:
            return parse_identity(value, timezone.localdate())
        except IdentityError as error:
            english = (get_language() or "sv").startswith("en")
            raise ValidationError(
                error.message_en if english else error.message_sv, code=error.code
            ) from None


class PhoneField(forms.CharField):
    """A phone number as people write it."""

    def __init__(self, **kwargs):
        kwargs.setdefault("label", gettext_lazy("Phone"))
        kwargs.setdefault("max_length", 30)
        super().__init__(**kwargs)
        self.widget.attrs["inputmode"] = "tel"

    def clean(self, value):
        value = super().clean(value)
        if value and not text.is_phone(value):
            raise ValidationError(
                _("Write a phone number with digits, for example 08-465 004 01."),
                code="phone",
            )
        return value


@dataclass(frozen=True)
class ReadBack:
    """What is said of a number that was typed: how it was read, and of whom it is when that is known.

    `is_unread`: no page has shown it yet. `noted` is the birth date that the person has when the
    number says another.
    """

    identity: Identity
    age: int
    is_unread: bool
    name: str = ""
    noted: date | None = None

    @property
    def kind(self) -> str:
        return NumberKind(self.identity.kind).label


class ReadBackForm(forms.Form):
    """A form with an identity number. A number that is typed is first shown back as it was read, with
    nothing saved; the next press saves when it still is that number. `templates/casework/read_back.html`
    shows it, and `handle_form` saves nothing while it is unread."""

    number_field = "identity"
    read_back: ReadBack | None = None
    # The number that the page showed as read; saving needs it to be the one that is sent.
    read = forms.CharField(max_length=12, required=False, widget=forms.HiddenInput)

    def full_clean(self):
        super().full_clean()
        identity = self.cleaned_data.get(self.number_field) if self.is_bound else None
        if identity is None:
            return
        is_unread = self.cleaned_data.get("read") != identity.number
        age = full_years(identity.birth_date, timezone.localdate())
        self.read_back = ReadBack(identity, age, is_unread)
        if is_unread:
            self.data = self.data.copy()
            self.data[self.add_prefix("read")] = identity.number
            self.data[self.add_prefix(self.number_field)] = identity.formatted

    def tell_who(self, name: str = "", born: date | None = None) -> None:
        """Say with the number of whom it is, and when that person is noted as born otherwise."""
        if self.is_valid() and self.read_back is not None:
            differs = born is not None and born != self.read_back.identity.birth_date
            self.read_back = replace(self.read_back, name=name, noted=born if differs else None)


def read_already(identity: Identity) -> dict[str, str]:
    """The initial values of a form whose page says how the number was read."""
    return {"identity": identity.formatted, "read": identity.number}
