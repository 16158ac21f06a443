"""The form field that understands an identity number as people write it."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy

from jobcentre.casework.identity import IdentityError, parse_identity


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
