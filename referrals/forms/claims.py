"""Finding amounts in the ledger."""

from django import forms
from django.utils.translation import gettext_lazy

from referrals.enums import ClaimState
from referrals.models import Agreement


class OwnClaimsFilter(forms.Form):
    """The same for a provider's own ledger: only the state."""

    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        choices=[("", gettext_lazy("All states")), *ClaimState.choices],
        required=False,
    )
    after = forms.IntegerField(required=False, min_value=0, max_value=10_000_000)


class ClaimsFilter(forms.Form):
    """A state and an agreement; they stay in the address. `after` is where the next page begins."""

    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        choices=[("", gettext_lazy("All states")), *ClaimState.choices],
        required=False,
    )
    agreement = forms.ModelChoiceField(
        label=gettext_lazy("Agreement"),
        queryset=Agreement.objects.none(),
        required=False,
        empty_label=gettext_lazy("All agreements"),
    )
    after = forms.IntegerField(required=False, min_value=0, max_value=10_000_000)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agreement"].queryset = Agreement.objects.visible_to(user).select_related(
            "provider__unit"
        )
