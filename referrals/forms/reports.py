"""A provider's reports."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobcentre.casework.forms import CaseForm, text_area
from jobcentre.ui import formats
from jobcentre.ui.fields import DayField
from referrals.enums import GoalProgress, OrderResult, ReportKind


class _WithGoals(CaseForm):
    """What every report has; a choice and a comment for each goal of the order."""

    done = text_area(gettext_lazy("What was done"))
    development = text_area(
        gettext_lazy("Observations"),
        help_text=gettext_lazy("What you have seen, not what you believe. No diagnoses."),
    )
    recommendation = text_area(gettext_lazy("Next step"), rows=3, required=False)

    def __init__(self, *args, goals: Sequence[str] = (), **kwargs):
        super().__init__(*args, **kwargs)
        self.goals = list(goals)
        for number in range(len(self.goals)):
            self.fields[f"step_{number}"] = forms.ChoiceField(
                label=gettext_lazy("How it goes"),
                choices=[("", gettext_lazy("Choose")), *GoalProgress.choices],
                error_messages={"required": gettext_lazy("Say how it goes with the goal.")},
            )
            self.fields[f"comment_{number}"] = text_area(
                gettext_lazy("Comment"), rows=2, max_length=1000, required=False
            )

    def goal_rows(self):
        """(the goal, its fields) for the page."""
        return [
            (goal, self[f"step_{number}"], self[f"comment_{number}"])
            for number, goal in enumerate(self.goals)
        ]

    def progress(self) -> tuple[tuple[str, str], ...]:
        value = self.cleaned_data
        return tuple(
            (value[f"step_{number}"], value[f"comment_{number}"])
            for number in range(len(self.goals))
        )


class ReportForm(_WithGoals):
    KINDS = [choice for choice in ReportKind.choices if choice[0] != ReportKind.FINAL]
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=KINDS, widget=forms.RadioSelect)
    month = forms.DateField(label=gettext_lazy("Month"), required=False, widget=forms.Select)
    field_order = ["kind", "month"]
    first = ("kind", "month")  # what stands before the goals

    def __init__(self, *args, months, **kwargs):
        super().__init__(*args, **kwargs)
        self.months = months
        if self.data.get("kind") == ReportKind.DEVIATION:
            for number in range(len(self.goals)):
                self.fields[f"step_{number}"].required = False
        self.fields["month"].widget.choices = [("", _("Choose"))] + [
            (month.isoformat(), formats.month(month)) for month in months
        ]

    def clean(self):
        cleaned = super().clean()
        is_monthly = cleaned.get("kind") == ReportKind.MONTHLY
        if is_monthly and cleaned.get("month") not in self.months:
            self.add_error("month", _("Choose the month."))
        return cleaned

    def progress(self):
        """A deviation says nothing of the goals."""
        is_monthly = self.cleaned_data["kind"] == ReportKind.MONTHLY
        return super().progress() if is_monthly else ()


class CompleteForm(_WithGoals):
    """A returned report with what was lacking; kind and month are those of the returned one."""

    first = ()


class EndForm(_WithGoals):
    """The last day, the result and the final report."""

    ended_on = DayField(label=gettext_lazy("Last day"), latest_today=True)
    result = forms.ChoiceField(
        label=gettext_lazy("Result"), choices=OrderResult.choices, widget=forms.RadioSelect
    )
    field_order = ["ended_on", "result"]
    first = ("ended_on", "result")


class ReturnForm(CaseForm):
    reason = text_area(
        gettext_lazy("What is lacking?"),
        rows=4,
        max_length=1000,
        help_text=gettext_lazy("The provider reads this and sends a new version of the report."),
    )
