"""Reviews of the plan and follow-ups of activities."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from activityplans.forms.follow_ups import BreakOffForm, FollowUpForm, MidwayForm, ReviewForm
from activityplans.life import NO_RESULT, last_day
from activityplans.models import Activity
from activityplans.plan_enums import MidwayResult
from activityplans.transitions import follow_ups, life, midway
from jobcentre.casework.access.fetch import get_visible
from jobcentre.casework.views.base import handle_form
from jobcentre.casework.views.case import case_rows, header
from jobcentre.casework.views.drafts import PageDraft
from jobcentre.ui import formats

get_or_post = require_http_methods(["GET", "POST"])
REVIEWED = ("took_part", "what_worked", "person_view", "next_steps", "conclusion")


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
            case,
            actor=request.user,
            today=today,
            **{name: data[name] for name in REVIEWED},
        ),
        template="casework/form.html",
        context={
            **header(case, request.user, today),
            "title": _("Review the plan"),
            "button": _("Save the review"),
        },
        success_url=lambda made: (
            reverse("casework:tab", args=[case.number, "plan"])
            if _is_followed(made)
            else f"{reverse('activityplans:edit', args=[case.number])}?period=nasta"
        ),
        message=lambda made: (
            _("The review is saved. The plan for the next period is approved already.")
            if _is_followed(made)
            else _("The review is saved. Write the plan for the next period.")
        ),
        typed=typed,
    )


def _is_followed(made) -> bool:
    """Whether a newer version than the one reviewed is approved already."""
    versions = made.case.plan_versions.filter(approved_on__isnull=False)
    return versions.filter(number__gt=made.version.number).exists()


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
        FollowUpForm(
            request.POST or None,
            initial=typed.initial() or {"ended_on": _likely_end(activity, today)},
        ),
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
            "intro": _intro(activity),
        },
        success_url=reverse("casework:tab", args=[case.number, "plan"]),
        message=_("The follow-up is saved."),
        typed=typed,
    )


@get_or_post
def follow_up_midway(request, ref):
    """How an activity goes halfway, and what comes next."""
    activity = get_visible(
        request, Activity.objects.select_related("case__person", "service"), ref=ref
    )
    case = case_rows().get(pk=activity.case_id)
    today = timezone.localdate()
    typed = PageDraft(request, case)
    if typed.is_asked:
        return typed.answer()
    planned_on = midway.planned_midway(activity)
    return handle_form(
        request,
        MidwayForm(request.POST or None, initial=typed.initial() or {"held_on": today}),
        lambda data: midway.follow_up_midway(
            activity,
            **{name: data[name] for name in ("held_on", "result", "comment", "next_steps")},
            actor=request.user,
            today=today,
        ),
        template="casework/form.html",
        context={
            **header(case, request.user, today),
            "title": _("Follow up %(service)s midway") % {"service": activity.service},
            "button": _("Save the follow-up"),
            "intro": _("The plan names %(day)s.") % {"day": formats.day_year(planned_on)}
            if planned_on
            else _("The plan in force has no follow-up midway of this activity."),
        },
        success_url=lambda made: (
            reverse("casework:tab", args=[case.number, "plan"])
            if made.result == MidwayResult.AS_PLANNED
            else reverse("activityplans:edit", args=[case.number])
        ),
        message=lambda made: (
            _("The follow-up is saved.")
            if made.result == MidwayResult.AS_PLANNED
            else _("The follow-up is saved. Change the plan with the person.")
        ),
        typed=typed,
    )


def _likely_end(activity, today):
    """The day to propose as the one on which it ended: the last by the plan, or of its break."""
    facts = life.facts_of(activity, today)
    if facts is None:
        return today
    return min(today, last_day(facts.ends_before - timedelta(days=1), facts.broken_off_on, None))


def _intro(activity) -> str:
    """That the same kind gave no result the last time, for whoever is about to choose it again."""
    results = life.results_of(activity.case).get(activity.service_id, [])
    if not results or results[-1] != NO_RESULT:
        return ""
    return _(
        "%(service)s gave no result the last time. If it did not this time either, choose another "
        "kind of activity."
    ) % {"service": activity.service}


@get_or_post
def break_off(request, ref):
    """End an activity before its time, with the reason."""
    activity = get_visible(
        request, Activity.objects.select_related("case__person", "service"), ref=ref
    )
    case = case_rows().get(pk=activity.case_id)
    today = timezone.localdate()
    return handle_form(
        request,
        BreakOffForm(request.POST or None, initial={"last_on": today}),
        lambda data: life.break_off(
            activity,
            data["last_on"],
            data["reason"],
            data["note"],
            actor=request.user,
            today=today,
        ),
        template="casework/form.html",
        context={
            **header(case, request.user, today),
            "title": _("Break off %(service)s") % {"service": activity.service},
            "button": _("Break off the activity"),
            "intro": _("The follow-up is then due within five working days from the last day."),
        },
        success_url=reverse("activityplans:follow_up", args=[activity.ref]),
        message=_("The activity is broken off. Write what came of it."),
    )
