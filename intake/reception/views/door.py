"""What is shown without logging in: the screen in the waiting room and the tablet at the door.

Both are reached by an address with a secret; a wrong or replaced one is a missing page. Neither
shows or tells anything about a person.
"""

import time
import uuid

from django.conf import settings
from django.http import Http404, HttpResponseNotModified
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.cache import patch_cache_control
from django.utils.translation import check_for_language
from django.views.decorators.http import require_GET, require_http_methods

from intake.enums import ScreenKind
from intake.models import Screen
from intake.reception.board import lobby_of
from intake.reception.forms import CheckInForm
from intake.transitions.arrivals import CheckIn, check_in

LOBBY_SECONDS = 5
LANGUAGES = [code for code, _name in settings.LANGUAGES]


def _screen(kind: ScreenKind, token: str) -> Screen:
    screen = (
        Screen.objects.in_use()
        .filter(kind=kind, token=token, centre__is_active=True)
        .select_related("centre")
        .first()
    )
    if screen is None:
        raise Http404
    return screen


def _for_a_screen(response):
    """Kept out of search engines. The address leaves for no other site: the site's own policy of
    referrers says so, and a stricter one would take the origin from the tablet's form."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


# --- the screen in the waiting room --------------------------------------------------------------
@require_GET
def lobby(request, token):
    """Tickets and where they are called to."""
    return _lobby(request, token, "intake/lobby.html")


@require_GET
def lobby_queue(request, token):
    """The part of the screen that renews itself; 304 while nothing has changed."""
    return _lobby(request, token, "intake/lobby_live.html")


def _lobby(request, token, template):
    screen = _screen(ScreenKind.LOBBY, token)
    shown = lobby_of(screen.centre, timezone.now())
    is_live = template.endswith("_live.html")
    if is_live and request.headers.get("If-None-Match", "").removeprefix("W/") == shown.mark:
        response = HttpResponseNotModified()
    else:
        # Always Swedish with English beside: a screen has no reader whose language is known.
        with translation.override("sv"):
            response = render(request, template, {"screen": screen, "lobby": shown})
    if is_live:
        response["ETag"] = shown.mark
    # A user who is logged in may get a cookie with the answer: theirs is never kept for others.
    if request.user.is_authenticated:
        patch_cache_control(response, private=True, no_store=True)
    else:
        patch_cache_control(response, public=True, max_age=LOBBY_SECONDS)
    return _for_a_screen(response)


# --- the tablet at the door ----------------------------------------------------------------------
@require_http_methods(["GET", "POST"])
def door(request, token):
    """A visitor with a booked meeting says that they are here.

    Every right form gets the same answer after the same time: the next ticket, whoever it was.
    """
    began = time.monotonic()
    screen = _screen(ScreenKind.CHECK_IN, token)
    wanted = request.GET.get("lang", "")
    language = wanted if wanted in LANGUAGES and check_for_language(wanted) else "sv"
    with translation.override(language):
        form = CheckInForm(request.POST or None, initial={"token": uuid.uuid4()})
        context = {"screen": screen, "form": form, "door_language": language}
        status, template = 200, "intake/door.html"
        if request.method == "POST" and form.is_valid():
            visit = check_in(
                screen,
                CheckIn(
                    identity=form.cleaned_data["identity"],
                    first_name=form.cleaned_data["given_name"],
                    token=form.cleaned_data["token"],
                ),
                now=timezone.now(),
            )
            context["ticket"] = visit.ticket if visit is not None else ""
            template = "intake/door_answer.html"
            if visit is None:
                status = 429
            time.sleep(max(0.0, settings.CHECK_IN_SECONDS - (time.monotonic() - began)))
        elif form.errors:
            status = 422
        response = render(request, template, context, status=status)
    patch_cache_control(response, private=True, no_store=True)
    return _for_a_screen(response)
