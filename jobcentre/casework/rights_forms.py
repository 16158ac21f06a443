"""Forms for who may see and act in a case: protection, conflict of interest, stand-in, number, cap."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from jobcentre.accounts.enums import Role
from jobcentre.accounts.models import Membership, Unit, User
from jobcentre.casework.enums import Protection
from jobcentre.casework.fields import IdentityField, ReadBackForm
from jobcentre.casework.forms import CaseForm, coaches_of, text_area
from jobcentre.casework.models import Case
from jobcentre.ui.fields import DayField, LastDayField


def circle_choices(case: Case, today):
    """Users who may be named in a circle: those who work at the centre or above it, in the
    income-support unit, or as the person's coach."""
    return circle_choices_at(case.centre, [case.income_support_unit_id], [case.coach_id], today)


def circle_choices_at(centre: Unit, units: Iterable, users: Iterable, today):
    """Those who work at `centre` or above it or in one of `units`, and `users`; ids, None is nobody."""
    above = [int(pk) for pk in centre.path.split(".") if pk]
    held = (
        Membership.objects.valid_on(today)
        .filter(unit_id__in=[*above, *filter(None, units)])
        .exclude(role__in=[Role.ADMINISTRATOR, Role.PROVIDER_STAFF])
    )
    known = [*held.values_list("user_id", flat=True), *filter(None, users)]
    return User.objects.filter(pk__in=known).order_by("name", "id")


class ProtectionForm(CaseForm):
    level = forms.ChoiceField(
        label=_("Protection"), choices=Protection.choices, widget=forms.RadioSelect
    )
    circle = forms.ModelMultipleChoiceField(
        label=_("Who may see the person"),
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Only those who are named here, whatever their role. Name yourself too if you"
            " are to see the person."
        ),
    )

    def __init__(self, *args, users, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["circle"].queryset = users

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("level") not in (None, Protection.NONE) and not cleaned.get("circle"):
            self.add_error("circle", _("Name at least one user who may see the person."))
        return cleaned


class ConflictForm(CaseForm):
    sure = forms.BooleanField(
        label=_("I have a conflict of interest and shall not see this person's case"),
        error_messages={"required": _("Tick the box to declare it.")},
    )


class CoverForm(CaseForm):
    """Who stands in, when, and for one case or all of the coach's."""

    stand_in = forms.ModelChoiceField(label=_("Stand-in"), queryset=User.objects.none())
    starts_on = DayField(label=_("From"))
    ends_before = LastDayField(label=_("To and including"))
    whole = forms.BooleanField(
        label=_("For all of the coach's open cases"), required=False, initial=True
    )

    def __init__(self, *args, case: Case, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["stand_in"].queryset = coaches_of(case.centre, today).exclude(pk=case.coach_id)

    def clean(self):
        cleaned = super().clean()
        first, end = cleaned.get("starts_on"), cleaned.get("ends_before")
        if first and end and end <= first:
            self.add_error("ends_before", _("The last day must not be before the first."))
        return cleaned


class ExtensionForm(CaseForm):
    extended_to = DayField(label=_("New last day"))
    reason = text_area(_("Reason"), max_length=1000, rows=4)


class NumberForm(ReadBackForm, CaseForm):
    """A new identity number of a person who is registered."""

    number_field = "number"
    number = IdentityField(label=_("New identity number"))
