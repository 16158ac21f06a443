"""The rows of the queue, each made by one call: a board of sixty is renewed every ten seconds at
every desk, and template nodes cost more than its queries."""

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from intake.enums import VisitPurpose
from intake.reception.board import Board, Row
from jobcentre.ui.templatetags.ui import icon, sign_icon

register = template.Library()

_ROW = (
    '<tr role="row"><td role="cell"><span class="ei-clock ei-clock--{sign}">{icon}<span><b>'
    '<span data-since="{since}">{minutes}</span> min</b></span></span></td>'
    '<td role="cell" data-label="{ticket_word}"><b class="ei-ticket">{ticket}</b></td>'
    '<th scope="row" role="rowheader"><span class="ei-person"><span>'
    '<a href="{url}" id="visit-{ref}">{name}</a>{facts}</span></span></th>'
    '<td role="cell" data-label="{errand_word}">{errand}</td>'
    '<td role="cell" data-label="{host_word}">{host}</td>'
    '<td role="cell" class="ei-table__act">{act}</td></tr>\n'
)
_CALL = (
    '<button class="btn btn-sm" type="submit" form="calls" formaction="{}" id="call-{}">{}'
    '<span class="visually-hidden">: {}</span></button>'
)
_HELP = (
    '<a class="btn btn-sm" href="{}" id="call-{}">{}<span class="visually-hidden">: {}</span></a>'
)


@register.simple_tag
def waiting_rows(board: Board) -> SafeString:
    """A row for each who waits: how long, ticket, who, errand, host, and the button that calls
    (by the form `calls` of the page) or, for one who sits nowhere, leads to the visit."""
    words = {
        "ticket_word": _("Ticket"),
        "errand_word": _("Errand"),
        "host_word": _("Has come to see"),
    }
    calls = board.calls_to is not None
    word = _("Call") if calls else _("Help")
    errands = {purpose: capfirst(label) for purpose, label in VisitPurpose.choices}
    return format_html_join(
        "", "{}", ((_row(row, words, errands, calls, word),) for row in board.waiting)
    )


def _row(row: Row, words: dict, errands: dict, calls: bool, word: str) -> SafeString:
    ref = row.visit.ref
    url = reverse("intake:visit", args=[ref])
    target = reverse("intake:call", args=[ref]) if calls else url
    return format_html(
        _ROW,
        sign=row.sign,
        icon=icon(sign_icon(row.sign)),
        since=row.visit.arrived_at.isoformat(),
        minutes=row.minutes,
        ticket=row.ticket,
        url=url,
        ref=ref,
        name=row.name,
        facts=format_html("<small>{}</small>", row.facts) if row.facts else "",
        errand=errands[row.visit.purpose],
        host=row.belongs_to or "–",
        act=format_html(_CALL if calls else _HELP, target, ref, word, row.ticket),
        **words,
    )
