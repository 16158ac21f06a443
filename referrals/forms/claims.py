"""Finding amounts in the ledger."""

from datetime import date

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from jobcentre.ui import formats
from jobcentre.workdays import add_months
from referrals.enums import ClaimState
from referrals.models import Agreement

QUESTIONED = "questioned"  # asked for as a state: attested, by a report that is returned
MONTHS = 24  # whose attested amounts can be chosen


class OwnClaimsFilter(forms.Form):
    """The same for a provider's own ledger: only the state."""

    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        choices=[("", gettext_lazy("All states")), *ClaimState.choices],
        required=False,
    )
    after = forms.IntegerField(required=False, min_value=0, max_value=10_000_000)


class ClaimsFilter(forms.Form):
    """A state, an agreement and the month of the attest; they stay in the address. `after` is where
    the next page begins."""

    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        choices=[
            ("", gettext_lazy("All states")),
            *ClaimState.choices,
            (QUESTIONED, gettext_lazy("in question")),
        ],
        required=False,
    )
    agreement = forms.ModelChoiceField(
        label=gettext_lazy("Agreement"),
        queryset=Agreement.objects.none(),
        required=False,
        empty_label=gettext_lazy("All agreements"),
    )
    attested_in = forms.TypedChoiceField(
        label=gettext_lazy("Attested in"),
        coerce=date.fromisoformat,
        empty_value=None,
        required=False,
    )
    after = forms.IntegerField(required=False, min_value=0, max_value=10_000_000)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        first = timezone.localdate().replace(day=1)
        months = [add_months(first, -n) for n in range(MONTHS)]
        self.fields["attested_in"].choices = [
            ("", gettext_lazy("Any month")),
            *((month.isoformat(), formats.month(month).capitalize()) for month in months),
        ]
        self.fields["agreement"].queryset = Agreement.objects.visible_to(user).select_related(
            "provider__unit"
        )
