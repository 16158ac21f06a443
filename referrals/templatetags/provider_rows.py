"""`{% load provider_rows %}`: the rows of the comparison of providers and of a provider's day, each
made by one call (as `case_rows` makes those of the lists of cases)."""

from datetime import date

from django import template
from django.template.defaultfilters import capfirst
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activityplans.enums import AttendanceOutcome
from activityplans.models import Service
from jobcentre.ui import formats
from jobcentre.ui.addresses import page_of
from jobcentre.ui.filling import fill
from jobcentre.ui.templatetags.ui import clock_cell, tag_status
from referrals.comparison import Alternative
from referrals.enums import OrderState, PriceModel, ProviderForm
from referrals.provider_day import News, ProviderDay

register = template.Library()

_HEAD = '<tr role="row"{}><th scope="row" role="rowheader"><a href="{}">{}</a>{}</th>'
_CELL = '<td role="cell" data-label="{}">{}</td>'
_TIGHT = '<td role="cell" class="ei-nowrap" data-label="{}">{}</td>'
_MUTED = SafeString('<span class="ei-muted">{}</span>')
_UNDER = SafeString('{}<br><small class="ei-muted">{}</small>')
_NEAR_KM = 10  # shorter distances are said with a decimal


def _rows(parts) -> SafeString:
    return SafeString("\n".join(parts))


# --- the comparison ------------------------------------------------------------------------------
@register.simple_tag
def alternative_rows(
    alternatives: list[Alternative],
    service: Service,
    chosen: int | None,
    word_free: str,
    word_wait: str,
    word_results: str,
    word_price: str,
    word_distance: str,
) -> SafeString:
    """A row for each provider; `chosen` is the unit chosen already, the words are the columns'."""
    pattern = _HEAD + _CELL * 5 + '<td role="cell">{}</td></tr>'
    words = {"no_steps": _("no steps"), "few": _muted(_("Too few to tell")), "choose": _("Choose")}
    here = tag_status(_("chosen"), "ok")
    made = []
    for each in alternatives:
        unit = each.provider.unit
        is_chosen = unit.pk == chosen
        made.append(
            fill(
                pattern,
                SafeString(' aria-current="true"') if is_chosen else "",
                page_of("referrals:provider", each.provider.pk),
                unit.name,
                _where(each, words["no_steps"]),
                *(word_free, _free(each)),
                *(word_wait, words["few"] if each.waiting is None else _days(each.waiting)),
                *(word_results, words["few"] if each.share is None else _results(each)),
                *(word_price, _price(each, service)),
                *(word_distance, _distance(each)),
                here if is_chosen else _choose(unit, words["choose"]),
            )
        )
    return _rows(made)


def _muted(text: str) -> SafeString:
    return fill(_MUTED, text)


def _where(each: Alternative, no_steps: str) -> SafeString:
    parts = [capfirst(formats.said(ProviderForm(each.provider.form).label))]
    for site in each.sites:
        parts.append(f"{site.street}, {site.city}" + (f", {no_steps}" if site.step_free else ""))
    return fill('<br><small class="ei-muted">{}</small>', " · ".join(parts))


def _free(each: Alternative) -> SafeString | str:
    now = each.places.now if each.places else None
    if not now:
        return _muted(_("Not said"))
    text = _("%(free)s of %(places)s") % {"free": now.free, "places": now.places}
    if not each.first_free_on:
        return fill(_UNDER, text, _("Full eight weeks ahead"))
    if not now.free:
        return fill(
            _UNDER, text, _("free from %(week)s") % {"week": formats.week(each.first_free_on)}
        )
    return text


def _days(n: int) -> str:
    return ngettext("%(n)s day", "%(n)s days", n) % {"n": n}


def _results(each: Alternative) -> SafeString:
    said = _("%(low)s to %(high)s per cent, of %(n)s ended") % {
        "low": formats.number(each.low, 0),
        "high": formats.number(each.high, 0),
        "n": each.ended,
    }
    return fill(_UNDER, formats.percent(each.share), said)


def _price(each: Alternative, service: Service) -> SafeString:
    if each.price:
        model = formats.said(PriceModel(each.price.price_model).label)
        said = f"{model} · {_('by agreement')}"
        return fill(_UNDER, formats.kronor(each.price.price), said)
    if service.cost:
        return fill(_UNDER, formats.kronor(service.cost), _("for a person and week"))
    return _muted(_("No price of its own"))


def _distance(each: Alternative) -> SafeString:
    if each.distance_km is None:
        return _muted(_("Not known"))
    shown = formats.number(each.distance_km, 1 if each.distance_km < _NEAR_KM else 0)
    return fill('<span class="ei-nowrap">{} km</span>', shown)


def _choose(unit, word: str) -> SafeString:
    return fill(
        '<a class="btn btn-sm" href="?utforare={}#id_provider">{}'
        '<span class="visually-hidden">: {}</span></a>',
        *(unit.pk, word, unit.name),
    )


# --- the provider's day --------------------------------------------------------------------------
@register.simple_tag
def waiting_lines(day: ProviderDay) -> SafeString:
    """A line for each clock that waits for the provider, with the step that meets it."""
    return _rows(
        fill(
            '<li>{}<span><b>{}</b><br><small class="ei-muted">{}</small></span>'
            '<a class="btn btn-sm" href="{}">{}<span class="visually-hidden">: {}</span></a></li>',
            *(clock_cell(row.explanation), row.order.called, row.explanation.name),
            *(row.explanation.url, row.explanation.step, row.order.called),
        )
        for row in day.waiting
    )


@register.simple_tag
def session_rows(
    day: ProviderDay, word_time: str, word_group: str, word_attendance: str
) -> SafeString:
    """A row for each session of the day: when, who, in which group and what is registered."""
    pattern = (
        '<tr role="row"><td role="cell" class="ei-nowrap" data-label="{}">{} '
        '<small class="ei-muted">{}</small></td>'
        '<th scope="row" role="rowheader"><a href="{}">{}</a></th>' + _CELL
        + '<td role="cell" data-label="{}"><a href="{}">{}'
        '<span class="visually-hidden">: {}</span></a></td></tr>'
    )  # fmt: skip
    register_it = _("Register it")
    return _rows(
        fill(
            pattern,
            *(word_time, f"{session.starts_at:%H:%M}", formats.duration(session.minutes)),
            *(order.url, order.called),
            word_group,
            fill(_UNDER, order.service.label, session.place)
            if session.place
            else order.service.label,
            word_attendance,
            page_of("referrals:session", session.pk),
            capfirst(formats.said(AttendanceOutcome(session.outcome).label))
            if session.is_registered
            else register_it,
            order.called,
        )
        for session, order in day.sessions
    )


@register.simple_tag
def participant_rows(
    day: ProviderDay, word_activity: str, word_state: str, word_period: str
) -> SafeString:
    """A row for each order that goes on: who, what, in which state and when."""
    pattern = _HEAD + _CELL * 2 + _TIGHT + "</tr>"
    signs = {}
    for order in day.orders:
        if order.state not in signs:
            label = formats.said(OrderState(order.state).label)
            icon = ("",) if order.sign == "plain" else ()
            signs[order.state] = tag_status(label, order.sign, *icon)
    return _rows(
        fill(
            pattern,
            *("", order.url, order.called, ""),
            *(word_activity, order.service.label),
            *(word_state, signs[order.state]),
            *(word_period, formats.span(order.starts_on, order.ends_before, year=True)),
        )
        for order in day.orders
    )


@register.simple_tag
def news_lines(day: ProviderDay) -> SafeString:
    """A line for each thing that the job centres have said."""
    return _rows(
        fill(
            '<li class="ei-lines__tall"><span><a href="{}">{}</a><br><small>{}</small></span>'
            '<small class="ei-muted ei-nowrap">{}</small></li>',
            *(each.order.url, each.order.called, _said(each), _on(each.on)),
        )
        for each in day.news
    )


def _on(day: date) -> str:
    return formats.day(day)


def _said(each: News) -> str:
    if each.kind == "message":
        return _("Message from %(name)s") % {"name": each.about}
    if each.kind == "reply":
        return _("Your question has a reply")
    if each.kind == "accepted":
        return _("Your proposal is accepted: %(what)s") % {"what": each.about}
    return _("Your proposal is refused: %(what)s") % {"what": each.about}


@register.simple_tag
def asked_lines(day: ProviderDay) -> SafeString:
    """A line for each order with a question or a proposal that waits for the job centre."""
    question = _("Your question")
    return _rows(
        fill(
            '<li><span><a href="{}">{}</a><br><small class="ei-muted">{}</small></span></li>',
            *(order.url, order.called),
            _("Your proposal: %(kind)s") % {"kind": kind} if kind else question,
        )
        for order, kind in day.asked
    )
