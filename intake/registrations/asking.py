"""Before a person is saved: who it may be already, and what is said of it."""

from collections.abc import Sequence

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from intake.desk import cards_of
from intake.models import Visit
from intake.reception.forms import VisitForm, VisitorForm
from intake.transitions.arrivals import register_visitor
from jobcentre.accounts.models import Unit
from jobcentre.audit.enums import Access
from jobcentre.casework.access.fetch import log_list
from jobcentre.casework.duplicates import Likeness, alike, facts_from, facts_of
from jobcentre.casework.enums import PairAnswer
from jobcentre.casework.models import Person
from jobcentre.casework.transitions.merging import answer_pair

FIELDS = (
    *("given_name", "family_name", "birth_date", "phone"),
    *("first_language", "interpreter_language"),
)
SOMEBODY_ELSE = "somebody_else"  # references of those of whom the user said so


def cards_alike(found: Sequence[Likeness]) -> list[dict]:
    """Each as the front desk sees a person, with why it is proposed."""
    cards = cards_of([each.person for each in found], timezone.localdate())
    return [
        {"card": card, "like": each, "n": n}
        for n, (card, each) in enumerate(zip(cards, found, strict=True), start=1)
    ]


def _values(data: dict) -> dict:
    return {name: data[name] for name in FIELDS}


def ask_first(request: HttpRequest, form: VisitorForm) -> HttpResponse | None:
    """The page that asks who it is; None when nobody is like that, or when it is said already.

    Nothing is saved by asking. Whoever has the same number is that person: there is no other answer.
    """
    if not form.is_valid():
        return None
    data = form.cleaned_data
    found = alike(request.user, facts_from(_values(data), data["identity"]))
    refused = set(request.POST.getlist(SOMEBODY_ELSE))
    if all(str(each.person.ref) in refused and not each.has_number for each in found):
        return None
    log_list(request, [each.person.ref for each in found], access=Access.SEARCH)
    return render(
        request,
        "intake/registrations/ask.html",
        {
            "cards": [
                {
                    **each,
                    "form": VisitForm(
                        initial={"person": each["card"].ref, "purpose": data["purpose"]}
                    ),
                }
                for each in cards_alike(found)
            ],
            "has_number": any(each.has_number for each in found),
            "read": form.read_back,
            "hidden": _as_hidden(form),
            "refused_name": SOMEBODY_ELSE,
        },
    )


def _as_hidden(form: forms.Form) -> list[tuple[str, str]]:
    """What was typed, to be sent again."""
    return [(name, form.data[name]) for name in form.fields if form.data.get(name)]


@transaction.atomic
def register_somebody_else(centre: Unit, data: dict, *, actor) -> Visit:
    """Register a new person; of everybody alike it was said that they are somebody else."""
    found = alike(actor, facts_from(_values(data), data["identity"]))
    visit = register_visitor(
        centre,
        _values(data),
        data["identity"],
        data["purpose"],
        actor=actor,
        language=data["first_language"],
        protection=data["protection"],
    )
    for each in found:
        answer_pair(visit.person, each.person, PairAnswer.SEPARATE, actor=actor)
    return visit


def alike_to(request: HttpRequest, person: Person) -> list[dict]:
    """Who a registered person may be the same as, for the page on which a case is opened."""
    found = alike(request.user, facts_of(person), person)
    if found:
        log_list(request, [each.person.ref for each in found], access=Access.SEARCH)
    return cards_alike(found)
