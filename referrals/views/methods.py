"""Support by a method: the list, one support with its log, and what is done with it."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from jobcentre.casework.access.checks import can
from jobcentre.casework.access.fetch import get_visible, log_list
from jobcentre.casework.views.base import handle_form
from jobcentre.casework.views.case import case_rows, header
from jobcentre.casework.views.drafts import PageDraft
from referrals.forms import methods as forms
from referrals.methods import overview
from referrals.methods.enums import Method
from referrals.models import MethodContact
from referrals.transitions import methods as transitions

get_or_post = require_http_methods(["GET", "POST"])
PAGE = 50  # supports of the list
LOG = 30  # contacts at a time


def _first_row(request) -> int:
    """Where the page of a list begins, from the address; 0 when it is not a number."""
    asked = request.GET.get("after", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 0


def _pages(request, first: int, size: int, has_more: bool) -> dict:
    query = request.GET.copy()

    def page_of(after: int) -> str:
        query["after"] = after
        return f"?{query.urlencode()}"

    return {
        "previous": page_of(max(0, first - size)) if first else "",
        "next": page_of(first + size) if has_more else "",
    }


@require_GET
def method_list(request):
    """The supports whose log the user reads: those that go on, or all that have ended."""
    today = timezone.localdate()
    form = forms.MethodsFilter(request.GET or None)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    rows = overview.readable(request.user)
    going_on = rows.going_on().count()
    if asked.get("method"):
        rows = rows.filter(method=asked["method"])
    rows = rows.filter(ended_on__isnull=False) if asked.get("state") == "ended" else rows.going_on()
    first = _first_row(request)
    found = list(
        overview.supports(rows, today).order_by("-started_on", "-pk")[first : first + PAGE + 1]
    )
    shown = overview.with_words(found[:PAGE], request.user, today)
    log_list(request, [each.case.person.ref for each in shown])
    return render(
        request,
        "referrals/methods/list.html",
        {
            "form": form,
            "supports": shown,
            "going_on": going_on,
            "quiet": sum(each.is_quiet for each in shown),
            "first": first + 1,
            "last": first + len(shown),
            **_pages(request, first, PAGE, len(found) > PAGE),
        },
    )


@require_GET
def method(request, ref):
    """One support: the steps, how much is planned and given, the group and the log."""
    found = get_visible(request, overview.WITH, ref=ref)
    today = timezone.localdate()
    stages = list(found.stages.all())
    intensities = list(found.intensities.select_related("decided_by"))
    plans = list(found.plans.select_related("written_by"))
    first = _first_row(request)
    contacts = list(
        found.contacts.select_related("written_by", "corrected_by")[first : first + LOG + 1]
    )
    moves = transitions.available_moves(found, request.user)
    overview.covered(
        found,
        request.user,
        (
            ([found], ("aim", "end_note")),
            (stages, ("outcome",)),
            (intensities, ("why",)),
            (plans, ("picture", "strengths", "steps", "help_wanted")),
            (contacts, ("name", "text")),
        ),
    )
    return render(
        request,
        "referrals/methods/method.html",
        {
            "support": found,
            "name": overview.name_for(found, request.user),
            "is_protected": found.case.person.is_protected,
            "leader": transitions.leader_name(found),
            "lacks_leader": found.ended_on is None and overview.lacks_leader(found),
            "steps": overview.steps_of(found, stages),
            "outcomes": [row for row in reversed(stages) if row.outcome],
            "intensities": list(reversed(intensities)),
            "chart": overview.chart_of(found, intensities, today),
            "meetings": overview.group_meetings(found),
            "plan": plans[0] if plans else None,
            "older_plans": plans[1:],
            "is_mobilisation": found.method == Method.MOBILISATION,
            "contacts": contacts[:LOG],
            "first": first + 1,
            "last": first + len(contacts[:LOG]),
            "moves": moves,
            "may_open_case": can(request.user, "case.view", found.case),
            "may_sign_up": can(request.user, "group.sign_up", found.case),
            **_pages(request, first, LOG, len(contacts) > LOG),
        },
    )


@get_or_post
def start(request, number):
    """Begin a support by a method in a case."""
    case = get_visible(request, case_rows(), number=number)
    today = timezone.localdate()
    typed = PageDraft(request, case)
    if typed.is_asked:
        return typed.answer()
    form = forms.StartForm(
        request.POST or None,
        job_coaches=transitions.job_coaches(case, today),
        orders=transitions.orders_for(case),
        series=overview.groups_of(case.centre, timezone.now()),
        initial=typed.initial()
        or {"method": Method.SUPPORTED_EMPLOYMENT, "started_on": today, "leader": forms.COACH},
    )
    return handle_form(
        request,
        form,
        lambda data: transitions.start_method(
            case,
            transitions.Start(
                method=data["method"],
                aim=data["aim"],
                started_on=data["started_on"],
                minutes_per_week=int(data["hours"] * 60),
                order=data["order"],
                job_coach=data["job_coach"],
                series=data["series"],
            ),
            actor=request.user,
            today=today,
        ),
        template="casework/form.html",
        context={
            **header(case, request.user, today),
            "title": _("Begin support by a method"),
            "button": _("Begin the support"),
        },
        success_url=lambda support: reverse("referrals:method", args=[support.ref]),
        message=_("The support has begun. It goes on as long as it is needed."),
        typed=typed,
    )


def _act(request, found, form, act, *, title, button, message, typed=None, intro=""):
    """A form about one support, back to it afterwards."""
    return handle_form(
        request,
        form,
        act,
        template="referrals/methods/act.html",
        context={
            "support": found,
            "name": overview.name_for(found, request.user),
            "title": title,
            "button": button,
            "intro": intro,
        },
        success_url=reverse("referrals:method", args=[found.ref]),
        message=message,
        typed=typed,
    )


@get_or_post
def lead(request, ref):
    """Give the support to another who leads it."""
    found = get_visible(request, overview.WITH, ref=ref)
    today = timezone.localdate()
    leader = forms.COACH
    if found.order_id:
        leader = forms.PROVIDER
    elif found.job_coach_id:
        leader = forms.JOB_COACH
    orders = transitions.orders_for(found.case)
    form = forms.LeaderForm(
        request.POST or None,
        job_coaches=transitions.job_coaches(found.case, today),
        orders=orders,
        version=found.version,
        initial={"leader": leader, "order": found.order_id, "job_coach": found.job_coach_id},
    )
    return _act(
        request,
        found,
        form,
        lambda data: transitions.change_leader(
            found,
            order=data["order"],
            job_coach=data["job_coach"],
            actor=request.user,
            today=today,
            edit=data["version"],
        ),
        title=_("Who leads the support?"),
        button=_("Save"),
        message=_("It is saved who leads the support."),
    )


@get_or_post
def step(request, ref):
    """Take the next step of the method, or one again."""
    found = get_visible(request, overview.WITH, ref=ref)
    current = found.stages.filter(ends_before__isnull=True).first()
    if current is None:
        raise Http404
    typed = PageDraft(request, found.case, version=found.version)
    if typed.is_asked:
        return typed.answer()
    form = forms.StepForm(
        request.POST or None,
        method=found.method,
        current=current.step,
        version=typed.version,
        initial=typed.initial() or {"on": timezone.localdate()},
    )
    return _act(
        request,
        found,
        form,
        lambda data: transitions.take_step(
            found,
            data["step"],
            on=data["on"],
            outcome=data["outcome"],
            actor=request.user,
            today=timezone.localdate(),
            edit=data["version"],
        ),
        title=_("Take the next step"),
        button=_("Save the step"),
        message=_("The step is saved."),
        typed=typed,
        intro=_("Now: %(step)s. One may go back to an earlier step.")
        % {"step": current.get_step_display()},
    )


@get_or_post
def intensity(request, ref):
    """Plan more or less support from a day on."""
    found = get_visible(request, overview.WITH, ref=ref)
    return _act(
        request,
        found,
        forms.IntensityForm(
            request.POST or None,
            version=found.version,
            initial={"from_on": timezone.localdate()},
        ),
        lambda data: transitions.set_intensity(
            found,
            int(data["hours"] * 60),
            from_on=data["from_on"],
            why=data["why"],
            actor=request.user,
            today=timezone.localdate(),
            edit=data["version"],
        ),
        title=_("Change how much support is planned"),
        button=_("Save"),
        message=_("The planned support is changed."),
    )


@get_or_post
def contact(request, ref):
    """Write a contact in the log."""
    found = get_visible(request, overview.WITH, ref=ref)
    typed = PageDraft(request, found.case)
    if typed.is_asked:
        return typed.answer()
    return _act(
        request,
        found,
        forms.ContactForm(
            request.POST or None,
            initial=typed.initial() or {"on": timezone.localdate(), "minutes": 60},
        ),
        lambda data: transitions.log_contact(
            found, data, actor=request.user, today=timezone.localdate()
        ),
        title=_("Log a contact"),
        button=_("Save in the log"),
        message=_("The contact is in the log."),
        typed=typed,
    )


@get_or_post
def correct(request, ref, pk):
    """Correct a contact by a new one; the first stays and is marked."""
    found = get_visible(request, overview.WITH, ref=ref)
    wrong = (
        MethodContact.objects.filter(support=found, pk=pk).select_related("support__case").first()
    )
    if wrong is None:
        raise Http404
    wrong.support = found
    return _act(
        request,
        found,
        forms.ContactForm(
            request.POST or None,
            initial={name: getattr(wrong, name) for name in transitions.CONTACT_FIELDS},
        ),
        lambda data: transitions.correct_contact(
            wrong, data, actor=request.user, today=timezone.localdate()
        ),
        title=_("Correct a contact"),
        button=_("Save the correction"),
        message=_("The correction is in the log, with what it corrects."),
    )


@get_or_post
def future_plan(request, ref):
    """Write the participant's own future plan, in a new version."""
    found = get_visible(request, overview.WITH, ref=ref)
    if found.method != Method.MOBILISATION:
        raise Http404
    typed = PageDraft(request, found.case, version=found.version)
    if typed.is_asked:
        return typed.answer()
    latest = found.plans.first()
    known = {name: getattr(latest, name) for name in transitions.PLAN_FIELDS} if latest else {}
    return _act(
        request,
        found,
        forms.FuturePlanForm(
            request.POST or None,
            version=typed.version,
            initial=typed.initial() or {**known, "told_on": timezone.localdate()},
        ),
        lambda data: transitions.write_future_plan(
            found,
            data,
            actor=request.user,
            today=timezone.localdate(),
            edit=data["version"],
        ),
        title=_("Own future plan"),
        button=_("Save the plan"),
        message=_("The future plan is saved."),
        typed=typed,
        intro=_("The participant's own words. Nobody approves it, and earlier versions are kept."),
    )


@get_or_post
def end(request, ref):
    """The support is no longer needed or wanted."""
    found = get_visible(request, overview.WITH, ref=ref)
    typed = PageDraft(request, found.case, version=found.version)
    if typed.is_asked:
        return typed.answer()
    return _act(
        request,
        found,
        forms.EndForm(
            request.POST or None,
            version=typed.version,
            initial=typed.initial() or {"on": timezone.localdate()},
        ),
        lambda data: transitions.end_method(
            found,
            on=data["on"],
            reason=data["reason"],
            note=data["note"],
            outcome=data["outcome"],
            actor=request.user,
            today=timezone.localdate(),
            edit=data["version"],
        ),
        title=_("End the support"),
        button=_("End the support"),
        message=_("The support is ended."),
        typed=typed,
    )
