"""Forms of information meetings: planning one, signing up, the attendance of all at once."""

from datetime import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intake.groups.enums import GroupKind, PlaceState
from intake.groups.models import MOST_PLACES, GroupMeeting
from jobcentre.accounts.models import User
from jobcentre.casework.enums import MissedReason
from jobcentre.casework.forms import CaseForm
from jobcentre.casework.meeting_forms import time_field
from jobcentre.casework.models import Language
from jobcentre.ui import formats
from jobcentre.ui.fields import DayField


class GroupsFilter(forms.Form):
    """Which meetings are listed."""

    STATES = [("ahead", _("Coming")), ("past", _("Earlier"))]
    state = forms.ChoiceField(label=_("Show"), choices=STATES, required=False)


class GroupForm(CaseForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=GroupKind.choices)
    title = forms.CharField(label=_("Title"), max_length=120)
    on = DayField(label=_("Day"))
    at = time_field(_("Time"))
    minutes = forms.IntegerField(label=_("Minutes"), min_value=10, max_value=600, initial=60)
    room = forms.CharField(label=_("Room"), max_length=120)
    places = forms.IntegerField(label=_("Places"), min_value=1, max_value=MOST_PLACES, initial=20)
    leader = forms.ModelChoiceField(label=_("Leader"), queryset=User.objects.none())
    language = forms.ModelChoiceField(
        label=_("Language"),
        queryset=Language.objects.none(),
        required=False,
        empty_label=_("Swedish"),
    )
    interpreter_language = forms.CharField(
        label=_("Interpreter in"), max_length=60, required=False, help_text=_("Empty: none.")
    )
    interpreter_booked = forms.BooleanField(label=_("The interpreter is booked"), required=False)

    def __init__(self, *args, staff, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["leader"].queryset = staff
        self.fields["language"].queryset = Language.objects.valid_on(today)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("on") and cleaned.get("at"):
            moment = datetime.combine(cleaned["on"], cleaned["at"])
            cleaned["starts_at"] = timezone.make_aware(moment)
        if cleaned.get("interpreter_booked") and not cleaned.get("interpreter_language"):
            self.add_error("interpreter_language", _("Write the interpreter's language."))
        return cleaned


def said(meeting: GroupMeeting) -> str:
    """A meeting with its counts, as a choice in a form."""
    if meeting.taken < meeting.places:
        room = _("%(n)d of %(places)d places free") % {
            "n": meeting.places - meeting.taken,
            "places": meeting.places,
        }
    else:
        room = _("full, %(n)d waiting") % {"n": meeting.waiting}
    return (
        f"{formats.moment(meeting.starts_at)}: {meeting.title}, {meeting.language_label} – {room}"
    )


class SignUpForm(CaseForm):
    """The meeting that a person signs up for; gives a GroupMeeting."""

    meeting = forms.ChoiceField(label=_("Information meeting"), widget=forms.RadioSelect)

    def __init__(self, *args, meetings: list[GroupMeeting], **kwargs):
        super().__init__(*args, **kwargs)
        self.known = {str(each.pk): each for each in meetings}
        self.fields["meeting"].choices = [(pk, said(each)) for pk, each in self.known.items()]

    def clean_meeting(self):
        return self.known[self.cleaned_data["meeting"]]


class PersonForm(CaseForm):
    """Which of the persons found signs up."""

    person = forms.UUIDField(widget=forms.HiddenInput)


class AttendanceForm(CaseForm):
    """Everybody with a place, ticked; why those who are not ticked did not come."""

    def __init__(self, *args, places, **kwargs):
        super().__init__(*args, **kwargs)
        self.places = list(places)
        for place in self.places:
            self.fields[f"came_{place.pk}"] = forms.BooleanField(
                required=False, initial=place.state != PlaceState.MISSED
            )
            self.fields[f"why_{place.pk}"] = forms.ChoiceField(
                choices=MissedReason.choices,
                required=False,
                initial=place.missed_reason or MissedReason.NO_WORD,
            )

    def missed(self) -> dict[int, str]:
        """{id of the place: reason} of those who are not ticked."""
        return {
            place.pk: self.cleaned_data[f"why_{place.pk}"] or MissedReason.NO_WORD
            for place in self.places
            if not self.cleaned_data[f"came_{place.pk}"]
        }

    def boxes(self):
        """(the box, the reason) of each place, for the page."""
        for place in self.places:
            yield self[f"came_{place.pk}"], self[f"why_{place.pk}"]
