from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobcentre.casework import merge_plan as plan
from jobcentre.casework.enums import PairAnswer
from jobcentre.casework.forms import CaseForm
from jobcentre.casework.models import Person
from jobcentre.ui import formats

KEPT, MERGED = "kept", "merged"


class PairForm(forms.Form):
    """What is said of two registrations; `visit` leads back to the enrolment it was said on."""

    one = forms.UUIDField()
    other = forms.UUIDField()
    answer = forms.ChoiceField(choices=PairAnswer.choices)
    visit = forms.UUIDField(required=False)


class MergeForm(CaseForm):
    """For each field in which the two differ: whose value stands."""

    other_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args, kept: Person, merged: Person, **kwargs):
        initial = {"other_version": merged.version, **(kwargs.pop("initial", None) or {})}
        super().__init__(*args, version=kept.version, initial=initial, **kwargs)
        self.chosen_names = plan.differing(kept, merged)
        for name in self.chosen_names:
            self.fields[name] = forms.ChoiceField(
                label=_label(name),
                choices=[(KEPT, _shown(kept, name)), (MERGED, _shown(merged, name))],
                widget=forms.RadioSelect,
                initial=KEPT if _has(kept, name) or not _has(merged, name) else MERGED,
            )
        ours, theirs = plan.current_number(kept), plan.current_number(merged)
        if ours is not None and theirs is not None:
            self.chosen_names.append("number")
            self.fields["number"] = forms.ChoiceField(
                label=_("Identity number"),
                choices=[
                    (side, f"{row.masked} ({row.get_kind_display()})")
                    for side, row in ((KEPT, ours), (MERGED, theirs))
                ],
                widget=forms.RadioSelect,
                initial=KEPT if plan.better_number(ours, theirs) else MERGED,
            )
        self.fields["sure"] = forms.BooleanField(
            label=_("I have made sure that it is the same person"),
            help_text=_("For example by asking the person, or by comparing identity documents."),
        )

    def chosen(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in self.chosen_names}


class UndoForm(CaseForm):
    sure = forms.BooleanField(label=gettext_lazy("They are two different persons"))


def _label(name: str) -> str:
    if name == "address":
        return _("Address")
    words = str(Person._meta.get_field(name).verbose_name)
    return words[:1].upper() + words[1:]


def _has(person: Person, name: str) -> bool:
    names = plan.ADDRESS if name == "address" else (name,)
    return any(getattr(person, each) for each in names)


def _shown(person: Person, name: str) -> str:
    if name == "address":
        parts = [getattr(person, each) for each in plan.ADDRESS]
        return ", ".join(part for part in parts if part) or _("Nothing noted")
    if name == "sex":
        return person.get_sex_display()
    value = getattr(person, name)
    if name == "birth_date" and value:
        return formats.day_year(value)
    return str(value) if value else _("Nothing noted")
