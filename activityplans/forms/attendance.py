"""The attendance of a day for a group, of one session, and what is done about absence."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activityplans.attendance_rules import may_have_sessions
from activityplans.enums import AbsenceReason, AttendanceOutcome, ContactBefore
from activityplans.transitions.attendance import Mark
from jobcentre.casework.forms import CaseForm, text_area
from jobcentre.ui.fields import DayField, DayInput

REASONS = [("", gettext_lazy("Choose the reason")), *AbsenceReason.choices]


class DayChoice(forms.Form):
    """The day whose attendance is shown; stays in the address."""

    day = DayField(
        label=gettext_lazy("Day"),
        required=False,
        widget=DayInput(attrs={"class": "form-control"}),
    )


class MonthChoice(forms.Form):
    """The month whose attendance is shown, as 2026-11; stays in the address."""

    month = forms.DateField(required=False, input_formats=["%Y-%m"])

    def clean_month(self):
        """A month in which there can be no session is no choice: this month is shown."""
        month = self.cleaned_data["month"]
        return month if month and may_have_sessions(month, timezone.localdate()) else None


def _fields_of(session, prefix: str = "") -> dict[str, forms.Field]:
    return {
        f"outcome{prefix}": forms.ChoiceField(
            label=_("Attendance"), choices=AttendanceOutcome.choices, initial=session.outcome
        ),
        f"late{prefix}": forms.IntegerField(
            label=_("Minutes late"),
            min_value=1,
            max_value=720,
            required=False,
            initial=session.late_minutes,
        ),
        f"reason{prefix}": forms.ChoiceField(
            label=_("Reason of the absence"),
            choices=REASONS,
            required=False,
            initial=session.absence_reason,
        ),
        f"note{prefix}": forms.CharField(
            label=_("Comment"),
            max_length=300,
            required=False,
            initial=getattr(session, "note_read", session.note),
        ),
        # What the page showed: somebody else's later word is not written over unseen.
        f"began{prefix}": forms.CharField(
            max_length=400, required=False, strip=False, widget=forms.HiddenInput
        ),
    }


class _Marking(CaseForm):
    """What the form of one session and that of a group have in common."""

    def check(self, session, prefix: str = "") -> None:
        """Late has its minutes, and an excused absence its reason."""
        outcome = self.cleaned_data.get(f"outcome{prefix}")
        late = self.cleaned_data.get(f"late{prefix}")
        if outcome == AttendanceOutcome.LATE and f"late{prefix}" not in self.errors:
            if late is None:
                self.add_error(f"late{prefix}", _("Write how many minutes late."))
            elif late >= session.minutes:
                self.add_error(
                    f"late{prefix}", _("More than the whole session: choose an absence instead.")
                )
        if outcome == AttendanceOutcome.EXCUSED and not self.cleaned_data.get(f"reason{prefix}"):
            self.add_error(f"reason{prefix}", _("Choose why the absence is excused."))

    def mark_of(self, prefix: str = "") -> Mark:
        """What the form says of a session; what belongs to another outcome is left out."""
        value = self.cleaned_data
        outcome = value[f"outcome{prefix}"]
        is_known = outcome != AttendanceOutcome.NOT_REGISTERED
        return Mark(
            outcome,
            value[f"note{prefix}"] if is_known else "",
            value[f"late{prefix}"] if outcome == AttendanceOutcome.LATE else None,
            value[f"reason{prefix}"] if outcome == AttendanceOutcome.EXCUSED else "",
            value[f"began{prefix}"] or None,
        )


def _with_own_note(session, mark: Mark) -> Mark:
    """A note that the reader saw with an alias and left as it was is not written anew."""
    if mark.outcome == AttendanceOutcome.NOT_REGISTERED:
        return mark
    is_left = mark.note == getattr(session, "note_read", session.note)
    return mark._replace(note=session.note) if is_left else mark


class AttendanceForm(_Marking):
    """The attendance of one day for a group, one row for each session."""

    def __init__(self, *args, sessions, **kwargs):
        super().__init__(*args, **kwargs)
        self.sessions = sessions
        for session in sessions:
            self.fields.update(_fields_of(session, f"_{session.pk}"))

    def clean(self):
        cleaned = super().clean()
        for session in self.sessions:
            self.check(session, f"_{session.pk}")
        return cleaned

    def rows(self):
        """Each session with its fields, for the page."""
        names = ("outcome", "late", "reason", "note", "began")
        return [
            {"session": session} | {name: self[f"{name}_{session.pk}"] for name in names}
            for session in self.sessions
        ]

    def marks(self, *, all_present: bool) -> dict[int, Mark]:
        """What is said of each session. With `all_present` those nobody has registered are
        registered as present; what is registered already stays."""
        found = {}
        for session in self.sessions:
            mark = _with_own_note(session, self.mark_of(f"_{session.pk}"))
            if all_present and mark.outcome == AttendanceOutcome.NOT_REGISTERED:
                mark = mark._replace(outcome=AttendanceOutcome.PRESENT)
            found[session.pk] = mark
        return found


class SessionForm(_Marking):
    """The attendance of one session, and why it is changed."""

    why = forms.CharField(
        label=gettext_lazy("Why is it changed?"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Needed when something else was registered before."),
    )

    def __init__(self, *args, session, **kwargs):
        super().__init__(*args, **kwargs)
        self.session = session
        self.fields.update(_fields_of(session))
        if not session.is_registered:
            del self.fields["why"]

    def clean(self):
        cleaned = super().clean()
        self.check(self.session)
        if self.session.is_registered and self._is_other() and not cleaned.get("why", "").strip():
            self.add_error("why", _("Say why the registration is changed."))
        return cleaned

    def _is_other(self) -> bool:
        """Whether the outcome, its minutes or its reason is another; a comment needs no reason."""
        now = (self.session.outcome, self.session.late_minutes, self.session.absence_reason)
        said = ("outcome", "late", "reason")
        if any(name in self.errors for name in said):
            return False
        mark = self.mark_of()
        return (mark.outcome, mark.late_minutes, mark.reason) != now

    def mark(self) -> Mark:
        mark = self.mark_of()._replace(why=self.cleaned_data.get("why", ""))
        return _with_own_note(self.session, mark)


class AbsenceReportForm(CaseForm):
    contact = forms.ChoiceField(
        label=gettext_lazy("Was the person contacted before?"),
        choices=ContactBefore.choices,
        widget=forms.RadioSelect,
    )
    text = text_area(
        gettext_lazy("What is known of the absence"), rows=3, max_length=1000, required=False
    )


class RepeatedAbsenceForm(CaseForm):
    talked_on = DayField(label=gettext_lazy("Talked with the person"), latest_today=True)
    person_view = text_area(
        gettext_lazy("The person's explanation"),
        help_text=gettext_lazy("In the person's own words."),
        required=False,
    )
    agreed = text_area(gettext_lazy("What was agreed"))
