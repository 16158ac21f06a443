import time

from django.conf import settings
from django.contrib.auth import logout
from django.utils import timezone, translation

from jobcentre.accounts.acting import choose, memberships_of

SESSION_KEY = "acting_membership"
LAST_SEEN_KEY = "last_seen"


class ActingMiddleware:
    """Loads the memberships valid today and the one acted in; a session idle too long ends.

    Rights are read afresh at each request, so a change works at the next one. Requests that only
    poll (header X-Poll) do not keep a session alive.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        user = request.user
        if user.is_authenticated:
            self._end_if_idle(request)
            user = request.user
        if user.is_authenticated:
            # The backend has read them with the user; a request that logs in has not.
            if not hasattr(user, "all_memberships"):
                user.all_memberships = memberships_of(user, timezone.localdate())
            user.acting = choose(user.all_memberships, request.session.get(SESSION_KEY))
            user.remembered_relations = {}
            translation.activate(user.language)
            request.LANGUAGE_CODE = translation.get_language()
        return self.get_response(request)

    def _end_if_idle(self, request):
        now = int(time.time())
        last = request.session.get(LAST_SEEN_KEY)
        if last is not None and now - last > settings.SESSION_IDLE_SECONDS:
            logout(request)
        # Once a minute is exact enough and spares a write per request.
        elif (last is None or now - last >= 60) and "X-Poll" not in request.headers:
            request.session[LAST_SEEN_KEY] = now
