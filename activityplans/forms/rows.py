"""The rows of a plan beside its activities: sub-goals, promises of others, steering meetings.

A row left empty is not there; one that is emptied is taken away.
"""

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activityplans.plan_enums import Party
from activityplans.transitions.plan_inputs import PromiseInput, SteeringInput, SubGoalInput
from jobcentre.ui.fields import DayField

MAX_ROWS = 12


class RowForm(forms.Form):
    """A row whose `main` field must be written when anything else is."""

    main = "text"
    missing = ""

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get(self.main) and self.main not in self.errors and self.is_written():
            self.add_error(self.main, self.missing)
        return cleaned

    def is_written(self) -> bool:
        return any(value for value in self.cleaned_data.values())


class SubGoalForm(RowForm):
    missing = gettext_lazy("Write the sub-goal, or empty the row.")
    text = forms.CharField(label=gettext_lazy("Sub-goal"), max_length=300, required=False)
    due_on = DayField(label=gettext_lazy("Reached by"), required=False, help_text="")

    def value(self) -> SubGoalInput:
        return SubGoalInput(self.cleaned_data["text"], self.cleaned_data["due_on"])


class PromiseForm(RowForm):
    missing = gettext_lazy("Write what is promised, or empty the row.")
    party = forms.ChoiceField(
        label=gettext_lazy("Who"),
        choices=[("", gettext_lazy("Choose")), *Party.choices],
        required=False,
    )
    contact = forms.CharField(label=gettext_lazy("Contact"), max_length=200, required=False)
    text = forms.CharField(label=gettext_lazy("Promises"), max_length=500, required=False)
    due_on = DayField(label=gettext_lazy("Done by"), required=False, help_text="")

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("text") and not cleaned.get("party") and "party" not in self.errors:
            self.add_error("party", _("Choose who promises this."))
        return cleaned

    def value(self) -> PromiseInput:
        values = self.cleaned_data
        return PromiseInput(values["party"], values["text"], values["contact"], values["due_on"])


class SteeringForm(RowForm):
    missing = gettext_lazy("Write what was decided, or empty the row.")
    held_on = DayField(
        label=gettext_lazy("Held on"), required=False, help_text="", latest_today=True
    )
    participants = forms.CharField(
        label=gettext_lazy("Who took part"), max_length=500, required=False
    )
    text = forms.CharField(label=gettext_lazy("Decided"), max_length=1000, required=False)
    activity = forms.ChoiceField(label=gettext_lazy("About the activity"), required=False)

    def __init__(self, *args, activities, **kwargs):
        super().__init__(*args, **kwargs)
        self.activities = {str(each.pk): each for each in activities}
        self.fields["activity"].choices = [
            ("", _("The whole plan")),
            *((key, each.service.label) for key, each in self.activities.items()),
        ]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("text"):
            for name, message in (
                ("held_on", _("Say when the meeting was held.")),
                ("participants", _("Say who took part.")),
            ):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, message)
        return cleaned

    def value(self) -> SteeringInput:
        values = self.cleaned_data
        return SteeringInput(
            values["held_on"],
            values["participants"],
            values["text"],
            self.activities.get(values["activity"]),
        )


class BaseRows(forms.BaseFormSet):
    def values(self) -> tuple:
        """The rows that are written, as inputs of the transition."""
        return tuple(form.value() for form in self.forms if form.cleaned_data.get(form.main))


def _rows(form, extra: int):
    return formset_factory(form, formset=BaseRows, extra=extra, max_num=MAX_ROWS, validate_max=True)


SubGoals = _rows(SubGoalForm, 2)
Promises = _rows(PromiseForm, 1)
SteeringMeetings = _rows(SteeringForm, 1)


def row_sets(data, version, typed, activities) -> dict[str, BaseRows]:
    """The three sets of rows by their names: bound to `data`, or with what is kept on the page
    (`typed`), or with what stands in `version` (None: nothing). `activities` are the person's."""

    def begun(name, fields):
        if typed.row:
            return typed.rows(name)
        if version is None:
            return []
        return [
            {field: getattr(row, field) for field in fields} for row in getattr(version, name).all()
        ]

    return {
        "sub_goals": SubGoals(
            data, prefix="sub_goals", initial=begun("sub_goals", ("text", "due_on"))
        ),
        "promises": Promises(
            data,
            prefix="promises",
            initial=begun("promises", ("party", "contact", "text", "due_on")),
        ),
        "steering": SteeringMeetings(
            data,
            prefix="steering",
            initial=begun("steering", ("held_on", "participants", "text", "activity_id")),
            form_kwargs={"activities": activities},
        ),
    }
