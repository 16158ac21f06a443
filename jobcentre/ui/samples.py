"""What the style guide shows: made-up values, of nobody."""

from datetime import date


def context(today: date) -> dict:
    """The variables of templates/ui/guide.html."""
    return {"today": today}
