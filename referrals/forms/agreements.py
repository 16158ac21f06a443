"""An agreement written and decided."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobcentre.casework.forms import CaseForm
from jobcentre.ui.fields import DayField, LastDayField
from referrals.agreement_rules import steps_are_whole
from referrals.enums import PriceModel, PriceStep
from referrals.forms.providers import at_provider
from referrals.models import Provider

SERVICES = 6  # rows of services on the page
TERMS = (
    *("title", "starts_on", "ends_before", "extensions", "extension_months", "notice_months"),
    *("answer_workdays", "first_meeting_days", "attendance_weekly", "reports_monthly"),
    *("final_report_days", "ceiling_year", "ceiling_person", "why"),
)


def _whole(label, *, low=0, high=60, initial=None):
    return forms.IntegerField(label=label, min_value=low, max_value=high, initial=initial)


def _money(label, *, required=False):
    return forms.DecimalField(
        label=label,
        min_value=0,
        max_value=99_999_999,
        max_digits=10,
        decimal_places=2,
        localize=True,
        required=required,
    )


class AgreementForm(CaseForm):
    """The terms, and up to six services each with requirement, price and steps."""

    title = forms.CharField(label=gettext_lazy("What it is about"), max_length=200)
    starts_on = DayField(label=gettext_lazy("From"), help_text="")
    ends_before = LastDayField(label=gettext_lazy("To and including"), help_text="")
    extensions = _whole(gettext_lazy("Extensions that are left"), high=9, initial=0)
    extension_months = _whole(gettext_lazy("Months of each"), low=1, initial=12)
    notice_months = _whole(gettext_lazy("Months of notice"), high=24, initial=3)
    answer_workdays = _whole(
        gettext_lazy("Answers an order within, working days"), low=1, initial=1
    )
    first_meeting_days = _whole(gettext_lazy("First meeting within, days"), low=1, initial=7)
    attendance_weekly = forms.BooleanField(
        label=gettext_lazy("Registers attendance each week"), required=False, initial=True
    )
    reports_monthly = forms.BooleanField(
        label=gettext_lazy("Reports each month"), required=False, initial=True
    )
    final_report_days = _whole(gettext_lazy("Final report within, days"), low=1, initial=7)
    ceiling_year = _money(gettext_lazy("Ceiling for a year, kronor"))
    ceiling_person = _money(gettext_lazy("Ceiling for a person, kronor"))
    why = forms.CharField(label=gettext_lazy("What is changed, and why"), max_length=500)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for index in range(SERVICES):
            for name, field in self._service_fields(index).items():
                self.fields[f"{name}_{index}"] = field

    @staticmethod
    def _service_fields(index: int) -> dict[str, forms.Field]:
        return {
            "service": forms.ModelChoiceField(
                label=_("Service %(n)d") % {"n": index + 1},
                queryset=at_provider(),
                required=False,
                empty_label=_("None"),
            ),
            "requirement": forms.CharField(
                label=_("Requirement"),
                max_length=2000,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            ),
            "price_model": forms.ChoiceField(
                label=_("The price is"),
                choices=[("", _("Choose")), *PriceModel.choices],
                required=False,
            ),
            "price": _money(_("Price, kronor")),
            **{
                step.value: forms.IntegerField(
                    label=f"{step.label.capitalize()}, %",
                    min_value=1,
                    max_value=100,
                    required=False,
                )
                for step in PriceStep
            },
        }

    @property
    def rows(self) -> list[dict]:
        """The fields of each service: `main` and `steps`."""
        main = ("service", "requirement", "price_model", "price")
        return [
            {
                "number": index + 1,
                **{name: self[f"{name}_{index}"] for name in main},
                "steps": [self[f"{step.value}_{index}"] for step in PriceStep],
                "is_open": index == 0
                or bool(self[f"service_{index}"].value() or self[f"price_{index}"].errors),
            }
            for index in range(SERVICES)
        ]

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("starts_on"), cleaned.get("ends_before")
        if first and last and last <= first:
            self.add_error("ends_before", _("The agreement must end after it begins."))
        chosen = []
        for index in range(SERVICES):
            row = self._row(index)
            if row["service"] is None:
                if row["requirement"] or row["price"] is not None:
                    self.add_error(f"service_{index}", _("Choose the service, or empty the row."))
                continue
            if row["service"] in chosen:
                self.add_error(f"service_{index}", _("A service stands once in an agreement."))
            chosen.append(row["service"])
            needed = {
                "requirement": _("Write the requirement."),
                "price_model": _("Choose what the price is for."),
                "price": _("Write the price."),
            }
            for name, sentence in needed.items():
                key = f"{name}_{index}"
                if row[name] in (None, "") and key not in self.errors:
                    self.add_error(key, sentence)
            if row["price_model"] == PriceModel.STEPS and not steps_are_whole(row["steps"]):
                self.add_error(
                    f"started_{index}",
                    _("The shares of the steps must be 100 per cent together."),
                )
        if not chosen and "service_0" not in self.errors:
            self.add_error("service_0", _("Write at least one service."))
        return cleaned

    def _row(self, index: int) -> dict:
        said = self.cleaned_data
        names = ("service", "requirement", "price_model", "price")
        row = {name: said.get(f"{name}_{index}") for name in names}
        row["steps"] = {
            step.value: said[f"{step.value}_{index}"]
            for step in PriceStep
            if said.get(f"{step.value}_{index}")
        }
        return row

    def terms(self) -> dict:
        return {name: self.cleaned_data[name] for name in TERMS}

    def services(self) -> list[dict]:
        rows = [self._row(index) for index in range(SERVICES)]
        return [row for row in rows if row["service"] is not None]


class NewAgreementForm(AgreementForm):
    provider = forms.ModelChoiceField(
        label=gettext_lazy("Provider"), queryset=Provider.objects.none()
    )
    reference = forms.CharField(
        label=gettext_lazy("Reference"),
        max_length=60,
        help_text=gettext_lazy("The number of the agreement in the register of the municipality."),
    )
    field_order = ["provider", "reference"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["provider"].queryset = Provider.objects.select_related("unit")


class DecideForm(CaseForm):
    approves = forms.ChoiceField(
        label=gettext_lazy("Your decision"),
        choices=[("yes", gettext_lazy("Approve")), ("no", gettext_lazy("Refuse"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("Why it is refused"), max_length=500, required=False
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("approves") == "no" and not cleaned.get("reason"):
            self.add_error("reason", _("Say why the proposal is refused."))
        return cleaned
