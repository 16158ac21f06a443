"""What is said of the rows of a list, their end, and how they are written."""

from collections.abc import Callable

from django.utils import translation
from django.utils.translation import gettext as _

from intake.lists.models import ImportRow
from jobcentre.casework.models import Person

Tell = Callable[[], str]
_WRITTEN = ["cells", "values", "choice", "person", "verdict", "state", "told_sv", "told_en"]


def both(tell: Tell) -> dict[str, str]:
    """A sentence in both languages."""
    found = {}
    for code in ("sv", "en"):
        with translation.override(code):
            found[f"told_{code}"] = tell()[:500]
    return found


def say(row: ImportRow, verdict: str, person: Person | None, tell: Tell) -> None:
    row.verdict, row.person = verdict, person
    for name, text in both(tell).items():
        setattr(row, name, text)


def end_row(row: ImportRow, state: str, person: Person | None, tell: Tell) -> None:
    """The row is registered or left out: what stood in it is forgotten."""
    row.state, row.person, row.cells, row.values = state, person, [], {}
    for name, text in both(tell).items():
        setattr(row, name, text)


def number_refused() -> str:
    """What is said of a number that somebody hidden has: nothing of who or why."""
    return _("This number cannot be used. Check it; if it is right, let your manager look into it.")


def write_rows(rows: list[ImportRow]) -> None:
    """Write what has become of rows that are saved and locked, in one query. As an insert that
    meets what is there: Django's `bulk_update` is ten times as slow."""
    ImportRow.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["pk"], update_fields=_WRITTEN
    )
