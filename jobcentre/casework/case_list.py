"""The list of cases: its filters, its counts by state and its order."""

from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from jobcentre.casework.models import ClockPause

OPEN = Q(status="open")
CLOSED = Q(status="closed")
# What the list can be ordered by: the column of each word in the address.
COLUMNS = {
    "due": "next_deadline_on",
    "name": "person__sort_key",
    "since": "started_on",
    "ended": "ended_on",
}


def interrupted(today: date) -> Exists:
    return Exists(ClockPause.objects.on(today).filter(case=OuterRef("pk")))


def states(today: date) -> dict[str, Q]:
    """What each state of the filter means."""
    return {
        "open": OPEN,
        "late": OPEN & Q(next_deadline_on__lt=today),
        "paused": OPEN & Q(interrupted(today)),
        "closed": CLOSED,
    }


def counted(cases: QuerySet, today: date) -> dict[str, int]:
    """How many of `cases` there are in each state; one query."""
    return cases.aggregate(
        **{key: Count("pk", filter=meaning) for key, meaning in states(today).items()}
    )


def usual_order(state: str) -> str:
    """Least time first; those that have ended, the latest first."""
    return "-ended" if state == "closed" else "due"


def ordered(cases: QuerySet, sort: str, after: int | None) -> QuerySet:
    """`cases` in the order of `sort` (a word of COLUMNS, with - for the other way), those after the
    case with the id `after`.

    The address holds the id and not the value: a name is no part of an address. When the case is no
    longer in the list, the list begins anew.
    """
    down = sort.startswith("-")
    column = COLUMNS[sort.removeprefix("-")]
    place = F(column).desc(nulls_last=True) if down else F(column).asc(nulls_last=True)
    rows = cases.order_by(place, "-pk" if down else "pk")
    last = cases.filter(pk=after).values_list(column, flat=True) if after else ()
    for value in last:
        side = "lt" if down else "gt"
        later = Q(**{column: value, f"pk__{side}": after})
        if value is not None:
            later |= Q(**{f"{column}__{side}": value}) | Q(**{f"{column}__isnull": True})
        else:
            later = Q(**{f"{column}__isnull": True, f"pk__{side}": after})
        return rows.filter(later)
    return rows
