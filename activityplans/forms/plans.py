"""The plan and its lines as they are written."""

from django import forms
from django.db.models import Q
from django.forms import formset_factory
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from activityplans.forms.occupation import OccupationField
from activityplans.forms.times import DAYS, WeekFields
from activityplans.models import PlanTemplate, Service
from activityplans.models.plans import MAX_APPLICATIONS
from activityplans.plan_enums import Span
from activityplans.rules import latest_end
from activityplans.schedule import hours_of
from activityplans.transitions.plan_parts import MAX_WEEKLY
from jobcentre.accounts.enums import UnitKind
from jobcentre.accounts.models import Unit
from jobcentre.casework.enums import Track
from jobcentre.casework.forms import CaseForm, text_area
from jobcentre.ui import formats
from jobcentre.ui.fields import DayField, LastDayField

TOO_MANY_HOURS = gettext_lazy("At most 40 hours per week.")


class PlanForm(CaseForm):
    """The plan without its lines; everything but the period may wait until it is sent."""

    template = forms.ModelChoiceField(
        queryset=PlanTemplate.objects.all(), required=False, widget=forms.HiddenInput
    )
    starts_on = DayField(label=gettext_lazy("The plan begins"))
    ends_before = LastDayField(
        label=gettext_lazy("To and including"),
        help_text=gettext_lazy("At most six months, then the plan is reviewed."),
        error_messages={"required": gettext_lazy("Write the last day of the plan.")},
    )
    goal = text_area(
        gettext_lazy("Goal"),
        rows=3,
        max_length=2000,
        required=False,
        help_text=gettext_lazy("What should be true when the plan ends? Needed to send the plan."),
    )
    goal_track = forms.ChoiceField(
        label=gettext_lazy("Track"),
        choices=[("", gettext_lazy("Choose")), *Track.choices],
        required=False,
    )
    goal_occupation = OccupationField(label=gettext_lazy("Occupation"), required=False)
    goal_on = DayField(label=gettext_lazy("Reached by"), required=False, help_text="")
    person_view = text_area(gettext_lazy("The person's own view"), rows=3, required=False)
    support_needs = text_area(gettext_lazy("Support and adaptation"), rows=2, required=False)
    child_care = text_area(
        gettext_lazy("Child care"),
        rows=2,
        max_length=2000,
        required=False,
        help_text=gettext_lazy("Who has the children while the person takes part?"),
    )
    others_do = text_area(gettext_lazy("More about what others do"), rows=2, required=False)
    weekly_target = forms.DecimalField(
        label=gettext_lazy("Hours per week that the plan asks"),
        min_value=0,
        max_value=60,
        max_digits=4,
        decimal_places=1,
        localize=True,
    )
    own_search_hours = forms.DecimalField(
        label=gettext_lazy("Own job search, hours per week"),
        min_value=0,
        max_value=40,
        max_digits=4,
        decimal_places=1,
        localize=True,
        error_messages={"max_value": TOO_MANY_HOURS},
    )
    applications = forms.IntegerField(
        label=gettext_lazy("Applications to send"),
        min_value=0,
        max_value=MAX_APPLICATIONS,
        required=False,
    )
    applications_per = forms.ChoiceField(
        label=gettext_lazy("each"),
        choices=Span.choices,
        required=False,
        initial=Span.MONTH,
    )
    target_reason = text_area(
        gettext_lazy("Why fewer hours"),
        rows=2,
        max_length=2000,
        required=False,
        help_text=gettext_lazy(
            "Needed when the week has fewer hours than full time or than the plan asks."
        ),
    )
    consequences_on = DayField(
        label=gettext_lazy("Explained on"), required=False, help_text="", latest_today=True
    )
    consequences_by = forms.CharField(label=gettext_lazy("By whom"), max_length=200, required=False)
    consequences_language = forms.CharField(
        label=gettext_lazy("In which language"), max_length=60, required=False
    )
    change_reason = text_area(
        gettext_lazy("Why the plan is changed"),
        rows=2,
        max_length=2000,
        required=False,
        help_text=gettext_lazy("Needed from the second version on; the approver reads it."),
    )

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("starts_on"), cleaned.get("ends_before")
        if first and last:
            if last <= first:
                self.add_error("ends_before", _("The plan must end after it begins."))
            elif last > latest_end(first):
                self.add_error("ends_before", _("A plan covers at most six months."))
        cleaned["applications_per"] = cleaned.get("applications_per") or Span.MONTH
        told = cleaned.get("consequences_by") or cleaned.get("consequences_language")
        if told and not cleaned.get("consequences_on") and "consequences_on" not in self.errors:
            self.add_error(
                "consequences_on", _("Say on which day the consequences were explained.")
            )
        return cleaned


class LineForm(WeekFields):
    """One activity of the plan. Its hours are those of the week's times when there are any."""

    activity = forms.UUIDField(widget=forms.HiddenInput, required=False)
    service = forms.ModelChoiceField(
        label=gettext_lazy("Service"),
        queryset=Service.objects.none(),
        empty_label=gettext_lazy("Choose"),
    )
    description = forms.CharField(
        label=gettext_lazy("What the person does"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    expected_result = forms.CharField(
        label=gettext_lazy("Expected result"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    provider = forms.ModelChoiceField(
        label=gettext_lazy("Provider"),
        queryset=Unit.objects.none(),
        required=False,
        empty_label=gettext_lazy("None"),
    )
    place = forms.CharField(label=gettext_lazy("Place"), max_length=200, required=False)
    contact = forms.CharField(
        label=gettext_lazy("Who the person meets"), max_length=200, required=False
    )
    follow_up_on = DayField(label=gettext_lazy("Followed up midway"), required=False, help_text="")
    starts_on = DayField(label=gettext_lazy("Begins"), help_text="")
    ends_before = LastDayField(
        label=gettext_lazy("To and including"),
        help_text="",
        error_messages={"required": gettext_lazy("Write the last day: every activity has an end.")},
    )
    hours_per_week = forms.DecimalField(
        label=gettext_lazy("Hours per week"),
        min_value=0.5,
        max_value=40,
        max_digits=4,
        decimal_places=1,
        localize=True,
        error_messages={"max_value": TOO_MANY_HOURS},
        required=False,
    )
    change_reason = forms.CharField(
        label=gettext_lazy("Reason for the change"), max_length=300, required=False
    )

    def __init__(self, *args, services, providers, kept, **kwargs):
        super().__init__(*args, **kwargs)
        held = kept.get(str(self["activity"].value() or ""))
        if held is not None:
            # An activity goes on with its service when the catalogue no longer offers it.
            services = Service.objects.filter(Q(pk__in=services.values("pk")) | Q(pk=held.pk))
            services = services.order_by("position", _label_column())
            self.fields["service"].help_text = _(
                "%(service)s is no longer offered. The activity may go on with it."
            ) % {"service": held.label}
        self.fields["service"].queryset = services
        self.fields["provider"].queryset = providers

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("starts_on"), cleaned.get("ends_before")
        if first and last and last <= first:
            self.add_error("ends_before", _("An activity must end after it begins."))
        midway = cleaned.get("follow_up_on")
        if midway and first and last and not first <= midway < last:
            self.add_error("follow_up_on", _("The follow-up midway lies within the activity."))
        self._check_hours(cleaned)
        return cleaned

    def _check_hours(self, cleaned) -> None:
        if any(f"day{day}" in self.errors for day in DAYS) or "hours_per_week" in self.errors:
            return
        slots = self.slots()
        if not slots and cleaned.get("hours_per_week") is None:
            self.add_error(
                "hours_per_week", _("Write the times of the week, or the hours per week.")
            )
        elif hours_of(slots) > MAX_WEEKLY:
            self.add_error(
                None,
                _("The times of the week add up to %(hours)s hours. An activity has at most 40.")
                % {"hours": formats.number(hours_of(slots))},
            )


class BaseLines(forms.BaseFormSet):
    """The lines of a plan; a line left empty is not there."""

    def clean(self):
        super().clean()
        seen = set()
        for form in self.forms:
            ref = form.cleaned_data.get("activity") if hasattr(form, "cleaned_data") else None
            if ref and ref in seen:
                raise forms.ValidationError(_("The same activity stands twice."))
            seen.add(ref)


LineFormSet = formset_factory(
    LineForm, formset=BaseLines, extra=1, can_delete=True, max_num=20, validate_max=True
)


def _label_column() -> str:
    return "label_en" if (get_language() or "sv").startswith("en") else "label_sv"


def line_choices(today, activities):
    """The services and providers a line may choose among, each fetched once for all lines.

    `activities` are those of the case with their services: what the catalogue no longer offers is
    still the service of its own activity, and of no other.
    """
    services = Service.objects.valid_on(today).order_by("position", _label_column())
    offered = set(services.values_list("pk", flat=True))
    return {
        "services": services,
        "kept": {
            str(activity.ref): activity.service
            for activity in activities
            if activity.service_id not in offered
        },
        "providers": Unit.objects.active().filter(kind=UnitKind.PROVIDER).order_by("name"),
    }
