"""The plan read and written."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from activityplans import rules
from activityplans.enums import PlanState
from activityplans.forms.plans import LineFormSet, PlanForm, line_choices
from activityplans.models import Activity
from activityplans.transitions import plans
from jobcentre.casework.access.fetch import get_visible
from jobcentre.casework.enums import ApprovalState
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import Approval
from jobcentre.casework.views.base import handle_form
from jobcentre.casework.views.case import case_rows, header
from jobcentre.casework.views.drafts import PageDraft

get_or_post = require_http_methods(["GET", "POST"])


@require_GET
def plan(request, number):
    """The whole plan on a page of its own: the panel, and every version."""
    get_visible(request, case_rows(), number=number)
    return redirect("casework:tab", number, "plan")


@get_or_post
def edit(request, number):
    """Write the plan: one page, saved as a draft or sent for approval."""
    case = get_visible(request, case_rows(), number=number)
    today = timezone.localdate()
    if case.plan_versions.filter(state=PlanState.SUBMITTED).exists():
        return redirect("casework:tab", case.number, "plan")
    draft = plans.version_being_written(case)
    base = draft or plans.version_in_force(case)
    typed = PageDraft(request, case, version=draft.edit if draft else 0)
    if typed.is_asked:
        return typed.answer()
    form = PlanForm(
        request.POST or None,
        version=typed.version,
        initial=typed.initial() or _initial(base, draft, today),
    )
    lines = LineFormSet(
        request.POST or None,
        prefix="lines",
        initial=typed.rows("lines") if typed.row else _initial_lines(base),
        form_kwargs=line_choices(today),
    )
    context = {
        **header(case, request.user, today),
        "lines": lines,
        "draft": draft,
        "is_change": bool((base and base.number > 1) or (base and not draft)),
        "returned": _returned(draft),
        "full_time": rules.FULL_TIME,
    }
    if request.method == "POST" and not lines.is_valid():
        form.is_valid()
        context |= {"form": form, "typed": typed}
        return render(request, "activityplans/edit.html", context, status=422)
    sends = request.method == "POST" and "send" in request.POST

    def act(data):
        version = plans.save_draft(
            case,
            _written(case, data, lines),
            actor=request.user,
            today=today,
            edit=data["version"],
        )
        if sends:
            plans.submit_plan(version, actor=request.user, today=today)
        return version

    return handle_form(
        request,
        form,
        act,
        template="activityplans/edit.html",
        context=context,
        success_url=reverse("casework:tab", args=[case.number, "plan"])
        if sends
        else reverse("activityplans:edit", args=[case.number]),
        message=_("The plan is sent for approval.") if sends else _("The draft is saved."),
        typed=typed,
    )


def _initial(base, draft, today) -> dict:
    if base is None:
        return {
            "starts_on": today,
            "ends_before": rules.latest_end(today),
            "weekly_target": rules.FULL_TIME,
            "own_search_hours": 0,
        }
    names = (
        "starts_on",
        "ends_before",
        "goal",
        "person_view",
        "support_needs",
        "others_do",
        "weekly_target",
        "own_search_hours",
        "target_reason",
    )
    values = {name: getattr(base, name) for name in names}
    if draft is not None:
        values["change_reason"] = draft.change_reason
    elif base.ends_before <= today:
        values["starts_on"], values["ends_before"] = today, rules.latest_end(today)
    return values


def _initial_lines(base) -> list[dict]:
    if base is None:
        return []
    return [
        {
            "activity": line.activity.ref,
            "service": line.activity.service_id,
            "description": line.description,
            "expected_result": line.expected_result,
            "provider": line.provider_id,
            "place": line.place,
            "starts_on": line.starts_on,
            "ends_before": line.ends_before,
            "hours_per_week": line.hours_per_week,
        }
        for line in base.lines.select_related("activity")
    ]


def _returned(draft) -> Approval | None:
    """The answer with which the draft came back, to be read while it is changed."""
    if draft is None or draft.state != PlanState.RETURNED:
        return None
    return (
        Approval.objects.filter(
            kind=plans.APPROVAL, subject_id=draft.pk, state=ApprovalState.RETURNED
        )
        .select_related("decided_by")
        .order_by("-pk")
        .first()
    )


def _written(case, data, lines) -> plans.PlanInput:
    own = {activity.ref: activity for activity in Activity.objects.filter(case=case)}
    names = (
        "starts_on",
        "ends_before",
        "goal",
        "person_view",
        "support_needs",
        "others_do",
        "weekly_target",
        "target_reason",
        "own_search_hours",
        "change_reason",
    )
    written = []
    for form in lines.forms:
        line = form.cleaned_data
        if not line.get("service") or line.get("DELETE"):
            continue
        if line["activity"] and line["activity"] not in own:
            raise Refused(_("An activity of the plan belongs to another case."))
        written.append(
            plans.LineInput(
                activity=own.get(line["activity"]),
                **{
                    name: line[name]
                    for name in (
                        "service",
                        "description",
                        "expected_result",
                        "provider",
                        "place",
                        "starts_on",
                        "ends_before",
                        "hours_per_week",
                        "change_reason",
                    )
                },
            )
        )
    return plans.PlanInput(**{name: data[name] for name in names}, lines=written)
