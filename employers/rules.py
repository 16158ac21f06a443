"""Organisation numbers, the displacement check, and why somebody fits a need. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from jobcentre.casework.identity import check_digit
from jobcentre.text import search_text


def parse_organisation_number(text: str) -> str:
    """The ten digits of a Swedish organisation number, with or without hyphen or leading 16.

    The third digit is at least 2 and the last is the modulus-10 check digit. A sole trader's
    number is a person's and is not kept: it raises ValueError like any wrong number.
    """
    digits = re.sub(r"[\s-]", "", text)
    if len(digits) == 12 and digits.startswith("16"):
        digits = digits[2:]
    if len(digits) != 10 or not digits.isascii() or not digits.isdigit():
        raise ValueError("form")
    if digits[2] < "2":
        raise ValueError("person")
    if check_digit(digits[:9]) != int(digits[9]):
        raise ValueError("check_digit")
    return digits


class Displacement(StrEnum):
    """Why a subsidised or unpaid placement may not be proposed."""

    REPLACES_STAFF = "replaces_staff"
    NO_UNION = "no_union"


def displacement(
    *, is_checked_kind: bool, replaces_staff: bool | None, union_consulted_on: date | None
) -> Displacement | None:
    """None when the placement may be proposed (mission row M5)."""
    if not is_checked_kind:
        return None
    if replaces_staff is None or replaces_staff:
        return Displacement.REPLACES_STAFF
    return None if union_consulted_on else Displacement.NO_UNION


@dataclass(frozen=True)
class Wanted:
    """What a need asks, as words and facts."""

    occupation: str
    requirements: str
    hours_per_week: int
    starts_on: date
    needs_licence: bool


@dataclass(frozen=True)
class Offered:
    """What a profile of the competence bank says."""

    occupations: str
    skills: str
    hours_per_week: int
    available_from: date
    has_licence: bool


@dataclass(frozen=True)
class Reason:
    """One reason for or against, by a stable code; `words` are the shared words."""

    code: str
    fits: bool
    words: tuple[str, ...] = ()


# Words that say nothing of a skill, in either language.
_EMPTY_WORDS = frozenset(
    [
        "eller",
        "till",
        "från",
        "inom",
        "vara",
        "samt",
        "även",
        "utan",
        "mycket",
        "andra",
        "arbete",
        "arbeta",
        "grupp",
        "with",
        "from",
        "work",
        "other",
        "also",
        "good",
    ]
)


def _words(text: str) -> set[str]:
    """The words that can tell something: at least four letters and not everybody's."""
    words = re.split(r"[^\wåäö]+", search_text(text))
    return {word for word in words if len(word) > 3 and word not in _EMPTY_WORDS}


def _shared(wanted: Iterable[str], offered: Iterable[str]) -> tuple[str, ...]:
    """Words that begin alike in both, so that "lager" meets "lagerarbete"."""
    return tuple(
        sorted(
            word
            for word in wanted
            if any(other.startswith(word[:5]) or word.startswith(other[:5]) for other in offered)
        )
    )


def reasons(wanted: Wanted, offered: Offered) -> list[Reason]:
    """Why the profile fits the need or not, each reason said; nothing is hidden in a score."""
    found = []
    occupation = _shared(_words(wanted.occupation), _words(offered.occupations))
    found.append(Reason("occupation", bool(occupation), occupation))
    skills = _shared(_words(wanted.requirements), _words(offered.skills))
    if _words(wanted.requirements):
        found.append(Reason("skills", bool(skills), skills))
    if wanted.needs_licence:
        found.append(Reason("licence", offered.has_licence))
    found.append(Reason("hours", offered.hours_per_week >= wanted.hours_per_week))
    found.append(Reason("available", offered.available_from <= wanted.starts_on))
    return found


def fit(found: Iterable[Reason]) -> int:
    """How many reasons speak for it: the order of the list, and no more than that."""
    return sum(reason.fits for reason in found)
