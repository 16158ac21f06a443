"""An occupation of SSYK 2012, typed in words."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intake.mapping import ssyk

SHOWN = 8


class OccupationField(forms.CharField):
    """An occupation typed in Swedish; its value is the SSYK code, "" when nothing is typed.

    A word that fits several gives them in the error, and the page offers them (`offers`).
    """

    def __init__(self, **kwargs):
        kwargs.setdefault(
            "help_text", gettext_lazy("In Swedish, for example undersköterska or kock.")
        )
        super().__init__(max_length=120, **kwargs)
        self.widget.attrs.update({"list": "occupations", "autocomplete": "off"})
        self.offers: list[str] = []

    def prepare_value(self, value):
        known = ssyk.occupations().get(value)
        return known.label if known else value

    def clean(self, value) -> str:
        text = super().clean(value)
        if not text:
            return ""
        hits = ssyk.search(text)
        exact = [hit for hit in hits if hit.label.casefold() == text.casefold()]
        if len(exact or hits) == 1:
            return (exact or hits)[0].code
        self.offers = [hit.label for hit in hits[:SHOWN]]
        if not hits:
            raise ValidationError(
                _("No occupation of the list is called that. Try another or a shorter word."),
                code="unknown",
            )
        raise ValidationError(
            _("Several occupations fit. Choose one: %(names)s.")
            % {"names": "; ".join(self.offers)},
            code="several",
        )
