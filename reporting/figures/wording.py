"""Figures in words: a number as it is shown everywhere, and the findings that stand as headings."""

from collections.abc import Mapping
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jobcentre.ui import formats
from reporting.enums import UnitOf
from reporting.figures.publishing import Division, Section
from reporting.figures.registry import RESULT
from reporting.models import PublishedFigure


def shown(value: Decimal | None, unit: str) -> str:
    """`57 %`, `4,5 dagar`, `1 234`; a dash when there is none."""
    if value is None:
        return "–"
    if unit == UnitOf.PERCENT:
        return formats.percent(value)
    if unit == UnitOf.DAYS:
        return ngettext("%(n)s day", "%(n)s days", 1 if value == 1 else 2) % {
            "n": formats.number(value)
        }
    return formats.number(value)


def value_in_words(row: PublishedFigure) -> str:
    """The value, or a dash with the reason."""
    if row.value is None:
        return f"– ({row.get_missing_display()})"
    return shown(row.value, row.unit)


def plain(value: Decimal | int | None, language: str) -> str:
    """A number for a spreadsheet: no spaces, comma or point by language, nothing when missing."""
    if value is None:
        return ""
    amount = Decimal(value)
    whole = amount == amount.to_integral_value()
    text = f"{amount:.0f}" if whole else f"{amount:.1f}"
    return text.replace(".", ",") if language == "sv" else text


def change_in_words(row: PublishedFigure) -> str:
    """How the value has changed since a year before; empty when it cannot be said."""
    if row.value is None or row.before is None:
        return ""
    if row.value == row.before:
        return _("the same as a year before")
    return _("%(before)s a year before") % {"before": shown(row.before, row.unit)}


def finding(sections: Mapping[str, Section]) -> str:
    """The heading of the manager's page and the report: how it goes for those who leave."""
    row = sections[RESULT].whole
    if row.value is None:
        return (
            _("Too few have left to say how many went on to work or studies")
            if row.is_hidden
            else _("Nobody has left in the period")
        )
    values = {"share": shown(row.value, row.unit)}
    if row.before is None:
        return _("%(share)s of those who left went on to work or studies") % values
    points = int(abs(row.value - row.before))
    values["points"] = formats.number(points)
    if row.value == row.before:
        return _("%(share)s went on to work or studies, the same as a year before") % values
    if row.value > row.before:
        return (
            ngettext(
                "%(share)s went on to work or studies, %(points)s point more than a year before",
                "%(share)s went on to work or studies, %(points)s points more than a year before",
                points,
            )
            % values
        )
    return (
        ngettext(
            "%(share)s went on to work or studies, %(points)s point fewer than a year before",
            "%(share)s went on to work or studies, %(points)s points fewer than a year before",
            points,
        )
        % values
    )


def further_findings(sections: Mapping[str, Section]) -> list[str]:
    """What else a committee should know at once, as sentences; only what can be said."""
    sentences = []

    def tell(key: str, sentence: str) -> None:
        row = sections[key].whole
        if row.value is not None:
            sentences.append(sentence % {"value": shown(row.value, row.unit)})

    tell("participants", _("%(value)s persons took part."))
    tell("plan_in_time", _("%(value)s had a plan sent within five working days."))
    tell("approved_in_time", _("%(value)s of the plans were approved in time."))
    tell("exits_unknown", _("%(value)s of those who left did so without a known reason."))
    tell("returns", _("%(value)s of the new cases are persons who came back within a year."))
    tell("follow_up_answers", _("%(value)s of the follow-ups after the exit were answered."))
    return sentences


def target_finding(division: Division) -> str:
    """How many of those with a target reach it, as the title of the chart."""
    aimed = [row for row in division.rows if row.target is not None and row.value is not None]
    if not aimed:
        return _("Results by who referred the person")
    reached = sum(row.value >= row.target for row in aimed)
    return ngettext(
        "%(reached)s of %(n)s target is reached",
        "%(reached)s of %(n)s targets are reached",
        len(aimed),
    ) % {"reached": reached, "n": len(aimed)}


def spread_finding(division: Division) -> str:
    """From the lowest to the highest of a division, as the title of the chart."""
    known = [row for row in division.rows if row.value is not None]
    if len(known) < 2:
        return _("There is too little to compare")
    low = min(known, key=lambda row: row.value)
    high = max(known, key=lambda row: row.value)
    if low.value == high.value:
        return _("No difference between the groups")
    return _("Highest for %(high)s, lowest for %(low)s") % {
        "high": high.cell_label,
        "low": low.cell_label,
    }
