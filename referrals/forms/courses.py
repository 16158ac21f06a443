"""Quick courses: asking, deciding, paying, the budget, and finding requests."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobcentre.casework.forms import CaseForm, text_area
from jobcentre.ui.fields import DayField, LastDayField
from referrals.courses.enums import CourseState


class KronorField(forms.DecimalField):
    """An amount as people write it: `6 499,50`, `6499.50`, `6 500 kr`."""

    def to_python(self, value):
        if isinstance(value, str):
            value = "".join(value.split()).lower().removesuffix("kr").replace(",", ".")
        return super().to_python(value)


def kronor_field(label, *, max_digits=9, min_value=None, help_text=""):
    """An amount in kronor, with öre when there are any."""
    return KronorField(
        label=label,
        min_value=min_value,
        max_digits=max_digits,
        decimal_places=2,
        localize=True,
        help_text=help_text,
        widget=forms.TextInput(attrs={"class": "ei-w-6", "inputmode": "decimal"}),
    )


class CourseForm(CaseForm):
    title = forms.CharField(label=gettext_lazy("Course"), max_length=200)
    organiser = forms.CharField(label=gettext_lazy("Who gives the course?"), max_length=200)
    leads_to = forms.CharField(
        label=gettext_lazy("Which job does it lead to?"),
        max_length=300,
        help_text=gettext_lazy("The employer and the work, or where such work is found."),
    )
    why = text_area(gettext_lazy("Why is this course what is missing?"), rows=3, max_length=2000)
    starts_on = DayField(label=gettext_lazy("From"))
    ends_before = LastDayField(label=gettext_lazy("To and including"))
    price = kronor_field(
        gettext_lazy("Price, kronor"),
        min_value=0.01,
        help_text=gettext_lazy("All of it: course, test, material."),
    )

    def clean(self):
        cleaned = super().clean()
        first, before = cleaned.get("starts_on"), cleaned.get("ends_before")
        if first and before and before <= first:
            self.add_error("ends_before", _("The course must end after it begins."))
        return cleaned


class DecideCourseForm(CaseForm):
    approves = forms.ChoiceField(
        label=gettext_lazy("Your decision"),
        choices=[
            ("yes", gettext_lazy("Approve and reserve the money")),
            ("no", gettext_lazy("Refuse")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("Why is it refused?"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("Needed when you refuse."),
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("approves") == "no" and not cleaned.get("reason"):
            self.add_error("reason", _("Say why it is refused."))
        return cleaned


class PayForm(CaseForm):
    amount = kronor_field(gettext_lazy("Paid, kronor"), min_value=0.01)
    paid_on = DayField(label=gettext_lazy("Paid on"), latest_today=True)
    invoice = forms.CharField(label=gettext_lazy("Number of the invoice"), max_length=60)


class WithdrawCourseForm(CaseForm):
    reason = forms.CharField(
        label=gettext_lazy("Why is the course not wanted any more?"), max_length=500
    )


class BudgetForm(CaseForm):
    amount = kronor_field(gettext_lazy("Budget, kronor"), max_digits=12, min_value=0)
    why = forms.CharField(label=gettext_lazy("Why?"), max_length=300)


class CoursesFilter(forms.Form):
    """A year and a state; they stay in the address."""

    year = forms.TypedChoiceField(label=gettext_lazy("Year"), coerce=int, required=False)
    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        choices=[("", gettext_lazy("All states")), *CourseState.choices],
        required=False,
    )

    def __init__(self, *args, years, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(year, year) for year in years]
