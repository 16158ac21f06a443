"""Those who answer for a unit: who they are today, who stands in, and the unit's words."""

from collections.abc import Iterable
from datetime import date

from jobcentre.accounts.enums import Role, UnitKind
from jobcentre.accounts.models import Membership, Unit, User
from jobcentre.casework.access.queries import who_may_know
from jobcentre.casework.models import AnswerTexts, Approval, ApproverCover, Person
from jobcentre.replay import decided


@decided
def texts_of(unit: Unit) -> AnswerTexts | None:
    """The texts of the unit, else those of all units; one query."""
    found = {row.unit_id: row for row in AnswerTexts.objects.all()}
    return found.get(unit.pk) or found.get(None)


def approvers_of(unit: Unit, today: date) -> list[User]:
    """Those who may answer for the unit today, by name: its social secretaries, or for a centre
    its managers (a deputy is a manager for a time)."""
    is_support = unit.kind == UnitKind.INCOME_SUPPORT
    held = Membership.objects.valid_on(today).filter(
        unit=unit, role=Role.SOCIAL_SECRETARY if is_support else Role.MANAGER
    )
    return list(
        User.objects.filter(pk__in=held.values("user_id"), is_active=True).order_by("name", "pk")
    )


def covers_on(unit: Unit, today: date) -> dict[int, int]:
    """Stand-ins of the unit today: the id of the one who is away to the stand-in's id."""
    rows = ApproverCover.objects.filter(unit=unit, starts_on__lte=today, ends_before__gt=today)
    return dict(rows.order_by("pk").values_list("away_id", "cover_id"))


def at_work(users: Iterable[int], covers: dict[int, int]) -> list[int]:
    """Each user, or who stands in for them, followed to somebody who is at work. When stand-ins
    are away in a circle the first one is left: somebody has to be told."""
    found = set()
    for user in users:
        seen = {user}
        now = user
        while now in covers and covers[now] not in seen:
            now = covers[now]
            seen.add(now)
        found.add(user if now in covers else now)
    return sorted(found)


def to_be_told(approval: Approval, person: Person, today: date) -> list[int]:
    """Ids of those who are told of an approval: the one it was passed on to, else all who answer
    for the unit; the stand-in instead of one who is away; of a protected person only the circle.
    """
    users = [approval.handled_by] if approval.handled_by_id else approvers_of(approval.unit, today)
    ids = at_work([user.pk for user in users], covers_on(approval.unit, today))
    return sorted(user.pk for user in who_may_know(person, User.objects.filter(pk__in=ids)))
