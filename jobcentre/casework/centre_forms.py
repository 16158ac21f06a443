"""Forms for other centres: a move, and a loan."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobcentre.accounts.enums import Role, UnitKind
from jobcentre.accounts.models import Membership, Unit, User
from jobcentre.casework.forms import CaseForm
from jobcentre.ui.fields import DayField, LastDayField


def centres():
    return Unit.objects.active().filter(kind=UnitKind.JOB_CENTRE)


class CoachElsewhere(forms.ModelChoiceField):
    """A coach of any centre, with the centre's name beside."""

    def __init__(self, **kwargs):
        super().__init__(
            queryset=User.objects.none(),
            required=False,
            empty_label=_("Not chosen yet"),
            **kwargs,
        )
        self.places: dict[int, str] = {}

    def offer(self, but: Unit | None = None) -> None:
        """The coaches of today at the centres other than `but`; two queries."""
        held = Membership.objects.valid_on(timezone.localdate()).filter(
            role__in=[Role.COACH, Role.YOUTH_COORDINATOR], unit__kind=UnitKind.JOB_CENTRE
        )
        if but is not None:
            held = held.exclude(unit=but)
        self.places = dict(held.order_by("unit__name").values_list("user_id", "unit__name"))
        self.queryset = User.objects.filter(pk__in=self.places).order_by("name", "id")

    def label_from_instance(self, coach):
        return f"{coach.name}, {self.places.get(coach.pk, '')}"


class MoveForm(CaseForm):
    """A move to another centre or district; `seen` is the mark of what was shown to move."""

    centre = forms.ModelChoiceField(
        label=_("Job centre"), queryset=Unit.objects.none(), empty_label=_("Choose")
    )
    district = forms.ModelChoiceField(
        label=_("District"),
        queryset=Unit.objects.none(),
        required=False,
        empty_label=_("None"),
        help_text=_("The income-support unit follows from the district."),
    )
    coach = CoachElsewhere(
        label=_("Coach there"),
        help_text=_(
            "Leave empty to let the receiving centre choose; you keep the case until then."
        ),
    )
    reason = forms.CharField(label=_("Reason"), max_length=300)
    seen = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["centre"].queryset = centres()
        self.fields["district"].queryset = Unit.objects.active().filter(kind=UnitKind.DISTRICT)
        self.fields["coach"].offer()


class LoanForm(CaseForm):
    """A loan to another centre's service: where, what, why, with whom, for how long."""

    host = forms.ModelChoiceField(
        label=_("Lend to"), queryset=Unit.objects.none(), empty_label=_("Choose")
    )
    service = forms.CharField(
        label=_("Service or activity there"),
        max_length=200,
        help_text=_("For example: digital workshop, three mornings a week."),
    )
    reason = forms.CharField(label=_("Why there"), max_length=300)
    host_coach = CoachElsewhere(
        label=_("Coach there"), help_text=_("Who meets the person there, if it is known.")
    )
    starts_on = DayField(label=_("From"))
    ends_before = LastDayField(label=_("To and including"))

    def __init__(self, *args, home: Unit, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["host"].queryset = centres().exclude(pk=home.pk)
        self.fields["host_coach"].offer(but=home)

    def clean(self):
        cleaned = super().clean()
        first, end = cleaned.get("starts_on"), cleaned.get("ends_before")
        if first and end and end <= first:
            self.add_error("ends_before", _("The last day must not be before the first."))
        return cleaned
