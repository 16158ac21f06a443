"""What every page of the shell needs, as one variable `shell` in every template."""

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from jobcentre.accounts.enums import Role
from jobcentre.casework.access.checks import may_ever
from jobcentre.navigation import menu_of
from jobcentre.notices.models import Notice


def _acting_label(membership) -> str:
    return f"{membership.get_role_display()}, {membership.unit.name}" if membership else ""


def _unread(user) -> int:
    return Notice.objects.filter(user=user, read_at__isnull=True).count()


def shell(request) -> dict:
    user = getattr(request, "user", None)
    membership = getattr(user, "acting", None)
    logged_in = user is not None and user.is_authenticated
    return {
        "shell": {
            "municipality": settings.MUNICIPALITY_NAME,
            "demo": settings.DEMO_MODE,
            "request_id": getattr(request, "request_id", ""),
            "theme": user.theme if logged_in else "auto",
            "acting": _acting_label(membership),
            "memberships": [
                {
                    "id": other.pk,
                    "label": _acting_label(other),
                    "is_current": membership is not None and other.pk == membership.pk,
                }
                for other in (getattr(user, "all_memberships", []) if logged_in else [])
            ],
            "unread": SimpleLazyObject(lambda: _unread(user)) if logged_in else 0,
            "navigation": menu_of(Role(membership.role), request.path) if membership else [],
            "may_search": membership is not None and may_ever(user, "search"),
        }
    }
