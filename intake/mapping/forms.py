"""The forms of the mapping: its areas on one page, and what another party adds."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intake.mapping.enums import PartyKind, StatementSource
from intake.mapping.rules import EMPTY, Statement
from intake.models import MappingArea
from intake.models.mapping import SHORT_MAX, TEXT_MAX
from intake.transitions.mapping import ChangedMeanwhile, MappingInput, Written
from jobcentre.accounts.models import User
from jobcentre.casework.forms import CaseForm, text_area
from jobcentre.ui.fields import DayField

LEVELS = [
    ("", gettext_lazy("Not asked yet")),
    ("1", gettext_lazy("1 – needs much support")),
    ("2", gettext_lazy("2 – needs some support")),
    ("3", gettext_lazy("3 – manages")),
    ("4", gettext_lazy("4 – manages well")),
    ("5", gettext_lazy("5 – a strength")),
]


class LinesField(forms.CharField):
    """Text of several lines, with one kind of line end whatever the browser sends."""

    def __init__(self, *, label, max_length, rows, **kwargs):
        super().__init__(
            label=label,
            max_length=max_length,
            required=False,
            widget=forms.Textarea(attrs={"rows": rows}),
            **kwargs,
        )

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n").replace("\r", "\n")


def _hidden_number():
    return forms.IntegerField(
        widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1
    )


class MappingForm(CaseForm):
    """All areas on one page; saved as often as one likes, completed once.

    Each area carries the number of the wording that the page shows, so that what another has
    written since is seen. `areas` are those open to the user.
    """

    others = forms.CharField(
        label=gettext_lazy("Others who took part"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("For example AF, Försäkringskassan or a study counsellor."),
    )
    summary = LinesField(
        label=gettext_lazy("Summary"),
        max_length=TEXT_MAX,
        rows=4,
        help_text=gettext_lazy(
            "Read by the income-support unit. Write what matters for the plan, nothing sensitive."
        ),
    )
    edit_summary = _hidden_number()

    def __init__(self, *args, areas: list[MappingArea], **kwargs):
        super().__init__(*args, **kwargs)
        self.areas = areas
        self.others_wrote = {}
        self.summary_now = None
        for area in areas:
            self._add(area)

    def _add(self, area: MappingArea) -> None:
        self.fields[f"level_{area.key}"] = forms.ChoiceField(
            label=_("Level"), choices=LEVELS, required=False
        )
        self.fields[f"text_{area.key}"] = LinesField(
            label=_("In own words"), max_length=TEXT_MAX, rows=2
        )
        if area.help:  # stands under the heading, so that level and text begin on one line
            described = {"aria-describedby": f"help-{area.key}"}
            self.fields[f"text_{area.key}"].widget.attrs.update(described)
        self.fields[f"resources_{area.key}"] = LinesField(
            label=_("Resources"), max_length=SHORT_MAX, rows=1
        )
        self.fields[f"obstacles_{area.key}"] = LinesField(
            label=_("Obstacles"), max_length=SHORT_MAX, rows=1
        )
        self.fields[f"needs_{area.key}"] = forms.BooleanField(
            label=_("A measure is needed"), required=False
        )
        self.fields[f"source_{area.key}"] = forms.ChoiceField(
            label=_("Whose words"), choices=StatementSource.choices, required=False
        )
        self.fields[f"edit_{area.key}"] = _hidden_number()

    def sections(self):
        """Area by area: its bound fields, and what another has written there meanwhile."""
        for area in self.areas:
            bound = {
                name: self[f"{name}_{area.key}"]
                for name in ("level", "text", "resources", "obstacles", "needs", "source", "edit")
            }
            more = ("resources", "obstacles", "needs")
            yield {
                "area": area,
                **bound,
                "is_open": any(bound[name].value() not in (None, "", False) for name in more)
                or any(bound[name].errors for name in more),
                "theirs": self.others_wrote.get(area.key),
            }

    def written(self) -> MappingInput:
        """What is sent, for the transition."""
        data = self.cleaned_data
        areas = {}
        for area in self.areas:
            key = area.key
            statement = Statement(
                level=int(data[f"level_{key}"]) if data[f"level_{key}"] else None,
                text=data[f"text_{key}"],
                resources=data[f"resources_{key}"],
                obstacles=data[f"obstacles_{key}"],
                needs_measure=data[f"needs_{key}"],
                source=data[f"source_{key}"] or EMPTY.source,
            )
            areas[key] = Written(statement, data[f"edit_{key}"] or 0)
        return MappingInput(areas, data["summary"], data["others"], data["edit_summary"] or 0)

    def show_theirs(self, changed: ChangedMeanwhile) -> None:
        """Show what another has written beside what is typed; sent again, it is written over it."""
        self.data = self.data.copy()
        self.others_wrote, self.summary_now = changed.answers, changed.summary
        for key, answer in changed.answers.items():
            self.data[f"edit_{key}"] = str(answer.edit)
        if changed.summary is not None:
            self.data["edit_summary"] = str(changed.summary.edit)


def initial_of(mapping) -> dict:
    """The values of the form for what stands in `mapping` (None: nothing yet)."""
    if mapping is None:
        return {"edit_summary": 0}
    values = {"summary": mapping.summary, "others": mapping.others, "edit_summary": mapping.edit}
    for answer in mapping.answers.all():
        key = answer.area_id
        values[f"level_{key}"] = str(answer.level or "")
        values[f"text_{key}"] = answer.text
        values[f"resources_{key}"] = answer.resources
        values[f"obstacles_{key}"] = answer.obstacles
        values[f"needs_{key}"] = answer.needs_measure
        values[f"source_{key}"] = answer.source
        values[f"edit_{key}"] = answer.edit
    return values


class AreaChoice(forms.ModelChoiceField):
    def label_from_instance(self, area):
        return area.label


class OwnPartForm(CaseForm):
    """An invited study counsellor adds their part in their own name."""

    area = AreaChoice(
        label=gettext_lazy("Area"), queryset=MappingArea.objects.none(), to_field_name="key"
    )
    text = text_area(gettext_lazy("What you want to add"), rows=5)

    def __init__(self, *args, areas, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = areas


class PartForm(OwnPartForm):
    """The coach notes what another party has said, with the name and organisation."""

    party = forms.ChoiceField(label=gettext_lazy("Who has said it?"), choices=PartyKind.choices)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    organisation = forms.CharField(label=gettext_lazy("Organisation"), max_length=200)
    said_on = DayField(label=gettext_lazy("Said on"), latest_today=True)
    for_person = forms.BooleanField(
        label=gettext_lazy("May stand on the paper that the person takes along"),
        required=False,
        initial=True,
    )
    field_order = ["token", "version", "party", "name", "organisation", "said_on", "area", "text"]


class InviteForm(CaseForm):
    counsellor = forms.ModelChoiceField(
        label=gettext_lazy("Study counsellor"), queryset=User.objects.none()
    )

    def __init__(self, *args, counsellors, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["counsellor"].queryset = counsellors
