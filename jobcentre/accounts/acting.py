"""Which of a user's memberships is used right now."""

from datetime import date

from jobcentre.accounts.models import Membership, User


def memberships_of(user: User, today: date) -> list[Membership]:
    """The memberships valid today, in a steady order; one query."""
    return list(
        user.memberships.valid_on(today).select_related("unit", "unit__parent").order_by("id")
    )


def memberships_with_user(user_id: int, today: date) -> list[Membership]:
    """As `memberships_of`, by the user's id, with the user read in the same query."""
    return list(
        Membership.objects.valid_on(today)
        .filter(user_id=user_id)
        .select_related("user", "unit", "unit__parent")
        .order_by("id")
    )


def act_as(user: User, membership: Membership) -> User:
    """Let `user` act in `membership` (used by tasks, commands and tests) and return the user.

    Raises ValueError when the membership is somebody else's.
    """
    if membership.user_id != user.pk:
        raise ValueError("the membership belongs to another user")
    user.acting = membership
    return user


def choose(memberships: list[Membership], wanted_id: int | None) -> Membership | None:
    """The membership with id `wanted_id`, else the first one, else None."""
    for membership in memberships:
        if membership.pk == wanted_id:
            return membership
    return memberships[0] if memberships else None
