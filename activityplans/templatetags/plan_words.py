"""Words of the plan in templates."""

from django import template

from activityplans import compare
from activityplans.models import PlanLine

register = template.Library()


@register.filter
def week_times(line: PlanLine) -> str:
    """The weekly schedule of a line: "Mon-Wed 09:00-12:00"; no query when `times` is prefetched."""
    return compare.times_in_words(each.slot for each in line.times.all())
