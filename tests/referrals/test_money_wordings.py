"""Which wording of an agreement prices an order."""

from datetime import date

import pytest

from referrals.money.wordings import Wording, wording_on

pytestmark = pytest.mark.row("J12")
FIRST = Wording(1, date(2025, 12, 1), date(2026, 1, 1), date(2027, 1, 1))
DEARER = Wording(2, date(2026, 6, 15), date(2026, 1, 1), date(2027, 1, 1))
NEXT_YEAR = Wording(3, date(2026, 11, 1), date(2027, 1, 1), date(2028, 1, 1))
ENDED = Wording(4, date(2026, 8, 1), date(2026, 1, 1), date(2026, 9, 1))
EXTENDED = Wording(5, date(2027, 2, 1), date(2026, 1, 1), date(2028, 1, 1))


@pytest.mark.parametrize(
    ("wordings", "day", "expected"),
    [
        ((FIRST, DEARER), date(2026, 3, 2), FIRST),  # a new price changes nothing that has begun
        ((FIRST, DEARER), date(2026, 6, 15), DEARER),
        ((FIRST, NEXT_YEAR), date(2026, 12, 31), FIRST),  # approved, and not begun yet
        ((FIRST, NEXT_YEAR), date(2027, 1, 1), NEXT_YEAR),
        ((FIRST, ENDED), date(2026, 8, 31), ENDED),
        ((FIRST, ENDED), date(2026, 9, 1), None),  # ended early: the first no longer holds
        ((FIRST, EXTENDED), date(2027, 1, 15), EXTENDED),  # the extension was decided late
        ((FIRST,), date(2025, 12, 31), None),
        ((DEARER,), date(2026, 3, 2), DEARER),  # approved after the order began
        ((), date(2026, 3, 2), None),
    ],
)
def test_an_order_keeps_the_wording_of_its_first_day(wordings, day, expected):
    assert wording_on(wordings, day) == expected
