"""One visit: who it is, where it is called to, how it ends; and the visits of the centre."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from intake import desk as front
from intake.enums import VisitorKind
from intake.models import Desk, Visit
from intake.reception.board import desk_of
from intake.reception.forms import ActForm, EndForm, IdentifyForm
from intake.registrations.known import ask_who
from intake.registrations.persons import acts_for
from intake.transitions import visits as moves
from jobcentre.accounts.models import Membership, User
from jobcentre.casework.access.checks import may_ever
from jobcentre.casework.access.fetch import get_visible, log_list
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.views.base import handle_form

get_or_post = require_http_methods(["GET", "POST"])
VISITS = Visit.objects.select_related(
    "person", "centre", "case__coach", "case__centre", "host", "desk", "called_by", "sent_to"
)


def _desks(visit):
    return Desk.objects.active().filter(centre=visit.centre)


@get_or_post
def visit(request, ref):
    """Who it is, who works with the person, the next step, and how the visit ends."""
    found = get_visible(request, VISITS, ref=ref)
    today = timezone.localdate()
    working = Membership.objects.valid_on(today).filter(unit=found.centre).values("user_id")
    staff = User.objects.filter(pk__in=working).order_by("name", "id")
    form = EndForm(
        request.POST or None,
        staff=staff,
        initial={"sent_to": found.case.coach_id if found.case else None},
    )
    return handle_form(
        request,
        form,
        lambda data: _end(found, data, request.user),
        template="intake/visit.html",
        context={
            "visit": found,
            "card": front.card_of(found.person, today) if found.person else None,
            "acts": acts_for(request.user, found.person) if found.person else frozenset(),
            "moves": moves.available_moves(found),
            "place": moves.place_of(found),
            "may_board": may_ever(request.user, "desk"),
            "act": ActForm(
                desks=_desks(found),
                initial={"back": "visit", "desk": desk_of(request.user, today)},
            ),
            "needs_name": found.kind == VisitorKind.PERSON and found.person_id is None,
        },
        success_url=reverse("start"),
        message=_("The visit is ended."),
    )


def _end(visit, data, actor):
    if data["end"] == EndForm.SEND_ON:
        return moves.send_on(visit, data["sent_to"], actor=actor, answer=data["answer"])
    if data["end"] == EndForm.LEAVE:
        return moves.leave(visit, actor=actor)
    return moves.finish_visit(visit, data["end"], actor=actor, answer=data["answer"])


def _press(request, ref, act):
    """A button: one transition; who was quicker is told. Back to where it was pressed."""
    found = get_visible(request, VISITS, ref=ref)
    form = ActForm(request.POST, desks=_desks(found))
    if form.is_valid():
        try:
            told = act(found, form.cleaned_data["desk"])
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, told)
    else:
        messages.error(request, _("Choose a desk or room of this centre."))
    if form.cleaned_data.get("back") == "board" and may_ever(request.user, "desk"):
        return redirect("intake:desk")
    return redirect("intake:visit", found.ref)


@require_POST
def call(request, ref):
    """Call the visitor to a desk or room, or to the front desk."""

    def act(found, desk):
        called = moves.call_visit(found, actor=request.user, desk=desk)
        return _("%(ticket)s is called to %(place)s.") % {
            "ticket": called.ticket or called.shown_name,
            "place": moves.place_of(called),
        }

    return _press(request, ref, act)


@require_POST
def begin(request, ref):
    """The visitor has come to the desk or room."""

    def act(found, desk):
        moves.begin_meeting(found, actor=request.user, desk=desk)
        return _("The meeting has begun.")

    return _press(request, ref, act)


@require_POST
def put_back(request, ref):
    """The visitor did not come when called."""

    def act(found, desk):
        moves.put_back(found, actor=request.user)
        return _("The visitor waits again.")

    return _press(request, ref, act)


@get_or_post
def identify(request, ref):
    """Say who a visitor without a name is."""
    found = get_visible(request, VISITS, ref=ref)
    asked = ask_who(request, lambda: IdentifyForm(request.POST or None))

    def act(data):
        person = asked.chosen(data)
        if person is None and not data["given_name"]:
            raise Refused(_("Nobody is known by that. Write the given name to register."))
        named = moves.name_visitor(
            found,
            person,
            {name: data[name] for name in IdentifyForm.PERSON},
            data["identity"],
            actor=request.user,
            protection=data["protection"],
        )
        if person is None:
            asked.part(named.person, request.user)
        return named

    return handle_form(
        request,
        asked.form,
        act,
        template="intake/identify.html",
        context={"visit": found},
        success_url=lambda named: reverse("intake:visit", args=[named.ref]),
        message=_("It is said who the visitor is."),
    )


@require_GET
def visits(request):
    """The visits of the centre, newest first."""
    rows = list(
        Visit.objects.visible_to(request.user)
        .select_related("person", "sent_to", "case", "desk")
        .order_by("-arrived_at", "-pk")[:100]
    )
    log_list(request, [row.person.ref for row in rows if row.person])
    return render(request, "intake/visits.html", {"visits": rows})
