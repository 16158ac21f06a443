"""The position of the approver, who it is passed on to, and who stands in."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobcentre.casework.forms import CaseForm, text_area
from jobcentre.ui.fields import DayField, LastDayField

FORM_ID = "position"


class DecisionForm(CaseForm):
    """Approve, return or refuse what was seen; `sections` are (key, title) of what may be commented
    on, each with a field of its own that stands beside it on the page."""

    VERDICTS = [
        ("approved", gettext_lazy("Approve the plan")),
        ("returned", gettext_lazy("Return it to the coach")),
        ("refused", gettext_lazy("Refuse it")),
    ]
    # The three buttons of the page carry it.
    verdict = forms.ChoiceField(
        label=gettext_lazy("Your position"),
        choices=VERDICTS,
        widget=forms.HiddenInput,
        error_messages={"required": gettext_lazy("Approve, return or refuse.")},
    )
    reason = text_area(
        gettext_lazy("Reason"),
        rows=3,
        required=False,
        help_text=gettext_lazy(
            "Needed to refuse; to return it comments on the lines are enough. The coach and the "
            "person read it."
        ),
    )
    seen_hash = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args, sections=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.sections = list(sections)
        for n, (_key, title) in enumerate(self.sections):
            field = text_area(
                _("Comment on %(title)s") % {"title": title},
                rows=2,
                max_length=1000,
                required=False,
            )
            field.widget.attrs["form"] = FORM_ID
            self.fields[f"comment_{n}"] = field

    def comment_fields(self) -> list:
        return [self[f"comment_{n}"] for n in range(len(self.sections))]

    def comments(self) -> dict[str, str]:
        """What was written beside the lines, by their keys."""
        written = {
            key: self.cleaned_data.get(f"comment_{n}", "").strip()
            for n, (key, _title) in enumerate(self.sections)
        }
        return {key: text for key, text in written.items() if text}

    def clean(self):
        cleaned = super().clean()
        verdict, comments = cleaned.get("verdict"), self.comments()
        if verdict == "approved" and comments:
            self.add_error(
                None, _("You have written comments. Return the plan, or take them away to approve.")
            )
        if verdict == "returned" and not cleaned.get("reason"):
            if comments:
                cleaned["reason"] = "\n".join(comments.values())[:4000]
            else:
                self.add_error("reason", _("Say why you return it, here or beside a line."))
        if verdict == "refused" and not cleaned.get("reason"):
            self.add_error("reason", _("Say why you refuse it."))
        return cleaned


class _Colleague(CaseForm):
    """A colleague of the unit is chosen."""

    colleague = forms.ModelChoiceField(label=gettext_lazy("Colleague"), queryset=None)

    def __init__(self, *args, colleagues, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["colleague"].queryset = colleagues


class ForwardForm(_Colleague):
    reason = forms.CharField(
        label=gettext_lazy("Why"), max_length=300, help_text=gettext_lazy("The colleague reads it.")
    )


class StandInForm(_Colleague):
    starts_on = DayField(label=gettext_lazy("First day away"))
    ends_before = LastDayField(label=gettext_lazy("Last day away"))
    field_order = ["starts_on", "ends_before", "colleague"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["colleague"].label = _("Stand-in")

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("starts_on"), cleaned.get("ends_before")
        if first and last and last <= first:
            self.add_error("ends_before", _("The last day must not be before the first."))
        return cleaned
