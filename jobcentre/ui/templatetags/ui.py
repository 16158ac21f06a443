"""Template tags and filters of the shell. They are builtins: no template has to load them."""

from functools import cache

from django import template
from django.forms import BaseForm, BaseFormSet
from django.forms.utils import flatatt
from django.template.defaultfilters import capfirst
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import get_language

from jobcentre.ui import formats
from jobcentre.ui.filling import fill
from jobcentre.ui.icons import SHAPES

register = template.Library()

# The signs of the design: colour and icon of a state. A word always stands beside them.
SIGN_ICONS = {
    "ok": "check-circle",
    "soon": "clock",
    "late": "alert",
    "paused": "pause",
    "info": "hourglass",
    "": "",
    "plain": "",
}
ALERT_ICONS = {
    "info": "info",
    "success": "check-circle",
    "warning": "alert",
    "danger": "alert-circle",
}
# Django's message levels (by tag) to the kinds of alert.
_MESSAGE_KINDS = {
    "debug": "info",
    "info": "info",
    "success": "success",
    "warning": "warning",
    "error": "danger",
}

_SVG = (
    '<svg class="ei-icon{}" aria-hidden="true" width="24" height="24" viewBox="0 0 24 24"'
    ' fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round"'
    ' stroke-linejoin="round">{}</svg>'
)
_SHAPES = {name: SafeString(shapes) for name, shapes in SHAPES.items()}


# Attributes of a widget in one step instead of a loop of template nodes: a select of ten options is
# ten includes otherwise, and the filters above a list a tenth of its page.
register.filter("attributes", flatatt)


class UnknownIcon(template.TemplateSyntaxError):
    """The name is not in the icon table."""


@register.simple_tag
@cache
def icon(name: str, css: str = "") -> SafeString:
    """The icon as inline SVG, hidden from screen readers; `css` adds a class.

    Raises UnknownIcon for a name outside jobcentre/ui/icons.py.
    """
    if name not in _SHAPES:
        raise UnknownIcon(f"no icon {name!r}; the names are in jobcentre/ui/icons.py")
    return fill(_SVG, f" {css}" if css else "", _SHAPES[name])


@register.simple_tag
def clock_cell(clock) -> SafeString:
    """A clock in a table or a head: its sign, words and date. `clock` is an Explanation."""
    return fill(
        '<span class="ei-clock ei-clock--{}">{}<span><b>{}</b>{}</span></span>',
        clock.sign,
        icon(sign_icon(clock.sign)),
        clock.words,
        fill("<small>{}</small>", clock.date) if clock.date else "",
    )


# --- filters -------------------------------------------------------------------------------------
def _or_dash(function):
    """A missing value is shown as a dash, never as None or an error."""

    def show(value):
        return "–" if value is None or value == "" else function(value)

    show.__name__ = function.__name__
    show.__doc__ = function.__doc__
    return show


for _function in (
    *(formats.day, formats.day_year, formats.day_short, formats.day_long, formats.month),
    *(formats.week, formats.clock_time, formats.moment, formats.duration, formats.signed),
    *(formats.kronor, formats.hours, formats.file_size, formats.initials),
):
    register.filter(_function.__name__, _or_dash(_function))


@register.filter
def number(value, decimals=None):
    """`1 234,5`; an argument sets the decimals."""
    return "–" if value in (None, "") else formats.number(value, decimals)


@register.filter
def percent(value, decimals=0):
    """`57 %` of the value 57."""
    return "–" if value in (None, "") else formats.percent(value, decimals)


@register.simple_tag
def period(starts_on, ends_before, year=False):
    """A half-open period, to and including: `3–18 dec`."""
    return formats.span(starts_on, ends_before, year=bool(year))


@register.filter
def alert_kind(message) -> str:
    """The kind of alert of a Django message."""
    return _MESSAGE_KINDS.get(message.level_tag, "info")


# --- small parts ---------------------------------------------------------------------------------
@register.simple_tag
def tag_status(text, sign="", icon_name=None) -> SafeString:
    """A word in a coloured frame, with a capital first. `sign`: ok, soon, late, paused, info, plain or empty.

    The icon is that of the sign unless `icon_name` gives another ("" for none).
    """
    shown = SIGN_ICONS[sign] if icon_name is None else icon_name
    return fill(
        '<span class="ei-tag{}">{}{}</span>',
        f" ei-tag--{sign}" if sign else "",
        icon(shown) if shown else "",
        capfirst(text),
    )


@register.simple_tag
def avatar(name, kind="") -> SafeString:
    """The initials in a round sign. `kind`: empty, lg (large) or org (an organisation)."""
    return fill(
        '<span class="ei-avatar{}" aria-hidden="true">{}</span>',
        f" ei-avatar--{kind}" if kind else "",
        formats.initials(name),
    )


@register.filter
def sign_icon(sign: str) -> str:
    """The icon of a sign; the note sign for those without."""
    return SIGN_ICONS.get(sign) or "circle-dot"


@register.simple_tag
def with_keys(navigation) -> list[dict]:
    """The groups of the side menu, each item with its own letter for `g` and then the letter.

    The first letter of the label that is still free; a number when all are taken.
    """
    taken: set[str] = set()
    groups = []
    for group in navigation:
        items = []
        for item in group["items"]:
            letters = [letter for letter in str(item["label"]).lower() if letter.isalpha()]
            key = next(letter for letter in (*letters, *"1234567890") if letter not in taken)
            taken.add(key)
            items.append({**item, "key": key})
        groups.append({**group, "items": items})
    return groups


_shell_parts: dict[tuple, SafeString] = {}


@register.simple_tag(takes_context=True)
def shell_part(context, template_name: str) -> SafeString:
    """A part of the shell that is the same on every page for a role, language and theme.

    Made once in a process. The template must show nothing of the user, the page or the request.
    """
    role = getattr(getattr(context.get("user"), "acting", None), "role", "")
    key = (template_name, get_language(), role, context["shell"]["theme"])
    if key not in _shell_parts:
        _shell_parts[key] = render_to_string(template_name, {"shell": context["shell"]})
    return _shell_parts[key]


# --- blocks --------------------------------------------------------------------------------------
@register.simple_block_tag
def panel(
    content, title="", id="", url="", link="", note="", kind="", flush=False, level=2, foot=""
):
    """A panel: `{% panel title=... url=... link=... %} ... {% endpanel %}`.

    `flush` lets a table reach the edges; `kind="next"` marks what to do next; `note` is a quiet
    line under the title; `url` and `link` put a link at the head's end.
    """
    return render_to_string(
        "ui/panel.html",
        {
            "content": content,
            "title": title,
            "id": id or f"p-{slugify(title)}",
            "url": url,
            "link": link,
            "note": note,
            "kind": kind,
            "flush": flush,
            "heading": "h3" if level == 3 else "h2",
            "foot": foot,
        },
    )


@register.simple_block_tag
def alert(content, kind="info", title=""):
    """A coloured box with an icon. `kind`: info, success, warning or danger."""
    return render_to_string(
        "ui/alert.html",
        {"content": content, "kind": kind, "title": title, "icon_name": ALERT_ICONS[kind]},
    )


@register.simple_block_tag
def dialog(content, id, title):
    """A dialog, opened by any button with `data-dialog="<id>"`; closed by Esc or its button."""
    return render_to_string("ui/dialog.html", {"content": content, "id": id, "title": title})


# --- error summary -------------------------------------------------------------------------------
def _errors_of(form: BaseForm) -> list[dict]:
    rows = [{"target": "", "label": "", "text": text} for text in form.non_field_errors()]
    for bound in form:
        widget = bound.field.widget
        boxes = getattr(widget, "input_type", "") in ("radio", "checkbox") and bound.use_fieldset
        target = "" if bound.is_hidden else bound.id_for_label
        if boxes and len(bound.subwidgets):
            target = bound.subwidgets[0].id_for_label
        rows.extend({"target": target, "label": bound.label, "text": text} for text in bound.errors)
    return rows


@register.inclusion_tag("ui/error_summary.html")
def error_summary(*forms):
    """What must be corrected, with links to the fields; nothing when all is well.

    Takes forms and formsets. Put it first on the page; crispy then leaves its own out.
    """
    rows: list[dict] = []
    for each in forms:
        each.summary_is_shown = True
        members = each.forms if isinstance(each, BaseFormSet) else [each]
        if isinstance(each, BaseFormSet) and each.is_bound:
            rows.extend(
                {"target": "", "label": "", "text": text} for text in each.non_form_errors()
            )
        for form in members:
            form.summary_is_shown = True
            if form.is_bound:
                rows.extend(_errors_of(form))
    return {"rows": rows, "count": len(rows)}
