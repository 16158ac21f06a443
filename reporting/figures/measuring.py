"""Figures measured for a scope: one number for the whole and one for each cell, small ones hidden."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from reporting.enums import AgeGroup, Missing, Split, UnitOf
from reporting.figures import arithmetic
from reporting.figures.registry import FIGURES, Figure
from reporting.figures.scope import Scope, cell_labels
from reporting.figures.suppression import hidden_with_parts, tells_too_much

SPLITS = (Split.SOURCE, Split.TRACK, Split.SEX, Split.AGE, Split.CENTRE)
# A cell of people of whom the fact is not known is shown only when there are any.
ONLY_IF_ANY = AgeGroup.UNKNOWN.value


@dataclass(frozen=True)
class Cell:
    """One number. Hidden ones have neither value nor population; `missing` says why."""

    key: str
    label: str
    value: Decimal | None
    population: int | None
    is_hidden: bool = False
    missing: str = ""


@dataclass(frozen=True)
class Measured:
    """A figure with its numbers: the whole, and the cells of each division."""

    figure: Figure
    whole: Cell
    splits: dict[str, tuple[Cell, ...]]


class Reader:
    """Reads each set of facts once for a scope, however many figures ask for it."""

    def __init__(self, scope: Scope):
        self.scope = scope
        self._read: dict[tuple[str, bool], list] = {}
        self._labels: dict[str, list[tuple[str, str]]] = {}

    def rows(self, figure: Figure, by_group: bool = False) -> list:
        key = figure.facts.key, by_group
        if key not in self._read:
            self._read[key] = figure.facts.rows(self.scope, by_group)
        return [row for row in self._read[key] if figure.population(row, self.scope)]

    def labels(self, split: str) -> list[tuple[str, str]]:
        if split not in self._labels:
            self._labels[split] = cell_labels(self.scope, split)
        return self._labels[split]


def _cell(figure: Figure, key: str, label: str, rows: list, is_hidden: bool) -> Cell:
    if is_hidden:
        return Cell(key, label, None, None, is_hidden=True, missing=Missing.FEW.value)
    value = figure.measure(rows)
    return Cell(
        key,
        label,
        value,
        arithmetic.counted(rows),
        missing="" if value is not None else Missing.NOBODY.value,
    )


def _told(figure: Figure, reader: Reader, by_group: bool) -> list[list]:
    """The rows of every count that the figure tells a reader: of a share, what it is of, those that
    reach it and those that do not; of a number that is a part of a share, what the share tells."""
    of = FIGURES[figure.part_of] if figure.part_of else figure
    rows = reader.rows(of, by_group)
    if of.hit is None:
        return [rows]
    return [rows, [row for row in rows if of.hit(row)], [row for row in rows if not of.hit(row)]]


def _by_cell(split: str, rows: list) -> dict[str, list]:
    by_cell: dict[str, list] = defaultdict(list)
    for row in rows:
        by_cell[str(row[f"by_{split}"])].append(row)
    return by_cell


def _split(
    figure: Figure, split: str, rows: list, told: list[list], reader: Reader
) -> tuple[Cell, ...]:
    by_cell = _by_cell(split, rows)
    counts = [_by_cell(split, each) for each in told]
    labels = [
        (key, label)
        for key, label in reader.labels(split)
        if key != ONLY_IF_ANY or any(count.get(key) for count in counts)
    ]
    hidden = frozenset()
    if reader.scope.suppresses:
        hidden = hidden_with_parts(
            {key: arithmetic.persons(count.get(key, [])) for key, _label in labels}
            for count in counts
        )
    return tuple(
        _cell(figure, key, label, by_cell.get(key, []), key in hidden) for key, label in labels
    )


def measure_one(figure: Figure, reader: Reader, *, with_groups: bool = False) -> Measured:
    """One figure; the target groups need a query of their own and are asked for."""
    rows, told = reader.rows(figure), _told(figure, reader, by_group=False)
    too_few = reader.scope.suppresses and tells_too_much(map(arithmetic.persons, told))
    whole = _cell(figure, "", "", rows, too_few)
    splits = {split.value: _split(figure, split.value, rows, told, reader) for split in SPLITS}
    if with_groups:
        group = Split.GROUP.value
        by_group = reader.rows(figure, by_group=True)
        told = _told(figure, reader, by_group=True)
        splits[group] = _split(figure, group, by_group, told, reader)
    return Measured(figure, whole, splits)


def measure(
    scope: Scope,
    figures: Iterable[Figure] = tuple(FIGURES.values()),
    *,
    with_groups: bool = False,
    tell: Callable[[int, int], None] | None = None,
) -> dict[str, Measured]:
    """All `figures` for `scope`, by key. `tell(done, of)` hears how far it has come."""
    figures = list(figures)
    reader = Reader(scope)
    measured = {}
    for done, figure in enumerate(figures, start=1):
        measured[figure.key] = measure_one(figure, reader, with_groups=with_groups)
        if tell is not None:
            tell(done, len(figures))
    return measured


def measure_year_before(
    scope: Scope, figures: Iterable[Figure] = tuple(FIGURES.values()), **more
) -> dict[str, Measured]:
    """The same figures a year before; those that are of today have none."""
    earlier = [figure for figure in figures if not figure.is_now]
    return measure(scope.a_year_before(), earlier, **more)


def is_count(figure: Figure) -> bool:
    """Whether the number counted is the figure itself and needs no column of its own."""
    return figure.unit == UnitOf.NUMBER
