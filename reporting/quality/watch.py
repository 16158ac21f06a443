"""The quality watch: each provider and service, and in it each track, measured and small numbers
hidden. Every measure is counted on rows of its own; the words of each stand beside the code."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import partial
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jobcentre.casework.enums import Track
from jobcentre.text import sort_key
from referrals.enums import DeclineReason
from reporting.enums import AgeGroup, Enrolled, Fate, Missing, Schooling, Selection, UnitOf, Verdict
from reporting.figures import arithmetic
from reporting.figures.arithmetic import Row
from reporting.figures.measuring import Cell
from reporting.figures.registry import FIGURES
from reporting.figures.suppression import hidden_cells, is_small
from reporting.quality import rules
from reporting.quality.rows import Rows

ATTENDANCE = FIGURES["attendance_present"]
DECIDED = (Fate.ACCEPTED, Fate.DECLINED, Fate.GIVEN_BACK)
TURNED_AWAY = (Fate.DECLINED, Fate.GIVEN_BACK)
KRONA = Decimal(1)


@dataclass(frozen=True)
class Measure:
    """One of the numbers of a provider: `of` names the rows it is counted on, `population` which of
    them, `count` makes the number. `unit` is a UnitOf, or "kr"."""

    key: str
    label: Promise
    definition: Promise
    unit: str
    of: str
    count: Callable[[list[Row]], Decimal | None]
    population: Callable[[Row], bool] = lambda _row: True


def cost_of_a_result(rows: list[Row]) -> Decimal | None:
    """Whole kronor for each result, rounded half up; None without results or without amounts."""
    reached = sum(row["is_reached"] for row in rows)
    amounts = [row["amount"] for row in rows if row["amount"] is not None]
    if not reached or not amounts:
        return None
    return (sum(amounts) / reached).quantize(KRONA, ROUND_HALF_UP)


MEASURES: dict[str, Measure] = {
    measure.key: measure
    for measure in (
        Measure(
            "offered",
            _("Offered"),
            _("Orders sent to the provider in the period."),
            UnitOf.NUMBER,
            "offers",
            arithmetic.number,
        ),
        Measure(
            "turned_away",
            _("Turned away"),
            _(
                "Share of the answered orders that the provider declined, or accepted first and "
                "then gave back because the activity did not suit the person."
            ),
            UnitOf.PERCENT,
            "offers",
            partial(arithmetic.share, hit=lambda row: row["fate"] in TURNED_AWAY),
            lambda row: row["fate"] in DECIDED,
        ),
        Measure(
            "waiting",
            _("Days of waiting"),
            _(
                "Calendar days from the day the order was sent to the day the person started; the "
                "middle value of the orders sent in the period that have started."
            ),
            UnitOf.DAYS,
            "offers",
            partial(arithmetic.median, of=lambda row: (row["started_on"] - row["sent_on"]).days),
            lambda row: row["started_on"] is not None,
        ),
        Measure(
            "attendance",
            _("Presence"),
            _(
                "The figure of presence, of the registered sessions of the period between the "
                "first and the last day at the provider."
            ),
            UnitOf.PERCENT,
            "sessions",
            ATTENDANCE.measure,
            lambda row: ATTENDANCE.population(row, None),
        ),
        Measure(
            "registered",
            _("Attendance in time"),
            _(
                "Share of the sessions of the period between the first and the last day at the "
                "provider that were registered not later than Wednesday of the week after; those "
                "whose Wednesday comes after the period are left out, and providers whose "
                "agreement does not ask for attendance each week."
            ),
            UnitOf.PERCENT,
            "registered",
            partial(arithmetic.share, hit=lambda row: row["is_timely"]),
            lambda row: row["n"] > 0,
        ),
        Measure(
            "broken_off",
            _("Broken off"),
            _(
                "Share of the activities that ended in the period which were interrupted, or "
                "withdrawn after the start."
            ),
            UnitOf.PERCENT,
            "ended",
            partial(arithmetic.share, hit=lambda row: row["is_broken_off"]),
        ),
        Measure(
            "results",
            _("To work or studies"),
            _(
                "Share of the persons who ended at the provider in a period as long, six months "
                "earlier, and whose case ended within six months for work or studies as the "
                "figure of the exits says it. A person counts once, by the last order. Who moved, "
                "died or was taken over meanwhile is left out."
            ),
            UnitOf.PERCENT,
            "followed",
            partial(arithmetic.share, hit=lambda row: row["is_reached"]),
        ),
        Measure(
            "cost",
            _("Kronor for each result"),
            _(
                "What stands in the ledger for those persons' orders, taken-back amounts taken "
                "off, divided by the results among them."
            ),
            "kr",
            "followed",
            cost_of_a_result,
        ),
    )
}


@dataclass(frozen=True)
class Held:
    """The results against those expected, in per cent of `n` persons; `low` and `high` are the
    limits of what was seen."""

    n: int
    share: Decimal
    expected: Decimal
    low: Decimal
    high: Decimal
    verdict: Verdict


@dataclass(frozen=True)
class Taken:
    """Accepted of those with a better or even chance of a result, and of those with a worse, in per
    cent; `chance_offered` and `chance_accepted` the mean chance of those offered and accepted."""

    near: Decimal
    far: Decimal
    chance_offered: Decimal
    chance_accepted: Decimal
    selection: Selection


@dataclass(frozen=True)
class Part:
    """A group of the people offered: how many, and the share of them accepted."""

    feature: str
    label: str
    offered: int
    accepted: Decimal


@dataclass
class Line:
    """A provider, one of its services (`service_pk`), or a track of that (`track`); `parts` are what
    it is divided into. What is of fewer than five persons is not there."""

    provider_pk: int
    provider: str
    service_pk: int | None = None
    service: str = ""
    track: str = ""
    cells: dict[str, Cell] = field(default_factory=dict)
    held: Held | None = None
    taken: Taken | None = None
    parts: list["Line"] = field(default_factory=list)
    reasons: list[tuple[str, int]] = field(default_factory=list)
    mix: list[Part] = field(default_factory=list)

    @property
    def tells_anything(self) -> bool:
        """Whether any of its numbers is shown and not nought."""
        return any(cell.value for cell in self.cells.values())

    @property
    def track_label(self) -> str:
        return str(Track(self.track).label) if self.track else ""


NAMES = ("offers", "ended", "followed", "sessions", "registered")


def lines(rows: Rows, provider: int | None = None, service: int | None = None) -> list[Line]:
    """The providers with any rows, by name; each divided by service, and each of these by track.

    With `service` only that service is counted.
    """
    found: dict[int, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for name in NAMES:
        for row in getattr(rows, name):
            if provider in (None, row["provider_pk"]) and service in (None, row["service_pk"]):
                found[row["provider_pk"]][name].append(row)
    made = [_provider(Line(pk, rows.providers[pk]), of, rows) for pk, of in found.items()]
    return sorted(made, key=lambda line: (sort_key(line.provider), line.provider_pk))


def _provider(line: Line, of: dict[str, list[Row]], rows: Rows) -> Line:
    by_service = _by("service_pk", of)
    line.parts = [
        replace(line, service_pk=pk, service=rows.services[pk], cells={}, parts=[])
        for pk in sorted(by_service, key=lambda pk: (sort_key(rows.services[pk]), pk))
    ]
    _measure(line, of)
    _measure_parts(line, [by_service[each.service_pk] for each in line.parts])
    for each in line.parts:
        of_service = by_service[each.service_pk]
        by_track = _by("by_track", of_service)
        each.parts = [
            replace(each, track=track, cells={}, parts=[])
            for track in Track.values
            if track in by_track
        ]
        _measure_parts(each, [by_track[part.track] for part in each.parts])
    for each in (line, *line.parts):
        _tell_people(each, of if each is line else by_service[each.service_pk])
    return line


def _by(column: str, of: dict[str, list[Row]]) -> dict[Any, dict[str, list[Row]]]:
    parts: dict[Any, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for name, found in of.items():
        for row in found:
            parts[row[column]][name].append(row)
    return parts


def _measure(line: Line, of: dict[str, list[Row]]) -> None:
    for measure in MEASURES.values():
        counted = _counted(measure, of)
        line.cells[measure.key] = _cell(measure, counted, is_small(arithmetic.persons(counted)))
    line.held = _held(line, of)


def _measure_parts(line: Line, parts: list[dict[str, list[Row]]]) -> None:
    """Hidden so that no part can be computed from the whole and the others."""
    for measure in MEASURES.values():
        counted = [_counted(measure, of) for of in parts]
        hidden = hidden_cells(
            {str(index): arithmetic.persons(found) for index, found in enumerate(counted)}
        )
        for index, each in enumerate(line.parts):
            each.cells[measure.key] = _cell(measure, counted[index], str(index) in hidden)
    for each, of in zip(line.parts, parts, strict=True):
        each.held = _held(each, of)


def _tell_people(line: Line, of: dict[str, list[Row]]) -> None:
    line.taken = _taken(of["offers"])
    line.reasons, line.mix = _reasons(line, of["offers"]), _mix(of["offers"])


def _counted(measure: Measure, of: dict[str, list[Row]]) -> list[Row]:
    return [row for row in of.get(measure.of, ()) if measure.population(row)]


def _cell(measure: Measure, rows: list[Row], is_hidden: bool) -> Cell:
    label = str(measure.label)
    if is_hidden:
        return Cell(measure.key, label, None, None, is_hidden=True, missing=Missing.FEW.value)
    value = measure.count(rows) if rows else None
    if measure.unit == UnitOf.NUMBER:
        value = value or Decimal(0)
    missing = "" if value is not None else Missing.NOBODY.value
    return Cell(measure.key, label, value, arithmetic.counted(rows), missing=missing)


def _held(line: Line, of: dict[str, list[Row]]) -> Held | None:
    """Of the services that others carry out too; None when hidden or of fewer than five."""
    rows = [row for row in of.get("followed", ()) if row["chance"] is not None]
    if line.cells["results"].value is None or arithmetic.persons(rows) < rules.FEWEST:
        return None
    reached, n = sum(row["is_reached"] for row in rows), len(rows)
    expected = sum((row["chance"] for row in rows), Fraction(0))
    low, high = rules.limits(reached)
    return Held(
        n,
        arithmetic.per_cent(reached, n),
        _per_cent(expected / n),
        _per_cent(low / n),
        _per_cent(min(1.0, high / n)),
        rules.verdict(reached, expected),
    )


def _per_cent(share: Fraction | float) -> Decimal:
    """Whole per cent, rounded half up."""
    exact = Fraction(share)
    return arithmetic.per_cent(exact.numerator, exact.denominator)


def _taken(offers: Iterable[Row]) -> Taken | None:
    """None when either group is of fewer than five, or nobody was accepted."""
    decided = [row for row in offers if row["fate"] in DECIDED and row["chance"] is not None]
    near = [row for row in decided if row["is_near"]]
    far = [row for row in decided if not row["is_near"]]
    accepted = [row for row in decided if row["fate"] == Fate.ACCEPTED]
    if any(arithmetic.persons(group) < rules.FEWEST for group in (near, far)) or not accepted:
        return None
    first, second = _hits(near), _hits(far)
    return Taken(
        arithmetic.per_cent(*first),
        arithmetic.per_cent(*second),
        _mean_chance(decided),
        _mean_chance(accepted),
        rules.selection(first, second),
    )


def _hits(rows: Sequence[Row]) -> tuple[int, int]:
    return sum(row["fate"] == Fate.ACCEPTED for row in rows), len(rows)


def _mean_chance(rows: Sequence[Row]) -> Decimal:
    return _per_cent(sum((row["chance"] for row in rows), Fraction(0)) / len(rows))


def _reasons(line: Line, offers: Iterable[Row]) -> list[tuple[str, int]]:
    """Why people were turned away, the most usual first; none when the share of them is hidden.

    A reason of fewer than FEWEST persons is put together with others, until they are as many.
    """
    if line.cells["turned_away"].value is None:
        return []
    labels = {row.value: str(row.label) for row in DeclineReason}
    given: dict[str, list[Row]] = defaultdict(list)
    for row in offers:
        if row["fate"] in TURNED_AWAY:
            is_declined = row["fate"] == Fate.DECLINED
            label = labels.get(row["decline_reason"], "") if is_declined else Fate.GIVEN_BACK.label
            given[str(label)].append(row)
    shown = sorted(given.items(), key=lambda each: (-arithmetic.persons(each[1]), each[0]))
    few: list[Row] = []
    # The smallest go first; what is left over must not be told by subtraction either.
    while shown and (
        arithmetic.persons(shown[-1][1]) < rules.FEWEST
        or 0 < arithmetic.persons(few) < rules.FEWEST
    ):
        few += shown.pop()[1]
    found = [(label, len(rows)) for label, rows in shown]
    if arithmetic.persons(few) >= rules.FEWEST:
        found.append((_("several reasons, too few of each to show"), len(few)))
    return found


FEATURES = (
    ("by_track", _("Track"), Track),
    ("by_age", _("Age"), AgeGroup),
    ("by_enrolled", _("Enrolled"), Enrolled),
    ("by_schooling", _("Schooling"), Schooling),
)


def _mix(offers: Iterable[Row]) -> list[Part]:
    """How many of each group of people were offered and accepted; small groups hidden."""
    decided = [row for row in offers if row["fate"] in DECIDED]
    parts = []
    for column, feature, choices in FEATURES:
        groups = {
            each.value: [row for row in decided if row[column] == each.value] for each in choices
        }
        hidden = hidden_cells({key: arithmetic.persons(found) for key, found in groups.items()})
        parts += [
            Part(
                str(feature),
                str(choices(key).label),
                len(found),
                arithmetic.per_cent(*_hits(found)),
            )
            for key, found in groups.items()
            if found and key not in hidden
        ]
    return parts
