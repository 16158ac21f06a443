"""Support-month statements: the list of each side, writing one, reading it, correcting it."""

from datetime import date

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from activityplans import statements as rules
from activityplans.attendance_rules import may_have_sessions
from activityplans.forms.statements import CorrectionForm, StatementForm, StatementsFilter
from activityplans.models import StatementReading, SupportStatement
from activityplans.transitions import statements as transitions
from jobcentre.accounts.enums import Role
from jobcentre.audit.enums import Access
from jobcentre.casework.access.checks import can, role_of
from jobcentre.casework.access.fetch import get_visible, log_list
from jobcentre.casework.access.queries import cases_for
from jobcentre.casework.models import Case, Deadline
from jobcentre.casework.views.base import handle_form
from jobcentre.casework.views.case import case_rows, header
from jobcentre.casework.views.drafts import PageDraft
from jobcentre.ui import formats
from jobcentre.ui.pdf import render_pdf

get_or_post = require_http_methods(["GET", "POST"])
MAX_ROWS = 100
STATEMENTS = SupportStatement.objects.select_related(
    "case__person",
    "case__coach",
    "case__centre",
    "case__income_support_unit",
    "sent_by",
    "corrects",
    "corrected_by",
)


def _month(text: str) -> date:
    """The first day of the month written 2026-11. Raises Http404 for anything else, and for a month
    in which there can be no session."""
    try:
        month = date.fromisoformat(f"{text}-01")
    except ValueError:
        raise Http404 from None
    if not may_have_sessions(month, timezone.localdate()):
        raise Http404
    return month


@require_GET
def statements(request):
    """The statements that wait for the user and those that are done, by role."""
    form = StatementsFilter(request.GET)
    state = (form.cleaned_data["state"] if form.is_valid() else "") or "open"
    today = timezone.localdate()
    context = {
        "form": StatementsFilter(initial={"state": state}),
        "state": state,
        "today": today,
        "is_receiver": role_of(request.user) == Role.SOCIAL_SECRETARY,
    }
    if context["is_receiver"]:
        read = StatementReading.objects.filter(statement=OuterRef("pk"))
        rows = list(
            STATEMENTS.visible_to(request.user)
            .annotate(is_read=Exists(read))
            .filter(is_read=state == "done", corrected_by__isnull=True)
            .order_by("-sent_at", "-pk")[:MAX_ROWS]
        )
        log_list(request, [row.case.person.ref for row in rows])
    else:
        own = cases_for(Case.objects.all(), request.user, "statement.list")
        clocks = Deadline.objects.filter(
            kind="statement", case__in=own.values("pk")
        ).select_related("case__person", "case__coach")
        if state == "done":
            clocks = clocks.filter(met_on__isnull=False).order_by("-met_on", "-pk")
        else:
            clocks = clocks.begun(today).order_by("due_on", "case__person__sort_key", "pk")
        rows = _with_statements(list(clocks[:MAX_ROWS]), today, request.user)
        log_list(request, [row["clock"].case.person.ref for row in rows])
    return render(request, "activityplans/statements/list.html", {**context, "rows": rows})


def _with_statements(clocks: list[Deadline], today, user) -> list[dict]:
    """Each clock of a statement with the newest version of its month; one query."""
    newest = {
        (row.case_id, row.month): row
        for row in SupportStatement.objects.filter(
            case__in={clock.case_id for clock in clocks}
        ).order_by("number")
    }
    rows = []
    for clock in clocks:
        month = clock.started_on.replace(day=1)
        rows.append(
            {
                "clock": clock,
                "month": month,
                "statement": newest.get((clock.case_id, month)),
                "is_late": clock.met_on is None and clock.due_on < today,
                "was_late": clock.met_on is not None and clock.met_on > clock.due_on,
                "may_write": clock.case.coach_id == user.pk,
                "url": clock.url,
            }
        )
    return rows


@get_or_post
def write(request, number, month):
    """Write the statement of a month of a case: the compilation, what the coach adds, send."""
    case = get_visible(request, case_rows(), number=number)
    month = _month(month)
    today = timezone.localdate()
    draft = transitions.being_written(case, month)
    sent = transitions.latest_sent(case, month)
    if draft is None and sent is not None:
        return redirect("activityplans:statement", sent.ref)
    edit = draft.edit if draft else 0
    typed = PageDraft(request, case, version=edit)
    if typed.is_asked:
        return typed.answer()
    initial = (
        {"asked": draft.asked, "explanation": draft.explanation, "comment": draft.comment}
        if draft
        else {"asked": "not_asked"}
    )
    form = StatementForm(
        request.POST or None, version=typed.version, initial=typed.initial() or initial
    )
    is_sending = request.method == "POST" and "send" in request.POST

    def act(data):
        if is_sending:
            return transitions.send_statement(
                case, month, form.written(), actor=request.user, today=today, edit=data["version"]
            )
        return transitions.save_statement(
            case, month, form.written(), actor=request.user, edit=data["version"]
        )

    content = transitions.content_of(case, month)
    return handle_form(
        request,
        form,
        act,
        template="activityplans/statements/write.html",
        context={
            **header(case, request.user, today),
            "month": month,
            "draft": draft,
            "shown": rules.shown(content),
            "obstacle": transitions.why_not_send(
                case, month, content, draft.asked if draft else "not_asked", today
            ),
        },
        success_url=lambda statement: (
            reverse("activityplans:statement", args=[statement.ref])
            if statement.is_sent
            else request.path
        ),
        message=lambda statement: (
            _("The statement is sent to the income-support unit.")
            if statement.is_sent
            else _("The draft is saved.")
        ),
        typed=typed,
    )


def _content(statement: SupportStatement) -> dict:
    """What was sent, or what a draft says now."""
    if statement.is_sent:
        return statement.content
    return transitions.content_of(statement.case, statement.month)


@require_GET
def statement(request, ref):
    """One version of a statement, as it was sent."""
    found = get_visible(request, STATEMENTS, ref=ref)
    content = _content(found)
    may_write = can(request.user, "statement.write", found)
    readings = list(found.readings.select_related("read_by"))
    return render(
        request,
        "activityplans/statements/statement.html",
        {
            "statement": found,
            "shown": rules.shown(content),
            "may_write": may_write,
            "may_correct": may_write and found.is_sent and not hasattr(found, "corrected_by"),
            "has_changed": may_write
            and found.is_sent
            and not rules.same_attendance(content, transitions.content_of(found.case, found.month)),
            "is_as_sent": not found.is_sent or transitions.is_as_sent(found),
            "readings": readings,
            "may_confirm": can(request.user, "statement.receive", found)
            and request.user.pk not in {reading.read_by_id for reading in readings},
            "newer": getattr(found, "corrected_by", None),
        },
    )


@require_GET
def statement_pdf(request, ref):
    """The statement as a tagged PDF."""
    found = get_visible(request, STATEMENTS, access=Access.PRINT, ref=ref)
    pdf = render_pdf(
        "print/statement.html",
        {
            "statement": found,
            "case": found.case,
            "shown": rules.shown(_content(found)),
            "today": timezone.localdate(),
        },
        language=get_language() or "sv",
        title=_("Statement of %(month)s") % {"month": formats.month(found.month)},
    )
    response = HttpResponse(pdf, content_type="application/pdf")
    name = f"underlag-{found.case.number}-{found.month:%Y-%m}-v{found.number}.pdf"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


@get_or_post
def correct(request, ref):
    """Begin the next version of a statement that was sent."""
    found = get_visible(request, STATEMENTS, ref=ref)
    case = case_rows().get(pk=found.case_id)
    return handle_form(
        request,
        CorrectionForm(request.POST or None),
        lambda data: transitions.begin_correction(found, data["reason"], actor=request.user),
        template="casework/form.html",
        context={
            **header(case, request.user, timezone.localdate()),
            "title": _("Correct the statement of %(month)s")
            % {"month": formats.month(found.month)},
            "intro": _("What was sent stands. The correction is a new version that names it."),
            "button": _("Begin the correction"),
        },
        success_url=reverse(
            "activityplans:statement_write", args=[case.number, f"{found.month:%Y-%m}"]
        ),
        message=_("The correction is begun. Look at it and send it."),
    )


@require_POST
def confirm(request, ref):
    """The social secretary has read the statement."""
    found = get_visible(request, STATEMENTS, ref=ref)
    transitions.confirm_reading(found, actor=request.user)
    messages.success(request, _("It is noted that you have read the statement."))
    return redirect("activityplans:statement", found.ref)
