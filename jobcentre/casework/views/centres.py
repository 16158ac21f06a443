"""Pages for other centres: a case moves with its open work, a person is lent and comes back."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jobcentre.casework.access.checks import can
from jobcentre.casework.access.fetch import get_visible, log_list
from jobcentre.casework.centre_forms import LoanForm, MoveForm
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import CentreLoan
from jobcentre.casework.moving import Moving, what_moves
from jobcentre.casework.transitions import loans as loan_acts
from jobcentre.casework.transitions.moving import move_case
from jobcentre.casework.views.base import handle_form
from jobcentre.casework.views.case import case_rows, header

get_or_post = require_http_methods(["GET", "POST"])
LOANS = CentreLoan.objects.select_related(
    "case__person", "case__centre", "case__district", "case__coach", "host", "host_coach", "lent_by"
)
MAX_SHOWN = 200


@get_or_post
def move(request, number):
    """Another home centre or district: first what moves is shown, then it is moved."""
    case = get_visible(request, case_rows(), number=number)
    today = timezone.localdate()
    form = MoveForm(
        request.POST or None,
        version=case.version,
        initial={"centre": case.centre_id, "district": case.district_id},
    )
    found, template = None, "casework/form.html"
    if request.method == "POST" and form.is_valid():
        moving = _moving(form.cleaned_data)
        found = what_moves(case, moving, today, timezone.now())
        template = "casework/move.html"
        same = form.cleaned_data["version"] == case.version
        if same and not found.obstacles and form.cleaned_data["seen"] != found.mark:
            return _show_first(request, case, form, moving, found)
    context = {
        **header(case, request.user, today),
        "title": _("Change centre or district"),
        "button": _("Show what moves"),
        "intro": _("Nothing is moved before you have seen what goes along."),
        "typed": None,
    }
    if found is not None:
        context |= {"found": found, "moving": _moving(form.cleaned_data), "looked": False}
    return handle_form(
        request,
        form,
        lambda data: move_case(
            case,
            _moving(data),
            actor=request.user,
            today=today,
            version=data["version"],
            seen=data["seen"],
        ),
        template=template,
        context=context,
        success_url=lambda moved: _after_move(request.user, moved),
        message=lambda moved: _("The case is at %(centre)s now.") % {"centre": moved.centre.name},
    )


def _moving(data: dict) -> Moving:
    return Moving(data["centre"], data["district"], data["reason"], data["coach"])


def _show_first(request, case, form, moving: Moving, found):
    """What would move, with the same form to be sent again; told when it differs from last time."""
    data = form.cleaned_data
    again = MoveForm(
        version=data["version"],
        initial={
            **{name: data[name] for name in ("centre", "district", "coach", "reason")},
            "seen": found.mark,
        },
    )
    return render(
        request,
        "casework/move.html",
        {
            **header(case, request.user, timezone.localdate()),
            "title": _("What moves with the case"),
            "form": again,
            "moving": moving,
            "found": found,
            "looked": bool(data["seen"]),
        },
    )


def _after_move(user, case) -> str:
    """Back to the case, or away from one that the user no longer sees."""
    if can(user, "case.view", case):
        return reverse("casework:case", args=[case.number])
    return reverse("start")


@get_or_post
def lend(request, number):
    """Lend the person to another centre's service; what is lent now and was before."""
    case = get_visible(request, case_rows(), number=number)
    today = timezone.localdate()
    return handle_form(
        request,
        LoanForm(request.POST or None, home=case.centre, initial={"starts_on": today}),
        lambda data: loan_acts.lend_case(
            case,
            loan_acts.Lending(
                **{
                    name: data[name]
                    for name in (
                        *("host", "service", "reason"),
                        *("starts_on", "ends_before", "host_coach"),
                    )
                }
            ),
            actor=request.user,
            today=today,
        ),
        template="casework/lend.html",
        context={
            **header(case, request.user, today),
            "loans": list(LOANS.filter(case=case)[:MAX_SHOWN]),
        },
        success_url=reverse("casework:lend", args=[case.number]),
        message=lambda loan: _("The person is lent to %(centre)s.") % {"centre": loan.host.name},
    )


@require_POST
def loan_end(request, number, pk):
    """The person comes back before the time."""
    case = get_visible(request, case_rows(), number=number)
    loan = LOANS.filter(case=case, pk=pk).first()
    if loan is None:
        raise Http404
    try:
        loan_acts.end_loan(loan, actor=request.user, today=timezone.localdate())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The loan is ended."))
    if can(request.user, "case.lend", case):
        return redirect("casework:lend", case.number)
    return redirect("casework:loans")


@require_GET
def loans(request):
    """Who is lent to the user's centre now or soon, and who from it."""
    today = timezone.localdate()
    rows = list(
        LOANS.visible_to(request.user).current_on(today).order_by("ends_before", "pk")[:MAX_SHOWN]
    )
    log_list(request, [row.case.person.ref for row in rows])
    here = request.user.acting.unit.path
    return render(
        request,
        "casework/loans.html",
        {
            "inwards": [row for row in rows if row.host.path.startswith(here)],
            "outwards": [row for row in rows if row.case.centre.path.startswith(here)],
            "today": today,
        },
    )
