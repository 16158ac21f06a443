from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured
from django.http import Http404
from django.shortcuts import redirect

from jobcentre.accounts.views import ask_again
from jobcentre.casework.access.checks import may_ever
from jobcentre.casework.access.pages import LOGGED_IN, PUBLIC, action_of
from jobcentre.casework.concurrency import sent_before
from jobcentre.casework.views.drafts import HEADER


class AccessMiddleware:
    """Denies by default: a URL needs a row in the policy, and the acting role a right to it.

    A page that the role never may open answers as if it did not exist.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        action = action_of(request.resolver_match.view_name or "")
        if action is None:
            if settings.APP_MODE != "production":
                raise ImproperlyConfigured(
                    f"{request.resolver_match.view_name!r} has no row in the access policy"
                )
            raise Http404
        if action == PUBLIC:
            return None
        if not request.user.is_authenticated:
            if request.method == "POST" and not self._is_script(request):
                return ask_again(request)
            return redirect_to_login(request.get_full_path())
        if action != LOGGED_IN and not may_ever(request.user, action):
            raise Http404
        return self._done_already(request)

    @staticmethod
    def _done_already(request):
        """Lead a form that is sent a second time to what the first did. What it did may have taken
        away the very thing the page is about, so this is asked before the page is."""
        token = request.POST.get("token", "") if request.method == "POST" else ""
        result = sent_before(request.user, token) if token else ""
        return redirect(result) if result else None

    @staticmethod
    def _is_script(request) -> bool:
        """Sent by the page behind the user's back: it keeps the text itself, and looks for the way
        to the login to know that the session has ended."""
        return bool(request.htmx) or HEADER in request.headers
