"""Forms for meetings: a free time or one typed, why somebody did not come, when staff are there."""

from datetime import date, datetime, time

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobcentre.accounts.models import User
from jobcentre.casework.enums import MissedReason
from jobcentre.casework.forms import CaseForm
from jobcentre.casework.free_times import USUAL_HOURS, FreeTime
from jobcentre.casework.odd_times import odd_about
from jobcentre.ui import formats
from jobcentre.ui.fields import DayField

TIME_FORMATS = ["%H:%M", "%H.%M", "%H%M"]


def time_field(label, *, required=True):
    return forms.TimeField(
        label=label,
        input_formats=TIME_FORMATS,
        required=required,
        widget=forms.TimeInput(attrs={"autocomplete": "off"}, format="%H:%M"),
    )


class TimeChoice(CaseForm):
    """One of the offered free times, or a day and time typed; `chosen` is (user, starts_at).

    A typed time that nobody would have offered (`odd_times`) is asked about once: the box that
    appears then says yes to that time and to no other.
    """

    free = forms.ChoiceField(
        label=_("Free times"), required=False, widget=forms.RadioSelect, choices=()
    )
    with_user = forms.ModelChoiceField(
        label=_("Or another time, with"), queryset=User.objects.none(), required=False
    )
    on = DayField(label=_("Day"), required=False)
    at = time_field(_("Time"), required=False)

    def __init__(self, *args, offered: list[FreeTime], staff, minutes: int = 60, **kwargs):
        super().__init__(*args, **kwargs)
        self.minutes = minutes
        self.offered = {free.key: free for free in offered}
        several = len({free.user.pk for free in offered}) > 1
        self.fields["free"].choices = [
            (
                free.key,
                formats.moment(free.starts_at) + (f", {free.user.name}" if several else ""),
            )
            for free in offered
        ]
        if not offered:
            del self.fields["free"]
        self.fields["with_user"].queryset = staff
        if not staff:
            self.fields["with_user"].help_text = _(
                "Nobody at the centre can meet this person. Ask the manager."
            )

    def clean(self):
        cleaned = super().clean()
        free = self.offered.get(cleaned.get("free") or "")
        if free is not None:
            cleaned["chosen"] = (free.user, free.starts_at)
            return cleaned
        missing = [name for name in ("with_user", "on", "at") if not cleaned.get(name)]
        if not self.errors and missing:
            for name in missing:
                self.add_error(name, _("Choose a free time, or write with whom, day and time."))
        if not self.errors:
            at = timezone.make_aware(datetime.combine(cleaned["on"], cleaned["at"]))
            cleaned["chosen"] = (cleaned["with_user"], at)
            self._ask_about_odd(*cleaned["chosen"], cleaned.get("minutes") or self.minutes)
        return cleaned

    def _ask_about_odd(self, user: User, starts_at: datetime, minutes: int) -> None:
        # A time that has been is refused by the transition: nobody is asked about it.
        odd = odd_about(user, starts_at, minutes) if starts_at >= timezone.now() else ""
        key = f"{user.pk}@{starts_at.isoformat()}+{minutes}"
        if not odd or self.data.get("anyway") == key:
            return
        self.data = self.data.copy()
        self.data.pop("anyway", None)
        self.fields["anyway"] = forms.BooleanField(
            label=_("Book that time anyway"),
            required=False,
            widget=forms.CheckboxInput(attrs={"value": key}),
        )
        self.add_error(
            "at", _("%(odd)s Choose another time, or say that it is right.") % {"odd": odd}
        )


def interpreter_field() -> forms.CharField:
    """In which language this one meeting needs an interpreter; the person's is proposed."""
    return forms.CharField(
        label=_("Interpreter in"),
        max_length=60,
        required=False,
        help_text=_("Only for this meeting. Leave empty when it needs no interpreter."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class InterpreterForm(CaseForm):
    """The interpreter of a booked meeting; `seen` is the language that the page showed."""

    interpreter_language = interpreter_field()
    seen = forms.CharField(max_length=60, required=False, widget=forms.HiddenInput)


class FirstMeetingForm(TimeChoice):
    interpreter_language = interpreter_field()


class AppointmentForm(TimeChoice):
    minutes = forms.IntegerField(label=_("Minutes"), min_value=5, max_value=600, initial=60)
    place = forms.CharField(label=_("Place"), max_length=120, required=False)
    purpose = forms.CharField(label=_("About"), max_length=200)
    interpreter_language = interpreter_field()

    field_order = [
        *("purpose", "free", "with_user", "on", "at", "minutes", "place"),
        "interpreter_language",
    ]


class MissForm(forms.Form):
    reason = forms.ChoiceField(choices=MissedReason.choices)


class AbsenceForm(CaseForm):
    starts_on = DayField(label=_("First day"))
    ends_before = DayField(label=_("Back on"))

    def clean(self):
        cleaned = super().clean()
        first, back = cleaned.get("starts_on"), cleaned.get("ends_before")
        if first and back and back <= first:
            self.add_error("ends_before", _("The day back must be after the first day."))
        return cleaned


# A Monday, for the names of the weekdays.
_MONDAY = date(2024, 1, 1)


class HoursForm(CaseForm):
    """The bookable hours of a week: before and after noon for each working day."""

    def __init__(self, *args, hours: list, **kwargs):
        super().__init__(*args, **kwargs)
        known: dict[int, list] = {}
        for row in hours:
            known.setdefault(row.weekday, []).append((row.starts_at, row.ends_at))
        for weekday in range(5):
            spans = known.get(weekday, []) if hours else list(USUAL_HOURS)
            name = formats.weekday(_MONDAY.replace(day=1 + weekday))
            for part in (0, 1):
                begins, ends = spans[part] if part < len(spans) else (None, None)
                for end, value in (("from", begins), ("until", ends)):
                    label = _("%(day)s from") if end == "from" else _("%(day)s until")
                    field = time_field(label % {"day": name}, required=False)
                    field.initial = value
                    # Beside each other in a table: the label is read aloud, and the day stands first.
                    field.widget.attrs |= {"class": "form-control", "aria-label": field.label}
                    self.fields[f"d{weekday}_{part}_{end}"] = field

    def days(self) -> list[tuple[str, list]]:
        """(the weekday, its four fields: from and until before noon, and after)."""
        ends = [f"{part}_{end}" for part in (0, 1) for end in ("from", "until")]
        return [
            (
                formats.weekday(_MONDAY.replace(day=1 + weekday)).capitalize(),
                [self[f"d{weekday}_{each}"] for each in ends],
            )
            for weekday in range(5)
        ]

    def spans(self) -> list[tuple[int, time, time]]:
        """(weekday, from, until) of what is filled in."""
        data = self.cleaned_data
        return [
            (weekday, data[f"d{weekday}_{part}_from"], data[f"d{weekday}_{part}_until"])
            for weekday in range(5)
            for part in (0, 1)
            if data.get(f"d{weekday}_{part}_from")
        ]

    def clean(self):
        cleaned = super().clean()
        for weekday in range(5):
            last = None
            for part in (0, 1):
                names = [f"d{weekday}_{part}_{end}" for end in ("from", "until")]
                begins, ends = (cleaned.get(name) for name in names)
                if any(name in self.errors for name in names) or (begins is None and ends is None):
                    continue
                if begins is None or ends is None:
                    self.add_error(names[begins is not None], _("Write both from and until."))
                elif ends <= begins:
                    self.add_error(names[1], _("The hours must end after they start."))
                elif last is not None and begins < last:
                    self.add_error(names[0], _("The hours overlap the ones before."))
                else:
                    last = ends
        return cleaned
