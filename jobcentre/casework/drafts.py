"""Typed text that is not sent yet: kept as one writes, by user and page. No rule is checked here;
the form is checked when it is sent."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from jobcentre.accounts.models import User
from jobcentre.casework.exceptions import Conflict, Refused
from jobcentre.casework.models import Case, FormDraft
from jobcentre.casework.saving import save_checked

MAX_CHARACTERS = 200_000  # names and values together; the longest form holds about half of it
MAX_DRAFTS = 60  # pages a user has unsent text on; the oldest gives way
KEPT_DAYS = 30


def find(user: User, page: str) -> FormDraft | None:
    return FormDraft.objects.filter(user=user, page=page).first()


@transaction.atomic
def keep(
    user: User, case: Case, page: str, fields: list[tuple[str, str]], *, known: int | None
) -> FormDraft:
    """Keep `fields` as the text of `user` on `page`.

    `known` is the number of the save that the page last saw: 0 when there was none, None to write
    over whatever there is. Raises Conflict when another tab has saved, sent or thrown away the
    text since, Refused when it is too long.
    """
    if sum(len(name) + len(value) for name, value in fields) > MAX_CHARACTERS:
        raise Refused(_("The text is too long to be kept as a draft. Send it in parts."))
    draft = FormDraft.objects.select_for_update().filter(user=user, page=page).first()
    if known is not None and known != (draft.edit if draft else 0):
        raise Conflict(
            _(
                "This page has been saved or sent from another tab or computer. "
                "What you write here is not kept until you choose it."
            )
        )
    if draft is None:
        draft = FormDraft(user=user, page=page, edit=0)
        _make_room(user)
    draft.case = case
    draft.fields = [list(pair) for pair in fields]
    draft.edit += 1
    draft.saved_at = timezone.now()
    try:
        with transaction.atomic():
            save_checked(draft)
    except IntegrityError:
        raise Conflict(_("This page is being saved from another tab. Try again.")) from None
    return draft


def _make_room(user: User) -> None:
    newest = FormDraft.objects.filter(user=user).order_by("-saved_at", "-pk")
    kept = list(newest.values_list("pk", flat=True)[: MAX_DRAFTS - 1])
    FormDraft.objects.filter(user=user).exclude(pk__in=kept).delete()


def forget(user: User, page: str) -> None:
    """The form is sent, or the text thrown away."""
    FormDraft.objects.filter(user=user, page=page).delete()


def remove_old(now: datetime) -> int:
    """Remove what nobody has gone on with; returns how many."""
    return FormDraft.objects.filter(saved_at__lt=now - timedelta(days=KEPT_DAYS)).delete()[0]
