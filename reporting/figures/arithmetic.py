"""From rows of facts to one number. Pure; every row stands for `n` of what is counted.

A share is in whole per cent, a median or mean has one decimal; rounded half up, here only.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

Row = Mapping[str, Any]
Rows = Iterable[Row]
Measure = Callable[[list[Row]], Decimal | None]
WHOLE, TENTH = Decimal(1), Decimal("0.1")


def counted(rows: Rows) -> int:
    return sum(row["n"] for row in rows)


def persons(rows: list[Row]) -> int:
    """How many persons the rows are of: distinct where the rows say whom, else their count."""
    if rows and "person_pk" in rows[0]:
        return len({row["person_pk"] for row in rows})
    return counted(rows)


def number(rows: list[Row]) -> Decimal:
    """How many."""
    return Decimal(counted(rows))


def share(rows: list[Row], hit: Callable[[Row], bool]) -> Decimal | None:
    """Per cent of the rows that `hit` holds for; None when there is nothing to share."""
    whole = counted(rows)
    if not whole:
        return None
    return per_cent(counted(row for row in rows if hit(row)), whole)


def per_cent(part: Decimal | int, whole: Decimal | int) -> Decimal:
    """Whole per cent, rounded half up."""
    return (Decimal(100 * part) / Decimal(whole)).quantize(WHOLE, ROUND_HALF_UP)


def median(rows: list[Row], of: Callable[[Row], int]) -> Decimal | None:
    """The middle value; the mean of the two middle ones when they are even in number."""
    weights = Counter()
    for row in rows:
        weights[of(row)] += row["n"]
    whole = sum(weights.values())
    if not whole:
        return None
    lower, upper, passed = None, None, 0
    for value in sorted(weights):
        passed += weights[value]
        if lower is None and passed * 2 >= whole:
            lower = value
        if passed * 2 > whole:
            upper = value
            break
    return (Decimal(lower + upper) / 2).quantize(TENTH, ROUND_HALF_UP)


def per_distinct(rows: list[Row], column: str) -> Decimal | None:
    """The rows' count for each distinct value of `column`, those without one left out."""
    known = [row for row in rows if row[column] is not None]
    values = {row[column] for row in known}
    if not values:
        return None
    return (Decimal(counted(known)) / len(values)).quantize(TENTH, ROUND_HALF_UP)
