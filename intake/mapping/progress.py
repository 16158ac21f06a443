"""Measures of progression read for a page: the form, the radar of the last two, the trends."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intake.mapping import rules
from intake.mapping.enums import Rater
from intake.models import ProgressIndicator, ProgressMeasure
from intake.models.progress import STEPS
from intake.transitions.progress import MeasureInput
from jobcentre.casework.forms import CaseForm, text_area
from jobcentre.ui import charts, formats
from jobcentre.ui.fields import DayField

SHOWN = 12  # measures of a rater that the trends show


class ProgressForm(CaseForm):
    """The person's rating and the coach's, apart; what is not rated is left open."""

    measured_on = DayField(label=gettext_lazy("Rated on"), latest_today=True)
    comment_person = text_area(gettext_lazy("In the person's words"), rows=2, max_length=2000)
    comment_coach = text_area(gettext_lazy("The coach's comment"), rows=2, max_length=2000)

    def __init__(self, *args, indicators: Sequence[ProgressIndicator], **kwargs):
        super().__init__(*args, **kwargs)
        self.indicators = {
            Rater.PERSON.value: [row for row in indicators if row.asked_of_person],
            Rater.COACH.value: [row for row in indicators if row.asked_of_coach],
        }
        for rater, rows in self.indicators.items():
            self.fields[f"comment_{rater}"].required = False
            for row in rows:
                self.fields[f"{rater}_{row.key}"] = forms.TypedChoiceField(
                    label=row.question,
                    choices=[(str(n), f"{n} – {words}") for n, words in row.steps.items()],
                    coerce=int,
                    empty_value=None,
                    required=False,
                    widget=forms.RadioSelect,
                )

    def rated_by(self, rater: str):
        """The bound fields of a rater: the ratings, then the comment."""
        return [self[f"{rater}_{row.key}"] for row in self.indicators[rater]] + [
            self[f"comment_{rater}"]
        ]

    def of_person(self):
        return self.rated_by(Rater.PERSON.value)

    def of_coach(self):
        return self.rated_by(Rater.COACH.value)

    def coach_has_errors(self) -> bool:
        return any(field.errors for field in self.of_coach())

    def clean(self):
        cleaned = super().clean()
        if not any(each.steps for each in self._measures(cleaned)):
            raise forms.ValidationError(_("Rate at least one of the indicators."))
        return cleaned

    def _measures(self, data) -> list[MeasureInput]:
        return [
            MeasureInput(
                rater,
                data.get("measured_on"),
                {
                    row.key: data[f"{rater}_{row.key}"]
                    for row in rows
                    if data.get(f"{rater}_{row.key}")
                },
                data.get(f"comment_{rater}", ""),
            )
            for rater, rows in self.indicators.items()
        ]

    def measures(self) -> list[MeasureInput]:
        """What is to be recorded: a measure for each rater who has rated something."""
        return [each for each in self._measures(self.cleaned_data) if each.steps]


@dataclass(frozen=True)
class Progress:
    """The current measures of a case with their ratings, the newest first; two queries."""

    measures: list[ProgressMeasure]

    @classmethod
    def of(cls, case) -> "Progress":
        return cls(
            list(
                ProgressMeasure.objects.filter(case=case, is_current=True)
                .select_related("recorded_by")
                .prefetch_related("ratings__indicator")
                .order_by("-measured_on", "-pk")[: SHOWN * 2]
            )
        )

    def by(self, rater: str) -> list[ProgressMeasure]:
        return [each for each in self.measures if each.rater == rater][:SHOWN]

    def radar(self, rater: str) -> charts.Radar | None:
        """The last two measures of the rater; None with fewer than three indicators rated."""
        return _radar(self.by(rater)[:2])

    def trends(self) -> list[charts.Lines]:
        """A line chart for each indicator: the person and the coach over the days of measures."""
        days = sorted({each.measured_on for each in self.measures})[-SHOWN:]
        steps = {(each.rater, each.measured_on): steps_of(each) for each in reversed(self.measures)}
        labels = _labels(self.measures)
        return [_trend(key, label, days, steps) for key, label in labels.items()]


def steps_of(measure: ProgressMeasure) -> dict[int, int]:
    """Steps by the id of the indicator."""
    return {rating.indicator_id: rating.step for rating in measure.ratings.all()}


def _labels(measures: Sequence[ProgressMeasure]) -> dict[int, str]:
    """The indicators rated in `measures` by id, in their order."""
    rows = {r.indicator_id: r.indicator for each in measures for r in each.ratings.all()}
    return {
        row.pk: row.label for row in sorted(rows.values(), key=lambda row: (row.position, row.pk))
    }


def _radar(last: Sequence[ProgressMeasure]) -> charts.Radar | None:
    labels = _labels(last[:1])
    if len(labels) < 3:
        return None
    series = tuple(
        charts.Series(
            formats.day_year(each.measured_on),
            tuple(steps_of(each).get(key) for key in labels),
            "2" if number else "1",
        )
        for number, each in enumerate(last)
    )
    return charts.Radar(
        title=finding(last),
        axes=tuple(labels.values()),
        series=series,
        top=max(STEPS),
        axis_label=_("Indicator"),
        change_label=_("Change"),
    )


def finding(last: Sequence[ProgressMeasure]) -> str:
    """What the last two measures say, as a sentence."""
    newest = formats.day_year(last[0].measured_on)
    if len(last) < 2:
        return _("The first rating, %(day)s") % {"day": newest}
    up, same, down = rules.changed(steps_of(last[0]), steps_of(last[1]))
    return _(
        "%(up)d have gone up, %(same)d are the same and %(down)d have gone down since %(day)s"
    ) % {
        "up": up,
        "same": same,
        "down": down,
        "day": formats.day_year(last[1].measured_on),
    }


def _trend(key: int, label: str, days: list[date], steps) -> charts.Lines:
    by_rater = {
        rater: tuple(steps.get((rater.value, day), {}).get(key) for day in days) for rater in Rater
    }
    known = [value for value in by_rater[Rater.PERSON] if value is not None] or [
        value for value in by_rater[Rater.COACH] if value is not None
    ]
    title = (
        _("%(indicator)s: from %(first)d to %(last)d")
        if len(known) > 1
        else _("%(indicator)s: %(last)d")
    ) % {"indicator": label, "first": known[0], "last": known[-1]}
    return charts.Lines(
        title=title,
        categories=tuple(formats.day_short(day) for day in days),
        series=tuple(
            charts.Series(str(rater.label), values, style)
            for (rater, values), style in zip(by_rater.items(), "12", strict=True)
            if any(value is not None for value in values)
        ),
        top=max(STEPS),
        category_label=_("Day"),
    )
