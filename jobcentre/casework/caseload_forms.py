"""Forms about who coaches whom: the choice of a coach, the hand-over, a coach's profile, the track."""

from datetime import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobcentre.accounts.models import User
from jobcentre.casework.caseloads import words
from jobcentre.casework.caseloads.rules import Proposal
from jobcentre.casework.enums import Track, TrackReason
from jobcentre.casework.forms import CaseForm, text_area
from jobcentre.casework.free_times import FreeTime
from jobcentre.casework.meeting_forms import time_field
from jobcentre.casework.models import Appointment, Case, Language, Specialisation
from jobcentre.casework.models.coach import LEAST_PERCENT
from jobcentre.casework.transitions.handing_over import CANCEL, KEEP, MAX_MANY, MOVE
from jobcentre.ui import formats
from jobcentre.ui.fields import DayField, LastDayField

MANY_COACHES = 8  # more are a list that unfolds


class CoachField(forms.TypedChoiceField):
    """One of the coaches, each with what speaks for them, the proposed one first; gives a User."""

    def __init__(self, **kwargs):
        self._known: dict[str, User] = {}
        super().__init__(coerce=self._known_coach, widget=forms.RadioSelect, **kwargs)

    def __deepcopy__(self, memo):
        copied = super().__deepcopy__(memo)
        copied.coerce = copied._known_coach
        return copied

    def _known_coach(self, value):
        return self._known[str(value)]

    def offer(self, proposals: list[Proposal], present: User | None = None) -> None:
        """`present` is taken as a choice, for the transition to answer, but not shown."""
        ids = [each.load.coach_id for each in proposals]
        users = User.objects.in_bulk(ids)
        self._known = {str(pk): users[pk] for pk in ids}
        if len(ids) > MANY_COACHES:
            self.widget = forms.Select()
        self.choices = [(each.load.coach_id, words.in_words(each)) for each in proposals]
        if present is not None:
            self._known[str(present.pk)] = present

    def valid_value(self, value):
        return str(value) in self._known


class AssignForm(CaseForm):
    """Another coach at once, without a hand-over."""

    coach = CoachField(label=_("New coach"))
    reason = forms.CharField(label=_("Reason"), max_length=300)

    def __init__(self, *args, proposals, present, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["coach"].offer(proposals, present)


class HandOverForm(CaseForm):
    """A new coach, the note, the meeting of the three and what becomes of the booked meetings."""

    coach = CoachField(label=_("New coach"))
    note = text_area(
        _("Hand-over note"),
        rows=6,
        max_length=4000,
        help_text=_(
            "What the next coach needs to know: where the person stands, what is promised, what"
            " comes next. It is read by those who read the coach's notes."
        ),
    )
    meeting = forms.ChoiceField(
        label=_("Meeting with the person and both coaches"), widget=forms.RadioSelect
    )
    on = DayField(label=_("Day"), required=False)
    at = time_field(_("Time"), required=False)

    OTHER, NONE = "other", "none"

    def __init__(
        self,
        *args,
        proposals,
        present,
        offered: list[FreeTime],
        booked: list[Appointment],
        **kwargs,
    ):
        super().__init__(*args, **kwargs)
        self.fields["coach"].offer(proposals, present)
        self.offered = {free.starts_at.isoformat(): free.starts_at for free in offered}
        self.fields["meeting"].choices = [
            *((key, formats.moment(starts_at)) for key, starts_at in self.offered.items()),
            (self.OTHER, _("Another time, written below")),
            (self.NONE, _("No meeting; the former coach stops reading the case today")),
        ]
        self.booked = {f"booked_{each.pk}": each.pk for each in booked}
        for each in booked:
            self.fields[f"booked_{each.pk}"] = forms.ChoiceField(
                label=_("%(when)s: %(what)s")
                % {"when": formats.moment(each.starts_at), "what": each.about},
                choices=[
                    (MOVE, _("with the new coach, same time")),
                    (KEEP, _("stays with the former coach")),
                    (CANCEL, _("is cancelled")),
                ],
                initial=MOVE,
            )

    def clean(self):
        cleaned = super().clean()
        chosen = cleaned.get("meeting")
        cleaned["meets_at"] = self.offered.get(chosen)
        if chosen == self.OTHER:
            for name in ("on", "at"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, _("Write the day and the time of the meeting."))
            if not self.errors:
                moment = datetime.combine(cleaned["on"], cleaned["at"])
                cleaned["meets_at"] = timezone.make_aware(moment)
        cleaned["meetings"] = {
            pk: cleaned[name] for name, pk in self.booked.items() if name in cleaned
        }
        return cleaned


class CasesField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, case):
        return f"{case.person.name}, {case.number}, {formats.said(case.get_track_display())}"


class ManyForm(CaseForm):
    """Several cases of one coach to another, or each to the one proposed for it."""

    SPREAD = "spread"
    cases = CasesField(
        label=_("Cases"),
        queryset=Case.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("At most %(n)d at a time.") % {"n": MAX_MANY},
    )
    coach = forms.ChoiceField(label=_("New coach"))
    note = text_area(_("Hand-over note"), rows=4, max_length=4000)
    sees_before = LastDayField(
        label=_("The former coach reads the cases to and including"),
        required=False,
        help_text=_("So that the meetings with the persons can be booked. Empty: not after today."),
    )

    def __init__(self, *args, cases, proposals: list[Proposal], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["cases"].queryset = cases
        self.fields["coach"].choices = [
            (self.SPREAD, _("Each case to the coach proposed for it")),
            *((each.load.coach_id, words.in_words(each)) for each in proposals),
        ]

    def clean_cases(self):
        cases = self.cleaned_data["cases"]
        if len(cases) > MAX_MANY:
            raise forms.ValidationError(_("At most %(n)d at a time.") % {"n": MAX_MANY})
        return cases


class ProfileForm(CaseForm):
    """A coach's languages and specialisations."""

    languages = forms.ModelMultipleChoiceField(
        label=_("Languages you can work in, beside Swedish"),
        queryset=Language.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    specialisations = forms.ModelMultipleChoiceField(
        label=_("What you know more about than others"),
        queryset=Specialisation.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["languages"].queryset = Language.objects.valid_on(today)
        self.fields["specialisations"].queryset = Specialisation.objects.valid_on(today)


class CoachForm(ProfileForm):
    """The same as the manager fills it in, with the share of full time."""

    percent = forms.IntegerField(
        label=_("Per cent of full time as coach"),
        min_value=LEAST_PERCENT,
        max_value=100,
        help_text=_("The target of the caseload follows it."),
    )
    field_order = ["percent", "languages", "specialisations"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["languages"].label = _("Languages beside Swedish")
        self.fields["specialisations"].label = _("Specialisations")


class TrackForm(CaseForm):
    """A move to another track, with a coded reason."""

    track = forms.ChoiceField(label=_("New track"), widget=forms.RadioSelect)
    reason = forms.ChoiceField(label=_("Reason"), choices=[("", _("Choose")), *TrackReason.choices])
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def __init__(self, *args, present: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["track"].choices = [
            (value, label) for value, label in Track.choices if value != present
        ]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("reason") == TrackReason.OTHER and not cleaned.get("note"):
            self.add_error("note", _("Write what the other reason is."))
        return cleaned
