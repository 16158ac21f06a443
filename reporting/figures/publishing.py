"""Measured figures as rows: the one shape that pages, files and reports are made from.

On a page the rows are never saved; in a report they are frozen. Whatever is shown, drawn or
written out is taken from these rows, so the surfaces cannot differ.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from reporting.enums import Split
from reporting.figures.measuring import Cell, Measured
from reporting.models import PublishedFigure, Target


def targets_on(day: date) -> dict[tuple[str, str], int]:
    """The committees' targets on `day`, by figure and source ("" for all); one query."""
    return {
        (figure, source): percent
        for figure, source, percent in Target.objects.valid_on(day)
        .order_by("valid_from")
        .values_list("figure", "source", "percent")
    }


def rows_of(
    measured: dict[str, Measured],
    before: dict[str, Measured],
    targets: dict[tuple[str, str], int],
) -> list[PublishedFigure]:
    """Unsaved rows in the order they are shown, worded in the current language."""
    rows: list[PublishedFigure] = []
    for key, each in measured.items():
        earlier = before.get(key)
        rows.append(
            _row(each, "", each.whole, earlier.whole if earlier else None, targets.get((key, "")))
        )
        for split in Split:
            cells = each.splits.get(split.value, ())
            old = (
                {cell.key: cell for cell in earlier.splits.get(split.value, ())} if earlier else {}
            )
            for cell in cells:
                target = targets.get((key, cell.key)) if split == Split.SOURCE else None
                rows.append(_row(each, split.value, cell, old.get(cell.key), target))
    for position, row in enumerate(rows, start=1):
        row.position = position
    return rows


def _row(
    measured: Measured, split: str, cell: Cell, old: Cell | None, target: int | None
) -> PublishedFigure:
    figure = measured.figure
    return PublishedFigure(
        figure=figure.key,
        label=str(figure.label),
        definition=str(figure.definition),
        unit=figure.unit.value,
        split=split,
        split_label=str(Split(split).label) if split else "",
        cell=cell.key,
        cell_label=cell.label,
        value=cell.value,
        population=cell.population,
        # Beside a hidden value its former one would tell too much.
        before=old.value if old is not None and not cell.is_hidden else None,
        target=target,
        is_hidden=cell.is_hidden,
        missing=cell.missing,
    )


@dataclass
class Division:
    """The rows of one figure under one heading ("Track")."""

    split: str
    label: str
    rows: list[PublishedFigure] = field(default_factory=list)


@dataclass
class Section:
    """One figure of a page or report: the whole first, then its divisions."""

    whole: PublishedFigure
    divisions: list[Division] = field(default_factory=list)

    def division(self, split: str) -> Division | None:
        return next((each for each in self.divisions if each.split == split), None)


def sections_of(rows: Iterable[PublishedFigure]) -> dict[str, Section]:
    """Rows gathered by figure, in their order."""
    sections: dict[str, Section] = {}
    for row in rows:
        if not row.split:
            sections[row.figure] = Section(row)
            continue
        section = sections[row.figure]
        if not section.divisions or section.divisions[-1].split != row.split:
            section.divisions.append(Division(row.split, row.split_label))
        section.divisions[-1].rows.append(row)
    return sections
