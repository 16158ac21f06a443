"""Quick courses: the budget of the year, the requests, one of them, and the file."""

from django.http import Http404, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from jobcentre.accounts.enums import UnitKind
from jobcentre.accounts.models import Unit
from jobcentre.audit.enums import Access
from jobcentre.casework.access.checks import can, may_ever
from jobcentre.casework.access.fetch import get_visible, log_list
from jobcentre.casework.access.queries import cases_for
from jobcentre.casework.models import Case
from jobcentre.casework.views.base import handle_form
from jobcentre.casework.views.case import case_rows, header
from jobcentre.casework.views.drafts import PageDraft
from jobcentre.ui.files import guarded
from jobcentre.ui.spreadsheets import MARK, decimal_cell, line_writer
from referrals.courses.enums import CourseState
from referrals.forms import courses as forms
from referrals.models import CourseBudget, CourseRequest
from referrals.transitions import courses as transitions

get_or_post = require_http_methods(["GET", "POST"])
PAGE = 50
YEARS_AHEAD, YEARS_BACK = 1, 4
COURSES = CourseRequest.objects.select_related(
    "case__person", "case__centre", "case__coach", "requested_by", "decided_by", "paid_by", "budget"
)
SIGNS = {
    CourseState.REQUESTED: "soon",
    CourseState.APPROVED: "info",
    CourseState.REFUSED: "plain",
    CourseState.PAID: "ok",
    CourseState.WITHDRAWN: "plain",
}


def _asked(request):
    """(form, year, requests that begin in it) as the address says."""
    this_year = timezone.localdate().year
    years = range(this_year + YEARS_AHEAD, this_year - YEARS_BACK, -1)
    form = forms.CoursesFilter({"year": this_year, **request.GET.dict()}, years=years)
    asked = form.cleaned_data if form.is_valid() else {}
    year = asked.get("year") or this_year
    readable = cases_for(Case.objects.all(), request.user, "course.view")
    found = COURSES.visible_to(request.user).filter(
        case__in=readable.values("pk"), starts_on__year=year
    )
    if asked.get("state"):
        found = found.filter(state=asked["state"])
    return form, year, found.order_by("-requested_on", "-pk")


@require_GET
def course_list(request):
    """What is left of the year's money, and the requests, those that wait first."""
    form, year, found = _asked(request)
    after = request.GET.get("after", "")
    first = int(after) if after.isascii() and after.isdigit() and len(after) < 7 else 0
    rows = list(found[first : first + PAGE + 1])
    shown = rows[:PAGE]
    for each in shown:
        each.sign = SIGNS[each.state]
    log_list(request, [each.case.person.ref for each in shown])
    query = request.GET.copy()

    def page_of(row: int) -> str:
        query["after"] = row
        return f"?{query.urlencode()}"

    return render(
        request,
        "referrals/courses/list.html",
        {
            "form": form,
            "year": year,
            "courses": shown,
            "waiting": found.filter(state=CourseState.REQUESTED).count(),
            "budgets": _budgets(request.user, year),
            "query": request.GET.urlencode(),
            "previous": page_of(max(0, first - PAGE)) if first else "",
            "next": page_of(first + PAGE) if len(rows) > PAGE else "",
            "first": first + 1,
            "last": first + len(shown),
        },
    )


def _centres(user):
    """The job centres within the unit that the user acts in."""
    found = Unit.objects.active().within(user.acting.unit)
    return found.filter(kind=UnitKind.JOB_CENTRE).order_by("name", "pk")


def _budgets(user, year: int) -> list[tuple[Unit, CourseBudget | None]]:
    """The centres whose money the user keeps, each with its budget of the year."""
    if not may_ever(user, "course.budget"):
        return []
    budgets = {
        row.centre_id: row for row in CourseBudget.objects.visible_to(user).filter(year=year)
    }
    return [(centre, budgets.get(centre.pk)) for centre in _centres(user)]


@require_GET
def course(request, ref):
    """One request: what it is for, who decided, what it cost."""
    found = get_visible(request, COURSES, ref=ref)
    moves = transitions.available_moves(found, request.user)
    found.sign = SIGNS[found.state]
    return render(
        request,
        "referrals/courses/course.html",
        {
            "course": found,
            "person": found.case.person,
            "moves": moves,
            "may_open_case": can(request.user, "case.view", found.case),
            "waits_for_another": found.state == CourseState.REQUESTED
            and may_ever(request.user, "course.decide")
            and "decide" not in moves,
            "budget": _budget_of(found) if "decide" in moves else None,
        },
    )


def _budget_of(course: CourseRequest) -> CourseBudget | None:
    return CourseBudget.objects.filter(
        centre=course.case.centre_id, year=course.starts_on.year
    ).first()


@get_or_post
def ask(request, number):
    """Ask for a quick course in a case."""
    case = get_visible(request, case_rows(), number=number)
    today = timezone.localdate()
    typed = PageDraft(request, case)
    if typed.is_asked:
        return typed.answer()
    return handle_form(
        request,
        forms.CourseForm(request.POST or None, initial=typed.initial()),
        lambda data: transitions.request_course(case, data, actor=request.user, today=today),
        template="casework/form.html",
        context={
            **header(case, request.user, today),
            "title": _("Ask for a quick course"),
            "button": _("Send the request"),
            "intro": _("A short course that leads straight to a job. A manager decides."),
        },
        success_url=lambda made: reverse("referrals:course", args=[made.ref]),
        message=_("The request is sent. You are told when it is decided."),
        typed=typed,
    )


def _act(request, found, form, act, *, title, button, message, budget=None):
    return handle_form(
        request,
        form,
        act,
        template="referrals/courses/act.html",
        context={
            "course": found,
            "person": found.case.person,
            "title": title,
            "button": button,
            "budget": budget,
        },
        success_url=reverse("referrals:course", args=[found.ref]),
        message=message,
    )


@get_or_post
def decide(request, ref):
    found = get_visible(request, COURSES, ref=ref)
    return _act(
        request,
        found,
        forms.DecideCourseForm(request.POST or None, version=found.version),
        lambda data: transitions.decide_course(
            found,
            approves=data["approves"] == "yes",
            reason=data["reason"],
            actor=request.user,
            today=timezone.localdate(),
            edit=data["version"],
        ),
        title=_("Decide on the course"),
        button=_("Save the decision"),
        message=_("Your decision is saved and the one who asked is told."),
        budget=_budget_of(found),
    )


@get_or_post
def pay(request, ref):
    found = get_visible(request, COURSES, ref=ref)
    return _act(
        request,
        found,
        forms.PayForm(
            request.POST or None,
            version=found.version,
            initial={"amount": found.price, "paid_on": timezone.localdate()},
        ),
        lambda data: transitions.pay_course(
            found,
            amount=data["amount"],
            paid_on=data["paid_on"],
            invoice=data["invoice"],
            actor=request.user,
            today=timezone.localdate(),
            edit=data["version"],
        ),
        title=_("The course is paid"),
        button=_("Save the payment"),
        message=_("The payment is saved."),
    )


@get_or_post
def withdraw(request, ref):
    found = get_visible(request, COURSES, ref=ref)
    return _act(
        request,
        found,
        forms.WithdrawCourseForm(request.POST or None, version=found.version),
        lambda data: transitions.withdraw_course(
            found, reason=data["reason"], actor=request.user, edit=data["version"]
        ),
        title=_("Withdraw the request"),
        button=_("Withdraw"),
        message=_("The request is withdrawn."),
    )


@get_or_post
def budget(request, unit, year):
    """Say what a centre may spend on quick courses in a year."""
    this_year = timezone.localdate().year
    centre = get_object_or_404(_centres(request.user), pk=unit)
    if not this_year - YEARS_BACK < year <= this_year + YEARS_AHEAD:
        raise Http404
    known = CourseBudget.objects.filter(centre=centre, year=year).first()
    return handle_form(
        request,
        forms.BudgetForm(
            request.POST or None,
            version=known.version if known else 0,
            initial={"amount": known.amount} if known else {},
        ),
        lambda data: transitions.set_budget(
            centre,
            year,
            data["amount"],
            why=data["why"],
            actor=request.user,
            edit=data["version"] or 0,
        ),
        template="referrals/courses/budget.html",
        context={
            "centre": centre,
            "year": year,
            "budget": known,
            "changes": list(known.changes.select_related("made_by")) if known else [],
        },
        success_url=f"{reverse('referrals:courses')}?year={year}",
        message=_("The budget is saved."),
    )


@require_GET
def course_file(request):
    """The requests of the year, one line each, for a spreadsheet; an export. No name of a person."""
    _form, year, found = _asked(request)
    refs = found.order_by("case__person__ref").values_list("case__person__ref", flat=True)
    log_list(request, list(refs.distinct()), access=Access.EXPORT)
    answer = StreamingHttpResponse(
        _lines(found, translation.get_language()), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="snabbkurser-{year}.csv"'
    return answer


def _lines(rows, language: str):
    writer = line_writer()
    with translation.override(language):
        yield MARK + writer.writerow(
            [
                *(_("Job centre"), _("Case"), _("Course"), _("Who gives the course?")),
                *(_("From"), _("To and including"), _("State"), _("Price, kronor")),
                *(_("Paid, kronor"), _("Paid on"), _("Number of the invoice")),
                *(_("Asked for by"), _("Decided by"), _("Decided")),
            ]
        )
    for row in rows.iterator(chunk_size=500):
        with translation.override(language):
            state = row.get_state_display()
        yield writer.writerow(
            [
                guarded(row.case.centre.name),
                guarded(row.case.number),
                guarded(row.title),
                guarded(row.organiser),
                row.starts_on.isoformat(),
                row.last_on.isoformat(),
                state,
                decimal_cell(row.price, language),
                decimal_cell(row.paid_amount, language),
                row.paid_on.isoformat() if row.paid_on else "",
                guarded(row.invoice),
                guarded(row.requested_by.name),
                guarded(row.decided_by.name) if row.decided_by else "",
                row.decided_on.isoformat() if row.decided_on else "",
            ]
        )
