"""Forms of group meetings: planning one or a series, signing up, the attendance of all at once."""

from datetime import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intake.groups.enums import ATTENDED, VALID_REASONS, PlaceState
from intake.groups.models import MOST_PLACES, GroupKind, GroupMeeting
from intake.groups.rules import MOST_DATES
from intake.transitions.groups import Attended
from jobcentre.accounts.models import User
from jobcentre.casework.enums import MissedReason
from jobcentre.casework.forms import CaseForm
from jobcentre.casework.meeting_forms import time_field
from jobcentre.casework.models import Language
from jobcentre.ui import formats
from jobcentre.ui.fields import DayField


class GroupsFilter(forms.Form):
    """Which meetings are listed."""

    STATES = [("ahead", _("Coming")), ("open", _("To register")), ("past", _("Earlier"))]
    state = forms.ChoiceField(label=_("Show"), choices=STATES, required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)

    def __init__(self, *args, kinds: list[GroupKind], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("All kinds")), *((row.key, row) for row in kinds)]


class CalendarFilter(forms.Form):
    """What the calendar shows: from which week, and which kind."""

    kind = forms.ChoiceField(label=_("Kind"), required=False)
    vecka = forms.DateField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, kinds: list[GroupKind], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("All kinds")), *((row.key, row) for row in kinds)]


class GroupForm(CaseForm):
    """What is decided of a meeting. Gives `starts_at`, and `days` of a series (`dates` of them,
    every `repeats` weeks)."""

    REPEATS = [("", _("Only this day")), ("1", _("Every week")), ("2", _("Every second week"))]
    kind = forms.ModelChoiceField(
        label=_("Kind"), queryset=GroupKind.objects.none(), to_field_name="key"
    )
    title = forms.CharField(label=_("Title"), max_length=120)
    company = forms.CharField(
        label=_("Company"),
        max_length=200,
        required=False,
        help_text=_("For recruitment meetings and fairs: who comes to meet the persons."),
    )
    on = DayField(label=_("Day"))
    at = time_field(_("Time"))
    minutes = forms.IntegerField(label=_("Minutes"), min_value=10, max_value=600, initial=60)
    repeats = forms.ChoiceField(label=_("Repeated"), choices=REPEATS, required=False)
    dates = forms.IntegerField(
        label=_("How many dates"),
        min_value=2,
        max_value=MOST_DATES,
        required=False,
        help_text=_("Days on which the centre is closed are left out."),
    )
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

    def __init__(self, *args, staff, kinds, today, is_new: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["leader"].queryset = staff
        self.fields["kind"].queryset = kinds
        self.fields["language"].queryset = Language.objects.valid_on(today)
        if not is_new:
            del self.fields["repeats"], self.fields["dates"]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("on") and cleaned.get("at"):
            moment = datetime.combine(cleaned["on"], cleaned["at"])
            cleaned["starts_at"] = timezone.make_aware(moment)
        if cleaned.get("interpreter_booked") and not cleaned.get("interpreter_language"):
            self.add_error("interpreter_language", _("Write the interpreter's language."))
        if cleaned.get("repeats") and "dates" not in self.errors and not cleaned.get("dates"):
            self.add_error("dates", _("Write how many dates the series has."))
        if cleaned.get("dates") and not cleaned.get("repeats"):
            self.add_error("repeats", _("Choose how often the meeting is repeated."))
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
    series = f", {_('one of several dates')}" if meeting.series_id else ""
    return (
        f"{formats.moment(meeting.starts_at)}: {meeting.title}, {meeting.language_label}"
        f"{series} – {room}"
    )


class SignUpForm(CaseForm):
    """The meeting that a person signs up for; gives a GroupMeeting, and whether the later dates of
    its series too."""

    meeting = forms.ChoiceField(label=_("Meeting"), widget=forms.RadioSelect)
    later = forms.BooleanField(
        label=_("Also the later dates, when there are several"), required=False, initial=True
    )

    def __init__(self, *args, meetings: list[GroupMeeting], **kwargs):
        super().__init__(*args, **kwargs)
        self.known = {str(each.pk): each for each in meetings}
        self.fields["meeting"].choices = [(pk, said(each)) for pk, each in self.known.items()]
        if not any(each.series_id for each in meetings):
            del self.fields["later"]

    def clean_meeting(self):
        return self.known[self.cleaned_data["meeting"]]


class PersonForm(CaseForm):
    """Which of the persons found signs up, and whether for the later dates too."""

    person = forms.UUIDField(widget=forms.HiddenInput)
    later = forms.BooleanField(required=False)


_STATES = {
    PlaceState.BOOKED: _("not registered"),
    PlaceState.CAME: _("present"),
    **{state: state.label for state in ATTENDED if state != PlaceState.CAME},
}


class AttendanceForm(CaseForm):
    """The attendance of the group: a row for each place that is taken."""

    def __init__(self, *args, places, meeting: GroupMeeting, **kwargs):
        super().__init__(*args, **kwargs)
        self.places, self.minutes = list(places), meeting.minutes
        reasons = [("", _("Choose the reason")), *MissedReason.choices]
        for place in self.places:
            states = [
                (state, label)
                for state, label in _STATES.items()
                if state != PlaceState.BOOKED or place.state == PlaceState.BOOKED
            ]
            self.fields |= {
                f"state_{place.pk}": forms.ChoiceField(
                    label=_("Attendance"), choices=states, initial=place.state
                ),
                f"late_{place.pk}": forms.IntegerField(
                    label=_("Minutes late"),
                    min_value=1,
                    max_value=600,
                    required=False,
                    initial=place.late_minutes,
                ),
                f"reason_{place.pk}": forms.ChoiceField(
                    label=_("Reason of the absence"),
                    choices=reasons,
                    required=False,
                    initial=place.missed_reason,
                ),
                # What the page showed: somebody else's later word is not written over unseen.
                f"began_{place.pk}": forms.CharField(
                    max_length=60, widget=forms.HiddenInput, initial=place.mark
                ),
            }

    def clean(self):
        cleaned = super().clean()
        for place in self.places:
            state, late = cleaned.get(f"state_{place.pk}"), f"late_{place.pk}"
            if state == PlaceState.LATE and late not in self.errors:
                if cleaned.get(late) is None:
                    self.add_error(late, _("Write how many minutes late."))
                elif cleaned[late] >= self.minutes:
                    self.add_error(
                        late, _("More than the whole meeting: choose an absence instead.")
                    )
            if state == PlaceState.EXCUSED and (
                cleaned.get(f"reason_{place.pk}") not in VALID_REASONS
            ):
                self.add_error(f"reason_{place.pk}", _("Choose why the absence is valid."))
        return cleaned

    def marks(self) -> dict[int, Attended]:
        """{id of the place: what is said of it}; what belongs to another state is left out."""
        return {place.pk: self._mark(place.pk) for place in self.places}

    def _mark(self, pk: int) -> Attended:
        value = self.cleaned_data
        state = value[f"state_{pk}"]
        reason = value[f"reason_{pk}"]
        if state == PlaceState.MISSED:
            reason = reason or MissedReason.NO_WORD
        return Attended(
            state,
            reason if state in (PlaceState.MISSED, PlaceState.EXCUSED) else "",
            value[f"late_{pk}"] if state == PlaceState.LATE else None,
            value[f"began_{pk}"],
        )

    def boxes(self) -> dict[int, dict]:
        """{id of the place: its fields}, for the page."""
        names = ("state", "late", "reason", "began")
        return {
            place.pk: {name: self[f"{name}_{place.pk}"] for name in names} for place in self.places
        }
