"""The two clocks of the first plan, sent and approved, each in time, late and still running.

Only formats figures: how many there are is counted by the registry's figures alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reporting.enums import UnitOf
from reporting.figures import wording
from reporting.figures.arithmetic import per_cent
from reporting.figures.publishing import Section

# A clock and the figures of its three states.
CLOCKS = (
    (_("Plan sent within five working days"), ("plans_in_time", "plans_late", "plans_running")),
    (
        _("Plan approved within two more"),
        ("approvals_in_time", "approvals_late", "approvals_running"),
    ),
)


@dataclass(frozen=True)
class State:
    """How many clocks stand so, and their share of all three; both in words."""

    figure: str
    number: str
    share: str


@dataclass(frozen=True)
class Standing:
    """One of the two clocks: in time, late, running."""

    label: Promise
    states: tuple[State, ...]


def standings(sections: Mapping[str, Section]) -> list[Standing]:
    """Both clocks. A hidden number has no share, and none can be computed from the others."""
    return [
        Standing(label, _states([sections[key].whole for key in keys])) for label, keys in CLOCKS
    ]


def _states(rows) -> tuple[State, ...]:
    known = all(row.value is not None for row in rows)
    whole = sum(row.value for row in rows) if known else Decimal(0)
    return tuple(
        State(
            row.figure,
            wording.value_in_words(row),
            wording.shown(per_cent(row.value, whole), UnitOf.PERCENT) if whole else "",
        )
        for row in rows
    )
