"""What of a mapping a reader gets: the areas that are open to them, and the rows of the pages."""

from collections.abc import Collection

from django.db.models import Q

from intake.models import Mapping, MappingArea, MappingPart
from jobcentre.casework.access.checks import can, open_areas
from jobcentre.casework.enums import Area
from jobcentre.casework.models import Case


def areas_open_to(user, case: Case):
    """The areas of the mapping that the user may read and write in the case, in order.

    All of them with the sensitive areas of the case open; the others with the mapping open; those
    for guidance to an invited study counsellor; else none.
    """
    areas = MappingArea.objects.order_by("position", "id")
    opened = open_areas(user, case)
    if Area.MAPPING in opened:
        return areas if Area.SENSITIVE in opened else areas.filter(is_sensitive=False)
    if can(user, "mapping.contribute", case):
        return areas.filter(for_guidance=True, is_sensitive=False)
    return areas.none()


def current(case: Case) -> Mapping | None:
    """The mapping of the case that is in use: the newest."""
    return Mapping.objects.filter(case=case).select_related("made_by").first()


def asked(areas, today, answered: Collection[str] = ()):
    """Of `areas` those that are asked about today, and those of the keys in `answered`."""
    in_use = (Q(valid_to__isnull=True) | Q(valid_to__gt=today)) & Q(valid_from__lte=today)
    return areas.filter(in_use | Q(key__in=answered) if answered else in_use)


def parts_in(case: Case, areas) -> list[MappingPart]:
    """What other parties have said in `areas`, the newest first."""
    return list(
        MappingPart.objects.filter(case=case, area__in=areas)
        .select_related("area", "written_by")
        .order_by("-said_on", "-pk")[:200]
    )
