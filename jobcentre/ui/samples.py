"""What the style guide shows: made-up values, of nobody."""

from dataclasses import dataclass
from datetime import date, timedelta

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobcentre.ui import charts, formats
from jobcentre.ui.fields import DayField
from jobcentre.ui.icons import SHAPES


class GuideForm(forms.Form):
    """Which theme the guide is shown in."""

    theme = forms.ChoiceField(
        choices=[(name, name) for name in ("auto", "light", "dark")], required=False
    )


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        help_text=gettext_lazy("As the person writes it"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    starts_on = DayField(
        label=gettext_lazy("First day"), help_text=gettext_lazy("For example 3/12 or tomorrow")
    )
    hours = forms.IntegerField(
        label=gettext_lazy("Hours a week"),
        min_value=1,
        max_value=40,
        required=False,
        widget=forms.NumberInput(attrs={"class": "ei-w-4"}),
    )
    track = forms.ChoiceField(
        label=gettext_lazy("Track"),
        choices=[
            ("direct", gettext_lazy("Job now")),
            ("later", gettext_lazy("Job in time")),
            ("support", gettext_lazy("Job with support")),
        ],
    )
    contact = forms.ChoiceField(
        label=gettext_lazy("How may we contact you?"),
        help_text=gettext_lazy("Choose one"),
        widget=forms.RadioSelect,
        choices=[("mail", gettext_lazy("E-mail")), ("phone", gettext_lazy("Phone"))],
    )
    groups = forms.MultipleChoiceField(
        label=gettext_lazy("Target groups"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("sfi", gettext_lazy("SFI student")), ("youth", gettext_lazy("16–24 years"))],
    )
    note = forms.CharField(
        label=gettext_lazy("Note"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    document = forms.FileField(label=gettext_lazy("Document"), required=False)
    is_told = forms.BooleanField(
        label=gettext_lazy("The person has been told"),
        help_text=gettext_lazy("Required before the plan is sent"),
    )


class FilterForm(forms.Form):
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=[("", gettext_lazy("Everything"))], required=False
    )
    q = forms.CharField(
        label=gettext_lazy("Name"), required=False, widget=forms.TextInput({"type": "search"})
    )


@dataclass(frozen=True)
class SampleClock:
    """The same attributes as a clock of a case."""

    name: str
    sign: str
    words: str
    date: str
    why: str
    waits_for: str


def _clocks(today: date) -> list[SampleClock]:
    due = formats.day(today + timedelta(days=2))
    why = _("5 working days from %(day)s") % {"day": formats.day(today - timedelta(days=4))}
    coach = _("Coach")
    return [
        SampleClock(_("First plan"), "late", _("1 working day late"), due, why, coach),
        SampleClock(_("Answer on the plan"), "soon", _("1 working day left"), due, why, coach),
        SampleClock(_("Review"), "ok", _("9 weeks left"), due, why, coach),
        SampleClock(_("Time at the centre"), "paused", _("Paused"), due, why, coach),
    ]


def _weeks(today: date, count: int) -> tuple[str, ...]:
    return tuple(formats.week(today - timedelta(weeks=count - n)) for n in range(count))


def _charts(today: date) -> dict[str, charts.Chart]:
    hours, areas = "h", _("Swedish,Trade,Job search,Health,Daily life,Network,Digital habit")
    month = today.replace(day=1)
    return {
        "columns": charts.Columns(
            title=_("More hours were attended than planned in half of the weeks"),
            categories=_weeks(today, 8),
            series=(
                charts.Series(_("present"), (30, 28, 30, 24, 30, 27, 30, 15)),
                charts.Series(_("valid absence"), (0, 2, 0, 0, 0, 3, 0, 0), "2"),
                charts.Series(_("invalid absence"), (0, 0, 0, 6, 0, 0, 0, 0), "late"),
                charts.Series(_("not marked"), (0, 0, 0, 0, 0, 0, 0, 12), "2", is_hatched=True),
            ),
            category_label=_("Week"),
            unit=hours,
            target=30,
            target_label=_("plan 30 h"),
        ),
        "bars": charts.Bars(
            title=_("More than half went on to work or studies"),
            bars=(
                charts.Bar(_("All"), 57, 66),
                charts.Bar(_("From the employment service"), 54, 61, 70),
                charts.Bar(_("From social services"), 59, 64, 50),
                charts.Bar(_("From others"), None, why_missing=_("fewer than 5")),
            ),
            row_label=_("Referred by"),
            value_label=_("this year"),
            before_label=_("last year"),
            target_label=_("target"),
            unit="%",
            top=100,
        ),
        "lines": charts.Lines(
            title=_("The queue has become shorter since the spring"),
            categories=tuple(
                formats.month_short(date(today.year, number, 1)) for number in range(1, 13)
            ),
            series=(
                charts.Series(_("this year"), (42, 44, 47, 51, 50, 44, 38, 35, 33, 34, None, None)),
                charts.Series(
                    _("last year"), (38, 39, 41, 40, 44, 46, 45, 47, 46, 44, 43, 42), "2"
                ),
            ),
            category_label=_("Month"),
            target=40,
            target_label=_("target 40"),
        ),
        "radar": charts.Radar(
            title=_("Swedish and job search have grown the most, two to three steps"),
            axes=tuple(areas.split(",")),
            series=(
                charts.Series(_("now"), (4, 3, 3, 3, 4, 2, 4)),
                charts.Series(_("at the start"), (2, 2, 1, 3, 3, 2, 3), "2"),
            ),
            top=5,
            axis_label=_("Area"),
            change_label=_("Steps"),
        ),
        "balance": charts.Balance(
            title=_("3 hours are missing"),
            segments=(
                charts.Segment(_("Work training"), 15),
                charts.Segment(_("Course"), 12),
            ),
            need=30,
            need_label=_("need 30 h"),
            row_label=_("Activity"),
            value_label=_("Hours a week"),
            missing_label=_("Missing"),
        ),
        "timeline": charts.Timeline(
            title=_("One activity is done, two are running and one waits for approval"),
            activities=(
                charts.Activity(
                    _("Swedish at work"),
                    month - timedelta(days=110),
                    today - timedelta(days=8),
                    "done",
                    _("Adult education, 15 h"),
                    _("done"),
                    ((month - timedelta(days=80), month - timedelta(days=66)),),
                ),
                charts.Activity(
                    _("Work training"),
                    month - timedelta(days=95),
                    today + timedelta(days=20),
                    meta=_("Workshop, 12 h"),
                    words=_("running"),
                ),
                charts.Activity(
                    _("Own job search"), month - timedelta(days=130), today, "quiet", _("5 h")
                ),
                charts.Activity(
                    _("Till and service"),
                    today + timedelta(days=6),
                    today + timedelta(days=60),
                    "proposed",
                    _("Course, 12 h"),
                    _("proposed"),
                ),
            ),
            marks=(charts.Mark(today + timedelta(days=40), _("review"), "soon"),),
            starts_on=month - timedelta(days=135),
            ends_before=today + timedelta(days=70),
            today=today,
        ),
    }


def context(today: date) -> dict:
    """The variables of templates/ui/guide.html."""
    return {
        "today": today,
        "clocks": _clocks(today),
        "charts": _charts(today),
        "form": SampleForm(
            auto_id="empty_%s", initial={"name": "Kim", "starts_on": today, "track": "later"}
        ),
        "wrong_form": SampleForm(
            {"name": "", "starts_on": "37/12", "hours": "50", "track": "direct"},
            auto_id="wrong_%s",
        ),
        "filter_form": FilterForm(auto_id="filter_%s"),
        "tabs": [
            {"label": _("Overview"), "url": "#", "is_current": True, "count": None},
            {"label": _("Plan"), "url": "#", "is_current": False, "count": None},
            {"label": _("Activities"), "url": "#", "is_current": False, "count": 4},
        ],
        "signs": [
            {"sign": "ok", "word": _("Desk free")},
            {"sign": "soon", "word": _("Due today")},
            {"sign": "late", "word": _("Late")},
            {"sign": "paused", "word": _("Paused")},
            {"sign": "info", "word": _("Waits for an answer")},
            {"sign": "plain", "word": _("Job in time")},
            {"sign": "", "word": _("Ended")},
        ],
        "icons": sorted(SHAPES),
    }
