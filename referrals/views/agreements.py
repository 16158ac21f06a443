"""Agreements with providers: the list, one with its history, proposals and decisions."""

from django.db.models import F, OuterRef, Subquery
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from jobcentre.casework.access.checks import can, may_ever
from jobcentre.casework.access.fetch import get_visible
from jobcentre.casework.forms import DocumentForm
from jobcentre.casework.stored_files import download
from jobcentre.casework.views.base import handle_form
from referrals.agreement_changes import changes
from referrals.agreement_rules import Standing, standing, step_amounts
from referrals.enums import AgreementState, PriceStep
from referrals.forms.agreements import SERVICES, TERMS, AgreementForm, DecideForm, NewAgreementForm
from referrals.models import Agreement, AgreementDocument, AgreementVersion, Order
from referrals.money.budget import money_of
from referrals.transitions import agreements as transitions

get_or_post = require_http_methods(["GET", "POST"])
AGREEMENTS = Agreement.objects.select_related("provider__unit", "in_force")
SOON_DAYS = 60  # so near the last day for notice it is shown
SIGNS = {Standing.COMING: "info", Standing.IN_FORCE: "ok", Standing.ENDED: "plain"}


@require_GET
def agreement_list(request):
    """All agreements, those that end first on top; what waits for a decision."""
    today = timezone.localdate()
    latest = AgreementVersion.objects.filter(agreement=OuterRef("pk")).order_by("-number")
    rows = list(
        AGREEMENTS.visible_to(request.user)
        .annotate(
            latest_state=Subquery(latest.values("state")[:1]),
            latest_title=Subquery(latest.values("title")[:1]),
        )
        .order_by(F("in_force__ends_before").asc(nulls_first=True), "reference")
    )
    for each in rows:
        _with_standing(each, today)
        each.waits = each.latest_state == AgreementState.PROPOSED
    return render(
        request,
        "referrals/agreements/list.html",
        {
            "agreements": rows,
            "waiting": sum(each.waits for each in rows),
            "keeps": can(request.user, "agreement.keep"),
        },
    )


def _with_standing(agreement: Agreement, today) -> None:
    """The words beside the agreement: whether it holds today, and how near the notice is."""
    version = agreement.in_force
    agreement.standing = agreement.sign = None
    agreement.is_notice_near = False
    if version is not None:
        agreement.standing = standing(version.starts_on, version.ends_before, today)
        agreement.sign = SIGNS[agreement.standing]
        left = (version.notice_on - today).days
        agreement.is_notice_near = 0 <= left <= SOON_DAYS


def _priced(services):
    """The services of a version, each with the kronor of its steps."""
    rows = list(services)
    for row in rows:
        amounts = step_amounts(row.price, row.steps)
        row.step_rows = [
            (PriceStep(step).label, row.steps[step], amount) for step, amount in amounts.items()
        ]
    return rows


@require_GET
def agreement(request, pk):
    """One agreement: what holds, what is proposed, what it said before."""
    found = get_visible(request, AGREEMENTS, pk=pk)
    today = timezone.localdate()
    _with_standing(found, today)
    versions = list(
        found.versions.select_related("proposed_by", "decided_by").prefetch_related(
            "services__service"
        )
    )
    proposed = next((each for each in versions if each.state == AgreementState.PROPOSED), None)
    holds = next((each for each in versions if each.pk == found.in_force_id), None)
    for each in versions:
        each.priced = _priced(each.services.all())
    running = 0
    if holds is not None:
        running = Order.objects.filter(transitions.running_past(found)).count()
    keeps = can(request.user, "agreement.keep", found)
    return render(
        request,
        "referrals/agreements/agreement.html",
        {
            "agreement": found,
            "holds": holds,
            "proposed": proposed,
            "versions": versions,
            "running": running,
            "money": money_of(found, today.year, today),
            "may_see_claims": may_ever(request.user, "claim.view"),
            "keeps": keeps,
            "documents": list(found.documents.select_related("added_by")),
            "may_decide": keeps
            and proposed is not None
            and proposed.proposed_by_id != request.user.pk,
        },
    )


@get_or_post
def add(request):
    form = NewAgreementForm(request.POST or None, initial={"why": _("A new agreement.")})
    return handle_form(
        request,
        form,
        lambda data: transitions.propose_agreement(
            data["provider"],
            data["reference"],
            form.terms(),
            form.services(),
            actor=request.user,
        ),
        template="referrals/agreements/form.html",
        context={"agreement": None},
        success_url=lambda made: reverse("referrals:agreement", args=[made.pk]),
        message=_("The agreement is proposed. It holds when somebody else has approved it."),
    )


def _initial(version: AgreementVersion | None) -> dict:
    if version is None:
        return {}
    values = {name: getattr(version, name) for name in TERMS if name != "why"}
    for index, row in enumerate(version.services.all()[:SERVICES]):
        values.update(
            {
                f"service_{index}": row.service_id,
                f"requirement_{index}": row.requirement,
                f"price_model_{index}": row.price_model,
                f"price_{index}": row.price,
                **{f"{step}_{index}": share for step, share in row.steps.items()},
            }
        )
    return values


@get_or_post
def change(request, pk):
    """Propose another wording of the agreement."""
    found = get_visible(request, AGREEMENTS, pk=pk)
    newest = found.in_force or found.versions.first()
    form = AgreementForm(request.POST or None, version=found.version, initial=_initial(newest))
    return handle_form(
        request,
        form,
        lambda data: transitions.propose_change(
            found, form.terms(), form.services(), actor=request.user, edit=data["version"]
        ),
        template="referrals/agreements/form.html",
        context={"agreement": found},
        success_url=reverse("referrals:agreement", args=[found.pk]),
        message=_("The change is proposed. It holds when somebody else has approved it."),
    )


@get_or_post
def decide(request, pk):
    """Approve or refuse the wording that waits."""
    found = get_visible(request, AGREEMENTS, pk=pk)
    version = (
        found.versions.filter(state=AgreementState.PROPOSED).select_related("proposed_by").first()
    )
    if version is None:
        raise Http404
    version.priced = _priced(version.services.select_related("service"))
    holds = found.in_force
    changed = changes(holds, version) if holds is not None else None
    return handle_form(
        request,
        DecideForm(request.POST or None),
        lambda data: transitions.decide_agreement(
            version,
            approves=data["approves"] == "yes",
            reason=data["reason"],
            actor=request.user,
        ),
        template="referrals/agreements/decide.html",
        context={"agreement": found, "version": version, "changes": changed},
        success_url=reverse("referrals:agreement", args=[found.pk]),
        message=_("Your decision is saved and the proposer is told."),
    )


@get_or_post
def add_document(request, pk):
    """A file to the agreement: the contract, a tender, a price list."""
    found = get_visible(request, AGREEMENTS, pk=pk)
    return handle_form(
        request,
        DocumentForm(request.POST or None, request.FILES or None),
        lambda data: transitions.add_document(
            found, data["title"], data["file"], data["content_type"], actor=request.user
        ),
        template="referrals/agreements/document.html",
        context={"agreement": found},
        success_url=reverse("referrals:agreement", args=[found.pk]),
        message=_("The document is saved."),
    )


@require_GET
def document(request, ref):
    """The file itself, always as a download."""
    documents = AgreementDocument.objects.select_related("agreement__provider__unit")
    return download(get_visible(request, documents, ref=ref))
