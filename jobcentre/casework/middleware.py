from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured
from django.http import Http404

from jobcentre.accounts.views import ask_again
from jobcentre.casework.access.checks import may_ever
from jobcentre.casework.access.pages import LOGGED_IN, PUBLIC, action_of
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
        return None

    @staticmethod
    def _is_script(request) -> bool:
        """Sent by the page behind the user's back: it keeps the text itself, and looks for the way
        to the login to know that the session has ended."""
        return bool(request.htmx) or HEADER in request.headers
