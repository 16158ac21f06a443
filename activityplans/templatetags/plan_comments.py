"""What the approver wrote beside the lines of a version that came back."""

from django import template

from activityplans.compare import field_name

register = template.Library()


@register.inclusion_tag("activityplans/line_comment.html")
def line_comment(returned, form):
    """The comment on the activity that `form` changes; nothing without one."""
    ref = form.initial.get("activity") or form["activity"].value()
    comments = returned.comments if returned else {}
    return {"comment": comments.get(f"line:{ref}", "")}


@register.inclusion_tag("activityplans/plan_comments.html")
def plan_comments(returned):
    """The comments that stand at no activity of the form: on the plan itself, and on what was to
    be taken away."""
    return {
        "comments": [
            (field_name(key), text)
            for key, text in (returned.comments if returned else {}).items()
            if not key.startswith("line:")
        ]
    }
