"""The provider proposes, the orderer answers; both see it on the order."""

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jobcentre.casework.access.fetch import get_visible
from jobcentre.casework.views.base import handle_form
from referrals.enums import ProposalState
from referrals.forms.proposals import AnswerForm, ProposeForm
from referrals.shown_orders import ORDERS, shown
from referrals.transitions import proposals as transitions

get_or_post = require_http_methods(["GET", "POST"])


@get_or_post
def propose(request, ref):
    found = get_visible(request, ORDERS, ref=ref)
    kinds = transitions.proposable(found)
    if not kinds:
        raise Http404
    return handle_form(
        request,
        ProposeForm(request.POST or None, kinds=kinds, version=found.version),
        lambda data: transitions.propose(
            found,
            data["kind"],
            reason=data["reason"],
            day=data["day"],
            hours=data["hours"],
            actor=request.user,
            today=timezone.localdate(),
            version=data["version"],
        ),
        template="referrals/act.html",
        context={
            **shown(request, found),
            "title": _("Propose a change"),
            "button": _("Send the proposal"),
        },
        success_url=reverse("referrals:order", args=[found.ref]),
        message=_("The proposal is sent. The coach decides."),
    )


@get_or_post
def answer(request, ref):
    """The orderer answers the proposal that waits."""
    found = get_visible(request, ORDERS, ref=ref)
    proposal = found.proposals.filter(state=ProposalState.PENDING).first()
    if proposal is None:
        raise Http404
    today = timezone.localdate()
    full = transitions.said_full_by(proposal, today)
    return handle_form(
        request,
        AnswerForm(request.POST or None, is_full=bool(full)),
        lambda data: transitions.decide_proposal(
            proposal,
            accepts=data["accepts"] == "yes",
            answer=data["answer"],
            actor=request.user,
            today=today,
            although_full=data.get("although_full", False),
        ),
        template="referrals/act.html",
        context={
            **shown(request, found),
            "full": full,
            "title": _("Answer the proposal"),
            "button": _("Send the answer"),
            "proposal": proposal,
        },
        success_url=reverse("referrals:order", args=[found.ref]),
        message=_("The answer is sent to the provider."),
    )
