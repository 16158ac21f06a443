"""The form for what becomes of the meetings of somebody who is away."""

from django import forms
from django.utils.translation import gettext_lazy as _

from jobcentre.accounts.models import User
from jobcentre.casework.forms import CaseForm
from jobcentre.casework.models import Appointment

LATER, CANCEL = "", "cancel"


class SettleForm(CaseForm):
    """For each meeting: nothing yet, a colleague who is free at its time, or cancelled."""

    def __init__(self, *args, meetings: list[Appointment], takers: dict[int, list[User]], **kwargs):
        super().__init__(*args, **kwargs)
        self.meetings = meetings
        self.users = {str(user.pk): user for users in takers.values() for user in users}
        for meeting in meetings:
            self.fields[f"m{meeting.pk}"] = forms.ChoiceField(
                label=_("What becomes of it"),
                required=False,
                choices=[
                    (LATER, _("Decide later")),
                    *((str(user.pk), user.name) for user in takers.get(meeting.pk, ())),
                    (CANCEL, _("Cancel the meeting")),
                ],
                widget=forms.Select(attrs={"class": "form-select form-select-sm"}),
                error_messages={"invalid_choice": _("The colleague is no longer free then.")},
            )

    def rows(self):
        """(the meeting, its choice) in order of time."""
        return [(meeting, self[f"m{meeting.pk}"]) for meeting in self.meetings]

    def chosen(self) -> dict[Appointment, User | None]:
        """What was chosen of each meeting that something becomes of."""
        answers = ((each, self.cleaned_data.get(f"m{each.pk}") or LATER) for each in self.meetings)
        return {
            meeting: None if answer == CANCEL else self.users[answer]
            for meeting, answer in answers
            if answer != LATER
        }

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not self.chosen():
            self.add_error(None, _("Choose what becomes of at least one meeting."))
        return cleaned
