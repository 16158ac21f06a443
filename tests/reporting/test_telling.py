"""What a report hides cannot be worked out from what it shows."""

from collections import Counter
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.enums import Split
from reporting.figures import arithmetic
from reporting.figures.measuring import Reader, measure_one
from reporting.figures.publishing import rows_of, sections_of
from reporting.figures.registry import FIGURES, everything
from reporting.figures.scope import Scope
from reporting.figures.standings import standings
from reporting.tables import csv_lines
from tests.reporting.world import AFTER, FIRST, TODAY

DUE, LATE = date(2026, 3, 9), date(2026, 3, 20)
CENTRES = ((1, "Norr"), (2, "Söder"), (3, "Öster"))
SOURCES = ("af", "own", "kaa")
DIVISIONS = (Split.SOURCE, Split.CENTRE)
PLANS = ("plan_in_time", "plans_in_time", "plans_late")
APPROVALS = ("approved_in_time", "approvals_in_time", "approvals_late")
# The counts that each figure tells.
TELLS = {
    "plans_in_time": "sent",
    "plans_late": "sent late",
    "approvals_in_time": "approved",
    "approvals_late": "approved late",
}
PARTS = {
    "plan_in_time": ("sent", "sent late"),
    "approved_in_time": ("approved", "approved late"),
}


def _row(number, sent, approved, source="af", centre=1):
    return {
        "person_pk": number,
        "n": 1,
        "is_due": True,
        "due_on": DUE,
        "met_on": DUE if sent else LATE,
        "stopped_on": None,
        "approve_by": DUE,
        "approved_on": DUE if approved else LATE,
        "plan_runs": False,
        "approval_runs": False,
        "by_source": source,
        "by_track": "direct",
        "by_sex": "woman",
        "by_age": "25-54",
        "by_centre": centre,
    }


def _measured(rows, keys=(*PLANS, *APPROVALS)):
    reader = Reader(Scope(FIRST, AFTER, CENTRES, TODAY, suppresses=True))
    reader._read = {("plans", False): rows}  # as if the database had said so
    return {key: measure_one(FIGURES[key], reader) for key in keys}


def _plans(in_time, late):
    return [_row(number, number < in_time, True) for number in range(in_time + late)]


@pytest.mark.parametrize(
    ("in_time", "late", "hidden"),
    [
        (9, 3, True),  # 12 - 9 = 3
        (3, 9, True),
        (9, 5, False),
        (9, 0, False),  # 100 per cent tells of nobody
        (0, 9, False),
        (2, 0, True),
    ],
)
def test_in_time_late_and_their_share_are_hidden_together(in_time, late, hidden):
    measured = _measured(_plans(in_time, late))
    assert [measured[key].whole.is_hidden for key in PLANS] == [hidden] * 3
    for key in PLANS:
        assert (measured[key].whole.population is None) is hidden
    assert not measured["approved_in_time"].whole.is_hidden or in_time + late < 5


def test_neither_table_nor_file_nor_comparison_tells_what_is_hidden():
    rows = rows_of(_measured([*_plans(9, 3)], (*PLANS, *APPROVALS)), {}, {})
    for line in csv_lines([row for row in rows if row.figure in PLANS], "sv"):
        assert "75" not in line.split(";")
        assert "12" not in line.split(";")
        assert "9" not in line.split(";")
    sections = sections_of(rows)
    sections["plans_running"] = sections["approvals_running"] = sections["approvals_late"]
    assert [state.share for state in standings(sections)[0].states] == ["", "", ""]


def test_a_centre_is_not_told_by_the_whole_and_the_others():
    rows = [
        *(_row(n, True, True, centre=1) for n in range(20)),
        *(_row(100 + n, n < 7, True, centre=2) for n in range(10)),  # 3 late
        *(_row(200 + n, n < 8, True, centre=3) for n in range(16)),  # 8 late
    ]
    measured = _measured(rows)
    for key in PLANS:
        cells = {cell.key: cell.is_hidden for cell in measured[key].splits[Split.CENTRE]}
        assert cells == {"1": False, "2": True, "3": True}, key
        assert not measured[key].whole.is_hidden
    assert not any(cell.is_hidden for cell in measured["approved_in_time"].splits[Split.CENTRE])


@pytest.mark.parametrize("key", TELLS)
def test_a_part_is_counted_on_the_rows_of_its_share(key):
    share = FIGURES[FIGURES[key].part_of]
    assert FIGURES[key].facts is share.facts
    assert share.hit is not None


# --- no hidden number can be worked out -----------------------------------------------------------
def _places():
    return [("", ""), *((d, s) for d in (Split.SOURCE,) for s in SOURCES)] + [
        (Split.CENTRE, str(pk)) for pk, _name in CENTRES
    ]


def _equations(measured):
    """What a reader knows: each equation is a mapping of unknowns; only which they are counts."""
    known = []
    for part in ("sent", "sent late", "approved", "approved late"):
        for division in DIVISIONS:
            sums = {("", "", part): Fraction(1)}
            sums |= {(d, c, part): Fraction(-1) for d, c in _places() if d == division}
            known.append(sums)
    for place in _places():
        # Plans and approvals are of the same plan clocks.
        known.append(
            {(*place, "sent"): 1, (*place, "sent late"): 1}
            | {(*place, "approved"): -1, (*place, "approved late"): -1}
        )
    for key, each in measured.items():
        cells = {("", ""): each.whole} | {
            (division, cell.key): cell for division in DIVISIONS for cell in each.splits[division]
        }
        for place in _places():
            if cells[place].is_hidden:
                continue
            told = [TELLS[key]] if key in TELLS else PARTS[key]
            known += [{(*place, part): 1} for part in told]
    return known


def _reduced(equations):
    """Row echelon form: by its leading unknown, each row without the others' leading unknowns."""
    leading = {}
    for equation in equations:
        row = {name: Fraction(value) for name, value in equation.items() if value}
        for name, other in leading.items():
            if name in row:
                row = _less(row, other, row[name])
        if not row:
            continue
        name, value = next(iter(row.items()))
        row = {each: number / value for each, number in row.items()}
        for other in list(leading):
            if name in leading[other]:
                leading[other] = _less(leading[other], row, leading[other][name])
        leading[name] = row
    return leading


def _less(row, other, times):
    names = {**row, **other}
    found = {name: row.get(name, 0) - times * other.get(name, 0) for name in names}
    return {name: value for name, value in found.items() if value}


counts = st.sampled_from([0, 0, 1, 2, 3, 4, 5, 6, 9, 14])


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(
        st.tuples(
            st.sampled_from(SOURCES),
            st.sampled_from([1, 2, 3]),
            st.booleans(),
            st.booleans(),
        ),
        counts,
        max_size=36,
    )
)
def test_no_hidden_number_can_be_worked_out(plans):
    rows = [
        _row((key, number), sent, approved, source, centre)
        for key, many in plans.items()
        for (source, centre, sent, approved), number in ((key, n) for n in range(many))
    ]
    true = Counter()
    for row in rows:
        for place in (("", ""), ("source", row["by_source"]), ("centre", str(row["by_centre"]))):
            true[*place, "sent" if row["met_on"] == DUE else "sent late"] += 1
            true[*place, "approved" if row["approved_on"] == DUE else "approved late"] += 1
    measured = _measured(rows)
    worked_out = {
        name for name, row in _reduced(_equations(measured)).items() if set(row) == {name}
    }
    assert not {name: true[name] for name in worked_out if 0 < true[name] < 5}


@pytest.mark.parametrize("is_hit", [True, False])
@pytest.mark.parametrize("key", [key for key, figure in FIGURES.items() if figure.hit is not None])
def test_every_share_hides_what_one_person_is(key, is_hit):
    """Nine reach it and one does not, or the other way round."""
    rows = [_row(number, True, True) | {"is_hit": is_hit is (number > 0)} for number in range(10)]
    figure = replace(
        FIGURES[key],
        hit=lambda row: row["is_hit"],
        population=everything,
        measure=partial(arithmetic.share, hit=lambda row: row["is_hit"]),
    )
    reader = Reader(Scope(FIRST, AFTER, CENTRES, TODAY, suppresses=True))
    reader._read = {(figure.facts.key, False): rows}
    assert measure_one(figure, reader).whole.is_hidden
