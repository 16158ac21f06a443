"""Desks, rooms and screens of the centres, looked after by a manager or administrator."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from intake.enums import ScreenKind
from intake.models import Desk, Screen
from intake.reception.forms import DeskForm, ScreenForm
from intake.transitions import desks as transitions
from jobcentre.accounts.enums import UnitKind
from jobcentre.accounts.models import Unit
from jobcentre.casework.access.fetch import get_visible
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.views.base import handle_form

ADDRESSES = {ScreenKind.LOBBY: "intake:lobby", ScreenKind.CHECK_IN: "intake:door"}


def _centres(user):
    return Unit.objects.active().within(user.acting.unit).filter(kind=UnitKind.JOB_CENTRE)


def _rows(request) -> list[dict]:
    """Each centre with its desks and the addresses of its screens; three queries."""
    desks, screens = {}, {}
    for desk in Desk.objects.visible_to(request.user).active():
        desks.setdefault(desk.centre_id, []).append(desk)
    for screen in Screen.objects.visible_to(request.user).in_use():
        path = reverse(ADDRESSES[ScreenKind(screen.kind)], args=[screen.token])
        screens.setdefault(screen.centre_id, []).append(
            {"screen": screen, "url": request.build_absolute_uri(path)}
        )
    return [
        {
            "centre": centre,
            "desks": desks.get(centre.pk, []),
            "screens": screens.get(centre.pk, []),
            "has_lobby": any(
                each["screen"].kind == ScreenKind.LOBBY for each in screens.get(centre.pk, [])
            ),
        }
        for centre in _centres(request.user)
    ]


@require_GET
def screens(request):
    """The centres with their desks, rooms and screens."""
    return render(request, "intake/screens.html", {"rows": _rows(request)})


def _managed(request, pk) -> Unit:
    """The centre, if it is within the user's unit; the transition asks for the right again."""
    centre = _centres(request.user).filter(pk=pk).first()
    if centre is None:
        raise Http404
    return centre


@require_http_methods(["GET", "POST"])
def desk_add(request, pk):
    """A new desk or room of a centre."""
    centre = _managed(request, pk)
    return handle_form(
        request,
        DeskForm(request.POST or None),
        lambda data: transitions.add_desk(centre, data["name"], data["kind"], actor=request.user),
        template="intake/screen_form.html",
        context={"centre": centre, "title": _("A new desk or room"), "button": _("Add it")},
        success_url=reverse("intake:screens"),
        message=_("The desk or room is added."),
    )


@require_http_methods(["GET", "POST"])
def screen_add(request, pk):
    """A tablet at the door of a centre, with an address of its own."""
    centre = _managed(request, pk)
    return handle_form(
        request,
        ScreenForm(request.POST or None),
        lambda data: transitions.add_screen(
            centre, ScreenKind.CHECK_IN, data["name"], actor=request.user
        ),
        template="intake/screen_form.html",
        context={"centre": centre, "title": _("A new tablet at the door"), "button": _("Add it")},
        success_url=reverse("intake:screens"),
        message=_("The tablet has an address now."),
    )


@require_POST
def lobby_add(request, pk):
    """The address of the screens in the waiting room of a centre."""
    centre = _managed(request, pk)
    return _pressed(
        request,
        lambda: transitions.add_screen(
            centre, ScreenKind.LOBBY, _("Waiting room"), actor=request.user
        ),
        _("The screen has an address now."),
    )


@require_POST
def screen_replace(request, pk):
    """A new address; the old one works no more."""
    screen = get_visible(request, Screen.objects.select_related("centre"), pk=pk)
    return _pressed(
        request,
        lambda: transitions.replace_screen(screen, actor=request.user),
        _("The address is replaced. The old one works no more."),
    )


@require_POST
def screen_end(request, pk):
    """The screen is taken away."""
    screen = get_visible(request, Screen.objects.select_related("centre"), pk=pk)
    return _pressed(
        request,
        lambda: transitions.end_screen(screen, actor=request.user),
        _("The address works no more."),
    )


@require_POST
def desk_close(request, pk):
    """Nobody is called to the desk or room any more."""
    desk = get_visible(request, Desk.objects.select_related("centre"), pk=pk)
    return _pressed(
        request,
        lambda: transitions.close_desk(desk, actor=request.user),
        _("Nobody is called there any more."),
    )


def _pressed(request, act, told):
    try:
        act()
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, told)
    return redirect("intake:screens")
