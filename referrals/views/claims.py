"""The ledger: what is to be paid, each amount with its why, and the basis of invoices."""

from datetime import timedelta

from django.db.models import Count, Q
from django.http import StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from jobcentre.audit.enums import Access
from jobcentre.casework.access.checks import can
from jobcentre.casework.access.fetch import get_visible, log_list
from jobcentre.casework.forms import CaseForm
from jobcentre.casework.views.base import handle_form
from jobcentre.ui.files import guarded
from jobcentre.ui.spreadsheets import MARK, decimal_cell, line_writer
from jobcentre.workdays import add_months
from referrals.enums import ClaimState
from referrals.forms.claims import QUESTIONED, ClaimsFilter
from referrals.models import Claim
from referrals.models.orders import DAYS_TO_COMPLETE
from referrals.money import words
from referrals.transitions import claims as transitions

get_or_post = require_http_methods(["GET", "POST"])
PAGE = 50
CLAIMS = Claim.objects.select_related(
    "case__person",
    "order__activity__service",
    "order__provider",
    "agreement__provider__unit",
    "priced_by__version",
    "reviewed_by",
    "attested_by",
    "reverses",
)
SIGNS = {
    ClaimState.BLOCKED: "late",
    ClaimState.OPEN: "soon",
    ClaimState.REVIEWED: "info",
    ClaimState.ATTESTED: "ok",
    ClaimState.CANCELLED: "plain",
}


def _found(request, but: tuple[str, ...] = ()):
    """The ledger as the address asks for it, `but` some of it: (form, what is asked, claims)."""
    form = ClaimsFilter(request.GET or None, user=request.user)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    found = CLAIMS.visible_to(request.user).with_question().order_by("-starts_on", "-pk")
    if asked.get("state") == QUESTIONED and "state" not in but:
        found = found.filter(questioned_on__isnull=False)
    elif asked.get("state") and "state" not in but:
        found = found.filter(state=asked["state"])
    if asked.get("agreement"):
        found = found.filter(agreement=asked["agreement"])
    if asked.get("attested_in"):
        found = found.filter(
            attested_at__date__gte=asked["attested_in"],
            attested_at__date__lt=add_months(asked["attested_in"], 1),
        )
    return form, asked, found


@require_GET
def claim_list(request):
    """Amounts, the newest first; how many wait for a review and an attest."""
    form, asked, found = _found(request)
    first = asked.get("after") or 0
    rows = list(found[first : first + PAGE + 1])
    shown = rows[:PAGE]
    for each in shown:
        each.sign = SIGNS[each.state]
        each.last_on = words.last_day(each)
    waiting = (
        Claim.objects.visible_to(request.user)
        .order_by()
        .aggregate(
            **{
                state.value: Count("pk", filter=Q(state=state))
                for state in (ClaimState.OPEN, ClaimState.REVIEWED, ClaimState.BLOCKED)
            }
        )
    )
    questioned = Claim.objects.visible_to(request.user).with_question()
    waiting["questioned"] = questioned.filter(questioned_on__isnull=False).count()
    log_list(request, [each.case.person.ref for each in shown])
    query = request.GET.copy()
    query.pop("after", None)
    return render(
        request,
        "referrals/claims/list.html",
        {
            "form": form,
            "claims": shown,
            "waiting": waiting,
            "query": query.urlencode(),
            "previous": page_of(query, max(0, first - PAGE)) if first else "",
            "next": page_of(query, first + PAGE) if len(rows) > PAGE else "",
            "first": first + 1,
            "last": first + len(shown),
        },
    )


def page_of(query, after: int) -> str:
    """The address of the page that begins after so many."""
    query = query.copy()
    query["after"] = after
    return f"?{query.urlencode()}"


@get_or_post
def claim(request, pk):
    """Why so much, on what evidence, who attested; and the button of the one whose turn it is."""
    found = get_visible(request, CLAIMS.with_question(), pk=pk)
    may = can(request.user, "claim.attest", found)
    is_reviewed = found.state == ClaimState.REVIEWED
    move = transitions.attest_claim if is_reviewed else transitions.review_claim
    reviewed_it = is_reviewed and found.reviewed_by_id == request.user.pk
    is_ones_turn = may and found.state in (ClaimState.OPEN, ClaimState.REVIEWED) and not reviewed_it
    found.sign = SIGNS[found.state]
    return handle_form(
        request,
        CaseForm(request.POST or None, version=found.version),
        lambda data: move(found, actor=request.user, version=data["version"]),
        template="referrals/claims/claim.html",
        context={
            "claim": found,
            "last_on": words.last_day(found),
            "reckoning": words.reckoning(found),
            "evidence": words.evidence_of(found),
            "lost_on": found.questioned_on
            and found.questioned_on + timedelta(DAYS_TO_COMPLETE - 1),
            "is_ones_turn": is_ones_turn,
            "is_reviewed": is_reviewed,
            "waits_for_another": may and reviewed_it,
        },
        success_url=reverse("referrals:claim", args=[found.pk]),
        message=lambda done: (
            _("The amount is attested.")
            if done.state == ClaimState.ATTESTED
            else _("The amount is reviewed. Somebody else attests it.")
        ),
    )


@require_GET
def claim_file(request):
    """The basis of invoices: what is attested, one line each, for a spreadsheet; an export."""
    _form, _asked, found = _found(request, but=("state",))
    rows = found.filter(state=ClaimState.ATTESTED)
    log_list(
        request,
        list(
            rows.values_list("case__person__ref", flat=True)
            .distinct()
            .order_by("case__person__ref")
        ),
        access=Access.EXPORT,
    )
    answer = StreamingHttpResponse(
        _lines(rows, translation.get_language()), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = (
        f'attachment; filename="fakturaunderlag-{timezone.localdate().isoformat()}.csv"'
    )
    return answer


def _lines(rows, language: str):
    """No name of a person is in the file: the case number is enough for the invoice."""
    writer = line_writer()
    with translation.override(language):
        yield MARK + writer.writerow(
            [
                *(_("Agreement"), _("Provider"), _("Case"), _("Service"), _("For")),
                *(_("From"), _("To and including"), _("Quantity"), _("Price, kronor")),
                *(_("Amount, kronor"), _("Reviewed by"), _("Attested by"), _("Attested")),
            ]
        )
    for row in rows.iterator(chunk_size=500):
        with translation.override(language):
            cells = [
                row.agreement.reference,
                row.order.provider.name,
                row.case.number,
                row.order.activity.service.label,
                row.get_kind_display(),
            ]
        yield writer.writerow(
            [
                *(guarded(cell) for cell in cells),
                row.starts_on.isoformat(),
                words.last_day(row).isoformat(),
                decimal_cell(row.quantity, language),
                decimal_cell(row.unit_price, language),
                decimal_cell(row.amount, language),
                guarded(row.reviewed_by.name),
                guarded(row.attested_by.name),
                timezone.localtime(row.attested_at).date().isoformat(),
            ]
        )
