from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intake.lists.enums import Choice, Column, Verdict
from intake.lists.models import ImportRow, ListImport
from intake.lists.reading import MAX_BYTES, NotAList, read_sheet
from intake.youth.enums import Origin
from jobcentre.accounts.enums import Role, UnitKind
from jobcentre.accounts.models import Unit
from jobcentre.casework.forms import CaseForm
from jobcentre.ui.fields import DayField

MOVES = {
    "start": gettext_lazy("Register the list"),
    "retry": gettext_lazy("Try the rows that are left again"),
    "drop": gettext_lazy("Throw the list away"),
}


# Whence a list can be; the others are one person's own way to the register.
SOURCES = [
    (origin.value, origin.label)
    for origin in Origin
    if origin not in (Origin.OWN_CONTACT, Origin.GUARDIAN)
]


def centres_of(user):
    """The job centres below the acting unit."""
    return Unit.objects.active().within(user.acting.unit).filter(kind=UnitKind.JOB_CENTRE)


class UploadForm(CaseForm):
    """A list as a file; it is read at once and not stored."""

    centre = forms.ModelChoiceField(
        label=gettext_lazy("Job centre"), queryset=Unit.objects.none(), empty_label=None
    )
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "CSV or XLSX with headings in the first row, at most 5 MB and 10 000 rows."
        ),
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        centres = centres_of(user)
        self.fields["centre"].queryset = centres
        self.fields["centre"].initial = centres.order_by("pk").values_list("pk", flat=True).first()

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(_("The file is larger than 5 MB."))
        try:
            self.cleaned_data["sheet"] = read_sheet(file.name, file.read())
        except NotAList as error:
            raise forms.ValidationError(str(error)) from None
        return file


class YoungUploadForm(UploadForm):
    """A list of the young for the outreach register of the acting youth unit."""

    field_order = ("origin", "listed_on", "is_full", "file")
    centre = None
    origin = forms.ChoiceField(label=gettext_lazy("Where is the list from?"), choices=SOURCES)
    listed_on = DayField(label=gettext_lazy("Day of the list"), latest_today=True)
    is_full = forms.BooleanField(
        label=gettext_lazy("Everybody of 16 to 24 in the municipality is on the list"),
        required=False,
        help_text=gettext_lazy(
            "You then see who is in the register and not on the list. Nobody is removed."
        ),
    )

    def __init__(self, *args, user, **kwargs):
        CaseForm.__init__(self, *args, **kwargs)
        self.unit = user.acting.unit

    def clean(self):
        return {**super().clean(), "centre": self.unit}


def upload_form(*args, user, **kwargs) -> UploadForm:
    """The form of the user's role: a youth coordinator fills the register, others a centre."""
    is_young = user.acting.role == Role.YOUTH_COORDINATOR
    return (YoungUploadForm if is_young else UploadForm)(*args, user=user, **kwargs)


class ColumnsForm(CaseForm):
    """Which heading stands over what."""

    def __init__(self, *args, source: ListImport, **kwargs):
        super().__init__(*args, **kwargs)
        self.source = source
        choices = [("", _("Not in the list")), *((head, head) for head in source.headings if head)]
        for column in source.columns:
            words = str(column.label)
            self.fields[column] = forms.ChoiceField(
                label=words[:1].upper() + words[1:],
                choices=choices,
                required=False,
                initial=source.matching.get(column, ""),
            )

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get(Column.NAME) and not cleaned.get(Column.GIVEN_NAME):
            self.add_error(None, _("Say which column holds the name."))
        if self.source.is_outreach and not cleaned.get(Column.NUMBER):
            self.add_error(Column.NUMBER, _("Say which column holds the identity number."))
        return cleaned

    def matching(self) -> dict[str, str]:
        return {column.value: self.cleaned_data[column] for column in self.source.columns}


class MoveForm(CaseForm):
    """What is done with the whole list."""

    move = forms.ChoiceField(choices=list(MOVES.items()))


class RowForm(CaseForm):
    """The cells of a row, and who it is when it may be somebody known."""

    def __init__(self, *args, row: ImportRow, **kwargs):
        super().__init__(*args, **kwargs)
        for column, label in Column.choices:
            if column in row.source.matching:
                words = str(label)
                self.fields[column] = forms.CharField(
                    label=words[:1].upper() + words[1:],
                    max_length=500,
                    required=False,
                    initial=row.values.get(column, ""),
                )
        answers = [(Choice.SKIP, Choice.SKIP.label)]
        if row.verdict == Verdict.POSSIBLE:
            answers = [each for each in Choice.choices if each[0]]
        else:
            answers.insert(0, ("", _("Check and register the row")))
        self.fields["choice"] = forms.ChoiceField(
            label=_("What becomes of the row?"),
            choices=answers,
            required=row.verdict == Verdict.POSSIBLE,
            widget=forms.RadioSelect,
            initial=row.choice,
        )

    def clean(self):
        cleaned = super().clean()
        names = {Column.NAME, Column.GIVEN_NAME} & set(self.fields)
        if not any(cleaned.get(name) for name in names) and cleaned.get("choice") != Choice.SKIP:
            self.add_error(None, _("The name is missing."))
        return cleaned

    def values(self) -> dict[str, str]:
        return {
            column: self.cleaned_data[column] for column in Column.values if column in self.fields
        }
