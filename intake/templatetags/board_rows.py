"""The rows of the queue and the desks, each made by one call: a board of sixty is renewed every ten
seconds at every desk, and template nodes cost more than its queries. Their buttons belong to one
form of the page, `acts` (calls: `calls`), so that what is made fits everybody at the centre."""

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from intake.enums import VisitPurpose, VisitState
from intake.reception.board import Board, Place, Row
from jobcentre.ui import formats
from jobcentre.ui.addresses import page_of
from jobcentre.ui.filling import fill, fill_each
from jobcentre.ui.templatetags.ui import icon, sign_icon, tag_status

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
    calls = board.calls_to is not None
    key = ("rows", calls, get_language())
    if key not in board.centre.html:
        board.centre.html[key] = _rows(board, calls)
    return board.centre.html[key]


def _rows(board: Board, calls: bool) -> SafeString:
    words = {
        "ticket_word": _("Ticket"),
        "errand_word": _("Errand"),
        "host_word": _("Has come to see"),
    }
    word = _("Call") if calls else _("Help")
    errands = {purpose: capfirst(label) for purpose, label in VisitPurpose.choices}
    return fill_each("{}", ((_row(row, words, errands, calls, word),) for row in board.waiting))


def _row(row: Row, words: dict, errands: dict, calls: bool, word: str) -> SafeString:
    ref = row.visit.ref
    url = page_of("intake:visit", ref)
    target = page_of("intake:call", ref) if calls else url
    return fill(
        _ROW,
        sign=row.sign,
        icon=icon(sign_icon(row.sign)),
        since=row.visit.arrived_at.isoformat(),
        minutes=row.minutes,
        ticket=row.ticket,
        url=url,
        ref=ref,
        name=row.name,
        facts=fill("<small>{}</small>", row.facts) if row.facts else "",
        errand=errands[row.visit.purpose],
        host=row.belongs_to or "–",
        act=fill(_CALL if calls else _HELP, target, ref, word, row.ticket),
        **words,
    )


_PLACE = (
    '<section class="ei-desk ei-desk--{kind}" aria-label="{name}"><div class="ei-desk__head">'
    "<h3>{name}</h3>{state}</div>{staff}{visitor}{act}</section>\n"
)
_ACT = (
    '<button class="btn btn-sm{css}" type="submit" form="acts" formaction="{url}" id="{id}">{word}'
    "{whom}</button>"
)
_LINK = (
    '<a class="btn btn-sm" href="{url}" id="{id}">{word}'
    '<span class="visually-hidden">: {whom}</span></a>'
)


@register.simple_tag
def place_cards(board: Board) -> SafeString:
    """A card for each desk and room: who sits there, the visitor, and what can be done."""
    html = board.centre.html
    cards = []
    for place in board.places:
        key = ("place", place.desk.pk, place.is_mine, get_language())
        if key not in html:
            html[key] = _place(place)
        cards.append((html[key],))
    return fill_each("{}", cards)


def _place(place: Place) -> SafeString:
    if place.row:
        state = tag_status(place.row.visit.get_state_display(), "info")
    elif place.staff:
        state = tag_status(_("free"), "ok")
    else:
        state = tag_status(_("nobody here"), "paused")
    staff = f"{place.staff} ({_('you')})" if place.is_mine else place.staff
    return fill(
        _PLACE,
        kind=place.kind,
        name=place.desk.name,
        state=state,
        staff=fill("<p><small>{}</small></p>", staff) if staff else "",
        visitor=_visitor(place.row) if place.row else "",
        act=_served(place.row) if place.row else _seat(place),
    )


def _visitor(row: Row) -> SafeString:
    visit = row.visit
    told = ngettext(
        "%(name)s called at %(at)s, after %(n)s minute",
        "%(name)s called at %(at)s, after %(n)s minutes",
        row.minutes,
    ) % {
        "name": visit.called_by.name,
        "at": formats.clock_time(visit.called_at),
        "n": row.minutes,
    }
    return fill(
        '<p class="ei-person"><span><b class="ei-ticket">{}</b> <a href="{}" id="visit-{}">{}</a>{}'
        "</span></p><p><small>{}</small></p>",
        row.ticket,
        page_of("intake:visit", visit.ref),
        visit.ref,
        row.name,
        fill("<small>{}</small>", row.facts) if row.facts else "",
        told,
    )


def _served(row: Row) -> SafeString:
    """What is done with a visitor who is called or met."""
    ref, whom = row.visit.ref, row.ticket
    if row.visit.state == VisitState.CALLED:
        acts = [
            fill(_ACT, css=css, url=page_of(name, ref), id=f"{key}-{ref}",
                        word=word, whom=_hidden(whom))
            for css, name, key, word in (
                ("", "intake:begin", "begin", _("Has come")),
                (" btn-tertiary", "intake:put_back", "back", _("Did not come")),
            )
        ]  # fmt: skip
    else:
        end = f"{page_of('intake:visit', ref)}#finish"
        links = [(end, "end", _("End"))]
        if row.wants_to_enrol:
            links.insert(0, (page_of("intake:enrol", ref), "enrol", _("Enrol")))
        acts = [
            fill(_LINK, url=url, id=f"{key}-{ref}", word=word, whom=whom)
            for url, key, word in links
        ]
    return fill('<div class="ei-buttons">{}</div>', SafeString(" ".join(acts)))


def _hidden(whom: str) -> SafeString:
    """For whom a button is, to those who do not see where it stands."""
    return fill('<span class="visually-hidden">: {}</span>', whom)


def _seat(place: Place) -> SafeString:
    """Sit down at a desk without a visitor, take it over, or leave it."""
    pk, whom = place.desk.pk, _hidden(place.desk.name)
    if place.is_mine:
        whom = SafeString()
        css, url, key, word = (
            " btn-tertiary",
            reverse("intake:stand_up"),
            "leave",
            _("Leave the desk"),
        )
    else:
        css, url, key = "", page_of("intake:sit_down", pk), "sit"
        word = _("Sit here")
        if place.staff:
            css, word = " btn-tertiary", _("Take over")
    return fill(_ACT, css=css, url=url, id=f"{key}-{pk}", word=word, whom=whom)
