"""How the widgets of forms are drawn: the plain ones in one step, all others by their templates."""

from django.forms.renderers import TemplatesSetting
from django.forms.utils import flatatt
from django.utils.safestring import SafeString

from jobcentre.ui.filling import fill, fill_each

_PLAIN = "django/forms/widgets/"
_BOXES = ("text", "hidden", "number", "email", "input", "date", "time", "datetime", "tel", "url")
_LIST = '<select name="{}"{}>{}</select>'
_GROUP = '<optgroup label="{}">{}</optgroup>'
_OPTION = '<option value="{}"{}>{}</option>'


class PlainFirst(TemplatesSetting):
    """Draws text boxes, text areas and lists without a template, with the same bytes as the templates
    do.

    A box is three templates of one line each otherwise, an option of a list three nodes.
    """

    def render(self, template_name, context, request=None) -> str:
        draw = _DRAWN.get(template_name)
        return super().render(template_name, context, request) if draw is None else draw(**context)


def _box(widget: dict) -> SafeString:
    value = widget["value"]
    return fill(
        '<input type="{}" name="{}"{}{}>',
        widget["type"],
        widget["name"],
        "" if value is None else fill(' value="{}"', str(value)),
        flatatt(widget["attrs"]),
    )


def _area(widget: dict) -> SafeString:
    return fill(
        '<textarea name="{}"{}>\n{}</textarea>',
        widget["name"],
        flatatt(widget["attrs"]),
        widget["value"] or "",
    )


def _list(widget: dict) -> SafeString:
    parts = []
    for group, options, _index in widget["optgroups"]:
        drawn = fill_each(_OPTION, map(_option, options))
        parts.append(fill(_GROUP, group, drawn) if group else drawn)
    inside = SafeString("".join(parts))
    return fill(_LIST, widget["name"], flatatt(widget["attrs"]), inside)


def _option(option: dict) -> tuple[str, str, str]:
    return str(option["value"]), flatatt(option["attrs"]), option["label"]


_DRAWN = {
    **{f"{_PLAIN}{name}.html": _box for name in (*_BOXES, "checkbox")},
    f"{_PLAIN}textarea.html": _area,
    f"{_PLAIN}select.html": _list,
}
