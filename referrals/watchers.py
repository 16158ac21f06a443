"""Who at the municipality watches over agreements and what is paid by them."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from jobcentre.accounts.enums import Role
from jobcentre.accounts.models import Membership, User
from referrals.models import AgreementVersion


def watchers(today: date) -> list[int]:
    """The managers of today who have proposed or decided any agreement of the municipality; when
    none of them is left, all managers."""
    known = AgreementVersion.objects.order_by()
    watching = _managers(today).filter(
        Q(pk__in=known.values("proposed_by"))
        | Q(pk__in=known.filter(decided_by__isnull=False).values("decided_by"))
    )
    return _ids(watching) or _ids(_managers(today))


def still_managers(users: Iterable[int], today: date) -> list[int]:
    """Those of the users who are managers today."""
    return _ids(_managers(today).filter(pk__in=list(users)))


def _managers(today: date):
    held = Membership.objects.valid_on(today).filter(role=Role.MANAGER)
    return User.objects.filter(pk__in=held.values("user_id"), is_active=True)


def _ids(users) -> list[int]:
    return list(users.order_by("pk").values_list("pk", flat=True))
