"""Support by a method: beginning, leading, steps, intensity, contacts, the own plan, ending."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intake.groups.models import GroupSeries
from jobcentre.accounts.models import User
from jobcentre.casework.forms import CaseForm, text_area
from jobcentre.ui.fields import DayField
from referrals.methods.enums import ContactKind, ContactWith, Method, MethodEnd, MethodStep
from referrals.methods.rules import STEPS
from referrals.models import Order

COACH, JOB_COACH, PROVIDER = "coach", "job_coach", "provider"


def hours_field(help_text=""):
    """Support planned for a week, typed in hours."""
    return forms.DecimalField(
        label=gettext_lazy("Support planned, hours a week"),
        min_value=0,
        max_value=40,
        max_digits=4,
        decimal_places=2,
        localize=True,
        help_text=help_text,
        widget=forms.TextInput(attrs={"class": "ei-w-4", "inputmode": "decimal"}),
    )


class OrderChoice(forms.ModelChoiceField):
    def label_from_instance(self, order):
        return f"{order.provider.name}, {order.activity.service.label}"


class UserChoice(forms.ModelChoiceField):
    def label_from_instance(self, user):
        return user.name


class LeaderForm(CaseForm):
    """Who leads the support; nothing is shown that cannot be chosen."""

    leader = forms.ChoiceField(
        label=gettext_lazy("Who leads the support?"),
        choices=[
            (COACH, gettext_lazy("The person's coach")),
            (JOB_COACH, gettext_lazy("A job coach")),
            (PROVIDER, gettext_lazy("A provider, in an order")),
        ],
        widget=forms.RadioSelect,
        initial=COACH,
    )
    job_coach = UserChoice(
        label=gettext_lazy("Job coach"),
        queryset=User.objects.none(),
        required=False,
        help_text=gettext_lazy("Sees the case as long as the support goes on."),
    )
    order = OrderChoice(
        label=gettext_lazy("Order"),
        queryset=Order.objects.none(),
        required=False,
        help_text=gettext_lazy("The staff of the provider reads and writes in the log."),
    )

    def __init__(self, *args, job_coaches, orders, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["job_coach"].queryset = job_coaches
        self.fields["order"].queryset = orders
        if not orders:
            del self.fields["order"]
            self.fields["leader"].choices = self.fields["leader"].choices[:2]

    def clean(self):
        cleaned = super().clean()
        leader = cleaned.get("leader")
        needed = {
            JOB_COACH: ("job_coach", _("Choose the job coach.")),
            PROVIDER: ("order", _("Choose the order.")),
        }
        name, sentence = needed.get(leader, ("", ""))
        if name and not cleaned.get(name) and name not in self.errors:
            self.add_error(name, sentence)
        cleaned["job_coach"] = cleaned.get("job_coach") if leader == JOB_COACH else None
        cleaned["order"] = cleaned.get("order") if leader == PROVIDER else None
        return cleaned


class StartForm(LeaderForm):
    method = forms.ChoiceField(
        label=gettext_lazy("Method"), choices=Method.choices, widget=forms.RadioSelect
    )
    aim = text_area(
        gettext_lazy("What does the person want with it?"),
        rows=3,
        max_length=2000,
        help_text=gettext_lazy("In the person's own words."),
    )
    started_on = DayField(label=gettext_lazy("From"), latest_today=True)
    hours = hours_field(gettext_lazy("What is planned to begin with. No last day is set."))
    series = forms.ModelChoiceField(
        label=gettext_lazy("Group"),
        queryset=GroupSeries.objects.none(),
        required=False,
        empty_label=gettext_lazy("No group yet"),
        help_text=gettext_lazy(
            "Mobilisering only: a series of group meetings. The person is signed up there as usual."
        ),
    )
    field_order = ["method", "aim", "started_on", "hours", "leader", "job_coach", "order", "series"]

    def __init__(self, *args, series, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["series"].queryset = GroupSeries.objects.filter(pk__in=series)
        self.fields["series"].choices = [
            ("", self.fields["series"].empty_label),
            *series.items(),
        ]


class StepForm(CaseForm):
    step = forms.ChoiceField(label=gettext_lazy("Next step"), widget=forms.RadioSelect)
    on = DayField(label=gettext_lazy("From"), latest_today=True)
    outcome = text_area(
        gettext_lazy("What came of the step that is left?"),
        rows=6,
        help_text=gettext_lazy("For example the vocational profile, or what the analysis showed."),
    )

    def __init__(self, *args, method: str, current: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["step"].choices = [
            (step, MethodStep(step).label.capitalize()) for step in STEPS[method] if step != current
        ]


class IntensityForm(CaseForm):
    hours = hours_field(gettext_lazy("0 means no planned support; the log stays open."))
    from_on = DayField(label=gettext_lazy("From"))
    why = forms.CharField(label=gettext_lazy("Why?"), max_length=300)


class ContactForm(CaseForm):
    on = DayField(label=gettext_lazy("Day"), latest_today=True)
    kind = forms.ChoiceField(
        label=gettext_lazy("How"),
        choices=ContactKind.choices,
        widget=forms.RadioSelect,
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes"),
        min_value=1,
        max_value=720,
        widget=forms.NumberInput(attrs={"class": "ei-w-4"}),
    )
    with_whom = forms.ChoiceField(
        label=gettext_lazy("With"), choices=ContactWith.choices, widget=forms.RadioSelect
    )
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Of an employer, a workmate or somebody else; not of the person."),
    )
    text = text_area(
        gettext_lazy("What was done?"),
        rows=5,
        help_text=gettext_lazy("What was said and agreed, and the next step. No diagnoses."),
    )


class FuturePlanForm(CaseForm):
    """The participant's own words; the staff writes them down."""

    picture = text_area(gettext_lazy("How I want it to be"), rows=4)
    strengths = text_area(gettext_lazy("What I can and what helps me"), rows=3, required=False)
    steps = text_area(
        gettext_lazy("My next steps"), rows=4, help_text=gettext_lazy("One on each line.")
    )
    help_wanted = text_area(gettext_lazy("What I want help with"), rows=3, required=False)
    told_on = DayField(label=gettext_lazy("Told on"), latest_today=True)


class EndForm(CaseForm):
    on = DayField(label=gettext_lazy("Last day"), latest_today=True)
    reason = forms.ChoiceField(
        label=gettext_lazy("Why does it end?"),
        choices=[each for each in MethodEnd.choices if each[0] != MethodEnd.CASE_CLOSED],
        widget=forms.RadioSelect,
    )
    outcome = text_area(gettext_lazy("What came of the last step?"), rows=4)
    note = forms.CharField(label=gettext_lazy("Comment"), max_length=500, required=False)


class MethodsFilter(forms.Form):
    """A method and whether it goes on; they stay in the address."""

    method = forms.ChoiceField(
        label=gettext_lazy("Method"),
        choices=[("", gettext_lazy("Both methods")), *Method.choices],
        required=False,
    )
    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        choices=[("", gettext_lazy("Going on")), ("ended", gettext_lazy("Ended"))],
        required=False,
    )
