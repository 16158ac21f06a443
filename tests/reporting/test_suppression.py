import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.figures.suppression import LEAST, hidden_cells, hidden_with_parts, is_small
from tests.test_rules_document import DOCUMENT, examples


@pytest.mark.parametrize(
    ("persons", "small"), [(0, False), (1, True), (4, True), (5, False), (100, False)]
)
def test_one_to_four_is_small_and_nobody_is_not(persons, small):
    assert is_small(persons) is small


@pytest.mark.parametrize(
    ("cells", "hidden"),
    [
        ({"a": 10, "b": 20}, set()),
        # One small cell takes the next smallest with it, else it could be computed.
        ({"a": 3, "b": 9, "c": 20}, {"a", "b"}),
        # Two small ones hide each other, as long as they are five together.
        ({"a": 3, "b": 2, "c": 20}, {"a", "b"}),
        # One and one would each be known to be one.
        ({"a": 1, "b": 1, "c": 8, "d": 20}, {"a", "b", "c"}),
        ({"a": 0, "b": 3, "c": 9, "d": 9}, {"b", "c"}),
        ({"a": 3, "b": 0}, {"a"}),
        ({}, set()),
    ],
)
def test_what_is_hidden(cells, hidden):
    assert hidden_cells(cells) == hidden


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 30)))
def test_no_hidden_cell_can_be_computed_from_the_whole(cells):
    hidden = hidden_cells(cells)
    assert {key for key, count in cells.items() if is_small(count)} <= hidden
    if any(cells[key] == 0 for key in hidden):
        assert hidden == set(cells)
    if hidden:
        left = [key for key, count in cells.items() if count and key not in hidden]
        together = sum(cells[key] for key in hidden)
        enough = len(hidden) >= 2 and together >= LEAST and together > len(hidden)
        assert enough or not left


@given(st.lists(st.integers(0, 14), min_size=3, max_size=5))
def test_no_small_cell_follows_from_the_total_and_what_is_shown(counts):
    """Each hidden one to four could as well be another number: the others hidden can give or take."""
    cells = {str(at): count for at, count in enumerate(counts)}
    hidden = hidden_cells(cells)
    together = sum(cells[key] for key in hidden)
    if not hidden or sum(counts) < LEAST:
        return
    least = 0 if hidden == set(cells) else 1  # a nought is shown, unless all are hidden
    assert len(hidden) >= 2
    assert together >= LEAST
    assert together > least * len(hidden)


def test_examples_of_small_counts():
    rows = examples(DOCUMENT.read_text(), "small counts")
    assert len(rows) == 10
    for row in rows:
        parts = [
            {str(at): int(count) for at, count in enumerate(cell.split(","), start=1)}
            for cell in row[:2]
            if cell
        ]
        hidden = hidden_with_parts(parts)
        words = "all" if len(hidden) == len(parts[0]) else ", ".join(sorted(hidden)) or "none"
        assert words == row[2], row
