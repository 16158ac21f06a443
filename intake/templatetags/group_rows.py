"""The rows of a group's attendance: each person with the fields of the form."""

from django import template

register = template.Library()


@register.filter
def with_boxes(rows: list[dict], form) -> list[tuple[dict, dict]]:
    """Each row of the page with the fields of its place."""
    boxes = form.boxes()
    return [(row, boxes[row["place"].pk]) for row in rows]
