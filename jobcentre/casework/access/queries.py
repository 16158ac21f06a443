"""The policy as database filters. `visible_to` of every model comes from here.

Models are looked up by name because they build their `visible_to` on this module.
"""

from django.apps import apps
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from jobcentre.accounts.enums import Role
from jobcentre.accounts.models import Membership, User
from jobcentre.casework.access.policy import GRANTS, SEES, Relation
from jobcentre.casework.access.ties import ties_of
from jobcentre.casework.enums import ConsentPurpose, InvolvementKind, Protection, Source

YOUTH_GROUP = "youth"


def _model(name: str):
    return apps.get_model("casework", name)


def _valid_consents(today):
    return _model("Consent").objects.filter(
        Q(ends_before__isnull=True) | Q(ends_before__gt=today),
        purpose=ConsentPurpose.COMPETENCE_BANK,
        given_on__lte=today,
        withdrawn_on__isnull=True,
    )


def _involvements_of(membership, today):
    involved = _model("Involvement").objects.valid_on(today)
    if membership.role == Role.PROVIDER_STAFF:
        return involved.filter(kind=InvolvementKind.ORDER, unit_id=membership.unit_id)
    if membership.role == Role.BUSINESS_COORDINATOR:
        return involved.filter(kind=InvolvementKind.PLACEMENT)
    return involved.filter(
        Q(user_id=membership.user_id) | Q(unit_id=membership.unit_id, user__isnull=True),
        kind=InvolvementKind.GUIDANCE,
    )


def relation_filter(user, relation: Relation, today) -> Q:
    """The cases to which the user, acting in their membership, stands in `relation` on `today`, as
    a filter on Case."""
    membership = user.acting
    match relation:
        case Relation.OWN:
            return Q(coach_id=user.pk) | Q(pk__in=ties_of(user, today).covered)
        case Relation.FORMER:
            return Q(pk__in=ties_of(user, today).handed_over)
        case Relation.CENTRE:
            return Q(centre__path__startswith=membership.unit.path)
        case Relation.METHOD:
            return Q(pk__in=ties_of(user, today).job_coached)
        case Relation.LENT:
            return Q(pk__in=ties_of(user, today).lent)
        case Relation.UNIT:
            return Q(income_support_unit_id=membership.unit_id)
        case Relation.INVOLVED:
            return Q(pk__in=_involvements_of(membership, today).values("case_id"))
        case Relation.CONSENTED:
            return Q(pk__in=_valid_consents(today).values("case_id"), status="open")
        case Relation.YOUTH:
            groups = _model("Case").target_groups.through.objects.filter(
                targetgroup__key=YOUTH_GROUP
            )
            return Q(source=Source.KAA) | Q(pk__in=groups.values("case_id"))
    raise ValueError(f"{relation} is no relation to a case")


def _unhidden(user, person_path: str) -> Q:
    """Not hidden from the user by protection or by a conflict of interest."""
    ties = ties_of(user, timezone.localdate())
    pk = f"{person_path}_id" if person_path else "pk"
    prefix = f"{person_path}__" if person_path else ""
    # A merged registration is never shown; nothing but its own row is left of it.
    merged = Q() if person_path else Q(merged_into__isnull=True)
    shown = Q(**{f"{prefix}protection": Protection.NONE})
    if ties.circle:
        shown |= Q(**{f"{pk}__in": ties.circle})
    if ties.conflicts:
        shown &= ~Q(**{f"{pk}__in": ties.conflicts})
    return merged & shown


# Relations that are rows with the user's or the unit's name on them (see `ties`).
_BY_NAME = frozenset({Relation.OWN, Relation.FORMER, Relation.METHOD, Relation.LENT})
# Relations that reach so many cases that a person is asked for one, instead of all for persons.
_WIDE = frozenset({Relation.CENTRE, Relation.UNIT, Relation.YOUTH})


def visible_cases(cases, user, relations: set[Relation] | None = None):
    """The cases that the user, acting in their membership, may know of.

    `relations` narrows to some of the role's relations (for an action that needs them).
    """
    reached = _reached(user, relations)
    if reached is None:
        return cases.none()
    return cases.filter(reached, _unhidden(user, "person"))


def visible_cases_of(cases, user):
    """`visible_cases` among cases of persons that are visible to the user, which is not asked again."""
    reached = _reached(user)
    return cases.none() if reached is None else cases.filter(reached)


def _reached(user, relations: set[Relation] | None = None) -> Q | None:
    """The cases that the acting membership's relations lead to; None when there are none."""
    membership = getattr(user, "acting", None)
    if membership is None:
        return None
    allowed = set(SEES[Role(membership.role)])
    if relations is not None:
        allowed &= relations
    if not allowed:
        return None
    today = timezone.localdate()
    reached = Q()
    by_id: set[int] = set()
    if allowed & _BY_NAME:
        ties = ties_of(user, today)
        by_id |= ties.covered if Relation.OWN in allowed else set()
        by_id |= ties.handed_over if Relation.FORMER in allowed else set()
        by_id |= ties.job_coached if Relation.METHOD in allowed else set()
        by_id |= ties.lent if Relation.LENT in allowed else set()
        if Relation.OWN in allowed:
            reached |= Q(coach_id=user.pk)
        if by_id or not reached:
            reached |= Q(pk__in=by_id)
    for relation in sorted(allowed - _BY_NAME):
        reached |= relation_filter(user, relation, today)
    return reached


def cases_for(cases, user, action: str):
    """The visible cases on which the user may do `action`."""
    membership = getattr(user, "acting", None)
    if membership is None:
        return cases.none()
    return visible_cases(cases, user, GRANTS[action].get(Role(membership.role), set()))


def visible_coaches(user, action: str, today):
    """Users who coach at the centres that the user reaches by `action`: those with the role there
    today, and those who have open cases left there."""
    reached = units_filter(user, action, "unit")
    if reached is None:
        return User.objects.none()
    held = Membership.objects.valid_on(today).filter(reached, role=Role.COACH)
    behind = _model("Case").objects.open().filter(units_filter(user, action, "centre"))
    return User.objects.filter(
        Q(pk__in=held.values("user_id")) | Q(pk__in=behind.values("coach_id"))
    ).order_by("name", "id")


def visible_staff(user, action: str, today):
    """Users who can be booked and work today at the units that the user reaches by `action`."""
    reached = units_filter(user, action, "unit")
    if reached is None:
        return User.objects.none()
    held = Membership.objects.valid_on(today).filter(reached, role__in=list(GRANTS["hours.edit"]))
    return User.objects.filter(pk__in=held.values("user_id")).order_by("name", "id")


def visible_children(children, user, path: str = "case"):
    """Rows that hang on a case by `path`: visible when the case is."""
    visible = visible_cases(_model("Case").objects.all(), user)
    return children.filter(**{f"{path}__in": visible.values("pk")})


def visible_persons(persons, user):
    """Persons with a visible case, and those registered at the acting centre without one."""
    membership = getattr(user, "acting", None)
    if membership is None:
        return persons.none()
    # Who is hidden is left out below, with the cases of those persons.
    visible = visible_cases_of(_model("Case").objects.all(), user)
    sees = SEES[Role(membership.role)]
    if sees & _WIDE:
        # A subquery that gives a value is asked for one person at a time, by an index; `IN` would
        # read every case of the centre before the first person is found.
        own = visible.filter(person=OuterRef("pk")).order_by("pk").values("pk")[:1]
        persons = persons.alias(visible_case=Subquery(own))
        reached = Q(visible_case__isnull=False)
    else:
        reached = Q(pk__in=visible.values("person_id"))
    if Relation.CENTRE in sees:
        reached |= Q(registered_unit__path__startswith=membership.unit.path)
    return persons.filter(reached).filter(_unhidden(user, ""))


def consented_cases(today):
    """Consents to the competence bank in force on `today`, as rows with `case_id`."""
    return _valid_consents(today)


def unhidden_persons(user):
    """Every person of the municipality but the protected outside their circle and those with whom
    the user has a conflict of interest. Only for finding out whether somebody is known already,
    by an exact identity number or reference; log it as a search.
    """
    if getattr(user, "acting", None) is None:
        return _model("Person").objects.none()
    return _model("Person").objects.filter(_unhidden(user, ""))


def who_may_know(person, users) -> list:
    """Those of `users` who may be told of the person: without a conflict of interest and, of a
    protected person, in the circle today. At most two queries."""
    users = list(users)
    conflicts = _model("ConflictOfInterest").objects.filter(person=person, user__in=users)
    hidden = set(conflicts.values_list("user_id", flat=True))
    found = [user for user in users if user.pk not in hidden]
    if not person.is_protected:
        return found
    today = timezone.localdate()
    circle = _model("CircleMember").objects.filter(
        Q(ends_before__isnull=True) | Q(ends_before__gt=today), person=person, starts_on__lte=today
    )
    named = set(circle.values_list("user_id", flat=True))
    return [user for user in found if user.pk in named]


def without_hidden_persons(rows, user, path: str):
    """Rows less those whose person (by `path`, may be empty) is hidden from the user."""
    return rows.filter(Q(**{f"{path}__isnull": True}) | _unhidden(user, path))


def units_filter(user, action: str, path: str) -> Q | None:
    """Filter for rows that hang on a unit and on no case; None when the role has no right.

    `path` is the lookup to the unit ("centre"). With the relation ALL every row is reached.
    """
    membership = getattr(user, "acting", None)
    if membership is None:
        return None
    relations = GRANTS[action].get(Role(membership.role), set())
    if Relation.ALL in relations:
        return Q()
    if Relation.CENTRE in relations:
        return Q(**{f"{path}__path__startswith": membership.unit.path})
    if Relation.INVOLVED in relations or Relation.UNIT in relations:
        return Q(**{f"{path}_id": membership.unit_id})
    return None


def rows_between_units(rows, user, action: str, *, near: str, sender: str):
    """`visible_to` of what one unit sends another: to those of the receiving unit (path `near`,
    relation CENTRE) and to those of the sending one (path `sender`, relation UNIT)."""
    membership = getattr(user, "acting", None)
    if membership is None:
        return rows.none()
    relations = GRANTS[action].get(Role(membership.role), set())
    return rows_of_units(rows, user, action, near if Relation.CENTRE in relations else sender)


def rows_of_units(rows, user, action: str, path: str):
    """`visible_to` of a model that hangs on a unit: what `units_filter` reaches."""
    reached = units_filter(user, action, path)
    return rows.none() if reached is None else rows.filter(reached)
