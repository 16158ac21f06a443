"""The quality watch in words: rows of tables, charts, and the file."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jobcentre.ui import formats
from jobcentre.ui.charts import Bar, Bars
from jobcentre.ui.files import guarded
from jobcentre.ui.spreadsheets import MARK, line_writer
from reporting.enums import Missing, Selection, UnitOf, Verdict
from reporting.figures import wording
from reporting.figures.measuring import Cell
from reporting.quality.watch import MEASURES, Line

SIGNS = {
    Verdict.ABOVE: "ok",
    Verdict.BELOW: "late",
    Verdict.AS_EXPECTED: "plain",
    Selection.EASIER: "soon",
    Selection.HARDER: "info",
    Selection.EVEN: "plain",
}


def shown(cell: Cell) -> str:
    """The number as it is shown; a dash when there is none."""
    unit = MEASURES[cell.key].unit
    if cell.value is not None and unit == "kr":
        return formats.kronor(cell.value)
    return wording.shown(cell.value, unit)


def why_missing(cell: Cell) -> str:
    """Why there is no number; empty when there is one."""
    if cell.key == "cost" and cell.missing == Missing.NOBODY:
        return _("no amount or no result")
    return str(Missing(cell.missing).label) if cell.missing else ""


def row_of(line: Line, label: str, url: str = "") -> dict:
    """A row of a table: the numbers in the order of the measures, then what the results are held
    against."""
    held = line.held
    return {
        "label": label,
        "url": url,
        "numbers": [
            {
                "label": str(MEASURES[key].label),
                "value": shown(cell),
                "why": why_missing(cell),
                "is_result": key == "results",
            }
            for key, cell in line.cells.items()
        ],
        "held": held,
        "limits": _between(held.low, held.high) if held else "",
        "expected": wording.shown(held.expected, UnitOf.PERCENT) if held else "",
        "verdict": held.verdict.label if held else "",
        "sign": SIGNS[held.verdict] if held else "",
        "selection": line.taken.selection.label if line.taken else "",
        "selection_sign": SIGNS[line.taken.selection] if line.taken else "",
        "selection_words": selection_in_words(line),
    }


def _between(low: Decimal, high: Decimal) -> str:
    return f"{formats.number(low)}–{formats.percent(high)}"


def selection_in_words(line: Line) -> str:
    """Who is taken, as sentences; empty when it cannot be said."""
    taken = line.taken
    if taken is None:
        return ""
    numbers = {
        name: wording.shown(getattr(taken, name), UnitOf.PERCENT)
        for name in ("near", "far", "chance_offered", "chance_accepted")
    }
    return (
        _(
            "Accepted %(near)s of those with at least the average chance of a result in their "
            "service, and %(far)s of those with a smaller one."
        )
        + " "
        + _(
            "Those offered had a chance of %(chance_offered)s on average, those accepted "
            "%(chance_accepted)s."
        )
    ) % numbers


def finding(lines: Iterable[Line]) -> str:
    """The heading: how many providers stand out."""
    held = [line.held for line in lines if line.held is not None]
    if not held:
        return _("Too few have been followed to compare providers")
    apart = sum(each.verdict != Verdict.AS_EXPECTED for each in held)
    if not apart:
        return _("No provider's results differ from what was to be expected")
    return ngettext(
        "%(n)s of %(all)s providers has other results than were to be expected",
        "%(n)s of %(all)s providers have other results than were to be expected",
        apart,
    ) % {"n": apart, "all": len(held)}


def easier(lines: Iterable[Line]) -> list[str]:
    """The providers that take the easier ones."""
    return [
        line.provider
        for line in lines
        if line.taken is not None and line.taken.selection == Selection.EASIER
    ]


def results_chart(lines: Sequence[tuple[str, Line]], title: str, row_label: str) -> Bars | None:
    """The results beside those expected; None when there is nothing to compare."""
    known = [(label, line.held) for label, line in lines if line.held is not None]
    if not known:
        return None
    return Bars(
        title=title,
        bars=tuple(
            Bar(label, held.share, target=held.expected, style="1") for label, held in known
        ),
        note=_("Persons who went on to work or studies within six months"),
        row_label=row_label,
        value_label=_("result"),
        target_label=_("expected"),
        unit="%",
        top=100,
    )


def csv_lines(lines: Iterable[Line], language: str) -> Iterator[str]:
    """Every provider, service and track, one line each, for a spreadsheet."""
    writer = line_writer()
    yield MARK + writer.writerow(
        [
            *(_("Provider"), _("Service"), _("Track")),
            *(_number_heading(key) for key in MEASURES),
            *(_("Persons compared"), _("Expected, per cent")),
            *(_("Not below, per cent"), _("Not above, per cent"), _("Against what was expected")),
            *(_("Accepted with a better chance, per cent"),),
            *(_("Accepted with a smaller chance, per cent"),),
            *(_("Chance of those offered, per cent"), _("Chance of those accepted, per cent")),
            _("Who is taken"),
        ]
    )
    for line in _all(lines):
        held, taken = line.held, line.taken
        numbers = [
            *(line.cells[key].value for key in MEASURES),
            *((held.n, held.expected, held.low, held.high) if held else (None,) * 4),
        ]
        chances = (
            (taken.near, taken.far, taken.chance_offered, taken.chance_accepted)
            if taken
            else (None,) * 4
        )
        yield writer.writerow(
            [
                *(guarded(each) for each in (line.provider, line.service, line.track_label)),
                *(wording.plain(each, language) for each in numbers),
                held.verdict.label if held else "",
                *(wording.plain(each, language) for each in chances),
                taken.selection.label if taken else "",
            ]
        )


def _number_heading(key: str) -> str:
    measure = MEASURES[key]
    if measure.unit == UnitOf.PERCENT:
        return _("%(what)s, per cent") % {"what": measure.label}
    if measure.unit == UnitOf.DAYS:
        return _("%(what)s, days") % {"what": measure.label}
    return str(measure.label)


def _all(lines: Iterable[Line]) -> Iterator[Line]:
    for line in lines:
        yield line
        yield from _all(line.parts)
