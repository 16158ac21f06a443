"""The way of a view to an object: unseen is 404, seen but not allowed 403, and the read is logged."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from jobcentre.audit import log
from jobcentre.audit.enums import Access, Outcome
from jobcentre.casework.access.checks import can, relations_to
from jobcentre.casework.access.pages import action_of
from jobcentre.casework.models import Person


def _subject_of(obj):
    if isinstance(obj, Person):
        return obj.ref
    case = obj.access_case() if hasattr(obj, "access_case") else None
    if case is not None:
        return case.person.ref
    # A meeting or a referral before there is a case.
    return obj.person.ref if getattr(obj, "person_id", None) else None


def get_visible(request, queryset, *, access: Access = Access.READ, reason: str = "", **lookup):
    """The one object of `queryset` that fits `lookup`, for the page being answered.

    `queryset` is unfiltered; `visible_to` is applied here. The action is the page's own (PAGES).
    Raises Http404 when there is none or the user does not see it, PermissionDenied when seen but
    the action is not the user's. On GET the read is logged before the page is made; a change is
    logged by its transition.
    """
    action = action_of(request.resolver_match.view_name)
    obj = queryset.visible_to(request.user).filter(**lookup).first()
    if obj is None:
        raise Http404
    case = obj.access_case() if hasattr(obj, "access_case") else None
    if case is not None:
        relations_to(request.user, case, is_visible=True)
    if not can(request.user, action, obj):
        log.record(
            request.user,
            action,
            access=access,
            subject=_subject_of(obj),
            obj=obj,
            outcome=Outcome.REFUSED,
        )
        raise PermissionDenied(action)
    if request.method in ("GET", "HEAD"):
        log.record(
            request.user, action, access=access, subject=_subject_of(obj), obj=obj, reason=reason
        )
    return obj


def log_list(request, persons, *, access: Access = Access.READ) -> None:
    """Log that the persons of a list or search were shown; `persons` are their refs."""
    log.record(
        request.user,
        action_of(request.resolver_match.view_name),
        access=access,
        subjects=persons,
    )
