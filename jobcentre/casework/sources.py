"""Who may refer a person: own initiative only where the municipality has decided so."""

from collections.abc import Iterable

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jobcentre.casework.enums import Source
from jobcentre.casework.models import EnrolmentRule
from jobcentre.replay import decided

NO_OWN_INITIATIVE = _(
    "The municipality takes nobody in on own initiative. Choose who refers the person."
)


@decided
def allows_own_initiative() -> bool:
    """The municipality's decision; one query."""
    return (EnrolmentRule.objects.first() or EnrolmentRule()).own_initiative


def refusal_of(source: str, *, own_initiative: bool) -> str | Promise:
    """Why nobody is taken in with that source; empty when somebody is. `own_initiative` is what
    `allows_own_initiative` says: whoever asks for many asks that once."""
    return NO_OWN_INITIATIVE if source == Source.OWN and not own_initiative else ""


class SourceField(forms.ChoiceField):
    """Who refers; a source that the municipality does not take is not offered, and refused with a
    sentence. `offer` is called when the form is made."""

    def __init__(self, **kwargs):
        super().__init__(label=_("Referred by"), **kwargs)
        self.own_initiative = True

    def offer(self, sources: Iterable[Source]) -> None:
        self.own_initiative = allows_own_initiative()
        offered = [
            (source.value, source.label)
            for source in sources
            if not refusal_of(source, own_initiative=self.own_initiative)
        ]
        # With one taken away nothing is chosen beforehand in its place.
        self.choices = offered if self.own_initiative else [("", _("Choose")), *offered]

    def validate(self, value):
        if refusal := refusal_of(value, own_initiative=self.own_initiative):
            raise ValidationError(refusal)
        super().validate(value)
