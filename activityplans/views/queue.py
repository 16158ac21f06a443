"""The approver's queue, and the positions taken."""

from django.db.models import Exists, OuterRef
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from activityplans import approval_clock, compare, hours, rules
from activityplans.content import content
from activityplans.enums import PlanState
from activityplans.forms.answers import FORM_ID, DecisionForm
from activityplans.models import PlanVersion
from activityplans.transitions import plans
from jobcentre.casework.access.checks import can
from jobcentre.casework.access.fetch import get_visible, log_list
from jobcentre.casework.access.queries import cases_for
from jobcentre.casework.approvals.rules import content_hash
from jobcentre.casework.approvals.unit import texts_of
from jobcentre.casework.approvals.writer import answers_for, decide
from jobcentre.casework.enums import ApprovalState
from jobcentre.casework.models import Approval, ApproverCover, Case
from jobcentre.casework.views.base import handle_form
from jobcentre.casework.views.case import header
from jobcentre.casework.worklist import masked, with_number
from jobcentre.ui.filling import fill

get_or_post = require_http_methods(["GET", "POST"])


PAGE = 50


QUEUE_COLUMNS = (
    "subject_version",
    "case__number",
    "case__person__ref",
    "case__person__given_name",
    "case__person__family_name",
    "requested_by__name",
    "handled_by__name",
)


APPROVALS = Approval.objects.filter(kind=plans.APPROVAL).select_related(
    "case__person", "case__coach", "case__centre", "requested_by", "handled_by", "unit"
)


def _waiting(user):
    """What waits for the user's unit, each with the day its answer is due; not ordered."""
    waiting = APPROVALS.pending().filter(
        case__in=cases_for(Case.objects.all(), user, "plan.decide").values("pk")
    )
    if user.acting.role == "manager":
        waiting = waiting.filter(case__income_support_unit__isnull=True)
    return approval_clock.with_due(waiting)


def _next(user, approval: Approval) -> Approval | None:
    """The one with least time left beside `approval`; one query."""
    return _waiting(user).exclude(pk=approval.pk).order_by("due_on", "pk").first()


@require_GET
def queue(request):
    """What waits for the approver, least time left first."""
    today = timezone.localdate()
    covers = list(
        ApproverCover.objects.filter(
            unit=request.user.acting.unit, starts_on__lte=today, ends_before__gt=today
        )
        .select_related("away", "cover")
        .order_by("ends_before", "pk")
    )
    earlier = PlanVersion.objects.once_in_force().filter(
        case=OuterRef("case"), number__lt=OuterRef("subject_version")
    )
    page = list(
        with_number(_waiting(request.user), "case__person_id")
        .annotate(is_change=Exists(earlier))
        .select_related(None)
        .select_related("case__person", "requested_by", "handled_by")
        .only(*QUEUE_COLUMNS)
        .order_by("due_on", "pk")[: PAGE + 1]
    )
    clocks = approval_clock.explained(page[:PAGE], today)
    rows = [
        {
            "pk": approval.pk,
            "name": approval.case.person.name,
            "meta": (masked(approval.current_number), approval.case.number),
            "what": _("Change, version %(number)s") % {"number": approval.subject_version}
            if approval.is_change
            else _("First plan"),
            "sent_by": _sender(approval, _whose(approval, request.user, covers)),
            "url": reverse("activityplans:decide", args=[approval.pk]),
            "clock": clocks.get(approval.pk),
        }
        for approval in page[:PAGE]
    ]
    log_list(request, [approval.case.person.ref for approval in page[:PAGE]])
    return render(
        request,
        "activityplans/queue.html",
        {
            "rows": rows,
            "more": len(page) > PAGE,
            "today": today,
            "stands_in_for": [row for row in covers if row.cover_id == request.user.pk],
            "away": [row for row in covers if row.away_id == request.user.pk],
        },
    )


def _sender(approval: Approval, whose: str) -> str:
    """Who sent it, and on a quiet line whom it was passed on to."""
    name = approval.requested_by.name
    return fill("{}<br><small>{}</small>", name, whose) if whose else name


def _whose(approval: Approval, user, covers: list[ApproverCover]) -> str:
    """Whom the approval was passed on to, in words; nothing when it is anybody's of the unit."""
    if approval.handled_by_id is None:
        return ""
    if approval.handled_by_id == user.pk:
        return _("Passed on to you")
    for row in covers:
        if (row.away_id, row.cover_id) == (approval.handled_by_id, user.pk):
            return _("You stand in for %(name)s") % {"name": approval.handled_by.name}
    return _("Passed on to %(name)s") % {"name": approval.handled_by.name}


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
    version.keep_lines()
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
    changes = rules.differences(before, proposed)
    described = compare.described(changes, before, proposed)
    form = DecisionForm(
        request.POST or None,
        initial={"seen_hash": content_hash(proposed)},
        sections=[
            (change.key, words.title) for change, words in zip(changes, described, strict=True)
        ],
    )
    following = _next(request.user, approval)
    lines = version.whole_lines()
    context = {
        **header(case, request.user, today),
        "approval": approval,
        "version": version,
        "in_force": in_force,
        "changes": [
            {
                "title": words.title,
                "what": words.what,
                "fields": words.fields,
                "reason": words.reason,
                "comment": approval.comments.get(change.key, ""),
                "comment_field": field,
            }
            for change, words, field in zip(changes, described, form.comment_fields(), strict=True)
        ],
        "following": following,
        "form_id": FORM_ID,
        "texts": texts_of(approval.unit),
        "unchanged": compare.unchanged_count(before, proposed),
        "lines": lines,
        "weeks": hours.for_case(version, lines, case),
        "balance": plans.draft_of(version).balance,
        "clock": approval_clock.of(approval, today),
        "is_pending": approval.state == ApprovalState.PENDING,
        "may_answer": can(request.user, "plan.decide", case)
        and answers_for(request.user, approval.unit),
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
            comments=form.comments(),
        ),
        template="activityplans/decide.html",
        context=context,
        success_url=reverse("activityplans:decide", args=[following.pk])
        if following
        else reverse("activityplans:queue"),
        message=lambda decision: _answered(decision, following),
    )


def _answered(decision: Approval, following: Approval | None) -> str:
    name = decision.case.person.name
    told = {
        ApprovalState.APPROVED: _("%(name)s: the plan is approved."),
        ApprovalState.RETURNED: _("%(name)s: the plan is returned to the coach."),
        ApprovalState.REFUSED: _("%(name)s: the plan is refused."),
    }[ApprovalState(decision.state)] % {"name": name}
    return told if following else f"{told} " + _("That was the last one in the queue.")
