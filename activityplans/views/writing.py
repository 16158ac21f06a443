"""The plan read and written."""

from contextlib import suppress

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from activityplans import hours, next_period, rules
from activityplans.enums import PlanState
from activityplans.filling import filled_lines, offers_for, plan_values
from activityplans.forms.plans import LineFormSet, PlanForm, line_choices
from activityplans.forms.rows import row_sets
from activityplans.forms.times import initial_days
from activityplans.last_answer import last_answer
from activityplans.models import Activity, PlanTemplate
from activityplans.transitions import plans
from activityplans.transitions.plan_inputs import LINE_PLAIN, PLAIN
from intake.mapping import ssyk
from intake.mapping.enums import FactKind
from intake.models import MappingFact
from jobcentre.casework.access.fetch import get_visible
from jobcentre.casework.concurrency import sent_before
from jobcentre.casework.deadlines.calendar import municipal_calendar
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import Approval
from jobcentre.casework.views.base import handle_form
from jobcentre.casework.views.case import case_rows, header
from jobcentre.casework.views.drafts import PageDraft

get_or_post = require_http_methods(["GET", "POST"])
# The field where a problem is put right; the others concern several.
FIELDS = {
    rules.Problem.NO_GOAL: "goal",
    rules.Problem.BEFORE_CASE: "starts_on",
    rules.Problem.FAR_AHEAD: "starts_on",
    rules.Problem.OVER: "ends_before",
    rules.Problem.TOO_LONG: "ends_before",
    rules.Problem.NO_TARGET_REASON: "target_reason",
    rules.Problem.NO_CHANGE_REASON: "change_reason",
}
# What a template fills in of a line.
FILLED = ("description", "expected_result", "starts_on", "ends_before", "follow_up_on")


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
    versions = list(case.plan_versions.all())
    waiting = next((each for each in versions if each.state == PlanState.SUBMITTED), None)
    draft = plans.version_being_written(case)
    base = draft or plans.version_in_force(case) or _refused(versions)
    is_empty = base is None or (draft is not None and not draft.goal and not draft.lines.exists())
    chosen = _template(request, today) if is_empty else None
    is_next = (
        draft is None
        and base is not None
        and next_period.is_next(base, today, asked=request.GET.get("period") == "nasta")
    )
    typed = PageDraft(request, case, version=draft.edit if draft else 0)
    if typed.is_asked:
        return typed.answer()
    if waiting is not None:
        if request.method == "GET" and typed.row is None:
            return redirect("casework:tab", case.number, "plan")
        _keep(request, typed)
    form = PlanForm(
        request.POST or None,
        version=typed.version,
        initial=typed.initial() or _initial(base, draft, today, chosen, is_next),
    )
    own = list(Activity.objects.filter(case=case).select_related("service"))
    lines = LineFormSet(
        request.POST or None,
        prefix="lines",
        initial=typed.rows("lines") if typed.row else _initial_lines(base, chosen, today, is_next),
        form_kwargs=line_choices(today, own),
    )
    rows = row_sets(request.POST or None, base, typed, own)
    context = {
        **header(case, request.user, today),
        **rows,
        "lines": lines,
        "wanted": _wanted(case, form),
        "weeks": _weeks(case, draft),
        "draft": draft,
        "is_change": any(each.approved_on for each in versions),
        "answer": last_answer(case, versions),
        "waiting": waiting and _sent(waiting),
        "offers": offers_for(case, today) if is_empty and not chosen and not typed.row else [],
        "template": (draft.template if draft else None) or _begun_from(form),
    }
    sets_are_right = [each.is_valid() for each in (lines, *rows.values())]
    if request.method == "POST" and not all(sets_are_right):
        form.is_valid()
        context |= {"form": form, "typed": typed}
        return render(request, "activityplans/edit.html", context, status=422)
    sends = request.method == "POST" and "send" in request.POST

    def act(data):
        version = plans.save_draft(
            case,
            _written(data, lines, rows, own),
            actor=request.user,
            today=today,
            edit=data["version"],
        )
        if sends:
            _send(version, request.user, today)
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


def _send(version, user, today) -> None:
    """Send the plan; what is missing is said beside the field where it is put right."""
    try:
        plans.submit_plan(version, actor=user, today=today)
    except plans.NotReady as missing:
        said: dict[str, list[str]] = {}
        for problem in missing.problems:
            field = FIELDS.get(problem, NON_FIELD_ERRORS)
            said.setdefault(field, []).append(plans.problem_sentence(problem))
        if missing.others:
            said.setdefault(NON_FIELD_ERRORS, []).extend(missing.others)
        raise ValidationError(said) from None


def _template(request, today) -> PlanTemplate | None:
    """The template that is asked for in the address, when it may be used today."""
    key = request.GET.get("mall", "")
    return PlanTemplate.objects.valid_on(today).filter(key=key).first() if key else None


def _begun_from(form) -> PlanTemplate | None:
    """The template that fills the page and is not saved yet."""
    value = form["template"].value()
    return PlanTemplate.objects.filter(pk=value).first() if str(value or "").isdecimal() else None


def _initial(base, draft, today, chosen, is_next=False) -> dict:
    if base is None:
        filled = plan_values(chosen, today) if chosen else {}
        return {
            "starts_on": today,
            "ends_before": rules.latest_end(today),
            "weekly_target": hours.full_time(),
            "own_search_hours": 0,
            **filled,
        }
    values = {name: getattr(base, name) for name in PLAIN if name != "change_reason"}
    if draft is not None:
        values["change_reason"] = draft.change_reason
        if chosen is not None:
            # Only what nobody has written is filled in.
            filled = plan_values(chosen, draft.starts_on)
            values |= {name: value for name, value in filled.items() if not values.get(name)}
    elif is_next:
        first = next_period.next_start(base, today)
        values["starts_on"], values["ends_before"] = first, rules.latest_end(first)
    return values


def _initial_lines(base, chosen, today, is_next=False) -> list[dict]:
    if chosen is not None:
        first = base.starts_on if base else today
        return [
            {
                "service": line.service.pk,
                "hours_per_week": line.hours_per_week,
                **{name: getattr(line, name) for name in FILLED},
                **initial_days(line.times),
            }
            for line in filled_lines(chosen, first, municipal_calendar())
        ]
    if base is None:
        return []
    lines = base.lines.select_related(
        "activity__follow_up", "activity__broken_off", "provider"
    ).prefetch_related("times")
    if is_next:
        first = next_period.next_start(base, today)
        proposed = next_period.next_lines(base, lines, first, municipal_calendar())
        return [_initial_line(line) | changes for line, changes in proposed]
    return [_initial_line(line) for line in lines]


def _initial_line(line) -> dict:
    return {
        "activity": line.activity.ref,
        "service": line.activity.service_id,
        "hours_per_week": line.hours_per_week,
        **{name: getattr(line, name) for name in LINE_PLAIN if name != "change_reason"},
        **initial_days([each.slot for each in line.times.all()]),
    }


def _weeks(case, draft):
    """What is found in the weeks of the draft as it was saved."""
    if draft is None:
        return None
    lines = draft.lines.select_related("activity__service").prefetch_related("times")
    return hours.for_case(draft, list(lines), case)


def _wanted(case, form) -> list[str]:
    """The occupations offered as the goal: those that fit what was typed, else what the mapping
    says that the person wants."""
    if form.is_bound and not form.is_valid() and form.fields["goal_occupation"].offers:
        return form.fields["goal_occupation"].offers
    facts = MappingFact.objects.current().filter(case=case, kind=FactKind.WANTED)
    return [ssyk.label_of(code) for code in facts.values_list("code", flat=True)]


def _refused(versions):
    """The newest version when it was refused: its text is what the next one begins with. A change
    that was refused begins with the plan in force instead."""
    return versions[0] if versions and versions[0].state == PlanState.REFUSED else None


def _keep(request, typed) -> None:
    """Keep what was sent while a colleague's version waits, until the answer has come. What leads
    to its first result, because it was sent twice, is no such text."""
    if request.method == "POST" and not sent_before(request.user, request.POST.get("token", "")):
        with suppress(Refused):  # too long to be kept: it stands on the page all the same
            typed.save()


def _sent(version) -> Approval | None:
    """The version that waits as it was sent: by whom and when."""
    return (
        Approval.objects.pending()
        .filter(kind=plans.APPROVAL, subject_id=version.pk)
        .select_related("requested_by")
        .first()
    )


def _written(data, lines, rows, activities) -> plans.PlanInput:
    own = {activity.ref: activity for activity in activities}
    written = []
    for form in lines.forms:
        line = form.cleaned_data
        if not line.get("service") or line.get("DELETE"):
            continue
        if line["activity"] and line["activity"] not in own:
            raise Refused(_("An activity of the plan belongs to another case."))
        written.append(
            plans.LineInput(
                service=line["service"],
                activity=own.get(line["activity"]),
                hours_per_week=line["hours_per_week"],
                times=form.slots(),
                **{name: line[name] for name in LINE_PLAIN},
            )
        )
    return plans.PlanInput(
        **{name: data[name] for name in PLAIN},
        template=data["template"],
        lines=written,
        **{name: row_set.values() for name, row_set in rows.items()},
    )
