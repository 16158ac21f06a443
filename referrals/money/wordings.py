"""Which wording of an agreement prices an order. Pure.

An order keeps the wording that held on its first day, whatever is approved later: a new price or a
new period changes nothing that has begun.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Wording:
    """An approved version of an agreement; the period is half-open."""

    pk: int
    decided_on: date
    starts_on: date
    ends_before: date

    def covers(self, day: date) -> bool:
        return self.starts_on <= day < self.ends_before


def wording_on(wordings: Sequence[Wording], day: date) -> Wording | None:
    """The wording that prices what began on `day`; `wordings` of one agreement, the oldest first.

    The latest that was approved by then and had begun, when it covers the day; else the first that
    was approved afterwards and covers it (an extension decided late). None: no agreement held.
    """
    known = [each for each in wordings if each.decided_on <= day and each.starts_on <= day]
    if known and known[-1].covers(day):
        return known[-1]
    return next((each for each in wordings if each.decided_on > day and each.covers(day)), None)
