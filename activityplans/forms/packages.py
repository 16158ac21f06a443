"""What the coach adds to a package to AF."""

from django import forms
from django.utils.translation import gettext_lazy

from activityplans.plan_enums import PackageBasis
from activityplans.transitions.packages import PackageInput
from jobcentre.casework.forms import CaseForm, text_area


class PackageForm(CaseForm):
    """All of it may wait until the package is handed over."""

    summary = text_area(
        gettext_lazy("Your summary"),
        rows=6,
        required=False,
        help_text=gettext_lazy("Where the person stands now, what has helped and what has not."),
    )
    remains = text_area(
        gettext_lazy("What remains"),
        rows=4,
        required=False,
        help_text=gettext_lazy("What the person needs from AF to go on."),
    )
    receiver = forms.CharField(
        label=gettext_lazy("Receiver at AF"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Name and office."),
    )
    basis = forms.ChoiceField(
        label=gettext_lazy("On what ground it is handed over"),
        choices=PackageBasis.choices,
        widget=forms.RadioSelect,
    )
    ground = forms.CharField(
        label=gettext_lazy("Which rule"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Only without a consent: the section that lets you."),
    )

    def written(self) -> PackageInput:
        names = ("summary", "remains", "receiver", "basis", "ground")
        return PackageInput(**{name: self.cleaned_data[name] for name in names})
