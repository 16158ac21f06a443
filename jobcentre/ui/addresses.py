"""Addresses of the rows of a list, each pattern looked up once."""

from functools import lru_cache
from uuid import UUID

from django.urls import reverse

# Stand in for a value of their kind; nothing else in an address looks like them.
_MARKS = {str: "2000-000000", int: 987_654_321, UUID: UUID(int=(1 << 128) - 1)}


@lru_cache(maxsize=256)
def _parts(url_name: str, kind: type) -> tuple[str, str]:
    """What stands before and after the value in the page's address."""
    mark = _MARKS[kind]
    before, _mark, after = reverse(url_name, args=[mark]).partition(str(mark))
    return before, after


def page_of(url_name: str, value: str | int | UUID) -> str:
    """The address of the page of a row: `value` is the number of a case, a key or a reference.

    A list shows sixty of these, and making each anew costs more than all their words.
    """
    before, after = _parts(url_name, type(value))
    return f"{before}{value}{after}"
