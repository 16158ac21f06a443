"""What the approver wrote beside the lines of a version that came back."""

from django import template

register = template.Library()


def _ref(form) -> str:
    return str(form.initial.get("activity") or form["activity"].value() or "")


@register.inclusion_tag("activityplans/line_comment.html")
def line_comment(answer, form):
    """The comment on the activity that `form` changes; nothing without one."""
    comments = answer.comments if answer else ()
    key = f"line:{_ref(form)}"
    return {"comment": next((each.text for each in comments if each.key == key), "")}


@register.inclusion_tag("activityplans/plan_comments.html")
def plan_comments(answer, lines=()):
    """The comments that stand at none of `lines`, the forms of the activities: on the plan itself,
    and on what is no longer there. All of them where no form is shown."""
    shown = {f"line:{_ref(form)}" for form in lines}
    return {
        "comments": [
            (each.title, each.text)
            for each in (answer.comments if answer else ())
            if each.key not in shown
        ]
    }
