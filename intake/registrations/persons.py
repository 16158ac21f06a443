"""A person who has no case yet: details, number and protection put right where they are registered.

With a case the pages of the case do the same; who comes here is led there.
"""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from intake.models import ReferralIn
from jobcentre.audit import log
from jobcentre.audit.enums import Access, Outcome
from jobcentre.casework.access.checks import can
from jobcentre.casework.access.pages import action_of
from jobcentre.casework.circle_meetings import saved_sentence
from jobcentre.casework.enums import Protection
from jobcentre.casework.forms import PersonForm
from jobcentre.casework.models import Case, CircleMember, Person
from jobcentre.casework.rights_forms import NumberForm, ProtectionForm, circle_choices_at
from jobcentre.casework.transitions import persons
from jobcentre.casework.transitions.protection import protect_person
from jobcentre.casework.views.base import handle_form

get_or_post = require_http_methods(["GET", "POST"])
# The page of the case for each page of a person.
OF_CASES = {
    "intake:person": "casework:person_edit",
    "intake:person_number": "casework:number_change",
    "intake:person_protect": "casework:protect",
}


def acts_for(user, person: Person) -> frozenset[str]:
    """Which of the three the user may do with somebody who has no case; for links to them."""
    if person.cases.exists() or not Person.objects.visible_to(user).filter(pk=person.pk).exists():
        return frozenset()
    at = persons.case_or_unit(person)
    return frozenset(
        action
        for action in ("person.edit", "person.number", "person.protect")
        if can(user, action, at)
    )


def _seen(request: HttpRequest, ref) -> tuple[Person, HttpResponse | None]:
    """The person, whose page is logged as read before it is shown, or the way to the case's page.

    Unseen is 404 as if it were missing; seen but not the user's to put right is refused.
    """
    person = Person.objects.visible_to(request.user).filter(ref=ref).first()
    if person is None:
        raise Http404
    name = request.resolver_match.view_name
    case = Case.objects.visible_to(request.user).filter(person=person).order_by("-pk").first()
    if case is not None:
        return person, redirect(OF_CASES[name], case.number)
    action = action_of(name)
    allowed = can(request.user, action, persons.case_or_unit(person))
    if request.method in ("GET", "HEAD") or not allowed:
        log.record(
            request.user,
            action,
            access=Access.READ,
            subject=person.ref,
            obj=person,
            outcome=Outcome.DONE if allowed else Outcome.REFUSED,
        )
    if not allowed:
        raise PermissionDenied(action)
    return person, None


def _page(request, person: Person, form, act, *, title, button, message, success=None, **more):
    return handle_form(
        request,
        form,
        act,
        template="intake/registrations/person.html",
        context=_context(request, person, title=title, button=button, **more),
        success_url=success or reverse("intake:person", args=[person.ref]),
        message=message,
    )


def _context(request, person: Person, **more) -> dict:
    current = person.numbers.filter(is_current=True).first()
    return {
        "person": person,
        "number": current,
        "age": person.age_on(timezone.localdate()),
        "acts": acts_for(request.user, person),
        "corrections": person.latest_corrections,
        "here": request.resolver_match.view_name,
        "read": None,
        **more,
    }


@get_or_post
def person(request, ref):
    """Name, birth date, phone, address and languages put right."""
    found, elsewhere = _seen(request, ref)
    if elsewhere is not None:
        return elsewhere
    form = PersonForm(request.POST or None, instance=found, version=found.version)
    names = [name for name in form.fields if name not in ("token", "version")]
    return _page(
        request,
        Person.objects.get(pk=found.pk),  # the form writes what was typed into its own
        form,
        lambda data: persons.correct_person(
            Person.objects.get(pk=found.pk),
            {name: data[name] for name in names},
            actor=request.user,
            version=data["version"],
        ),
        title=_("Change details"),
        button=_("Save the details"),
        message=lambda changed: (
            _("The details are saved.") if changed else _("Nothing was changed.")
        ),
    )


@get_or_post
def person_number(request, ref):
    """A new identity number: first shown back as it was read, then saved."""
    found, elsewhere = _seen(request, ref)
    if elsewhere is not None:
        return elsewhere
    form = NumberForm(request.POST or None)
    form.tell_who(found.name, found.birth_date)
    return _page(
        request,
        found,
        form,
        lambda data: persons.change_number(found, data["number"], actor=request.user),
        message=_("The number is changed; the former one is kept and still found."),
        title=_("Change the identity number"),
        button=_("Save the number") if form.read_back else _("Check the number"),
        read=form.read_back,
    )


@get_or_post
def person_protect(request, ref):
    """The level of protection, and who may see the person."""
    found, elsewhere = _seen(request, ref)
    if elsewhere is not None:
        return elsewhere
    today = timezone.localdate()
    named = _circle(found, today)
    senders = ReferralIn.objects.open().filter(person=found)
    form = ProtectionForm(
        request.POST or None,
        users=circle_choices_at(
            found.registered_unit,
            senders.values_list("sending_unit_id", flat=True),
            named,
            today,
        ),
        version=found.version,
        initial={"level": found.protection, "circle": named or [request.user.pk]},
    )

    def after(saved: Person) -> str:
        sees = saved.protection == Protection.NONE or request.user.pk in _circle(saved, today)
        return reverse("intake:person_protect", args=[saved.ref]) if sees else reverse("start")

    return _page(
        request,
        found,
        form,
        lambda data: protect_person(
            found,
            data["level"],
            list(data["circle"]),
            actor=request.user,
            today=today,
            version=data["version"],
        ),
        title=_("Protected identity"),
        button=_("Save the protection"),
        message=saved_sentence,
        success=after,
        intro=_(
            "A protected person is shown only to those who are named, and on no list, board or count"
            " for others. The address is removed and is no longer kept; post goes through Skatteverket."
        ),
    )


def _circle(person: Person, today: date) -> list[int]:
    rows = CircleMember.objects.filter(
        person=person, starts_on__lte=today, ends_before__isnull=True
    )
    return list(rows.order_by("pk").values_list("user_id", flat=True))
