"""The rows of the long lists of cases, each made by one call.

Sixty rows of some forty template nodes each cost more than all else on such a page; one
`fill` a row escapes the same values in a quarter of the time.
"""

from collections.abc import Iterable
from functools import cache

from django import template
from django.utils.safestring import SafeString

from jobcentre.ui.filling import fill
from jobcentre.ui.templatetags.ui import avatar, clock_cell

register = template.Library()

_ROW = (
    '<tr role="row"><td role="cell">{}</td>'
    '<th scope="row" role="rowheader"><span class="ei-person"><span><a href="{}">{}</a>'
    "<small>{}</small></span></span></th>"
)
_CELL = '<td role="cell" data-label="{}">{}</td>'
_ACT = '<td role="cell" class="ei-table__act">{}{}</td>'  # without a label: the row's button


@cache
def _pattern(labelled: tuple[bool, ...]) -> str:
    return _ROW + "".join(_CELL if each else _ACT for each in labelled) + "</tr>\n"


@register.simple_tag
def person_row(clock, url: str, name: str, meta: Iterable[str], *cells) -> SafeString:
    """A row of a list of persons: clock, name with a quiet line of `meta`, then the cells.

    `clock` is an Explanation, a text or None; `cells` are label and content by turns.
    """
    return fill(
        _pattern(tuple(map(bool, cells[::2]))),
        clock_cell(clock) if hasattr(clock, "words") else clock or "–",
        url,
        name,
        " · ".join(part for part in meta if part),
        *cells,
    )


@register.simple_tag
def step_cell(row: dict) -> SafeString:
    """What meets the clock of a row, as a link when the user may do it; the clock's name beside."""
    clock = row["clock"]
    if clock is None:
        return SafeString("–")
    pattern = '<a href="{1}">{0}</a>' if row["may_step"] else "{0}"
    return fill(pattern + ' <small class="ei-muted">{2}</small>', clock.step, clock.url, clock.name)


@register.simple_tag
def act_link(url: str, label: str, name: str) -> SafeString:
    """The button of a row; a screen reader also hears whose row it is."""
    return fill(
        '<a class="btn btn-sm" href="{}">{}<span class="visually-hidden">: {}</span></a>',
        url,
        label,
        name,
    )


@register.simple_tag
def person_line(row: dict) -> SafeString:
    """A person found by a search: name (a link when the case may be opened) and a quiet line."""
    pattern = '<a href="{1}">{0}</a>' if row["url"] else "<b>{0}</b>"
    return fill(
        '<li><span class="ei-person">{}<span>{}<small>{}</small></span></span></li>',
        avatar(row["name"]),
        fill(pattern, row["name"], row["url"]),
        " · ".join(part for part in row["meta"] if part),
    )
