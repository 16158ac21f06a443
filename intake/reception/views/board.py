"""The front desk's start page, the part of it that renews itself, and who comes."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_GET, require_http_methods, require_POST

from intake import desk as front
from intake.enums import ScreenKind, VisitPurpose
from intake.models import Desk, Screen, Visit
from intake.reception.board import board_of, marks_of, renewed_board
from intake.reception.forms import CompanyForm, LookupForm, NamelessForm, VisitForm, VisitorForm
from intake.registrations import asking
from intake.transitions.arrivals import register_visit
from intake.transitions.desks import leave_desk, take_desk
from jobcentre.accounts.enums import Role
from jobcentre.accounts.models import Membership, Unit, User
from jobcentre.audit.enums import Access
from jobcentre.casework.access.fetch import get_visible, log_list
from jobcentre.casework.access.queries import unhidden_persons
from jobcentre.casework.enums import AppointmentState
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.fields import read_already
from jobcentre.casework.models import Appointment, Person
from jobcentre.casework.views.base import handle_form

get_or_post = require_http_methods(["GET", "POST"])


@require_GET
def desk(request):
    """Reception's start page: who comes, who waits, who is where, who is booked."""
    now = timezone.now()
    board = board_of(request.user, now)
    log_list(request, board.refs)
    return render(
        request,
        "intake/board.html",
        {
            "board": board,
            "now": timezone.localtime(now),
            "lookup": LookupForm(),
            "nameless": NamelessForm(),
        },
    )


def _mark(request) -> str:
    request.marks = marks_of(request.user, timezone.now())
    return request.marks.own


@require_GET
@condition(etag_func=_mark)
def queue(request):
    """The part of the board that renews itself; 304 while nothing has changed."""
    now = timezone.now()
    board = renewed_board(request.user, now, request.marks)
    log_list(request, board.refs)
    return render(
        request, "intake/board_live.html", {"board": board, "now": timezone.localtime(now)}
    )


# --- who comes -----------------------------------------------------------------------------------
@get_or_post
def lookup(request):
    """Who is meant; nothing is saved. Sent by POST, because a name is no part of an address."""
    today = timezone.localdate()
    form = LookupForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(
            request,
            "intake/lookup.html",
            {"lookup": form, "title": _("Who comes?"), "form": None},
            status=200 if not form.errors else 422,
        )
    query = form.cleaned_data["q"]
    cards, identity, error = front.cards_for(request.user, query, today)
    log_list(request, [card.ref for card in cards], access=Access.SEARCH)
    given, _space, family = query.strip().partition(" ")
    known = {} if identity or error else {"given_name": given, "family_name": family}
    booked = _booked_today(request.user, cards, today)
    return render(
        request,
        "intake/lookup.html",
        {
            "lookup": form,
            "title": _("Is it one of these?") if cards else _("Nobody known by that"),
            "cards": [
                {
                    "card": card,
                    "form": VisitForm(initial={"person": card.ref}),
                    "booked": booked.get(card.ref),
                    "usual": _usual_purpose(card, booked),
                }
                for card in cards
            ],
            "identity": identity,
            # A phone is no wrong identity number when it finds somebody.
            "error": "" if cards else _error_text(error),
            "form": VisitorForm(initial={**known, **(read_already(identity) if identity else {})}),
        },
    )


def _booked_today(user, cards, today) -> dict:
    """The first booked meeting today of each person shown, by the person's reference."""
    found = {}
    for appointment in (
        Appointment.objects.visible_to(user)
        .filter(
            person__ref__in=[card.ref for card in cards],
            starts_at__date=today,
            state=AppointmentState.BOOKED,
        )
        .select_related("person", "with_user")
        .order_by("starts_at", "pk")
    ):
        found.setdefault(str(appointment.person.ref), appointment)
    return found


def _usual_purpose(card, booked) -> str:
    if card.ref in booked:
        return VisitPurpose.BOOKED
    return VisitPurpose.DROP_IN if card.case else VisitPurpose.ENROL


def _error_text(error) -> str:
    if error is None:
        return ""
    english = (get_language() or "sv").startswith("en")
    return error.message_en if english else error.message_sv


@get_or_post
def register(request):
    """A known person, a new one or one without a name gets a ticket."""
    if request.method != "POST":
        return redirect("intake:desk")
    centre, actor = request.user.acting.unit, request.user
    if "person" in request.POST:
        return _register(
            request,
            VisitForm(request.POST),
            lambda data: _known_visit(request, centre, data),
            _("Register the visit"),
        )
    if "given_name" not in request.POST:
        return _register(
            request,
            NamelessForm(request.POST),
            lambda data: register_visit(centre, data["purpose"], actor=actor),
            _("A ticket without a name"),
        )
    form = VisitorForm(request.POST)
    return asking.ask_first(request, form) or _register(
        request,
        form,
        lambda data: asking.register_somebody_else(centre, data, actor=actor),
        _("Register a new person"),
        template="intake/lookup.html",
        lookup=_search_again(),
    )


def _search_again() -> LookupForm:
    """The search above a form that is being filled in: the form keeps the focus."""
    form = LookupForm()
    del form.fields["q"].widget.attrs["autofocus"]
    return form


def _register(request, form, act, title, template="intake/register.html", **context):
    return handle_form(
        request,
        form,
        act,
        template=template,
        context={"title": title, **context},
        success_url=_after_visit,
        message=ticket_told,
    )


def _known_visit(request, centre, data):
    known = Person.objects.resolve(data["person"])  # merged since the page was opened
    person = unhidden_persons(request.user).filter(pk=known.pk).first() if known else None
    if person is None:
        raise Refused(_("The person was not found. Search again."))
    return register_visit(centre, data["purpose"], actor=request.user, person=person)


def _after_visit(visit: Visit) -> str:
    """New persons are enrolled at once; who waits is on the board; the protected are on none."""
    if visit.purpose == VisitPurpose.ENROL and visit.person_id and visit.case_id is None:
        return reverse("intake:enrol", args=[visit.ref])
    if not visit.ticket:
        return reverse("intake:visit", args=[visit.ref])
    return reverse("intake:desk")


def ticket_told(visit: Visit) -> str:
    """What is said after a registration, so that the ticket can be told to the visitor."""
    if not visit.ticket:
        return _("The visit is registered. It stands on no board.")
    return _("Ticket %(ticket)s is in the queue.") % {"ticket": visit.ticket}


@get_or_post
def company(request):
    """A company comes, or somebody to an employer event: a visit without a person."""
    centre, today = request.user.acting.unit, timezone.localdate()
    return handle_form(
        request,
        CompanyForm(request.POST or None, staff=hosts_of(centre, today)),
        lambda data: register_visit(
            centre,
            data["purpose"],
            actor=request.user,
            company_name=data["company_name"],
            host=data["host"],
        ),
        template="intake/company.html",
        context={},
        success_url=reverse("intake:desk"),
        message=ticket_told,
    )


def hosts_of(centre: Unit, today):
    """Whom a company may have come to see: who works at the centre, and the business coordinators
    of the municipality."""
    above = [int(part) for part in centre.path.strip(".").split(".")]
    held = Membership.objects.valid_on(today)
    working = held.filter(unit=centre) | held.filter(unit__in=above, role=Role.BUSINESS_COORDINATOR)
    return User.objects.filter(pk__in=working.values("user_id")).order_by("name", "id")


@require_POST
def arrive(request, pk):
    """A booked person has come: one press."""
    appointment = get_visible(
        request, Appointment.objects.select_related("case__centre", "person"), pk=pk
    )
    try:
        visit = register_visit(
            request.user.acting.unit,
            VisitPurpose.BOOKED,
            actor=request.user,
            person=appointment.person,
            appointment=appointment if appointment.state == AppointmentState.BOOKED else None,
        )
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("intake:desk")
    messages.success(request, ticket_told(visit))
    return redirect(_after_visit(visit))


# --- where one sits ------------------------------------------------------------------------------
@require_POST
def sit_down(request, pk):
    """Sit at a desk; calls from the board go there."""
    found = get_visible(request, Desk.objects.select_related("centre"), pk=pk)
    try:
        take_desk(found, actor=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("intake:desk")


@require_POST
def stand_up(request):
    """Nobody sits at the user's desk any more."""
    with transaction.atomic():
        leave_desk(actor=request.user)
    return redirect("intake:desk")


@require_GET
def show_lobby(request):
    """To the address of the centre's screen in the waiting room."""
    screen = (
        Screen.objects.in_use()
        .filter(centre=request.user.acting.unit, kind=ScreenKind.LOBBY)
        .first()
    )
    if screen is None:
        messages.info(
            request, _("The centre has no screen yet. A manager or administrator adds it.")
        )
        return redirect("intake:desk")
    return redirect("intake:lobby", screen.token)
