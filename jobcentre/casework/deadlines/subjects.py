"""What a clock is about, stored the same whoever makes the clock and said in the reader's language.

Stored are names as somebody typed them, days and months in ISO form, codes, and the two wordings of a
row of a code list. Whatever else stands in an old row is shown as it stands.
"""

from collections.abc import Callable, Mapping
from datetime import date

from django.utils.translation import get_language

from jobcentre.ui import formats

_BETWEEN = "\n"  # no name of one line holds it
_LONGEST = 200  # of a subject as it is stored


def both(row) -> str:
    """The wordings of a row of a code list in Swedish and English; the Swedish alone when they are
    the same or too long together."""
    wordings = f"{row.label_sv}{_BETWEEN}{row.label_en}"
    is_one = row.label_sv == row.label_en or len(wordings) > _LONGEST
    return row.label_sv if is_one else wordings


def one_of_both(stored: str) -> str:
    """The wording of `both` that the reader understands."""
    swedish, _between, english = stored.partition(_BETWEEN)
    return english if english and (get_language() or "sv").startswith("en") else swedish


def month(stored: str) -> str:
    """`2026-11`: November 2026."""
    try:
        return formats.month(date.fromisoformat(f"{stored}-01"))
    except ValueError:
        return stored


def from_day(stored: str) -> str:
    """`2026-11-03`: from 3 November."""
    try:
        return formats.span(date.fromisoformat(stored), None)
    except ValueError:
        return stored


def with_name(tell: Callable[[str], str]) -> Callable[[str], str]:
    """For what stands after a name and a comma (`named`)."""

    def told(stored: str) -> str:
        name, comma, rest = stored.rpartition(", ")
        return f"{name}{comma}{tell(rest)}"

    return told


def named(name: str, rest: str) -> str:
    """A name as it was typed and what stands after it, which is never cut."""
    return f"{name[: _LONGEST - 2 - len(rest)]}, {rest}"


def coded(labels: Mapping[str, object]) -> Callable[[str], str]:
    """For a code with its label."""
    return lambda stored: str(labels.get(stored, stored))
