"""Three people pressing the same button, and one pressing it twice."""

from typing import TypeVar
from uuid import UUID

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from jobcentre.casework.exceptions import AlreadySent, Conflict
from jobcentre.casework.models import Submission
from jobcentre.reading import read_locked

Row = TypeVar("Row", bound=models.Model)


def lock(row: Row, version: int | None = None) -> Row:
    """The row read again under a lock, inside the caller's transaction.

    What `row` already knows of related rows is kept where they are still the same ones.
    Raises Conflict when `version` is given and no longer the row's.
    """
    locked = read_locked(row._meta.model, row.pk)
    if version is not None and locked.version != version:
        raise Conflict(
            _("Somebody else has changed this since you opened it. What you wrote is still here.")
        )
    for name, known in row._state.fields_cache.items():
        field = row._meta.get_field(name)
        if field.many_to_one and getattr(locked, field.attname) == getattr(row, field.attname):
            locked._state.fields_cache[name] = known
    return locked


def send_once(user, token: UUID, result_url: str = "") -> Submission:
    """Note that a form is sent; inside the transaction of what it does.

    Raises AlreadySent when the same user sent the same token before.
    """
    try:
        with transaction.atomic():
            return Submission.objects.create(user=user, token=token, result_url=result_url)
    except IntegrityError:
        first = Submission.objects.get(user=user, token=token)
        raise AlreadySent(first.result_url) from None


def sent_before(user, token: str) -> str:
    """Where the form with this token led when the user sent it before; "" when it never was, or
    when what it does is still going on."""
    try:
        found = Submission.objects.filter(user=user, token=UUID(token))
    except ValueError:
        return ""
    return found.values_list("result_url", flat=True).first() or ""
