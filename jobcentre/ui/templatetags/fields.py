"""`{% load fields %}` and `{% draw_field %}`: one field of a form with label, help and errors.

The whole of `bootstrap5/field.html`. A form of sixteen fields was four hundred template nodes, and a
fifth of its page; one `fill` a part escapes the same values in a third of the time.
"""

from crispy_forms.templatetags.crispy_forms_filters import optgroups
from django import forms, template
from django.forms.boundfield import BoundField
from django.forms.utils import flatatt
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from jobcentre.ui.filling import fill, fill_each
from jobcentre.ui.templatetags.ui import icon

register = template.Library()

_FRAME = '<div id="div_{}" class="ei-field{}{}">{}</div>'
_ERROR = '<p><span class="visually-hidden">{}</span> {}</p>'
_OPTION = (
    '<div class="form-check"><input type="{}" class="form-check-input{}" name="{}" value="{}"{}>'
    '<label for="{}" class="form-check-label">{}</label></div>'
)
_NOTHING = SafeString("")


@register.simple_tag(takes_context=True)
def draw_field(context) -> SafeString:
    """The `field` of the context. `wrapper_class` adds a class to its frame, `inline_class` puts the
    choices of a group side by side; both may be missing."""
    field: BoundField = context["field"]
    if field.is_hidden:
        return SafeString(field)
    if isinstance(field.field.widget, forms.CheckboxInput):
        inside = _tick(field)
    elif field.use_fieldset:
        inside = _group(field, context.get("inline_class", ""))
    else:
        inside = _single(field)
    wrapper = context.get("wrapper_class", "")
    return fill(
        _FRAME,
        field.auto_id,
        " ei-field--error" if field.errors else "",
        f" {wrapper}" if wrapper else "",
        inside,
    )


def _tick(field: BoundField) -> SafeString:
    return fill(
        '{}<div class="form-check">{}<label for="{}" class="form-check-label">{}</label>{}</div>',
        _errors(field),
        _control(field, "form-check-input"),
        field.id_for_label,
        field.label,
        _help(field),
    )


def _group(field: BoundField, inline_class: str) -> SafeString:
    described = field.aria_describedby
    if isinstance(field.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        inside = _choices(field, inline_class)
    else:
        control = _control(field, "form-control", mark_errors=False)
        inside = fill('<div class="ei-fieldrow">{}</div>', control)
    return fill(
        '<fieldset class="ei-fieldset"{}><legend class="form-label">{}{}</legend>{}{}{}</fieldset>',
        fill(' aria-describedby="{}"', described) if described else "",
        field.label,
        _optional(field),
        _help(field),
        _errors(field),
        inside,
    )


def _single(field: BoundField) -> SafeString:
    widget = field.field.widget
    if isinstance(widget, forms.FileInput):
        control = render_to_string("bootstrap5/layout/field_file.html", {"field": field})
    else:
        is_select = isinstance(widget, forms.Select)
        control = _control(field, "form-select" if is_select else "form-control")
    return fill(
        '<label for="{}" class="form-label">{}{}</label>{}{}{}',
        field.id_for_label,
        field.label,
        _optional(field),
        _help(field),
        _errors(field),
        control,
    )


def _control(field: BoundField, css: str, *, mark_errors: bool = True) -> SafeString:
    """The widget, with its classes as crispy gives them: its own, its kind, those of the design."""
    whole = field.field.widget
    added = [*css.split(), *(["is-invalid"] if mark_errors and field.errors else [])]
    for widget in getattr(whole, "widgets", [whole]):
        has = widget.attrs.get("class", "").split()
        kind = type(widget).__name__.lower()
        widget.attrs["class"] = " ".join(dict.fromkeys([*has, kind, *added]))
    return SafeString(field)


def _choices(field: BoundField, inline_class: str) -> SafeString:
    invalid, parts = " is-invalid" if field.errors else "", []
    for group, options, _index in optgroups(field):
        if group:
            parts.append(fill('<p class="ei-strong">{}</p>', group))
        for option in options:
            attributes = option["attrs"]
            parts.append(
                fill(
                    *(_OPTION, option["type"], invalid, field.html_name, str(option["value"])),
                    *(flatatt(attributes), attributes.get("id", ""), option["label"]),
                )
            )
    return fill(
        '<div class="ei-checks{}">{}</div>',
        " ei-checks--inline" if inline_class else "",
        SafeString("".join(parts)),
    )


def _optional(field: BoundField) -> SafeString:
    if field.field.required:
        return _NOTHING
    return fill(' <span class="ei-optional">({})</span>', _("optional"))


def _help(field: BoundField) -> SafeString:
    if not field.help_text:
        return _NOTHING
    pattern = '<span id="{}_helptext" class="form-text">{}</span>'
    return fill(pattern, field.auto_id, field.help_text)


def _errors(field: BoundField) -> SafeString:
    if not field.errors:
        return _NOTHING
    word = _("Error:")
    return fill(
        '<div id="{}_error" class="invalid-feedback">{}<div>{}</div></div>',
        field.auto_id,
        icon("alert-circle"),
        fill_each(_ERROR, ((word, error) for error in field.errors)),
    )
