"""One form for each kind of fact about the person's work and schooling."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intake.mapping import ssyk
from intake.mapping.enums import (
    EducationLevel,
    FactKind,
    LanguageLevel,
    LicenceClass,
    SfiCourse,
    StatementSource,
)
from jobcentre.casework.forms import CaseForm
from jobcentre.ui.fields import DayField

NOT_COLUMNS = ("token", "version", "q")


class FactForm(CaseForm):
    """What all facts have. `values()` are the columns of the row."""

    PLACED = ("token", "version")

    source = forms.ChoiceField(
        label=gettext_lazy("Whose words"), choices=StatementSource.choices, required=False
    )
    note = forms.CharField(label=gettext_lazy("Note"), max_length=300, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.order_fields([name for name in self.fields if name not in ("note", "source")])

    def shown(self):
        """The bound fields in order, without those that the page places itself."""
        return [self[name] for name in self.fields if name not in self.PLACED]

    def values(self) -> dict:
        found = {k: v for k, v in self.cleaned_data.items() if k not in NOT_COLUMNS}
        found["source"] = found["source"] or StatementSource.PERSON.value
        return found


class OccupationSearch(forms.Form):
    """A word of an occupation; no person is named."""

    q = forms.CharField(
        label=gettext_lazy("Search an occupation"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )


class OccupationForm(FactForm):
    """An occupation of SSYK 2012, found by a word; the hits are the choices of `code`."""

    PLACED = (*FactForm.PLACED, "q", "code")

    q = forms.CharField(
        label=gettext_lazy("Search an occupation"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("A word in Swedish, for example kock, lager or städare."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    code = forms.CharField(label=gettext_lazy("Occupation"), max_length=4, widget=forms.RadioSelect)
    years = forms.IntegerField(
        label=gettext_lazy("Years worked"), min_value=0, max_value=70, required=False
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.choices = hits(self["q"].value() or "", self["code"].value())

    def clean_code(self):
        code = self.cleaned_data["code"]
        if code not in ssyk.occupations():
            raise forms.ValidationError(_("Choose one of the occupations of the list."))
        return code


def hits(query: str, chosen: str | None = None) -> list[tuple[str, str]]:
    """The occupations that `query` finds as choices, and the one already chosen."""
    found = {row.code: row.label for row in ssyk.search(query[:100])}
    if chosen and chosen in ssyk.occupations():
        found.setdefault(chosen, ssyk.label_of(chosen))
    return [(code, f"{label} ({code})") for code, label in found.items()]


class WantedForm(OccupationForm):
    years = None


class EducationForm(FactForm):
    code = forms.ChoiceField(label=gettext_lazy("Level"), choices=EducationLevel.choices)
    text = forms.CharField(
        label=gettext_lazy("Subject or direction"), max_length=120, required=False
    )
    country = forms.CharField(label=gettext_lazy("Country"), max_length=60)
    is_finished = forms.BooleanField(label=gettext_lazy("Finished"), required=False)
    wants_validation = forms.BooleanField(
        label=gettext_lazy("Wants it validated or assessed"), required=False
    )


class LanguageForm(FactForm):
    text = forms.CharField(label=gettext_lazy("Language"), max_length=60)
    code = forms.ChoiceField(label=gettext_lazy("Level"), choices=LanguageLevel.choices)


class SfiForm(FactForm):
    """Where the person stands in SFI, and the test: ordered, done, result."""

    code = forms.ChoiceField(label=gettext_lazy("Studies now"), choices=SfiCourse.choices)
    ordered_on = DayField(label=gettext_lazy("Test ordered on"), required=False, latest_today=True)
    done_on = DayField(label=gettext_lazy("Test done on"), required=False, latest_today=True)
    result = forms.ChoiceField(
        label=gettext_lazy("The test recommends"),
        choices=[("", gettext_lazy("No result yet")), *SfiCourse.choices],
        required=False,
    )

    def clean(self):
        cleaned = super().clean()
        ordered, done = cleaned.get("ordered_on"), cleaned.get("done_on")
        if ordered and done and done < ordered:
            self.add_error("done_on", _("A test cannot be done before it was ordered."))
        if cleaned.get("result") and not done and "done_on" not in self.errors:
            self.add_error("done_on", _("Write when the test was done."))
        return cleaned


class LicenceForm(FactForm):
    code = forms.ChoiceField(
        label=gettext_lazy("Licence or certificate"), choices=LicenceClass.choices
    )
    text = forms.CharField(
        label=gettext_lazy("Which, when it is another"), max_length=120, required=False
    )
    valid_until = DayField(label=gettext_lazy("Valid until"), required=False)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("code") == LicenceClass.OTHER and not cleaned.get("text"):
            self.add_error("text", _("Write which licence it is."))
        return cleaned


FORMS: dict[str, type[FactForm]] = {
    FactKind.WANTED.value: WantedForm,
    FactKind.HELD.value: OccupationForm,
    FactKind.EDUCATION.value: EducationForm,
    FactKind.LANGUAGE.value: LanguageForm,
    FactKind.SFI.value: SfiForm,
    FactKind.LICENCE.value: LicenceForm,
}
