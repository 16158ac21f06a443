from datetime import timedelta
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activityplans.models import Service
from jobcentre.accounts.enums import Language
from jobcentre.casework.forms import CaseForm, text_area
from jobcentre.ui.fields import DayField, LastDayField
from jobcentre.workdays import add_months
from reporting.enums import ContactWay, FollowUpState, Occupation, Split
from reporting.figures.scope import Scope, cell_labels
from reporting.quality.rows import Window
from reporting.quality.rules import whole_months
from reporting.rules import PeriodChoice, period_of

LONGEST_MONTHS = 36
MAX_PK = 2**63 - 1


def check_period(starts_on, ends_before, today) -> None:
    """Raises ValidationError with a sentence for the page."""
    if ends_before <= starts_on:
        raise forms.ValidationError(_("The period must end after it begins."))
    if starts_on > today:
        raise forms.ValidationError(_("The period has not begun."))
    if ends_before > add_months(starts_on, LONGEST_MONTHS):
        raise forms.ValidationError(_("A period is at most three years."))


class ScopeForm(forms.Form):
    """Which period and centre the figures are of; stays in the address.

    Call `scope()` after `is_valid()`: a wrong choice gives this year and all centres, and the
    fields say what is wrong.
    """

    PERIODS = [
        (PeriodChoice.THIS_YEAR.value, gettext_lazy("This year so far")),
        (PeriodChoice.MONTHS_12.value, gettext_lazy("Last twelve months")),
        (PeriodChoice.QUARTER.value, gettext_lazy("Last whole quarter")),
        (PeriodChoice.LAST_YEAR.value, gettext_lazy("Last year")),
        (PeriodChoice.OWN.value, gettext_lazy("Own period")),
    ]
    period = forms.ChoiceField(label=gettext_lazy("Period"), choices=PERIODS, required=False)
    starts_on = DayField(label=gettext_lazy("From"), required=False, help_text="")
    ends_before = LastDayField(label=gettext_lazy("To and including"), required=False, help_text="")
    centre = forms.ChoiceField(label=gettext_lazy("Job centre"), required=False)

    def __init__(self, *args, centres, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.centres, self.today = centres, today
        every = _("All") if len(centres) != 1 else centres[0].name
        self.fields["centre"].choices = [
            ("", every),
            *((str(centre.pk), centre.name) for centre in centres if len(centres) > 1),
        ]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("period") == PeriodChoice.OWN:
            starts_on, ends_before = cleaned.get("starts_on"), cleaned.get("ends_before")
            if starts_on is None or ends_before is None:
                raise forms.ValidationError(_("Write the first and the last day of the period."))
            check_period(starts_on, ends_before, self.today)
        return cleaned

    def scope(self) -> Scope:
        """The chosen scope. The centres are the user's own, so nothing is hidden on the page."""
        chosen = self.cleaned_data if self.is_valid() else {}
        period = PeriodChoice(chosen.get("period") or PeriodChoice.THIS_YEAR)
        if period is PeriodChoice.OWN:
            days = chosen["starts_on"], chosen["ends_before"]
        else:
            days = period_of(period, self.today)
        pk = chosen.get("centre")
        return Scope(
            *days,
            centres=tuple(
                (centre.pk, centre.name)
                for centre in self.centres
                if not pk or str(centre.pk) == pk
            ),
            as_of=self.today,
            suppresses=False,
        )

    def query(self) -> str:
        """The choice as the end of an address, for the links of the page."""
        chosen = self.cleaned_data if self.is_valid() else {}
        values = {"period": chosen.get("period"), "centre": chosen.get("centre")}
        if chosen.get("period") == PeriodChoice.OWN:
            values["starts_on"] = chosen["starts_on"].isoformat()
            values["ends_before"] = (chosen["ends_before"] - timedelta(days=1)).isoformat()
        return urlencode({name: value for name, value in values.items() if value})


class QualityForm(forms.Form):
    """Which months and service the quality watch is of; a wrong choice gives the last 24 months.

    Only whole months are offered: periods of single days could be compared until one person stood
    alone.
    """

    MONTHS = [
        ("24", gettext_lazy("Last 24 whole months")),
        ("12", gettext_lazy("Last 12 whole months")),
        ("36", gettext_lazy("Last 36 whole months")),
    ]
    months = forms.ChoiceField(label=gettext_lazy("Period"), choices=MONTHS, required=False)
    service = forms.ModelChoiceField(
        label=gettext_lazy("Service"),
        queryset=Service.objects.filter(at_provider=True),
        required=False,
        empty_label=gettext_lazy("All services"),
    )

    def window(self, today) -> Window:
        chosen = self.cleaned_data if self.is_valid() else {}
        return Window(*whole_months(today, int(chosen.get("months") or 24)))

    def service_pk(self) -> int | None:
        chosen = self.cleaned_data.get("service") if self.is_valid() else None
        return chosen.pk if chosen else None

    def query(self) -> str:
        """The choice as the end of an address."""
        chosen = {"months": self.cleaned_data.get("months"), "service": self.service_pk()}
        return urlencode({name: value for name, value in chosen.items() if value})


class BehindForm(forms.Form):
    """Which of the cases behind a figure are listed."""

    ALL, HIT, MISS = "", "hit", "miss"
    split = forms.ChoiceField(choices=[("", ""), *Split.choices], required=False)
    cell = forms.CharField(max_length=40, required=False)
    only = forms.ChoiceField(choices=[("", ""), (HIT, ""), (MISS, "")], required=False)
    after = forms.IntegerField(min_value=1, max_value=MAX_PK, required=False)

    def __init__(self, *args, scope, **kwargs):
        super().__init__(*args, **kwargs)
        self.scope = scope

    def clean(self):
        cleaned = super().clean()
        self.cell_label = ""
        if cleaned.get("split"):
            labels = dict(cell_labels(self.scope, cleaned["split"]))
            if cleaned.get("cell") not in labels:
                raise forms.ValidationError(_("There is no such group."))
            self.cell_label = labels[cleaned["cell"]]
        return cleaned


class ReportForm(CaseForm):
    """An order of the committee report."""

    starts_on = DayField(label=gettext_lazy("From"))
    ends_before = LastDayField(label=gettext_lazy("To and including"))
    centres = forms.MultipleChoiceField(
        label=gettext_lazy("Job centres"), widget=forms.CheckboxSelectMultiple
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the report"), choices=Language.choices
    )

    def __init__(self, *args, centres, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self._centres = {str(centre.pk): centre for centre in centres}
        self.fields["centres"].choices = [(pk, centre.name) for pk, centre in self._centres.items()]

    def clean_centres(self):
        return [self._centres[pk] for pk in self.cleaned_data["centres"]]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("starts_on") and cleaned.get("ends_before"):
            check_period(cleaned["starts_on"], cleaned["ends_before"], self.today)
        return cleaned


class FollowUpFilter(forms.Form):
    """Filters of the list of follow-ups; they stay in the address."""

    STATES = [
        ("due", gettext_lazy("To do now")),
        ("coming", gettext_lazy("Coming")),
        ("done", gettext_lazy("Already done")),
    ]
    WHOSE = [("mine", gettext_lazy("My own")), ("all", gettext_lazy("All I see"))]
    state = forms.ChoiceField(label=gettext_lazy("State"), choices=STATES, required=False)
    whose = forms.ChoiceField(label=gettext_lazy("Whose"), choices=WHOSE, required=False)


class KeysetForm(forms.Form):
    """Where the next page of the list begins: the day and row of the last one shown."""

    day = forms.DateField(required=False)
    row = forms.IntegerField(min_value=1, max_value=MAX_PK, required=False)


class FollowUpForm(CaseForm):
    """What came of a follow-up."""

    YES, NO = "yes", "no"
    state = forms.ChoiceField(
        label=gettext_lazy("What came of it?"),
        choices=[
            (FollowUpState.ANSWERED.value, gettext_lazy("We know what the person does")),
            (FollowUpState.NOT_REACHED.value, gettext_lazy("Not reached")),
            (FollowUpState.REFUSED.value, gettext_lazy("Did not want to answer")),
            (FollowUpState.CANCELLED.value, gettext_lazy("Call off, it should not be done")),
        ],
        widget=forms.RadioSelect,
    )
    answered_on = DayField(label=gettext_lazy("Day"), latest_today=True)
    how = forms.ChoiceField(
        label=gettext_lazy("How do we know?"),
        choices=[("", "–"), *ContactWay.choices],
        required=False,
        help_text=gettext_lazy("Needed when we know what the person does."),
    )
    occupation = forms.ChoiceField(
        label=gettext_lazy("What does the person do now?"),
        choices=[("", "–"), *Occupation.choices],
        required=False,
        help_text=gettext_lazy("Needed when we know what the person does."),
    )
    same_job = forms.ChoiceField(
        label=gettext_lazy("Still the same job?"),
        choices=[
            ("", gettext_lazy("Not known")),
            (YES, gettext_lazy("Yes")),
            (NO, gettext_lazy("No")),
        ],
        required=False,
    )
    extent_percent = forms.IntegerField(
        label=gettext_lazy("Extent in per cent of full time"),
        min_value=1,
        max_value=100,
        required=False,
        help_text=gettext_lazy("Only for work, for example 75."),
    )
    note = text_area(gettext_lazy("Comment"), rows=3, required=False)

    def clean_same_job(self):
        return {self.YES: True, self.NO: False}.get(self.cleaned_data["same_job"])

    def clean(self):
        cleaned = super().clean()
        state = cleaned.get("state")
        needed = {}
        if state == FollowUpState.ANSWERED:
            needed = {
                "how": _("Choose how we know it."),
                "occupation": _("Choose what the person does now."),
            }
        elif state == FollowUpState.CANCELLED:
            needed = {"note": _("Say why the follow-up is called off.")}
        for name, message in needed.items():
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, message)
        if cleaned.get("extent_percent") and cleaned.get("occupation") != Occupation.WORK:
            self.add_error("extent_percent", _("The extent is only for work."))
        return cleaned
