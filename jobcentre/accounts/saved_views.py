"""Saved views: the filters and the order of a list under a name of the user's own."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from jobcentre.accounts.models import SavedView, User

PAGES = ("casework:cases",)  # the lists whose filters can be saved, by URL name
MAX_VIEWS = 12  # of one user on one page
# Filters are words of ours. Nothing that somebody has typed can be a part of a saved view.
_FILTERS = frozenset(("state", "track", "whose", "purpose", "sort"))
_VALUE = re.compile(r"-?[a-z_]{0,30}\Z")


@dataclass(frozen=True)
class Shown:
    """A saved view as the list shows it."""

    pk: int
    name: str
    query: str
    is_default: bool
    is_current: bool


def filters_of(query: str) -> str:
    """The filters in a query string, always in the same order; anything else is left out."""
    pairs = parse_qsl(query, keep_blank_values=True)
    return urlencode(sorted((k, v) for k, v in pairs if k in _FILTERS and _VALUE.match(v)))


def views_of(user: User, page: str, query: str) -> list[Shown]:
    """The user's views of a page by name; the one that `query` shows is the current one."""
    current = filters_of(query)
    return [
        Shown(view.pk, view.name, view.query, view.is_default, view.query == current)
        for view in SavedView.objects.filter(user=user, page=page).order_by("name")
    ]


@transaction.atomic
def save_view(user: User, page: str, name: str, query: str, *, is_default: bool) -> SavedView:
    """Save `query` under `name`, over an older view of that name.

    Raises ValidationError when there are too many already, or no name.
    """
    mine = list(SavedView.objects.select_for_update().filter(user=user, page=page))
    view = next((each for each in mine if each.name == name), None)
    if view is None:
        if len(mine) >= MAX_VIEWS:
            raise ValidationError(
                _("You have %(n)d views here already. Remove one first.") % {"n": MAX_VIEWS}
            )
        view = SavedView(user=user, page=page, name=name)
    if is_default:
        SavedView.objects.filter(user=user, page=page, is_default=True).update(is_default=False)
    view.query, view.is_default = filters_of(query), is_default
    view.full_clean()
    view.save()
    return view


def remove_view(user: User, pk: int) -> SavedView | None:
    """Remove one of the user's own views; None when there is none."""
    view = SavedView.objects.filter(user=user, pk=pk).first()
    if view is not None:
        view.delete()
    return view
