"""Reviews of the plan and follow-ups of activities."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from activityplans.forms.follow_ups import FollowUpForm, ReviewForm
from activityplans.models import Activity
from activityplans.transitions import follow_ups
from jobcentre.casework.access.fetch import get_visible
from jobcentre.casework.views.base import handle_form
from jobcentre.casework.views.case import case_rows, header
from jobcentre.casework.views.drafts import PageDraft

get_or_post = require_http_methods(["GET", "POST"])


@get_or_post
def review(request, number):
    case = get_visible(request, case_rows(), number=number)
    today = timezone.localdate()
    typed = PageDraft(request, case)
    if typed.is_asked:
        return typed.answer()
    return handle_form(
        request,
        ReviewForm(request.POST or None, initial=typed.initial()),
        lambda data: follow_ups.review_plan(
            case, data["conclusion"], actor=request.user, today=today
        ),
        template="casework/form.html",
        context={
            **header(case, request.user, today),
            "title": _("Review the plan"),
            "button": _("Save the review"),
        },
        success_url=reverse("activityplans:edit", args=[case.number]),
        message=_("The review is saved. Write the plan for the next period."),
        typed=typed,
    )


@get_or_post
def follow_up(request, ref):
    activity = get_visible(
        request, Activity.objects.select_related("case__person", "service"), ref=ref
    )
    case = case_rows().get(pk=activity.case_id)
    today = timezone.localdate()
    typed = PageDraft(request, case)
    if typed.is_asked:
        return typed.answer()
    return handle_form(
        request,
        FollowUpForm(request.POST or None, initial=typed.initial() or {"ended_on": today}),
        lambda data: follow_ups.follow_up_activity(
            activity,
            ended_on=data["ended_on"],
            result=data["result"],
            comment=data["comment"],
            next_move=data["next_move"],
            actor=request.user,
            today=today,
        ),
        template="casework/form.html",
        context={
            **header(case, request.user, today),
            "title": _("Follow up %(service)s") % {"service": activity.service},
            "button": _("Save the follow-up"),
        },
        success_url=reverse("casework:tab", args=[case.number, "plan"]),
        message=_("The follow-up is saved."),
        typed=typed,
    )
