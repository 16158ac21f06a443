"""The policy asked about one user and one object."""

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from jobcentre.accounts.enums import Role
from jobcentre.casework.access import queries
from jobcentre.casework.access.policy import AREAS, GRANTS, OPENED_AREAS, SEES, Relation
from jobcentre.casework.access.ties import ties_of
from jobcentre.casework.enums import Area
from jobcentre.casework.models import Case, SensitiveOpening


def role_of(user) -> Role | None:
    membership = getattr(user, "acting", None)
    return Role(membership.role) if membership else None


def may_ever(user, action: str) -> bool:
    """Whether the acting role has the right at all, whatever the object (menus, pages)."""
    role = role_of(user)
    return role is not None and bool(GRANTS[action].get(role))


def relations_to(user, case: Case, *, is_visible: bool = False) -> frozenset[Relation]:
    """How the user stands to a case today, among the relations of the role; asked once a request.

    Empty when the case is not visible. `is_visible` spares the question when the case was just
    read through `visible_to`.
    """
    # Remembered only while a request is answered (ActingMiddleware begins it), never longer.
    known = getattr(user, "remembered_relations", None)
    if known is not None and case.pk in known:
        return known[case.pk]
    role = role_of(user)
    relations = frozenset()
    if role is not None and (
        is_visible or Case.objects.visible_to(user).filter(pk=case.pk).exists()
    ):
        relations = _standing(user, case)
    if known is not None:
        known[case.pk] = relations
    return relations


def _standing(user, case: Case) -> frozenset[Relation]:
    """How the user, acting in their membership, stands to a visible case."""
    sees = SEES[Role(user.acting.role)]
    if len(sees) == 1:
        return frozenset(sees)  # it is visible, and there is no other way
    today = timezone.localdate()
    return frozenset(relation for relation in sees if _stands(user, relation, case, today))


def _stands(user, relation: Relation, case: Case, today) -> bool:
    """Whether the user stands in `relation` to a visible case; what ties a user by name is one
    query for all cases."""
    match relation:
        case Relation.OWN:
            return case.coach_id == user.pk or case.pk in ties_of(user, today).covered
        case Relation.FORMER:
            return case.coach_id != user.pk and case.pk in ties_of(user, today).handed_over
        case Relation.METHOD:
            return case.pk in ties_of(user, today).job_coached
        case Relation.CENTRE:
            return _is_at_home(user, case)
        case Relation.LENT:
            return not _is_at_home(user, case) and case.pk in ties_of(user, today).lent
    return Case.objects.filter(queries.relation_filter(user, relation, today), pk=case.pk).exists()


def _is_at_home(user, case: Case) -> bool:
    return case.centre.path.startswith(user.acting.unit.path)


def forget_relations(user) -> None:
    """After a change of coach or the like inside a request."""
    known = getattr(user, "remembered_relations", None)
    if known is not None:
        known.clear()


def can(user, action: str, obj=None) -> bool:
    """Visible and allowed. `obj` is a Case, something with `access_case()` or `access_unit()`,
    or None for what hangs on nothing.
    """
    role = role_of(user)
    if role is None:
        return False
    needed = GRANTS[action].get(role, set())
    if not needed:
        return False
    if obj is None or Relation.ALL in needed:
        return True
    case = obj.access_case() if hasattr(obj, "access_case") else None
    if case is not None:
        return bool(needed & relations_to(user, case))
    unit = obj.access_unit()
    if Relation.CENTRE in needed:
        return unit.path.startswith(user.acting.unit.path)
    # What one unit sends to another is the sender's own (relation UNIT), the receiver's by CENTRE.
    unit = getattr(obj, "sending_unit", None) or unit
    return unit.pk == user.acting.unit_id


def may_on_row(user, action: str, case: Case, *, is_covered: bool = False) -> bool:
    """`can` for a row of a list that is already limited to visible cases, without a query.

    A coach who stands in for a colleague, or has handed the case over, is told so by the page of
    the case, not by the list; unless the list knows that the user stands in (`is_covered`).
    """
    role = role_of(user)
    if role is None:
        return False
    relations = set(SEES[role]) - {Relation.OWN, Relation.FORMER, Relation.METHOD, Relation.LENT}
    if case.coach_id == user.pk or is_covered:
        relations.add(Relation.OWN)
    return bool(GRANTS[action].get(role, set()) & (relations | {Relation.ALL}))


def require(user, action: str, obj=None) -> None:
    """Raise PermissionDenied unless `can`. `user` None is the system itself (clocks, imports)."""
    if user is not None and not can(user, action, obj):
        raise PermissionDenied(action)


def open_areas(user, case: Case) -> frozenset[Area]:
    """The areas of the case that the user may read now."""
    role = role_of(user)
    if role is None:
        return frozenset()
    areas = frozenset().union(
        *(AREAS[role].get(relation, frozenset()) for relation in relations_to(user, case))
    )
    if Area.SENSITIVE in areas or not can(user, "case.open_sensitive", case):
        return areas
    opened = SensitiveOpening.objects.filter(
        case=case, user=user, valid_until__gt=timezone.now()
    ).exists()
    return areas | OPENED_AREAS if opened else areas


def can_read(user, area: Area, case: Case) -> bool:
    return area in open_areas(user, case)
