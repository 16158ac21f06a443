"""The provider's own ledger: what it is paid and why, what is stopped, what its agreements have cost. No
name of a person stands here; an order is known by its code."""

from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, Sum
from django.http import StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from jobcentre.audit.enums import Access
from jobcentre.casework.access.fetch import log_list
from jobcentre.ui.files import guarded
from jobcentre.ui.spreadsheets import MARK, decimal_cell, line_writer
from referrals import aliases
from referrals.enums import ClaimBlock, ClaimState
from referrals.forms.claims import OwnClaimsFilter
from referrals.models import Agreement, Claim, Order
from referrals.money import words
from referrals.money.budget import coming_of, left_of
from referrals.views.claims import PAGE, SIGNS, page_of


def why_stopped(claim: Claim) -> str:
    """The reason of the block in words for the provider; "" when it is not stopped. That another is
    paid for the same is not the provider's to know."""
    if claim.block == ClaimBlock.OVERLAP:
        return _("the job centre looks at it")
    return str(claim.get_block_display()) if claim.block else ""


def _found(request):
    """The provider's ledger as the address asks for it: (form, what is asked, claims)."""
    form = OwnClaimsFilter(request.GET or None)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    found = (
        Claim.objects.of_provider(request.user)
        .with_question()
        .select_related("order__activity__service", "agreement", "priced_by__version")
        .order_by("-starts_on", "-pk")
    )
    if asked.get("state"):
        found = found.filter(state=asked["state"])
    return form, asked, found


def _sums(user, year: int, today: date) -> list[dict]:
    """What each agreement of the provider comes to in a year, also one without amounts yet: attested,
    on the way, to come, stopped, the ceiling and what is left of it (None without); three queries."""
    new_year = date(year, 1, 1)
    of_year, of_year_alone = Q(claims__starts_on__year=year), Q(starts_on__year=year)

    def kronor(*states: ClaimState):
        return Sum("claims__amount", filter=of_year & Q(claims__state__in=states), default=0)

    runs = Q(in_force__starts_on__year__lte=year, in_force__ends_before__gt=new_year)
    rows = (
        Agreement.objects.filter(provider__unit=user.acting.unit_id, in_force__isnull=False)
        .annotate(
            attested=kronor(ClaimState.ATTESTED),
            waiting=kronor(ClaimState.OPEN, ClaimState.REVIEWED),
            stopped=kronor(ClaimState.BLOCKED),
            n_stopped=Count("claims", filter=of_year & Q(claims__state=ClaimState.BLOCKED)),
        )
        .filter(runs | Exists(Claim.objects.filter(of_year_alone, agreement=OuterRef("pk"))))
        .order_by("reference", "pk")
        .values(
            *("pk", "reference", "attested", "waiting", "stopped", "n_stopped"),
            title=F("in_force__title"),
            ceiling=F("in_force__ceiling_year"),
        )
    )
    ahead = coming_of(user.acting.unit_id, year, today)
    return [
        {
            **row,
            "coming": ahead[row["pk"]],
            "left": left_of(row["ceiling"], row["attested"], row["waiting"] + ahead[row["pk"]]),
        }
        for row in rows
    ]


@require_GET
def claim_list(request):
    """The amounts, the newest first, with state and reason, and the sums of each agreement."""
    form, asked, found = _found(request)
    first = asked.get("after") or 0
    rows = list(found[first : first + PAGE + 1])
    shown = rows[:PAGE]
    seen = set(
        Order.objects.visible_to(request.user)
        .filter(pk__in={each.order_id for each in shown})
        .values_list("pk", flat=True)
    )
    for each in shown:
        each.sign, each.last_on = SIGNS[each.state], words.last_day(each)
        each.code, each.stopped = aliases.code_of(each.order.ref), why_stopped(each)
        each.may_open = each.order_id in seen
    today = timezone.localdate()
    year = today.year
    sums = _sums(request.user, year, today)
    log_list(request, [])
    query = request.GET.copy()
    query.pop("after", None)
    return render(
        request,
        "referrals/claims/own.html",
        {
            "form": form,
            "claims": shown,
            "sums": sums,
            "year": year,
            "stopped": sum(each["n_stopped"] for each in sums),
            "query": query.urlencode(),
            "previous": page_of(query, max(0, first - PAGE)) if first else "",
            "next": page_of(query, first + PAGE) if len(rows) > PAGE else "",
            "first": first + 1,
            "last": first + len(shown),
        },
    )


@require_GET
def claim_file(request):
    """The same as a file for a spreadsheet; an export."""
    _form, _asked, found = _found(request)
    log_list(request, [], access=Access.EXPORT)
    answer = StreamingHttpResponse(
        _lines(found, translation.get_language()), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = (
        f'attachment; filename="ersattningar-{timezone.localdate().isoformat()}.csv"'
    )
    return answer


def _lines(rows, language: str):
    writer = line_writer()
    with translation.override(language):
        yield MARK + writer.writerow(
            [
                *(_("Agreement"), _("Order"), _("Service"), _("For"), _("From")),
                *(_("To and including"), _("Quantity"), _("Price, kronor"), _("Amount, kronor")),
                *(_("State"), _("Why it is stopped"), _("Attested")),
            ]
        )
    for row in rows.iterator(chunk_size=500):
        with translation.override(language):
            cells = (
                row.agreement.reference,
                aliases.code_of(row.order.ref),
                row.order.activity.service.label,
                row.get_kind_display(),
            )
            state, stopped = row.get_state_display(), why_stopped(row)
        attested = timezone.localtime(row.attested_at).date() if row.attested_at else None
        yield writer.writerow(
            [
                *(guarded(str(cell)) for cell in cells),
                row.starts_on.isoformat(),
                words.last_day(row).isoformat(),
                decimal_cell(row.quantity, language),
                decimal_cell(row.unit_price, language),
                decimal_cell(row.amount, language),
                guarded(str(state)),
                guarded(stopped),
                attested.isoformat() if attested else "",
            ]
        )
