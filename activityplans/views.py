"""Pages of the plan: write, send, decide, print, follow up; the approver's queue; the catalogue."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from activityplans import approval_clock, compare, rules
from activityplans.content import content
from activityplans.enums import PlanState
from activityplans.forms import (
    DecisionForm,
    FollowUpForm,
    LineFormSet,
    PlanForm,
    ReviewForm,
    line_choices,
)
from activityplans.models import Activity, PlanVersion, Service
from activityplans.panels import lines_in_force
from activityplans.transitions import plans
from jobcentre.audit.enums import Access
from jobcentre.casework.access.fetch import get_visible, log_list
from jobcentre.casework.access.queries import cases_for
from jobcentre.casework.approvals.rules import content_hash
from jobcentre.casework.approvals.writer import decide
from jobcentre.casework.enums import ApprovalState
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import Approval, Case
from jobcentre.casework.views.base import handle_form
from jobcentre.casework.views.case import case_rows, header
from jobcentre.casework.views.drafts import PageDraft
from jobcentre.casework.worklist import masked, with_number
from jobcentre.ui.pdf import render_pdf

get_or_post = require_http_methods(["GET", "POST"])
PAGE = 50
QUEUE_COLUMNS = (
    "subject_version",
    "case__number",
    "case__person__ref",
    "case__person__given_name",
    "case__person__family_name",
    "requested_by__name",
)
APPROVALS = Approval.objects.filter(kind=plans.APPROVAL).select_related(
    "case__person", "case__coach", "case__centre", "requested_by", "unit"
)


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


@require_GET
def queue(request):
    """What waits for the approver, least time left first."""
    today = timezone.localdate()
    waiting = APPROVALS.pending().filter(
        case__in=cases_for(Case.objects.all(), request.user, "plan.decide").values("pk")
    )
    if request.user.acting.role == "manager":
        waiting = waiting.filter(case__income_support_unit__isnull=True)
    page = list(
        with_number(approval_clock.with_due(waiting), "case__person_id")
        .select_related(None)
        .select_related("case__person", "requested_by")
        .only(*QUEUE_COLUMNS)
        .order_by("due_on", "pk")[: PAGE + 1]
    )
    clocks = approval_clock.explained(page[:PAGE], today)
    rows = [
        {
            "pk": approval.pk,
            "name": approval.case.person.name,
            "meta": (masked(approval.current_number), approval.case.number),
            "what": _("First plan")
            if approval.subject_version == 1
            else _("Change, version %(number)s") % {"number": approval.subject_version},
            "sent_by": approval.requested_by.name,
            "url": reverse("activityplans:decide", args=[approval.pk]),
            "clock": clocks.get(approval.pk),
        }
        for approval in page[:PAGE]
    ]
    log_list(request, [approval.case.person.ref for approval in page[:PAGE]])
    return render(
        request,
        "activityplans/queue.html",
        {"rows": rows, "more": len(page) > PAGE, "today": today},
    )


@require_GET
def decided(request):
    """Plans that the unit has answered, newest first."""
    done = list(
        APPROVALS.visible_to(request.user)
        .exclude(state__in=[ApprovalState.PENDING, ApprovalState.WITHDRAWN])
        .filter(case__in=cases_for(Case.objects.all(), request.user, "plan.decide").values("pk"))
        .select_related("decided_by")
        .order_by("-decided_on", "-pk")[:PAGE]
    )
    log_list(request, [approval.case.person.ref for approval in done])
    return render(request, "activityplans/decided.html", {"approvals": done})


@get_or_post
def decide_plan(request, pk):
    """What holds now beside what is proposed, line by line; approve, return or refuse."""
    approval = get_visible(request, APPROVALS.all(), pk=pk)
    case = approval.case
    today = timezone.localdate()
    version = PlanVersion.objects.get(pk=approval.subject_id)
    proposed = content(version)
    in_force = (
        PlanVersion.objects.filter(
            case=case,
            state__in=[PlanState.APPROVED, PlanState.SUPERSEDED, PlanState.ENDED],
            number__lt=version.number,
            approved_on__isnull=False,
        )
        .order_by("-number")
        .first()
    )
    before = content(in_force) if in_force else None
    form = DecisionForm(request.POST or None, initial={"seen_hash": content_hash(proposed)})
    draft = plans.draft_of(version)
    context = {
        **header(case, request.user, today),
        "approval": approval,
        "version": version,
        "in_force": in_force,
        "changes": compare.described(rules.differences(before, proposed), before, proposed),
        "unchanged": compare.unchanged_count(before, proposed),
        "lines": list(version.lines.select_related("activity__service", "provider")),
        "balance": rules.HoursBalance(
            draft.target,
            rules.fullest_week(draft.lines, draft.starts_on, draft.ends_before),
            draft.own_search,
        ),
        "clock": approval_clock.of(approval, today),
        "is_pending": approval.state == ApprovalState.PENDING,
    }
    return handle_form(
        request,
        form,
        lambda data: decide(
            approval,
            ApprovalState(data["verdict"]),
            actor=request.user,
            today=today,
            seen_hash=data["seen_hash"],
            reason=data["reason"],
        ),
        template="activityplans/decide.html",
        context=context,
        success_url=reverse("activityplans:queue"),
        message=lambda decision: {
            ApprovalState.APPROVED: _("The plan is approved."),
            ApprovalState.RETURNED: _("The plan is returned to the coach."),
            ApprovalState.REFUSED: _("The plan is refused."),
        }[ApprovalState(decision.state)],
    )


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
        lambda data: plans.review_plan(case, data["conclusion"], actor=request.user, today=today),
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
        lambda data: plans.follow_up_activity(
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


@require_GET
def plan_pdf(request, number):
    """The plan in force as a designed A4 in plain Swedish, for the person to take along."""
    case = get_visible(request, case_rows(), access=Access.PRINT, number=number)
    version = plans.version_in_force(case)
    if version is None:
        raise Http404
    approval = (
        Approval.objects.filter(
            kind=plans.APPROVAL, subject_id=version.pk, state=ApprovalState.APPROVED
        )
        .select_related("decided_by", "unit")
        .first()
    )
    draft = plans.draft_of(version)
    pdf = render_pdf(
        "print/plan.html",
        {
            "case": case,
            "person": case.person,
            "version": version,
            "lines": lines_in_force(case),
            "approval": approval,
            "balance": rules.HoursBalance(
                draft.target,
                rules.fullest_week(draft.lines, draft.starts_on, draft.ends_before),
                draft.own_search,
            ),
            "today": timezone.localdate(),
        },
        language=get_language() or "sv",
        title=_("Activity plan"),
    )
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="plan-{case.number}.pdf"'
    return response


@require_GET
def plan_list(request):
    """The coach's plans: drafts, returned, waiting, and those that end within a month."""
    today = timezone.localdate()
    versions = list(
        PlanVersion.objects.filter(
            case__in=cases_for(Case.objects.open(), request.user, "plan.edit").values("pk"),
            state__in=[
                PlanState.DRAFT,
                PlanState.RETURNED,
                PlanState.SUBMITTED,
                PlanState.APPROVED,
            ],
        )
        .select_related("case__person")
        .order_by("ends_before", "pk")[:200]
    )
    groups = [
        (state, [version for version in versions if version.state == state])
        for state in (
            PlanState.RETURNED,
            PlanState.DRAFT,
            PlanState.SUBMITTED,
            PlanState.APPROVED,
        )
    ]
    log_list(request, [version.case.person.ref for version in versions])
    return render(
        request,
        "activityplans/plans.html",
        {"groups": [(s.label, m) for s, m in groups if m], "count": len(versions), "today": today},
    )


@require_GET
def catalogue(request):
    """The services a plan may use."""
    services = list(Service.objects.valid_on(timezone.localdate()))
    return render(request, "activityplans/catalogue.html", {"services": services})
