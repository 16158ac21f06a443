"""Words of the plan in templates."""

from django import template
from django.utils.translation import get_language

from activityplans import compare
from activityplans.models import PlanLine

register = template.Library()


@register.filter
def week_times(line: PlanLine) -> str:
    """The weekly schedule of a line: "Mon-Wed 09:00-12:00"; no query when `times` is prefetched."""
    return compare.times_in_words(each.slot for each in line.times.all())


@register.filter
def offered_then(line: PlanLine) -> str:
    """What the catalogue said of the service when the line was written, in the reader's language;
    nothing when it says the same now. No query when `offered` is selected with the line."""
    if line.offered is None:
        return ""
    name = "description_en" if (get_language() or "sv").startswith("en") else "description_sv"
    then = line.offered.says[name]
    return "" if then == getattr(line.activity.service, name) else then
