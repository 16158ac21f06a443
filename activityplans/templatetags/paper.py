"""The two columns of the plan on paper."""

from django import template

from activityplans.models import Service
from activityplans.paper.services import text_of
from activityplans.paper.wordings import say
from jobcentre.ui.filling import fill

register = template.Library()


_ROOM = {"h2": " ei-two--head", "h3": " ei-two--sub"}  # what stands closer to what follows


def _pair(context, tag: str, swedish: str, other: str | None):
    second = context["second"]
    first = fill('<{} lang="sv">{}</{}>', tag, swedish, tag)
    if second is None:
        return first
    return fill(
        '<div class="ei-two{}">{}<{} lang="{}" dir="{}">{}</{}></div>',
        _ROOM.get(tag, ""),
        first,
        tag,
        second.code if other is not None else "sv",
        second.direction if other is not None else "ltr",
        swedish if other is None else other,
        tag,
    )


# Numbers and names keep their own direction in a text that runs from the right.
_ISOLATED = "\u2068{}\u2069"


def _filled(values: dict, second) -> dict:
    """The values as the second language writes them; a service has its name there, if any."""
    return {
        name: _ISOLATED.format(_name(value, second) if isinstance(value, Service) else value)
        for name, value in values.items()
    }


def _name(service: Service, second) -> str:
    found = text_of(service, second.code)
    return found[0] if found else service.label_sv


@register.simple_tag(takes_context=True)
def both(context, key: str, tag: str = "p", **values):
    """A wording of the paper in Swedish and, when there is a second language, in that beside it."""
    second = context["second"]
    other = say(key, second.code, **_filled(values, second)) if second else None
    values = {
        name: value.label_sv if isinstance(value, Service) else value
        for name, value in values.items()
    }
    return _pair(context, tag, say(key, "sv", **values), other)


@register.simple_tag(takes_context=True)
def both_names(context, key: str):
    """A name of a field, the second language under the Swedish."""
    second = context["second"]
    if second is None:
        return say(key, "sv")
    return fill(
        '{}<small lang="{}" dir="{}">{}</small>',
        say(key, "sv"),
        second.code,
        second.direction,
        say(key, second.code),
    )


@register.simple_tag(takes_context=True)
def service_name(context, service):
    """The name of a service, the second language under the Swedish."""
    second = context["second"]
    found = text_of(service, second.code) if second else None
    if not found:
        return service.label_sv
    return fill(
        '{}<small lang="{}" dir="{}">{}</small>',
        service.label_sv,
        second.code,
        second.direction,
        found[0],
    )


@register.simple_tag(takes_context=True)
def both_service(context, service):
    """The name and description of a service in both columns."""
    second = context["second"]
    found = text_of(service, second.code) if second else None
    name = _pair(context, "h3", service.label_sv, found[0] if found else None)
    about = _pair(context, "p", service.description_sv, found[1] if found else None)
    return fill("{}{}", name, about)
