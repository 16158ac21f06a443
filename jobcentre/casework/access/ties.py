"""What ties a user to persons and cases by name, whatever the role: read once a request."""

from dataclasses import dataclass

from django.db import connection

from jobcentre.accounts.models import User
from jobcentre.casework.enums import InvolvementKind

# As written and not put together by the models: every request asks it, and putting four querysets
# together takes ten times as long as asking. The models' own words for it are in the tests.
_SQL = """
SELECT 'conflict', person_id FROM casework_conflictofinterest WHERE user_id = %(user)s
UNION ALL
SELECT 'circle', person_id FROM casework_circlemember
WHERE user_id = %(user)s
  AND starts_on <= %(today)s AND (ends_before IS NULL OR ends_before > %(today)s)
UNION ALL
SELECT kind, case_id FROM casework_involvement
WHERE user_id = %(user)s AND kind IN ('cover', 'hand_over', 'method')
  AND starts_on <= %(today)s AND (ends_before IS NULL OR ends_before > %(today)s)
UNION ALL
SELECT involved.kind, involved.case_id FROM casework_involvement involved
JOIN accounts_unit unit ON unit.id = involved.unit_id
WHERE involved.kind = 'other_centre' AND unit.path LIKE %(unit)s
  AND involved.starts_on <= %(today)s
  AND (involved.visible_before IS NULL OR involved.visible_before > %(today)s)
"""
_TIES = "ties"  # beside the relations to cases (by id), so that they are forgotten together


@dataclass(frozen=True)
class Ties:
    """Ids of persons (`conflicts`, `circle`) and cases (the others) on one day.

    Few for anybody, so that the filters of a list hold them as they are: asking the database for
    them again in each part of each filter is most of the time of building it.
    """

    conflicts: frozenset[int]  # hidden from the user
    circle: frozenset[int]  # protected persons whom the user may see
    covered: frozenset[int]  # the user stands in for the coach
    handed_over: frozenset[int]  # was the coach until lately
    job_coached: frozenset[int]  # the user is the job coach of a support by a method
    lent: frozenset[int]  # served by the unit that the user acts in, at home at another centre


def ties_of(user: User, today) -> Ties:
    """The ties of `user`, acting in their membership; one query, remembered with the relations."""
    known = getattr(user, "remembered_relations", None)
    if known is not None and _TIES in known:
        return known[_TIES]
    ids: dict[str, set[int]] = {}
    for tie, pk in _rows(user, today):
        ids.setdefault(tie, set()).add(pk)
    ties = Ties(
        *(
            frozenset(ids.get(tie, ()))
            for tie in (
                "conflict",
                "circle",
                InvolvementKind.COVER,
                InvolvementKind.HAND_OVER,
                InvolvementKind.METHOD,
                InvolvementKind.OTHER_CENTRE,
            )
        )
    )
    if known is not None:
        known[_TIES] = ties
    return ties


def _rows(user: User, today) -> list[tuple[str, int]]:
    """(tie, id of the person or case)."""
    membership = getattr(user, "acting", None)
    unit = f"{membership.unit.path}%" if membership is not None else ""
    with connection.cursor() as cursor:
        cursor.execute(_SQL, {"user": user.pk, "today": today.isoformat(), "unit": unit})
        return cursor.fetchall()
