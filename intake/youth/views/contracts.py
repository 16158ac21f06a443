"""Education contracts: the list, one contract with its follow-ups, signing and ending."""

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from intake.youth.enums import ContractState
from intake.youth.forms import ContractEndForm, ContractFollowUpForm, ContractForm
from intake.youth.models import EducationContract
from intake.youth.transitions import contracts as transitions
from intake.youth.views.entry import entry_rows, head
from intake.youth.words import left_in_words
from jobcentre.casework.access.fetch import get_visible, log_list
from jobcentre.casework.views.base import handle_form
from jobcentre.ui import formats

get_or_post = require_http_methods(["GET", "POST"])
LISTED = 200


def _rows():
    return EducationContract.objects.select_related(
        "entry__person", "entry__unit", "entry__coordinator", "occupation", "signed_by"
    )


def _row(contract: EducationContract, today) -> dict:
    due = contract.next_follow_up_on
    sign, words = left_in_words(due, today) if due else ("", "")
    return {
        "contract": contract,
        "name": contract.entry.person.name,
        "period": formats.span(contract.starts_on, contract.ends_before, year=True),
        "coordinator": contract.entry.coordinator.name if contract.entry.coordinator else "–",
        "sign": sign,
        "words": words,
        "due": due,
    }


@require_GET
def contracts(request):
    """The contracts that run, by next follow-up, and those that have ended lately."""
    today = timezone.localdate()
    seen = _rows().visible_to(request.user)
    running = list(seen.running().order_by("next_follow_up_on", "pk")[:LISTED])
    ended = list(seen.filter(state=ContractState.ENDED).order_by("-ended_on", "-pk")[: LISTED // 4])
    log_list(request, [each.entry.person.ref for each in (*running, *ended)])
    return render(
        request,
        "intake/youth/contracts.html",
        {
            "running": [_row(each, today) for each in running],
            "ended": [_row(each, today) for each in ended],
            "today": today,
        },
    )


@get_or_post
def contract(request, ref):
    """One contract: what was agreed, how the studies go, and a follow-up noted."""
    found = get_visible(request, _rows(), ref=ref)
    today = timezone.localdate()
    form = ContractFollowUpForm(request.POST or None, initial={"on": today})
    return handle_form(
        request,
        form,
        lambda data: transitions.follow_up_contract(
            found, data["on"], data["progress"], data["note"], actor=request.user, today=today
        ),
        template="intake/youth/contract.html",
        context={
            **head(found.entry, request.user, today),
            **_row(found, today),
            "follow_ups": list(found.follow_ups.select_related("made_by")),
            "is_running": found.state == ContractState.RUNNING,
        },
        success_url=reverse("intake:youth_contract", args=[found.ref]),
        message=_("The follow-up is saved."),
    )


@get_or_post
def contract_new(request, ref):
    """Sign an education contract."""
    found = get_visible(request, entry_rows(), ref=ref)
    today = timezone.localdate()
    form = ContractForm(
        request.POST or None,
        initial={"combined_with": "nothing", "starts_on": today, "percent": 50},
    )

    def act(data):
        names = transitions.ContractInput.__dataclass_fields__
        written = transitions.ContractInput(**{name: data[name] for name in names})
        return transitions.sign_contract(found, written, actor=request.user, today=today)

    return handle_form(
        request,
        form,
        act,
        template="intake/youth/form.html",
        context={
            **head(found, request.user, today),
            "title": _("Education contract"),
            "button": _("Sign the contract"),
            "intro": _(
                "For those of 20 to 24 who have not completed upper secondary school. The studies "
                "become the known occupation, and are followed up every month."
            ),
        },
        success_url=lambda signed: reverse("intake:youth_contract", args=[signed.ref]),
        message=_("The contract is signed."),
    )


@get_or_post
def contract_end(request, ref):
    """End a contract with its result."""
    found = get_visible(request, _rows(), ref=ref)
    today = timezone.localdate()
    return handle_form(
        request,
        ContractEndForm(request.POST or None, version=found.version, initial={"ended_on": today}),
        lambda data: transitions.end_contract(
            found,
            data["ended_on"],
            data["result"],
            actor=request.user,
            today=today,
            version=data["version"],
        ),
        template="intake/youth/form.html",
        context={
            **head(found.entry, request.user, today),
            "title": _("End the education contract"),
            "button": _("End the contract"),
            "intro": "",
        },
        success_url=reverse("intake:youth_contract", args=[found.ref]),
        message=_("The contract has ended."),
    )
