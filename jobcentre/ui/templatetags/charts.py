"""`{% load charts %}` and `{% chart value key="queue" %}`: a chart with its legend and table."""

from django import template
from django.conf import settings

from jobcentre.ui.charts import Chart, LegendItem, Timeline, svg

register = template.Library()


@register.inclusion_tag("ui/chart.html")
def chart(value: Chart, key: str, is_print: bool = False):
    """The figure of `value`. `key` is unique on the page; `is_print` opens the table (PDF)."""
    accent = settings.MUNICIPALITY_ACCENT
    is_timeline = isinstance(value, Timeline)
    return {
        "chart": value,
        "key": key,
        "svg": value.draw(f"chart-{key}", accent),
        "rows": value.rows(f"chart-{key}", accent) if is_timeline else [],
        "legend": value.legend(),
        "table": value.table(),
        "is_print": is_print,
        "accent": accent,
    }


@register.simple_tag
def legend_sign(item: LegendItem, accent: str):
    """The small drawing beside a legend entry."""
    return svg.legend_sign(item, accent)
