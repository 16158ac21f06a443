"""Rows of figures as a page, a report or a file shows them: plain values, worded once."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from jobcentre.ui.files import guarded
from jobcentre.ui.spreadsheets import MARK, line_writer
from reporting.enums import UnitOf
from reporting.figures import wording
from reporting.figures.publishing import Section
from reporting.models import PublishedFigure


def line(row: PublishedFigure) -> dict:
    """One line of a table."""
    return {
        "split": row.split,
        "cell": row.cell,
        "label": row.cell_label[:1].upper() + row.cell_label[1:] if row.split else _("All"),
        "value": wording.value_in_words(row),
        "population": "–" if row.population is None else wording.shown(row.population, ""),
        "before": wording.shown(row.before, row.unit),
        "target": "" if row.target is None else wording.shown(row.target, row.unit),
        "is_hidden": row.is_hidden,
        "is_reached": row.target is not None and row.value is not None and row.value >= row.target,
    }


def table(section: Section) -> dict:
    """The table of one figure: the whole, then each division under its name."""
    rows = [section.whole, *(row for part in section.divisions for row in part.rows)]
    return {
        "figure": section.whole.figure,
        "label": section.whole.label,
        "definition": section.whole.definition,
        "whole": line(section.whole),
        "divisions": [
            {"split": part.split, "label": part.label, "lines": [line(row) for row in part.rows]}
            for part in section.divisions
        ],
        "has_population": section.whole.unit != UnitOf.NUMBER,
        "has_before": any(row.before is not None for row in rows),
        "has_target": any(row.target is not None for row in rows),
    }


def csv_lines(rows: Iterable[PublishedFigure], language: str) -> Iterator[str]:
    """The rows as a semicolon-separated file with a byte-order mark, line by line."""
    writer = line_writer()
    yield MARK + writer.writerow(
        [
            _("Figure"),
            _("Divided by"),
            _("Group"),
            _("Value"),
            _("Counted in"),
            _("Number counted"),
            _("A year before"),
            _("Target"),
            _("Why there is no value"),
            _("Definition"),
        ]
    )
    for row in rows:
        yield writer.writerow(
            [
                guarded(row.label),
                guarded(row.split_label),
                guarded(row.cell_label),
                wording.plain(row.value, language),
                row.get_unit_display(),
                wording.plain(row.population, language),
                wording.plain(row.before, language),
                wording.plain(row.target, language),
                row.get_missing_display(),
                guarded(row.definition),
            ]
        )
