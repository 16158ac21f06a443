"""What the KAA register holds, and the lines of its half-year extract.

Source: skollagen 29 kap. 9 § (a register, and documented measures) and the survey of Statistics
Sweden for Skolverket: all who belong to the register in a half-year, with the measures that they
take part in. The survey's present file description is UNCONFIRMED here: names, order and codes are
`FIELDS` and the three tables below, and are changed there alone.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from intake.youth.enums import KaaEnd, MeasureKind, MeasureState, OccupationKind
from intake.youth.models import KaaExtractRow, KnownOccupation, OutreachEntry, YouthMeasure
from jobcentre.casework.enums import Sex
from jobcentre.ui.spreadsheets import MARK, line_writer

FIELDS = (
    "personnummer",
    "kon",
    "kaa_fran",
    "kaa_till",
    "avregistreringsorsak",
    "sysselsattning",
    "sysselsattning_fran",
    "kontaktforsok",
    "atgard",
    "atgard_fran",
    "atgard_till",
)
SEX_CODES = {Sex.MAN: "1", Sex.WOMAN: "2", Sex.UNKNOWN: ""}
END_CODES = {
    KaaEnd.TURNED_20: "1",
    KaaEnd.COMPLETED: "2",
    KaaEnd.IN_SCHOOL: "3",
    KaaEnd.LEFT: "4",
}
UNKNOWN_OCCUPATION = "99"
OCCUPATION_CODES = {kind: f"{number:02d}" for number, kind in enumerate(OccupationKind, 1)}
MEASURE_CODES = {kind: f"{number:02d}" for number, kind in enumerate(MeasureKind, 1)}


def lines_of(
    entries: Iterable[OutreachEntry], starts_on: date, ends_before: date
) -> list[tuple[int, list]]:
    """(entry id, values of FIELDS): one line for each KAA period in the half-year and each measure
    that ran in it, one without a measure when there was none.

    `entries` have person, numbers, periods, occupations, attempts and measures read with them.
    """
    lines = []
    for entry in entries:
        for period in entry.kaa_periods.all():
            first = max(period.starts_on, starts_on)
            before = min(period.ends_before, ends_before)
            if first >= before:
                continue
            common = _common(entry, period, first, before, ends_before)
            measures = [
                [MEASURE_CODES[MeasureKind(each.kind)], _day(each.begun_on), _day(each.ended_on)]
                for each in _measures(entry, first, before)
            ]
            lines += [(entry.pk, [*common, *each]) for each in measures or [["", "", ""]]]
    return lines


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _common(entry: OutreachEntry, period, first: date, before: date, end: date) -> list:
    number = next((each.number for each in entry.person.numbers.all() if each.is_current), "")
    has_left = period.ends_before <= end
    occupation = occupation_on(entry.occupations.all(), before - timedelta(days=1))
    return [
        number,
        SEX_CODES[Sex(entry.person.sex)],
        _day(period.starts_on),
        _day(period.ends_before - timedelta(days=1)) if has_left else "",
        END_CODES[KaaEnd(period.why)] if has_left else "",
        OCCUPATION_CODES[OccupationKind(occupation.kind)] if occupation else UNKNOWN_OCCUPATION,
        _day(occupation.starts_on) if occupation else "",
        str(sum(first <= attempt.on < before for attempt in entry.attempts.all())),
    ]


def occupation_on(occupations: Iterable[KnownOccupation], day: date) -> KnownOccupation | None:
    """The latest begun occupation that runs on `day`; None when nothing is known."""
    running = [
        each
        for each in occupations
        if each.starts_on <= day and (each.ends_before is None or day < each.ends_before)
    ]
    return max(running, key=lambda each: (each.starts_on, each.pk), default=None)


def _measures(entry: OutreachEntry, first: date, before: date) -> list[YouthMeasure]:
    """The measures that ran in the period, oldest first."""
    return sorted(
        (
            each
            for each in entry.measures.all()
            if each.state in (MeasureState.BEGUN, MeasureState.ENDED)
            and each.begun_on < before
            and (each.ended_on is None or each.ended_on >= first)
        ),
        key=lambda each: (each.begun_on, each.pk),
    )


def csv_lines(rows: Iterable[KaaExtractRow]) -> Iterator[str]:
    """The extract as a semicolon-separated file with a byte-order mark: exactly FIELDS."""
    writer = line_writer()
    yield MARK + writer.writerow(FIELDS)
    for row in rows:
        yield writer.writerow(row.values)


def counts_of(rows: Iterable[KaaExtractRow]) -> dict:
    """How many persons the lines are of, and how they divide: each person once in each table."""
    persons: dict[int, dict[str, str]] = {}
    measures: Counter[str] = Counter()
    seen: set[tuple[int, str]] = set()
    for row in rows:
        values = dict(zip(FIELDS, row.values, strict=True))
        persons[row.entry_id] = values
        if values["atgard"] and (row.entry_id, values["atgard"]) not in seen:
            seen.add((row.entry_id, values["atgard"]))
            measures[values["atgard"]] += 1
    of = {
        name: Counter(values[name] for values in persons.values())
        for name in ("kon", "sysselsattning", "avregistreringsorsak")
    }
    return {
        "persons": len(persons),
        "with_measure": len({entry for entry, _code in seen}),
        "no_attempt": sum(values["kontaktforsok"] == "0" for values in persons.values()),
        "sex": _labelled(of["kon"], SEX_CODES),
        "occupation": _labelled(of["sysselsattning"], OCCUPATION_CODES),
        "unknown": of["sysselsattning"][UNKNOWN_OCCUPATION],
        "left": _labelled(of["avregistreringsorsak"], END_CODES),
        "measures": _labelled(measures, MEASURE_CODES),
    }


def _labelled(counted: Counter, codes: dict) -> list[dict]:
    return [
        {"label": kind.label, "count": counted[code]}
        for kind, code in codes.items()
        if counted[code]
    ]
