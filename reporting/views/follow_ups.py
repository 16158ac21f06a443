"""Follow-ups after the exit: what is to be asked, and what came of it."""

from django.db.models import Exists, OuterRef, Q
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from jobcentre.accounts.enums import Role
from jobcentre.casework.access.checks import role_of
from jobcentre.casework.access.fetch import get_visible, log_list
from jobcentre.casework.enums import ConsentPurpose
from jobcentre.casework.models import Consent
from jobcentre.casework.views.base import handle_form
from jobcentre.casework.views.case import case_rows, header
from jobcentre.casework.worklist import masked_number
from reporting.enums import FollowUpState
from reporting.forms import FollowUpFilter, FollowUpForm, KeysetForm
from reporting.models import FollowUp
from reporting.rules import earliest_answer
from reporting.transitions.follow_ups import Answer, may_contact, record_follow_up

PAGE = 60


@require_GET
def follow_ups(request):
    """Follow-ups by the day they are due: to do now, coming, done; sixty at a time."""
    today = timezone.localdate()
    form = FollowUpFilter(request.GET)
    form.is_valid()
    state = form.cleaned_data.get("state") or "due"
    own_first = role_of(request.user) in (Role.COACH, Role.YOUTH_COORDINATOR)
    whose = form.cleaned_data.get("whose") or ("mine" if own_first else "all")
    found = FollowUp.objects.visible_to(request.user)
    if whose == "mine":
        found = found.filter(case__coach=request.user)
    if state == "done":
        found = found.exclude(state=FollowUpState.WAITING)
    elif state == "coming":
        found = found.waiting().filter(due_on__gt=today)
    else:
        found = found.waiting().filter(due_on__lte=today)
    page, key = _page(found, state, KeysetForm(request.GET), today)
    log_list(request, [each.case.person.ref for each in page])
    return render(
        request,
        "reporting/followups.html",
        {
            # Bound to what is shown, also when it is the default of the role.
            "form": FollowUpFilter({"state": state, "whose": whose}),
            "state": state,
            "whose": whose,
            "rows": [_row(each, today) for each in page],
            "after": key,
            "today": today,
        },
    )


def _page(found, state: str, keyset: KeysetForm, today):
    """(rows, the key of the last one when there are more): oldest due first, done newest first."""
    newest_first = state == "done"
    day, row = None, None
    if keyset.is_valid():
        day, row = keyset.cleaned_data["day"], keyset.cleaned_data["row"]
    if day and row:
        side = "lt" if newest_first else "gt"
        found = found.filter(
            Q(**{f"due_on__{side}": day}) | Q(**{"due_on": day, f"pk__{side}": row})
        )
    allowed = Consent.objects.filter(
        Q(ends_before__isnull=True) | Q(ends_before__gt=today),
        case=OuterRef("case"),
        purpose=ConsentPurpose.FOLLOW_UP,
        given_on__lte=today,
        withdrawn_on__isnull=True,
    )
    order = ("-due_on", "-pk") if newest_first else ("due_on", "pk")
    page = list(
        found.annotate(may_contact=Exists(allowed))
        .select_related("case__person", "case__coach", "exit__reason")
        .prefetch_related("case__person__numbers")
        .order_by(*order)[: PAGE + 1]
    )
    if len(page) <= PAGE:
        return page, None
    last = page[PAGE - 1]
    return page[:PAGE], {"day": last.due_on.isoformat(), "row": last.pk}


def _row(each: FollowUp, today) -> dict:
    return {
        "ref": each.ref,
        "number": each.case.number,
        "name": each.case.person.name,
        "masked": masked_number(each.case.person),
        "kind": each.get_kind_display(),
        "months": each.months,
        "due_on": each.due_on,
        "is_late": each.state == FollowUpState.WAITING and each.due_on < today,
        "state": each.get_state_display(),
        "is_waiting": each.state == FollowUpState.WAITING,
        "occupation": each.get_occupation_display(),
        "reason": each.exit.reason.label,
        "coach": each.case.coach.name if each.case.coach else "",
        "may_contact": each.may_contact,
    }


@require_http_methods(["GET", "POST"])
def follow_up(request, ref):
    """Record what came of one follow-up."""
    found = get_visible(request, FollowUp.objects.select_related("case__person", "exit"), ref=ref)
    today = timezone.localdate()
    case = case_rows().get(pk=found.case_id)
    form = FollowUpForm(
        request.POST or None,
        version=found.version,
        initial={"state": FollowUpState.ANSWERED.value, "answered_on": today},
    )

    def act(data):
        names = ("answered_on", "how", "occupation", "same_job", "extent_percent", "note")
        answer = Answer(FollowUpState(data["state"]), **{name: data[name] for name in names})
        return record_follow_up(
            found, answer, actor=request.user, today=today, version=data["version"]
        )

    return handle_form(
        request,
        form,
        act,
        template="reporting/followup.html",
        context={
            **header(case, request.user, today),
            "follow_up": found,
            "left": found.exit,
            "may_contact": may_contact(case, today),
            "earliest_on": earliest_answer(found.kind, found.due_on),
            "tab": "form",
        },
        success_url=reverse("casework:case", args=[case.number]),
        message=_("The follow-up is saved."),
    )
